/* I open a consultation that is not for everyone: by its link, or to a member. */
#pragma once
#include "account/route.h"

struct door_view {
	struct frame frame;
	struct str token;
};

extern const struct route door_routes[];

/* door_has_key(v, key): This browser was sent here by the link with that key; it keeps the last 16
 * of them. */
bool door_has_key(const struct visit *v, struct str key);
