/* Who is clustered, into how many groups, by which seeding. */
#include "opinion/inner.h"
#include <math.h>

#define TIE 1e-12 /* rounding must not decide */

enum { ENOUGH_VOTES = 7, ENOUGH_PEOPLE = 15, SAME_K = 4, PEOPLE_A_K = 12 };

static size_t enter(struct opinion_result *r, size_t i)
{
	if (r->in_conv[i])
		return 0;
	r->in_conv[i] = 1;
	r->n_in_conv++;
	return 1;
}

/* Fewer than 15 are in: the keenest of the others follow. Of equals at the edge pol.is takes
 * those who came first; stable takes all of them, since no order may matter. */
static void enter_keenest(const struct opinion *o, struct opinion_result *r, bool is_polis)
{
	uint32_t below = UINT32_MAX;
	while (r->n_in_conv < ENOUGH_PEOPLE && r->n_in_conv < r->rows) {
		uint32_t most = 0;
		bool is_any = false;
		for (size_t i = 0; i < r->rows; i++) {
			uint32_t n = o->row[i].n;
			if (!r->in_conv[i] && n < below && (!is_any || n > most)) {
				most = n;
				is_any = true;
			}
		}
		if (!is_any)
			return;
		for (size_t i = 0; i < r->rows; i++) {
			if (is_polis && r->n_in_conv >= ENOUGH_PEOPLE)
				return;
			if (o->row[i].n == most)
				enter(r, i);
		}
		below = most;
	}
}

static void choose_people(
	const struct opinion *o, const struct opinion_options *how, struct opinion_result *r)
{
	const struct opinion_result *before = how->before;
	uint32_t enough = o->m < ENOUGH_VOTES ? (uint32_t)o->m : ENOUGH_VOTES;
	for (size_t i = 0; i < r->rows; i++) {
		if (how->in_conv ? how->in_conv[i] != 0
				 : (before && i < before->rows && before->in_conv[i]) ||
					o->row[i].n >= enough)
			enter(r, i);
	}
	if (!how->in_conv)
		enter_keenest(o, r, how->seeding == OPINION_POLIS);
}

int groups_k_max(size_t bases)
{
	if (bases == 0)
		return 0;
	size_t k = 2 + bases / PEOPLE_A_K;
	return k < OPINION_K_MAX ? (int)k : OPINION_K_MAX;
}

void groups_choose_k(struct opinion_result *r, const struct opinion_result *before)
{
	int best = 0;
	for (int i = 1; i < r->n_silhouette; i++)
		if (r->silhouette[i] >= r->silhouette[best] - TIE)
			best = i;
	int k = best + 2;
	r->last_k = k;
	r->same_k = before && before->last_k == k ? before->same_k + 1 : 1;
	r->smooth_k = before ? before->smooth_k : 0;
	if (r->same_k >= SAME_K || r->smooth_k == 0)
		r->smooth_k = k;
	r->k = r->smooth_k - 2 < r->n_silhouette ? r->smooth_k : k;
}

int groups_number(struct opinion_result *r, const int *ids, size_t n)
{
	size_t place[OPINION_GIVEN_MAX + 1] = { 0 };
	r->groups = take(n, sizeof *r->groups);
	if (!r->groups)
		return err_note(ERR_NOMEM, "opinion: groups");
	r->n_groups = n;
	for (size_t g = 0; g < n; g++) {
		r->groups[g].id = ids[g];
		place[ids[g]] = g;
	}
	for (size_t i = 0; i < r->rows; i++) {
		if (r->group[i] < 0)
			continue;
		r->groups[place[r->group[i]]].members++;
	}
	return 0;
}

static int given_groups(const struct opinion_options *how, struct opinion_result *r)
{
	bool is_there[OPINION_GIVEN_MAX + 1] = { false };
	for (size_t i = 0; i < r->rows; i++) {
		if (how->group[i] < OPINION_NO_GROUP)
			return err_note(ERR_INPUT, "opinion: group out of range");
		r->group[i] = how->group[i];
		if (how->group[i] >= 0)
			is_there[how->group[i]] = true;
	}
	int ids[OPINION_GIVEN_MAX + 1];
	size_t n = 0;
	for (int id = 0; id <= OPINION_GIVEN_MAX; id++)
		if (is_there[id])
			ids[n++] = id;
	r->k = (int)n;
	return groups_number(r, ids, n);
}

/* Middle of every group and how far people stand from it. Whole numbers again, so that the
 * order of the rows plays no part. */
static void measure_groups(struct opinion_result *r)
{
	enum { FINE = 1 << 20 };
	int64_t x[OPINION_GIVEN_MAX + 1] = { 0 }, y[OPINION_GIVEN_MAX + 1] = { 0 };
	double mx[OPINION_GIVEN_MAX + 1] = { 0 }, my[OPINION_GIVEN_MAX + 1] = { 0 };
	for (size_t i = 0; i < r->rows; i++) {
		if (r->group[i] >= 0) {
			x[r->group[i]] += llrint(r->x[i] * FINE);
			y[r->group[i]] += llrint(r->y[i] * FINE);
		}
	}
	for (size_t g = 0; g < r->n_groups; g++) {
		struct opinion_group *to = &r->groups[g];
		double n = (double)to->members * FINE;
		mx[to->id] = to->x = (double)x[to->id] / n;
		my[to->id] = to->y = (double)y[to->id] / n;
	}
	int64_t sum = 0;
	for (size_t i = 0; i < r->rows; i++) {
		if (r->group[i] >= 0) {
			double dx = r->x[i] - mx[r->group[i]], dy = r->y[i] - my[r->group[i]];
			sum += llrint((dx * dx + dy * dy) * FINE);
		}
	}
	r->inertia = (double)sum / FINE;
}

int groups_find(const struct opinion *o, const struct opinion_options *how,
	struct opinion_result *r, int parts)
{
	choose_people(o, how, r);
	int st;
	if (how->group)
		st = given_groups(how, r);
	else if (how->seeding == OPINION_POLIS)
		st = polis_groups(r, how->before);
	else
		st = stable_groups(r, how->before, parts);
	if (st < 0)
		return st;
	if (r->n_groups < 2)
		r->k = (int)r->n_groups;
	measure_groups(r);
	return 0;
}
