/* I draw the next statement to show: each with a chance in proportion to its weight, and the same
 * one again for the same person until they have voted. */
#pragma once
#include "base/str.h"

struct draw {
	uint64_t seed;
	int64_t item; /* 0: nothing was offered */
	double time;
};

/* draw_seed(code, done): Noise that belongs to a person's code and the number of their votes. */
uint64_t draw_seed(struct str code, int64_t done);
/* draw_offer(d, item, weight): One that may be drawn; a ${weight} that is none counts as 1. When
 * all were offered, in any order, d->item is the one. */
void draw_offer(struct draw *d, int64_t item, double weight);
