/*
 * I know which numbers of a table have to be held back so that no small one can be worked out.
 *
 * A table has a row for each country, and a column for each answer (women, men, not known). Shown
 * beside it are the sum of each row, which everybody knows; the sums of its columns within each
 * region; and over the world. 1 to 4 is shown as "fewer than 5"; further numbers are held back
 * until for each small number at least two values fit all that is shown, also for somebody who
 * knows what the marks mean.
 *
 * The sums make a network: what flows out of a row is known, runs through a region's column into
 * the world's. Given one way to fill in what is hidden, a number can be another one exactly when
 * there is a circle through it on which everything hidden can change by one within its bounds
 * (Ahuja, Magnanti, Orlin, Network Flows, 1993, theorem 3.7: a flow's difference to another is a
 * set of circles). So I look for such a circle, and where there is none I hide the cheapest numbers
 * that close one.
 */
#pragma once
#include "base/arena.h"

enum { HIDE_LEAST = 5, HIDE_COLUMNS = 12 };

enum hide_how {
	HIDE_SHOWN,
	HIDE_FEW,  /* 1 to 4 */
	HIDE_HELD, /* alone: 5 or more; with all of its row: anything */
};

struct hide_table {
	size_t rows, columns, regions; /* columns: 2 to HIDE_COLUMNS */
	const int64_t *n;              /* row by row; not negative */
	const size_t *region;          /* of each row */
	/* Results. */
	enum hide_how *row, *within, *world; /* rows × columns; regions × columns; columns */
	int64_t *within_n, *world_n;
};

/* hide_table(mem, t): Fill in the results, in ${mem}. ERR_NOMEM. */
int hide_table(struct arena *mem, struct hide_table *t) must_use;
