/* I name the pages of this room. */
#pragma once
#include "account/route.h"

extern const struct route hub_feed_routes[];
extern const struct route hub_routes[];
extern const struct route learn_routes[];
extern const struct route picture_routes[];
extern const struct route recs_routes[];
extern const struct route same_routes[];
extern const struct route sdg_routes[];
extern const struct route value_in_routes[];
extern const struct route value_routes[];
