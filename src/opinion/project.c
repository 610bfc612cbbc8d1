#include "opinion/inner.h"
#include <math.h>
#include <stdlib.h>

struct projecting {
	const struct opinion *o;
	struct opinion_result *r;
	struct lanes *value; /* by cell: both components, and 1 for a vote that is kept */
	double scale, out;   /* of whole numbers; moderated columns, which everybody has seen */
};

static void project_rows(void *ctx, int part, int parts)
{
	struct projecting *w = ctx;
	const struct opinion *o = w->o;
	struct span s = par_span(o->n, part, parts);
	for (size_t i = s.from; i < s.to; i++) {
		const cell *c = o->pool + o->row[i].at;
		struct lanes sum = { 0 };
		for (size_t at = 0; at < o->row[i].n; at++)
			for (int l = 0; l < LANES; l++)
				sum.v[l] += w->value[c[at]].v[l];
		double seen = (double)sum.v[2] + w->out;
		double f = sqrt((double)o->m / (seen > 1 ? seen : 1)) / w->scale;
		w->r->x[i] = f * (double)sum.v[0];
		w->r->y[i] = f * (double)sum.v[1];
	}
}

int project(const struct opinion *o, struct opinion_result *r, int parts)
{
	struct projecting w = { .o = o, .r = r, .scale = ldexp(1, 48) };
	w.value = take(4 * o->m, sizeof *w.value);
	if (!w.value)
		return err_note(ERR_NOMEM, "opinion: projection");
	for (size_t j = 0; j < o->m; j++) {
		double dx = r->comp[0][j], dy = r->comp[1][j], c = r->center[j];
		r->extremity[j] = sqrt((double)o->m) * (1 - c) * hypot(dx, dy);
		if (col_is_out(&o->col[j])) {
			w.out++;
			continue;
		}
		for (int code = 0; code < 3; code++)
			w.value[4 * j + (size_t)code] =
				(struct lanes){ { llrint(w.scale * (code - 1 - c) * dx),
					llrint(w.scale * (code - 1 - c) * dy), 1, 0 } };
	}
	par_run(parts, project_rows, &w);
	free(w.value);
	return 0;
}
