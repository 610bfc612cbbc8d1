/* I begin a new consultation from an old one: its words and dates, nothing of its people. */
#pragma once
#include "participate/organise.h"

extern const struct route organise_copy_routes[];
