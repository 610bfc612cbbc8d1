/*
 * Z holds vote minus the column's mean where somebody voted and 0 elsewhere, so it is as
 * sparse as the votes. By the votes, sums over rows and columns are sums of whole numbers
 * (fixed point): no order of adding can change them, and no number of threads.
 */
#include "opinion/inner.h"
#include <math.h>
#include <stdlib.h>

/* Row by row of the lower half, which is how pairs lie in memory; each entry is mirrored. */
static void gram_rows(void *ctx, int part, int parts)
{
	struct matrix *mx = ctx;
	const struct opinion *o = mx->o;
	const double *c = mx->center;
	size_t m = o->m;
	for (size_t k = (size_t)part; k < m; k += (size_t)parts) {
		if (col_is_out(&o->col[k]))
			continue;
		const struct pair *p = o->pair + pair_at(0, k);
		for (size_t j = 0; j < k; j++, p++) {
			if (p->n == 0 || col_is_out(&o->col[j]))
				continue;
			double g = p->a - (c[k] * p->x + c[j] * p->y) + c[j] * c[k] * p->n;
			mx->gram[k * m + j] = g;
			mx->gram[j * m + k] = g;
		}
		const uint32_t *by = o->col[k].by_code;
		double sum = (double)by[2] - (double)by[0], n = (double)col_seen(&o->col[k]);
		mx->gram[k * m + k] = (double)by[0] + (double)by[2] - 2 * (c[k] * sum) +
			c[k] * c[k] * n;
	}
}

/* The largest power of two by which every partial sum of a column stays below 2^60:
 * Σ|y_i| over any rows is at most √(rows · votes) for a vector of length 1. */
static double scale_for(const struct opinion *o)
{
	int bits = 60 - ilogb(sqrt((double)o->n * (double)o->votes) + 1);
	return ldexp(1, bits < 50 ? bits : 50);
}

int matrix_init(struct matrix *mx, const struct opinion *o, const double *center, int parts)
{
	*mx = (struct matrix){ .o = o, .center = center, .parts = parts };
	bool is_full;
	if (o->pair && pairs_wanted(o)) {
		mx->gram = take(o->m * o->m, sizeof *mx->gram);
		mx->floor = 1e-14;
		is_full = mx->gram != NULL;
	} else {
		mx->value = take(4 * o->m, sizeof *mx->value);
		is_full = mx->value != NULL;
		for (int i = 0; i < parts; i++) {
			mx->sum[i] = take(4 * o->m, sizeof **mx->sum);
			is_full = is_full && mx->sum[i];
		}
		mx->scale = scale_for(o);
		mx->floor = 0.3 * sqrt((double)o->m) / mx->scale + 1e-14;
	}
	if (!is_full) {
		matrix_done(mx);
		return err_note(ERR_NOMEM, "opinion: matrix");
	}
	if (mx->gram)
		par_run(parts, gram_rows, mx);
	return 0;
}

void matrix_done(struct matrix *mx)
{
	free(mx->gram);
	free(mx->value);
	for (int i = 0; i < PARTS_MAX; i++)
		free(mx->sum[i]);
	*mx = (struct matrix){ 0 };
}

static void apply_gram(void *ctx, int part, int parts)
{
	const struct matrix *mx = ctx;
	size_t m = mx->o->m;
	struct span s = par_span(m, part, parts);
	for (size_t j = s.from; j < s.to; j++) {
		const double *g = mx->gram + j * m, *in = mx->in;
		double sum[LANES] = { 0 };
		for (size_t k = 0; k < m; k++, in += LANES)
			for (int l = 0; l < LANES; l++)
				sum[l] += g[k] * in[l];
		for (int l = 0; l < LANES; l++)
			mx->out[j * LANES + (size_t)l] = sum[l];
	}
}

/* For each row y = Z_i · in, then every vote's cell collects the y of its row. */
static void apply_rows(void *ctx, int part, int parts)
{
	struct matrix *mx = ctx;
	const struct opinion *o = mx->o;
	const struct lanes *value = mx->value;
	struct lanes *sum = mx->sum[part];
	struct span s = par_span(o->n, part, parts);
	for (size_t i = 0; i < 4 * o->m; i++)
		sum[i] = (struct lanes){ 0 };
	for (size_t i = s.from; i < s.to; i++) {
		const cell *c = o->pool + o->row[i].at;
		size_t n = o->row[i].n;
		struct lanes y = { 0 };
		for (size_t at = 0; at < n; at++)
			for (int l = 0; l < LANES; l++)
				y.v[l] += value[c[at]].v[l];
		for (size_t at = 0; at < n; at++)
			for (int l = 0; l < LANES; l++)
				sum[c[at]].v[l] += y.v[l];
	}
}

static void apply_votes(struct matrix *mx)
{
	const struct opinion *o = mx->o;
	for (size_t j = 0; j < o->m; j++)
		for (size_t code = 0; code < 3; code++)
			for (size_t l = 0; l < LANES; l++)
				mx->value[4 * j + code].v[l] = col_is_out(&o->col[j])
					? 0
					: llrint(mx->scale * ((double)code - 1 - mx->center[j]) *
						  mx->in[j * LANES + l]);
	par_run(mx->parts, apply_rows, mx);
	for (size_t j = 0; j < o->m; j++) {
		for (size_t l = 0; l < LANES; l++) {
			double out = 0;
			for (size_t code = 0; code < 3 && !col_is_out(&o->col[j]); code++) {
				int64_t sum = 0;
				for (int i = 0; i < mx->parts; i++)
					sum += mx->sum[i][4 * j + code].v[l];
				out += ((double)code - 1 - mx->center[j]) * (double)sum;
			}
			mx->out[j * LANES + l] = out / mx->scale;
		}
	}
}

void matrix_apply(struct matrix *mx, const double *in, double *out)
{
	mx->in = in;
	mx->out = out;
	if (mx->gram)
		par_run(mx->parts, apply_gram, mx);
	else
		apply_votes(mx);
}
