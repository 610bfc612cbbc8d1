#include "opinion/stable.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { STEPS = 40, FEW = 14 /* so many halvings of the crowd may still be moving */ };

struct refining {
	struct opinion_result *r;
	struct centres c; /* in whole numbers */
	int64_t x[PARTS_MAX][OPINION_K_MAX], y[PARTS_MAX][OPINION_K_MAX];
	int64_t n[PARTS_MAX][OPINION_K_MAX];
	size_t moved[PARTS_MAX];
};

static void refine_rows(void *ctx, int part, int parts)
{
	struct refining *w = ctx;
	struct opinion_result *r = w->r;
	struct span s = par_span(r->rows, part, parts);
	int64_t x[OPINION_K_MAX] = { 0 }, y[OPINION_K_MAX] = { 0 }, n[OPINION_K_MAX] = { 0 };
	size_t moved = 0;
	for (size_t i = s.from; i < s.to; i++) {
		if (!r->in_conv[i])
			continue;
		int32_t px = spot_coord(r->x[i]), py = spot_coord(r->y[i]);
		int8_t best = 0;
		double least = INFINITY;
		for (size_t g = 0; g < w->c.k; g++) {
			double dx = px - w->c.x[g], dy = py - w->c.y[g], d2 = dx * dx + dy * dy;
			if (d2 < least) {
				least = d2;
				best = (int8_t)g;
			}
		}
		moved += r->group[i] != best;
		r->group[i] = best;
		x[best] += px;
		y[best] += py;
		n[best]++;
	}
	memcpy(w->x[part], x, sizeof x);
	memcpy(w->y[part], y, sizeof y);
	memcpy(w->n[part], n, sizeof n);
	w->moved[part] = moved;
}

/* From cells to people: k-means on everybody, from where the cells have led. */
static void refine(struct opinion_result *r, const struct centres *from, int parts)
{
	struct refining w = { .r = r, .c = { .k = from->k } };
	for (size_t g = 0; g < from->k; g++) {
		w.c.x[g] = from->x[g] * SPOT_FINE;
		w.c.y[g] = from->y[g] * SPOT_FINE;
	}
	for (int step = 0; step < STEPS; step++) {
		par_run(parts, refine_rows, &w);
		size_t moved = 0;
		for (int i = 0; i < parts; i++)
			moved += w.moved[i];
		if (moved <= r->n_in_conv >> FEW)
			return;
		for (size_t g = 0; g < w.c.k; g++) {
			int64_t x = 0, y = 0, n = 0;
			for (int i = 0; i < parts; i++) {
				x += w.x[i][g];
				y += w.y[i][g];
				n += w.n[i][g];
			}
			if (n > 0) {
				w.c.x[g] = (double)x / (double)n;
				w.c.y[g] = (double)y / (double)n;
			}
		}
	}
}

/* The largest group is 0; of equals the one further left, then further down. */
static int number_by_size(struct opinion_result *r, const struct centres *c)
{
	size_t n[OPINION_K_MAX] = { 0 }, there = 0;
	for (size_t i = 0; i < r->rows; i++)
		if (r->group[i] >= 0)
			n[r->group[i]]++;
	int8_t to[OPINION_K_MAX];
	int ids[OPINION_K_MAX];
	for (size_t a = 0; a < c->k; a++) {
		to[a] = 0;
		for (size_t b = 0; b < c->k; b++) {
			bool is_left = c->x[b] < c->x[a] ||
				(c->x[b] == c->x[a] && c->y[b] < c->y[a]);
			to[a] = (int8_t)(to[a] + (n[b] > n[a] || (n[b] == n[a] && is_left)));
		}
		if (n[a] > 0) {
			ids[there] = (int)there;
			there++;
		}
	}
	for (size_t i = 0; i < r->rows; i++)
		if (r->group[i] >= 0)
			r->group[i] = to[r->group[i]];
	return groups_number(r, ids, there);
}

static int bases_fill(struct opinion_result *r, const struct places *p)
{
	r->bases = take(p->n, sizeof *r->bases);
	if (!r->bases)
		return err_note(ERR_NOMEM, "opinion: groups");
	r->n_bases = p->n;
	for (size_t i = 0; i < p->n; i++)
		r->bases[i] = (struct opinion_base){ (int)i, (uint32_t)p->w[i], p->x[i], p->y[i] };
	return 0;
}

/* Groups of the places for k = 1, 2, …: centres in ${c}, labels in r->base_group. */
static int find_all(struct opinion_result *r, const struct places *p, struct centres *c)
{
	struct spread *s;
	int st = spread_open(p, &s);
	if (st < 0)
		return st;
	double w = 0;
	c[0] = (struct centres){ .k = 1 };
	for (size_t i = 0; i < p->n; i++) {
		w += p->w[i];
		c[0].x[0] += (p->x[i] - c[0].x[0]) * p->w[i] / w;
		c[0].y[0] += (p->y[i] - c[0].y[0]) * p->w[i] / w;
	}
	for (int k = 2; k <= groups_k_max(p->n) && (size_t)k <= p->n && st == 0; k++) {
		r->base_group[k - 2] = take(p->n, 1);
		if (!r->base_group[k - 2]) {
			st = err_note(ERR_NOMEM, "opinion: groups");
			break;
		}
		c[k - 1] = c[k - 2];
		spread_find(s, (size_t)k, &c[k - 1], r->base_group[k - 2]);
		r->n_silhouette = k - 1;
	}
	spread_close(s);
	if (st < 0)
		return st;
	return silhouettes(&(struct points){ p->n, p->x, p->y, p->w }, r->base_group,
		r->n_silhouette, r->silhouette);
}

int stable_groups(struct opinion_result *r, const struct opinion_result *before, int parts)
{
	struct places p;
	struct centres c[OPINION_K_MAX];
	int st = r->n_in_conv ? places_find(r, &p) : 0;
	if (st < 0 || !r->n_in_conv) {
		if (r->n_in_conv)
			places_free(&p);
		return st;
	}
	st = bases_fill(r, &p);
	if (st == 0)
		st = find_all(r, &p, c);
	if (st == 0) {
		r->k = 1;
		if (r->n_silhouette)
			groups_choose_k(r, before);
		const int8_t *label = r->n_silhouette ? r->base_group[r->k - 2] : NULL;
		for (size_t i = 0; i < r->rows; i++)
			if (r->in_conv[i])
				r->group[i] = label ? label[r->base[i]] : 0;
		if (label && !p.is_exact)
			refine(r, &c[r->k - 1], parts);
		st = number_by_size(r, &c[r->k - 1]);
	}
	places_free(&p);
	return st;
}
