/* Groups as pol.is finds them: at most 100 base clusters of people, then groups of those. */
#include "opinion/inner.h"
#include <stdlib.h>
#include <string.h>

enum { BASE_STEPS = 100, GROUP_STEPS = 20 };

/* The people who are clustered, in row order. */
struct crowd {
	size_t n;
	size_t *row;
	double *x, *y;
	int32_t *label, *before;
};

static void crowd_free(struct crowd *c)
{
	free(c->row);
	free(c->x);
	free(c->y);
	free(c->label);
	free(c->before);
}

static int crowd_gather(
	const struct opinion_result *r, const struct opinion_result *before, struct crowd *c)
{
	*c = (struct crowd){ 0 };
	c->row = take(r->n_in_conv, sizeof *c->row);
	c->x = take(r->n_in_conv, sizeof *c->x);
	c->y = take(r->n_in_conv, sizeof *c->y);
	c->label = take(r->n_in_conv, sizeof *c->label);
	c->before = take(r->n_in_conv, sizeof *c->before);
	if (!c->row || !c->x || !c->y || !c->label || !c->before)
		return err_note(ERR_NOMEM, "opinion: clusters");
	for (size_t i = 0; i < r->rows; i++) {
		if (!r->in_conv[i])
			continue;
		int32_t base = before && i < before->rows ? before->base[i] : -1;
		c->row[c->n] = i;
		c->x[c->n] = r->x[i];
		c->y[c->n] = r->y[i];
		c->before[c->n++] = base < 0 ? -1 : before->bases[base].id;
	}
	return 0;
}

static int bases_find(struct opinion_result *r, const struct opinion_result *before)
{
	struct crowd c;
	struct clusters found = { 0 };
	int st = crowd_gather(r, before, &c);
	if (st == 0)
		st = kmeans_polis(&(struct points){ c.n, c.x, c.y, NULL },
			&(struct kmeans){ CLUSTERS_MAX, BASE_STEPS, before ? c.before : NULL },
			c.label, &found);
	if (st == 0) {
		r->bases = take(found.n, sizeof *r->bases);
		st = r->bases ? 0 : err_note(ERR_NOMEM, "opinion: clusters");
	}
	if (st == 0) {
		r->n_bases = found.n;
		for (size_t b = 0; b < found.n; b++)
			r->bases[b] = (struct opinion_base){ found.id[b], 0, found.x[b],
				found.y[b] };
		for (size_t i = 0; i < c.n; i++) {
			r->base[c.row[i]] = c.label[i];
			r->bases[c.label[i]].members++;
		}
	}
	crowd_free(&c);
	return st;
}

/* The group in which base ${id} was last time, when ${k} groups were looked for. */
static int32_t base_was(const struct opinion_result *before, int k, int id)
{
	if (k - 2 >= before->n_silhouette)
		return -1;
	for (size_t b = 0; b < before->n_bases; b++)
		if (before->bases[b].id == id)
			return before->base_group[k - 2][b];
	return -1;
}

struct base_points {
	double x[CLUSTERS_MAX], y[CLUSTERS_MAX], w[CLUSTERS_MAX];
	int32_t was[CLUSTERS_MAX], label[CLUSTERS_MAX];
	int8_t place[OPINION_K_MAX - 1][CLUSTERS_MAX]; /* group as index, for silhouettes */
};

static int group_bases(
	struct opinion_result *r, const struct opinion_result *before, int k, struct base_points *b)
{
	bool is_warm = before && k - 2 < before->n_silhouette;
	for (size_t i = 0; i < r->n_bases; i++)
		b->was[i] = is_warm ? base_was(before, k, r->bases[i].id) : -1;
	struct clusters found;
	int st = kmeans_polis(&(struct points){ r->n_bases, b->x, b->y, b->w },
		&(struct kmeans){ (size_t)k, GROUP_STEPS, is_warm ? b->was : NULL }, b->label,
		&found);
	if (st < 0)
		return st;
	r->base_group[k - 2] = take(r->n_bases, 1);
	if (!r->base_group[k - 2])
		return err_note(ERR_NOMEM, "opinion: groups");
	/* After very many warm starts ids have climbed; then they begin again. */
	if (found.n && found.id[found.n - 1] > OPINION_GIVEN_MAX)
		for (size_t c = 0; c < found.n; c++)
			found.id[c] = (int)c;
	for (size_t i = 0; i < r->n_bases; i++) {
		b->place[k - 2][i] = (int8_t)b->label[i];
		r->base_group[k - 2][i] = (int8_t)found.id[b->label[i]];
	}
	return 0;
}

/* Ids of the groups that the chosen k has, rising. */
static int groups_close(struct opinion_result *r)
{
	bool is_there[OPINION_GIVEN_MAX + 1] = { false };
	const int8_t *group = r->base_group[r->k - 2];
	for (size_t i = 0; i < r->rows; i++) {
		if (r->base[i] >= 0) {
			r->group[i] = group[r->base[i]];
			is_there[r->group[i]] = true;
		}
	}
	int ids[OPINION_GIVEN_MAX + 1];
	size_t n = 0;
	for (int id = 0; id <= OPINION_GIVEN_MAX; id++)
		if (is_there[id])
			ids[n++] = id;
	return groups_number(r, ids, n);
}

int polis_groups(struct opinion_result *r, const struct opinion_result *before)
{
	int st = bases_find(r, before);
	if (st < 0 || r->n_bases == 0)
		return st;
	struct base_points *b = take(1, sizeof *b);
	if (!b)
		return err_note(ERR_NOMEM, "opinion: groups");
	for (size_t i = 0; i < r->n_bases; i++) {
		b->x[i] = r->bases[i].x;
		b->y[i] = r->bases[i].y;
		b->w[i] = r->bases[i].members;
	}
	for (int k = 2; k <= groups_k_max(r->n_bases) && st == 0; k++) {
		st = group_bases(r, before, k, b);
		r->n_silhouette = k - 1;
	}
	int8_t *place[OPINION_K_MAX - 1];
	for (int i = 0; i < OPINION_K_MAX - 1; i++)
		place[i] = b->place[i];
	if (st == 0)
		st = silhouettes(&(struct points){ r->n_bases, b->x, b->y, NULL }, place,
			r->n_silhouette, r->silhouette);
	free(b);
	if (st < 0)
		return st;
	groups_choose_k(r, before);
	return groups_close(r);
}
