/* I find groups that do not depend on who came first. Inside src/opinion only. */
#pragma once
#include "opinion/inner.h"

#define SPOT_FINE 1048576.0 /* whole numbers per unit: 2^20 */

/* People gathered by place, in an order that the places themselves make. */
struct places {
	size_t n;
	double *x, *y, *w; /* w: how many people */
	bool is_exact;     /* a place is a point; otherwise the mean of a cell */
};

int32_t spot_coord(double v);
/* places_find(r, ret): Gather everybody in_conv and note in r->base who stands where. */
int places_find(struct opinion_result *r, struct places *ret) must_use;
void places_free(struct places *p);

struct centres {
	size_t k;
	double x[OPINION_K_MAX], y[OPINION_K_MAX];
};

/* spread_find(p, k, last, label, ret): The k groups of least inertia that several data-made
 * starts lead to; ${last} is what this found for k-1 (k > 2), overwritten with the new. */
struct spread;
int spread_open(const struct places *p, struct spread **ret) must_use;
void spread_close(struct spread *s);
void spread_find(struct spread *s, size_t k, struct centres *last, int8_t *label);
