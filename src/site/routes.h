/* I am the front door: home, and what this site says about itself. */
#pragma once
#include "account/route.h"

extern const struct route site_routes[];
