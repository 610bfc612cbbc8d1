#include "opinion/inner.h"
#include <stdlib.h>

struct tallying {
	const struct opinion *o;
	const struct opinion_result *r;
	int8_t place[OPINION_GIVEN_MAX + 1]; /* of a group's id in r->groups */
	uint32_t *count[PARTS_MAX];          /* groups × cells */
};

static void tally_rows(void *ctx, int part, int parts)
{
	struct tallying *w = ctx;
	const struct opinion *o = w->o;
	struct span s = par_span(o->n, part, parts);
	for (size_t i = s.from; i < s.to; i++) {
		if (w->r->group[i] < 0)
			continue;
		uint32_t *to = w->count[part] + (size_t)w->place[w->r->group[i]] * 4 * o->m;
		const cell *c = o->pool + o->row[i].at;
		for (size_t at = 0; at < o->row[i].n; at++)
			to[c[at]]++;
	}
}

static int group_take(struct opinion_group *g, size_t cols)
{
	g->agree = take(cols, sizeof *g->agree);
	g->disagree = take(cols, sizeof *g->disagree);
	g->seen = take(cols, sizeof *g->seen);
	return g->agree && g->disagree && g->seen ? 0 : err_note(ERR_NOMEM, "opinion: tallies");
}

int tally(const struct opinion *o, struct opinion_result *r, int parts)
{
	struct tallying w = { .o = o, .r = r };
	int st = 0;
	for (int i = 0; i < parts; i++) {
		w.count[i] = take(r->n_groups * 4 * o->m, sizeof **w.count);
		if (!w.count[i])
			st = err_note(ERR_NOMEM, "opinion: tallies");
	}
	for (size_t g = 0; g < r->n_groups && st == 0; g++) {
		w.place[r->groups[g].id] = (int8_t)g;
		st = group_take(&r->groups[g], o->m);
	}
	if (st == 0)
		par_run(parts, tally_rows, &w);
	for (size_t g = 0; g < r->n_groups && st == 0; g++) {
		for (size_t j = 0; j < o->m; j++) {
			uint32_t n[3] = { 0 };
			for (int i = 0; i < parts; i++)
				for (size_t code = 0; code < 3; code++)
					n[code] += w.count[i][(g * o->m + j) * 4 + code];
			r->groups[g].disagree[j] = n[0];
			r->groups[g].agree[j] = n[2];
			r->groups[g].seen[j] = n[0] + n[1] + n[2];
		}
	}
	for (int i = 0; i < parts; i++)
		free(w.count[i]);
	return st;
}
