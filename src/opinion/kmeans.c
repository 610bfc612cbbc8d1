/* Spec section 5, step by step; its quirks are pol.is' own and wanted. */
#include "opinion/inner.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define STILL 0.01 /* centres that moved less than this have arrived */

static double weight(const struct points *p, size_t i)
{
	return p->w ? p->w[i] : 1;
}

/* The nearest centre, of equals the last. */
static size_t nearest(const struct clusters *c, double x, double y, double *ret_d2)
{
	size_t best = 0;
	double least = INFINITY;
	for (size_t i = 0; i < c->n; i++) {
		double dx = x - c->x[i], dy = y - c->y[i], d2 = dx * dx + dy * dy;
		if (d2 <= least) {
			least = d2;
			best = i;
		}
	}
	*ret_d2 = least;
	return best;
}

/* Means of the members; clusters without any go, and labels follow. */
static void recentre(const struct points *p, int32_t *label, struct clusters *c)
{
	double x[CLUSTERS_MAX] = { 0 }, y[CLUSTERS_MAX] = { 0 }, w[CLUSTERS_MAX] = { 0 };
	for (size_t i = 0; i < p->n; i++) {
		if (label[i] < 0)
			continue;
		double wi = weight(p, i);
		x[label[i]] += wi * p->x[i];
		y[label[i]] += wi * p->y[i];
		w[label[i]] += wi;
	}
	int32_t to[CLUSTERS_MAX] = { 0 };
	size_t n = 0;
	for (size_t i = 0; i < c->n; i++) {
		to[i] = -1;
		if (w[i] > 0) {
			to[i] = (int32_t)n;
			c->id[n] = c->id[i];
			c->x[n] = x[i] / w[i];
			c->y[n] = y[i] / w[i];
			n++;
		}
	}
	c->n = n;
	for (size_t i = 0; i < p->n; i++)
		if (label[i] >= 0)
			label[i] = to[label[i]];
}

struct place {
	double x, y;
};

static int by_place(const void *a, const void *b)
{
	const struct place *p = a, *q = b;
	if (p->x != q->x)
		return p->x < q->x ? -1 : 1;
	return p->y < q->y ? -1 : p->y > q->y;
}

static void sorted(const struct clusters *c, struct place *ret)
{
	for (size_t i = 0; i < c->n; i++)
		ret[i] = (struct place){ c->x[i], c->y[i] };
	qsort(ret, c->n, sizeof *ret, by_place);
}

static bool is_still(const struct clusters *a, const struct clusters *b)
{
	struct place p[CLUSTERS_MAX], q[CLUSTERS_MAX];
	sorted(a, p);
	sorted(b, q);
	for (size_t i = 0; i < a->n && i < b->n; i++)
		if (!(hypot(p[i].x - q[i].x, p[i].y - q[i].y) < STILL))
			return false;
	return true;
}

/* The first k distinct points into ${ret}; their number. */
static size_t distinct(const struct points *p, size_t k, struct clusters *ret)
{
	ret->n = 0;
	for (size_t i = 0; i < p->n && ret->n < k; i++) {
		size_t c = 0;
		while (c < ret->n && !(ret->x[c] == p->x[i] && ret->y[c] == p->y[i]))
			c++;
		if (c < ret->n)
			continue;
		ret->id[c] = (int)c;
		ret->x[c] = p->x[i];
		ret->y[c] = p->y[i];
		ret->n++;
	}
	return ret->n;
}

/* The clusters of last time, by the members that are still here. */
static void warm_members(
	const struct points *p, const int32_t *before, int32_t *label, struct clusters *c)
{
	c->n = 0;
	for (size_t i = 0; i < p->n; i++) {
		label[i] = -1;
		if (before[i] < 0)
			continue;
		size_t at = 0;
		while (at < c->n && c->id[at] != before[i])
			at++;
		if (at == CLUSTERS_MAX)
			continue;
		if (at == c->n)
			c->id[c->n++] = before[i];
		label[i] = (int32_t)at;
	}
	if (c->n == 0) {
		c->id[c->n++] = 0;
		memset(label, 0, p->n * sizeof *label);
	}
	recentre(p, label, c);
}

static size_t members(const struct points *p, const int32_t *label, size_t cluster)
{
	size_t n = 0;
	for (size_t i = 0; i < p->n; i++)
		n += label[i] == (int32_t)cluster;
	return n;
}

/* Clusters with the same centre become one, under the id of the larger (of equals the
 * later). */
static void warm_merge(const struct points *p, int32_t *label, struct clusters *c)
{
	for (size_t a = 0; a < c->n; a++)
		for (size_t b = a + 1; b < c->n; b++) {
			if (c->x[a] != c->x[b] || c->y[a] != c->y[b])
				continue;
			if (members(p, label, b) >= members(p, label, a))
				c->id[a] = c->id[b];
			for (size_t i = 0; i < p->n; i++)
				if (label[i] == (int32_t)b)
					label[i] = (int32_t)a;
		}
	recentre(p, label, c);
}

/* New clusters of one, each the point that lies farthest from all centres. */
static void warm_fill(const struct points *p, size_t k, int32_t *label, struct clusters *c)
{
	struct clusters first;
	size_t want = distinct(p, k, &first);
	while (c->n < want) {
		double most = 0, d2;
		size_t far = 0;
		for (size_t i = 0; i < p->n; i++) {
			(void)nearest(c, p->x[i], p->y[i], &d2);
			if (d2 >= most) {
				most = d2;
				far = i;
			}
		}
		if (!(most > 0))
			return;
		int id = 0;
		for (size_t i = 0; i < c->n; i++)
			id = c->id[i] >= id ? c->id[i] + 1 : id;
		label[far] = (int32_t)c->n;
		c->id[c->n++] = id;
		recentre(p, label, c);
	}
}

static void sort_by_id(struct clusters *c, const struct points *p, int32_t *label)
{
	int32_t to[CLUSTERS_MAX] = { 0 };
	struct clusters old = *c;
	for (size_t i = 0; i < old.n; i++) {
		size_t at = 0;
		for (size_t j = 0; j < old.n; j++)
			at += old.id[j] < old.id[i];
		to[i] = (int32_t)at;
		c->id[at] = old.id[i];
		c->x[at] = old.x[i];
		c->y[at] = old.y[i];
	}
	for (size_t i = 0; i < p->n; i++)
		label[i] = to[label[i]];
}

int kmeans_polis(
	const struct points *p, const struct kmeans *how, int32_t *label, struct clusters *ret)
{
	if (how->k > CLUSTERS_MAX)
		return err_note(ERR_BUG, "opinion: %zu clusters", how->k);
	struct clusters c = { 0 };
	if (how->before && p->n) {
		warm_members(p, how->before, label, &c);
		warm_merge(p, label, &c);
		warm_fill(p, how->k, label, &c);
	} else {
		distinct(p, how->k, &c);
	}
	for (int left = how->steps; p->n; left--) {
		struct clusters last = c;
		double d2;
		for (size_t i = 0; i < p->n; i++)
			label[i] = (int32_t)nearest(&c, p->x[i], p->y[i], &d2);
		recentre(p, label, &c);
		if (left == 0 || is_still(&c, &last))
			break;
	}
	sort_by_id(&c, p, label);
	*ret = c;
	return 0;
}
