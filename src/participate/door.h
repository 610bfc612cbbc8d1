/* I open a consultation that is not for everyone: by its link, or to a member. */
#pragma once
#include "account/route.h"

struct door_view {
	struct frame frame;
	struct str token;
};

extern const struct route door_routes[];
