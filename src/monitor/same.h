/*
 * I show those who check incidents what waits for them, with others that may be the same event: of
 * the same country, with an act in common, at most SAME_DAYS days apart. A person says that they
 * are the same; then one is merged into the other, which gets its sources, and a link says so.
 */
#pragma once
#include "record/fill.h"

enum { SAME_DAYS = 7, SAME_WAITING = 50, SAME_NEAR = 20, SAME_SHOWN = 5 };

struct same_one {
	int64_t id;
	struct str uid, ref, title, lang, country, acts;
	struct said country_name, act_names, state;
	int64_t at;
	bool is_sample;
};
struct same_row {
	struct same_one one;
	struct same_one near[SAME_SHOWN];
	size_t n_near;
};
struct same_view {
	struct frame frame;
	struct same_row *row;
	size_t n;
	struct str merged; /* what was merged just now; absent: nothing */
};
