/*
 * Where people stand, without their order: the distinct places of a small crowd, the cells of
 * a grid over a large one. Coordinates are rounded to 2^-20 first: what differs by less is
 * the same place, and sums are sums of whole numbers.
 */
#include "opinion/stable.h"
#include <math.h>
#include <stdlib.h>

enum { SIDE = 48, EXACT_PEOPLE = 20000, EXACT_PLACES = 2000 };

struct spot {
	int32_t x, y;
	uint32_t row;
};

int32_t spot_coord(double v)
{
	double limit = INT32_MAX / 2;
	v *= SPOT_FINE;
	return (int32_t)llrint(v > limit ? limit : v < -limit ? -limit : v);
}

static int by_spot(const void *a, const void *b)
{
	const struct spot *p = a, *q = b;
	if (p->x != q->x)
		return p->x < q->x ? -1 : 1;
	return p->y < q->y ? -1 : p->y > q->y;
}

static int places_take(struct places *p, size_t n)
{
	p->x = take(n, sizeof *p->x);
	p->y = take(n, sizeof *p->y);
	p->w = take(n, sizeof *p->w);
	if (!p->x || !p->y || !p->w)
		return err_note(ERR_NOMEM, "opinion: places");
	return 0;
}

void places_free(struct places *p)
{
	free(p->x);
	free(p->y);
	free(p->w);
}

/* 1 when there are few enough distinct places. */
static int places_exact(struct opinion_result *r, struct places *p)
{
	struct spot *s = take(r->n_in_conv, sizeof *s);
	if (!s)
		return err_note(ERR_NOMEM, "opinion: places");
	size_t n = 0, distinct = 0;
	for (size_t i = 0; i < r->rows; i++)
		if (r->in_conv[i])
			s[n++] = (struct spot){ spot_coord(r->x[i]), spot_coord(r->y[i]),
				(uint32_t)i };
	qsort(s, n, sizeof *s, by_spot);
	for (size_t i = 0; i < n; i++)
		distinct += i == 0 || by_spot(&s[i - 1], &s[i]) != 0;
	int st = distinct > EXACT_PLACES ? 0 : places_take(p, distinct);
	if (st == 0 && distinct <= EXACT_PLACES) {
		for (size_t i = 0; i < n; i++) {
			if (i == 0 || by_spot(&s[i - 1], &s[i]) != 0) {
				p->x[p->n] = s[i].x / SPOT_FINE;
				p->y[p->n++] = s[i].y / SPOT_FINE;
			}
			p->w[p->n - 1]++;
			r->base[s[i].row] = (int32_t)(p->n - 1);
		}
		p->is_exact = true;
		st = 1;
	}
	free(s);
	return st;
}

struct cells {
	int64_t x[SIDE * SIDE], y[SIDE * SIDE], n[SIDE * SIDE];
	int32_t number[SIDE * SIDE];
};

static int32_t along(int32_t v, int32_t low, double per)
{
	int32_t at = (int32_t)(((double)v - low) * per);
	return at < SIDE ? at : SIDE - 1;
}

static void cells_fill(struct opinion_result *r, struct cells *c)
{
	int32_t low[2] = { INT32_MAX, INT32_MAX }, high[2] = { INT32_MIN, INT32_MIN };
	for (size_t i = 0; i < r->rows; i++) {
		if (!r->in_conv[i])
			continue;
		int32_t v[2] = { spot_coord(r->x[i]), spot_coord(r->y[i]) };
		for (int d = 0; d < 2; d++) {
			low[d] = v[d] < low[d] ? v[d] : low[d];
			high[d] = v[d] > high[d] ? v[d] : high[d];
		}
	}
	double per[2];
	for (int d = 0; d < 2; d++)
		per[d] = SIDE / ((double)high[d] - low[d] + 1);
	for (size_t i = 0; i < r->rows; i++) {
		if (!r->in_conv[i])
			continue;
		int32_t x = spot_coord(r->x[i]), y = spot_coord(r->y[i]);
		int32_t at = along(x, low[0], per[0]) * SIDE + along(y, low[1], per[1]);
		c->x[at] += x;
		c->y[at] += y;
		c->n[at]++;
		r->base[i] = at;
	}
}

static int places_grid(struct opinion_result *r, struct places *p)
{
	struct cells *c = take(1, sizeof *c);
	if (!c)
		return err_note(ERR_NOMEM, "opinion: places");
	int st = places_take(p, SIDE * SIDE);
	if (st == 0) {
		cells_fill(r, c);
		for (size_t at = 0; at < SIDE * SIDE; at++) {
			if (c->n[at] == 0)
				continue;
			double n = (double)c->n[at];
			c->number[at] = (int32_t)p->n;
			p->x[p->n] = (double)c->x[at] / n / SPOT_FINE;
			p->y[p->n] = (double)c->y[at] / n / SPOT_FINE;
			p->w[p->n++] = n;
		}
		for (size_t i = 0; i < r->rows; i++)
			if (r->in_conv[i])
				r->base[i] = c->number[r->base[i]];
	}
	free(c);
	return st;
}

int places_find(struct opinion_result *r, struct places *ret)
{
	*ret = (struct places){ 0 };
	int st = r->n_in_conv <= EXACT_PEOPLE ? places_exact(r, ret) : 0;
	return st == 0 ? places_grid(r, ret) : st < 0 ? st : 0;
}
