/*
 * I follow recommendations: how many a country or a theme has and how far they are, and of one
 * country each of them, with its steps, what is overdue, and civil society's own view beside the
 * State's.
 *
 * The State's view is the state of the record, done from "reported" on; civil society's is the last
 * row of its part "view". A step is overdue when its day has passed and it is not done.
 */
#pragma once
#include "record/fill.h"

enum { RECS_STATES = 5, RECS_ROWS = 300, RECS_SHOWN = 100, RECS_COUNTRY = 2000, RECS_STEPS = 6 };

struct recs_row {
	struct str key, name;
	int64_t state[RECS_STATES], n, done; /* in the order of the definition */
};
struct recs_step {
	struct str what, office, proof;
	struct said progress;
	int64_t due;
	bool is_late;
};
struct recs_one {
	struct str uid, ref, words, lang, themes, view_by, view_why;
	struct said position, state, view;
	struct recs_step step[RECS_STEPS];
	size_t n_step;
	int64_t late_by; /* days, of the step that is late longest; 0: none is */
	bool is_done, is_seen_done, is_begun, is_sample;
};
struct recs_view {
	struct frame frame;
	struct said state[RECS_STATES];
	struct recs_row *country, *theme;
	size_t n_country, n_theme;
	/* Of one country: */
	struct str code, name;
	struct recs_one *one;
	size_t n_one, n_all;
	int64_t done, seen_done, not_begun, late;
	bool is_sample;
};
