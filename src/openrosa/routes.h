/* I name the pages of this room. */
#pragma once
#include "account/route.h"

extern const struct route openrosa_key_routes[];
extern const struct route openrosa_list_routes[];
extern const struct route openrosa_take_routes[];
