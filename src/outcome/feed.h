/* I tell what is new to whoever follows: asks and answers as feeds, days to keep in mind as a
 * calendar. */
#pragma once
#include "account/route.h"
#include "outcome/ask.h"

enum { FEED_MAX = 40, CALENDAR_MAX = 400 };

/* feed_link(v, fmt, …): The address of a feed, for a page's frame. */
struct url feed_link(struct visit *v, const char *fmt, ...) printf_like(2, 3);

extern const struct route feed_routes[];
