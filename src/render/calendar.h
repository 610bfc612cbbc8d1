/* I write calendars: days to keep in mind, as iCalendar (RFC 5545). */
#pragma once
#include "base/arena.h"

struct calendar_day {
	struct str uid; /* stays the same when the day moves */
	struct str title, url;
	int64_t from, until; /* 00:00 UTC of the first day, and after the last */
};

struct calendar {
	struct str title;
	int64_t at; /* when it is made */
	const struct calendar_day *day;
	size_t n_day;
};

/* calendar_ics(mem, c, ret): The file. ERR_NOMEM. */
int calendar_ics(struct arena *mem, const struct calendar *c, struct str *ret) must_use;
