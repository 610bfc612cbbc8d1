/*
 * k-means from starts that the data make: strata of equal weight along eight directions, and
 * the solution for k-1 groups with the one place added that promises most (Likas, Vlassis and
 * Verbeek 2003, "global k-means", its fast form). The best end is kept.
 */
#include "opinion/stable.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DIRECTIONS = 8, STEPS = 200 };
#define BETTER (1 - 1e-9) /* rounding must not decide between equals */

struct spread {
	const struct places *p;
	uint32_t *order[DIRECTIONS]; /* places from one end of a direction to the other */
	int8_t *label;
};

struct ranked {
	double along;
	uint32_t place;
};

static int by_along(const void *a, const void *b)
{
	const struct ranked *p = a, *q = b;
	if (p->along != q->along)
		return p->along < q->along ? -1 : 1;
	return p->place < q->place ? -1 : 1;
}

int spread_open(const struct places *p, struct spread **ret)
{
	static const double turn[DIRECTIONS][2] = { { 1, 0 }, { 0.92387953, 0.38268343 },
		{ 0.70710678, 0.70710678 }, { 0.38268343, 0.92387953 }, { 0, 1 },
		{ -0.38268343, 0.92387953 }, { -0.70710678, 0.70710678 },
		{ -0.92387953, 0.38268343 } };
	struct spread *s = take(1, sizeof *s);
	struct ranked *r = take(p->n, sizeof *r);
	bool is_full = s && r;
	if (s) {
		s->p = p;
		s->label = take(p->n, 1);
		is_full = is_full && s->label;
	}
	for (int d = 0; d < DIRECTIONS && is_full; d++) {
		s->order[d] = take(p->n, sizeof **s->order);
		is_full = s->order[d] != NULL;
		for (size_t i = 0; i < p->n; i++)
			r[i] = (struct ranked){ turn[d][0] * p->x[i] + turn[d][1] * p->y[i],
				(uint32_t)i };
		qsort(r, p->n, sizeof *r, by_along);
		for (size_t i = 0; i < p->n && is_full; i++)
			s->order[d][i] = r[i].place;
	}
	free(r);
	if (!is_full) {
		spread_close(s);
		return err_note(ERR_NOMEM, "opinion: groups");
	}
	*ret = s;
	return 0;
}

void spread_close(struct spread *s)
{
	if (!s)
		return;
	for (int d = 0; d < DIRECTIONS; d++)
		free(s->order[d]);
	free(s->label);
	free(s);
}

static void means(const struct places *p, const int8_t *label, struct centres *c)
{
	double w[OPINION_K_MAX] = { 0 }, x[OPINION_K_MAX] = { 0 }, y[OPINION_K_MAX] = { 0 };
	for (size_t i = 0; i < p->n; i++) {
		w[label[i]] += p->w[i];
		x[label[i]] += p->w[i] * p->x[i];
		y[label[i]] += p->w[i] * p->y[i];
	}
	for (size_t g = 0; g < c->k; g++) {
		c->x[g] = w[g] > 0 ? x[g] / w[g] : INFINITY;
		c->y[g] = w[g] > 0 ? y[g] / w[g] : INFINITY;
	}
}

static double distance2(const struct centres *c, size_t g, double x, double y)
{
	double dx = x - c->x[g], dy = y - c->y[g];
	return dx * dx + dy * dy;
}

/* Lloyd's steps from the centres in ${c} until nobody moves. The inertia, or infinity when a
 * group has lost everybody. */
static double settle(const struct places *p, struct centres *c, int8_t *label)
{
	double inertia = INFINITY;
	memset(label, -1, p->n);
	for (int step = 0; step < STEPS; step++) {
		size_t moved = 0, members[OPINION_K_MAX] = { 0 };
		inertia = 0;
		for (size_t i = 0; i < p->n; i++) {
			int8_t best = 0;
			double least = distance2(c, 0, p->x[i], p->y[i]);
			for (size_t g = 1; g < c->k; g++) {
				double d2 = distance2(c, g, p->x[i], p->y[i]);
				if (d2 < least) {
					least = d2;
					best = (int8_t)g;
				}
			}
			moved += label[i] != best;
			label[i] = best;
			members[best]++;
			inertia += p->w[i] * least;
		}
		for (size_t g = 0; g < c->k; g++)
			if (members[g] == 0)
				return INFINITY;
		if (moved == 0)
			break;
		means(p, label, c);
	}
	return inertia;
}

static void strata(struct spread *s, int direction, struct centres *c)
{
	const struct places *p = s->p;
	double total = 0, below = 0;
	for (size_t i = 0; i < p->n; i++)
		total += p->w[i];
	for (size_t i = 0; i < p->n; i++) {
		uint32_t at = s->order[direction][i];
		double middle = below + p->w[at] / 2;
		size_t g = (size_t)(middle * (double)c->k / total);
		s->label[at] = (int8_t)(g < c->k ? g : c->k - 1);
		below += p->w[at];
	}
	means(p, s->label, c);
}

/* The place that, as a further centre, would draw most inertia to itself. */
static void add_promising(const struct places *p, struct centres *c)
{
	double most = -1;
	size_t best = 0;
	double *own = take(p->n, sizeof *own);
	for (size_t i = 0; i < p->n && own; i++) {
		own[i] = INFINITY;
		for (size_t g = 0; g < c->k; g++) {
			double d2 = distance2(c, g, p->x[i], p->y[i]);
			own[i] = d2 < own[i] ? d2 : own[i];
		}
	}
	for (size_t at = 0; at < p->n && own; at++) {
		double gain = 0;
		for (size_t i = 0; i < p->n; i++) {
			double dx = p->x[i] - p->x[at], dy = p->y[i] - p->y[at];
			double more = own[i] - (dx * dx + dy * dy);
			gain += more > 0 ? p->w[i] * more : 0;
		}
		if (gain * BETTER > most) {
			most = gain;
			best = at;
		}
	}
	free(own);
	c->x[c->k] = p->x[best];
	c->y[c->k++] = p->y[best];
}

void spread_find(struct spread *s, size_t k, struct centres *last, int8_t *label)
{
	struct centres best = { .k = k };
	double least = INFINITY;
	for (int d = -1; d < DIRECTIONS; d++) {
		struct centres c = { .k = k };
		if (d < 0) {
			c = *last;
			add_promising(s->p, &c);
		} else {
			strata(s, d, &c);
		}
		double inertia = settle(s->p, &c, s->label);
		if (inertia < least * BETTER || (d < 0 && !isfinite(inertia))) {
			least = inertia;
			best = c;
			memcpy(label, s->label, s->p->n);
		}
	}
	*last = best;
}
