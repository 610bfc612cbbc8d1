/* One run from first to last: middle, components, places, groups, what they say. */
#include "base/clock.h"
#include "opinion/inner.h"
#include <math.h>
#include <stdlib.h>

enum { WORTH_THREADS = 300000 /* votes */ };

void opinion_result_free(struct opinion_result *r)
{
	if (!r)
		return;
	free(r->center);
	free(r->comp[0]);
	free(r->comp[1]);
	free(r->extremity);
	free(r->consensus);
	free(r->priority);
	free(r->moderation);
	free(r->x);
	free(r->y);
	free(r->in_conv);
	free(r->group);
	free(r->base);
	free(r->bases);
	for (size_t g = 0; g < r->n_groups; g++) {
		free(r->groups[g].agree);
		free(r->groups[g].disagree);
		free(r->groups[g].seen);
	}
	free(r->groups);
	for (int i = 0; i < OPINION_K_MAX - 1; i++)
		free(r->base_group[i]);
	free(r);
}

static struct opinion_result *result_new(const struct opinion *o)
{
	struct opinion_result *r = take(1, sizeof *r);
	if (!r)
		return NULL;
	r->rows = o->n;
	r->cols = o->m;
	r->votes = o->votes;
	double **const per_col[] = { &r->center, &r->comp[0], &r->comp[1], &r->extremity,
		&r->consensus, &r->priority };
	bool is_full = true;
	for (size_t i = 0; i < sizeof per_col / sizeof *per_col; i++) {
		*per_col[i] = take(o->m, sizeof **per_col[i]);
		is_full = is_full && *per_col[i];
	}
	r->moderation = take(o->m, 1);
	r->x = take(o->n, sizeof *r->x);
	r->y = take(o->n, sizeof *r->y);
	r->in_conv = take(o->n, 1);
	r->group = take(o->n, 1);
	r->base = take(o->n, sizeof *r->base);
	if (!is_full || !r->moderation || !r->x || !r->y || !r->in_conv || !r->group || !r->base) {
		opinion_result_free(r);
		return NULL;
	}
	for (size_t i = 0; i < o->n; i++) {
		r->group[i] = OPINION_NO_GROUP;
		r->base[i] = -1;
	}
	return r;
}

/* Mean votes; pol.is leaves a lone row or column where it is. */
static void center_fill(const struct opinion *o, struct opinion_result *r)
{
	for (size_t j = 0; j < o->m; j++) {
		const struct col *c = &o->col[j];
		r->moderation[j] = c->moderation;
		uint32_t seen = col_seen(c);
		if (seen && !col_is_out(c) && o->n > 1 && o->m > 1)
			r->center[j] = ((double)c->by_code[2] - (double)c->by_code[0]) / seen;
	}
}

static double scramble(uint64_t v)
{
	v = (v ^ v >> 31) * 0x9e3779b97f4a7c15u;
	v = (v ^ v >> 27) * 0xbf58476d1ce4e5b9u;
	v ^= v >> 32;
	return (double)(v >> 11) * 0x1p-52 - 1;
}

/* A starting value for a column: as large as its votes could make it, of a sign and size
 * drawn from what the votes are. Columns with the same counts start alike, so the last
 * vectors are drawn from the column's place: symmetric votes must not hide a component. */
static double start_value(const struct opinion *o, size_t j, uint64_t vector)
{
	const struct col *c = &o->col[j];
	if (col_is_out(c))
		return 0;
	double n = c->by_code[0] + c->by_code[2] + 0.25 * c->by_code[1];
	uint64_t mark = vector < 2 ? c->by_code[0] * 0x100000001b3u + c->by_code[1] : j;
	return sqrt(n) * scramble((mark * 31 + c->by_code[2]) * 4 + vector + 1);
}

static void start_fill(
	const struct opinion *o, const struct opinion_result *before, double *start[LANES])
{
	for (size_t j = 0; j < o->m; j++) {
		for (size_t v = 0; v < LANES; v++)
			start[v][j] = start_value(o, j, v);
		for (size_t v = 0; v < 2 && before && j < before->cols; v++)
			start[v][j] = col_is_out(&o->col[j]) ? 0 : before->comp[v][j];
	}
}

/* An eigenvector may point either way: towards the former one, or else so that its largest
 * entry (of equals the first) is positive. */
static void fix_sign(double *comp, size_t m, const double *before, size_t m_before)
{
	double along = 0;
	for (size_t j = 0; before && j < m && j < m_before; j++)
		along += comp[j] * before[j];
	if (along == 0) {
		double most = 0;
		for (size_t j = 0; j < m; j++) {
			if (fabs(comp[j]) > most * (1 + 1e-9)) {
				most = fabs(comp[j]);
				along = comp[j];
			}
		}
	}
	for (size_t j = 0; j < m; j++)
		comp[j] = along < 0 ? -comp[j] : comp[j] + 0.0;
}

static int components(
	struct opinion *o, const struct opinion_result *before, struct opinion_result *r, int parts)
{
	struct matrix mx;
	double *memory = take(LANES * o->m, sizeof *memory), *start[LANES];
	int st = memory ? 0 : err_note(ERR_NOMEM, "opinion: components");
	if (st == 0 && pairs_wanted(o))
		st = pairs_ready(o, parts);
	if (st == 0)
		st = matrix_init(&mx, o, r->center, parts);
	if (st == 0) {
		for (size_t v = 0; v < LANES; v++)
			start[v] = memory + v * o->m;
		start_fill(o, before, start);
		st = eigen_find(&mx, (const double *const *)start, LANES, r->comp, r->eigenvalue,
			&r->n_eigenvalue);
		matrix_done(&mx);
	}
	free(memory);
	for (int v = 0; v < 2; v++)
		fix_sign(r->comp[v], o->m, before ? before->comp[v] : NULL,
			before ? before->cols : 0);
	return st;
}

int opinion_run(
	struct opinion *o, const struct opinion_options *options, struct opinion_result **ret)
{
	struct opinion_options how = options ? *options : (struct opinion_options){ 0 };
	int parts = how.threads > 0 ? how.threads : o->votes >= WORTH_THREADS ? 2 : 1;
	parts = parts > PARTS_MAX ? PARTS_MAX : parts;
	struct opinion_result *r = result_new(o);
	if (!r)
		return err_note(ERR_NOMEM, "opinion: result");
	int64_t t[5] = { clock_mono() };
	center_fill(o, r);
	int st = components(o, how.before, r, parts);
	t[1] = clock_mono();
	if (st == 0)
		st = project(o, r, parts);
	t[2] = clock_mono();
	if (st == 0)
		st = groups_find(o, &how, r, parts);
	t[3] = clock_mono();
	if (st == 0)
		st = tally(o, r, parts);
	if (st < 0) {
		opinion_result_free(r);
		return st;
	}
	stats_fill(o, r);
	t[4] = clock_mono();
	r->ns_components = t[1] - t[0];
	r->ns_projection = t[2] - t[1];
	r->ns_clustering = t[3] - t[2];
	r->ns_tallies = t[4] - t[3];
	*ret = r;
	return 0;
}
