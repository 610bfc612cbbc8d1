/* Spec sections 8 to 10: what groups are known for, common ground, what to ask next. */
#include "opinion/inner.h"
#include <math.h>

#define Z_90 1.2816 /* one-sided 90 %, as pol.is rounds it */

double opinion_prop_test(double x, double n)
{
	return 2 * sqrt(n + 1) * ((x + 1) / (n + 1) - 0.5);
}

double opinion_two_prop(double x1, double x2, double n1, double n2)
{
	double p1 = (x1 + 1) / (n1 + 1), p2 = (x2 + 1) / (n2 + 1);
	double p = (x1 + x2 + 2) / (n1 + n2 + 2);
	if (p >= 1)
		return 0;
	return (p1 - p2) / sqrt(p * (1 - p) * (1 / (n1 + 1) + 1 / (n2 + 1)));
}

/* One statement in one group: a for agree, d for disagree; p share, t its test, r ratio to
 * the other groups, rt the test of the difference. */
struct measure {
	double A, D, S;
	double pa, pd, pat, pdt, ra, rd, rat, rdt;
};

static struct measure measure(const struct opinion_result *r, size_t group, size_t j)
{
	const struct opinion_group *g = &r->groups[group];
	struct measure m = { .A = g->agree[j], .D = g->disagree[j], .S = g->seen[j] };
	double A = 0, D = 0, S = 0;
	for (size_t i = 0; i < r->n_groups; i++) {
		if (i == group)
			continue;
		A += r->groups[i].agree[j];
		D += r->groups[i].disagree[j];
		S += r->groups[i].seen[j];
	}
	m.pa = (m.A + 1) / (m.S + 2);
	m.pd = (m.D + 1) / (m.S + 2);
	m.pat = opinion_prop_test(m.A, m.S);
	m.pdt = opinion_prop_test(m.D, m.S);
	m.ra = m.pa / ((A + 1) / (S + 2));
	m.rd = m.pd / ((D + 1) / (S + 2));
	m.rat = opinion_two_prop(m.A, A, m.S, S);
	m.rdt = opinion_two_prop(m.D, D, m.S, S);
	return m;
}

static struct opinion_rep finalise(const struct measure *m, size_t j)
{
	bool is_agree = m->rat > m->rdt;
	return (struct opinion_rep){ .col = (uint32_t)j,
		.success = (uint32_t)(is_agree ? m->A : m->D),
		.trials = (uint32_t)m->S,
		.p = is_agree ? m->pa : m->pd,
		.p_test = is_agree ? m->pat : m->pdt,
		.repness = is_agree ? m->ra : m->rd,
		.repness_test = is_agree ? m->rat : m->rdt,
		.is_agree = is_agree };
}

static double metric(const struct opinion_rep *rep)
{
	return rep->repness * rep->repness_test * rep->p * rep->p_test;
}

/* The statement a group agrees with most, as far as it also sets the group apart. */
static bool beats_best_agree(const struct measure *m, const struct measure *best)
{
	if (m->A == 0 && m->D == 0)
		return false;
	if (best && best->ra > 1)
		return m->ra * m->rat * m->pa * m->pat >
			best->ra * best->rat * best->pa * best->pat;
	if (best)
		return m->pa * m->pat > best->pa * best->pat;
	return m->pat > Z_90 || (m->ra > 1 && m->pa > 0.5);
}

/* Into a list that falls by ${value}, later ones behind equals; ${at} values beside it. */
static void list_insert(
	struct opinion_list *list, double *values, const struct opinion_rep *rep, double value)
{
	size_t at = list->n;
	while (at > 0 && value > values[at - 1])
		at--;
	if (at == OPINION_LIST_MAX)
		return;
	if (list->n < OPINION_LIST_MAX)
		list->n++;
	for (size_t i = list->n - 1; i > at; i--) {
		list->item[i] = list->item[i - 1];
		values[i] = values[i - 1];
	}
	list->item[at] = *rep;
	values[at] = value;
}

/* ${best} first, five in all, agrees before disagrees. */
static void list_close(struct opinion_list *list, const struct opinion_rep *best)
{
	struct opinion_rep all[OPINION_LIST_MAX + 1];
	size_t n = 0;
	if (best)
		all[n++] = *best;
	for (size_t i = 0; i < list->n; i++)
		if (!best || list->item[i].col != best->col)
			all[n++] = list->item[i];
	if (n > OPINION_LIST_MAX)
		n = OPINION_LIST_MAX;
	list->n = 0;
	for (int is_agree = 1; is_agree >= 0; is_agree--)
		for (size_t i = 0; i < n; i++)
			if (all[i].is_agree == is_agree)
				list->item[list->n++] = all[i];
}

/* What one pass over the statements has found so far. */
struct search {
	struct measure best_measure; /* of agree */
	struct opinion_rep best, agree;
	bool has_best, has_agree, is_sufficient;
};

static bool is_significant(const struct measure *m)
{
	return (m->rat > Z_90 && m->pat > Z_90) || (m->rdt > Z_90 && m->pdt > Z_90);
}

static void search_agree(struct search *s, const struct measure *m, const struct opinion_rep *rep)
{
	if (!beats_best_agree(m, s->has_agree ? &s->best_measure : NULL))
		return;
	s->has_agree = true;
	s->best_measure = *m;
	s->agree = *rep;
	s->agree.is_best = true;
	s->agree.agrees = (uint32_t)m->A;
}

static void group_rep(const struct opinion *o, struct opinion_result *r, size_t group)
{
	struct opinion_list *list = &r->groups[group].rep;
	double values[OPINION_LIST_MAX] = { 0 };
	struct search s = { 0 };
	for (size_t j = 0; j < o->m; j++) {
		if (col_is_out(&o->col[j]))
			continue;
		struct measure m = measure(r, group, j);
		struct opinion_rep rep = finalise(&m, j);
		if (is_significant(&m)) {
			s.is_sufficient = true;
			list_insert(list, values, &rep, metric(&rep));
		}
		double top = m.rat > m.rdt ? m.rat : m.rdt;
		if (!s.is_sufficient && (!s.has_best || top > s.best.repness_test)) {
			s.has_best = true;
			s.best = rep;
		}
		search_agree(&s, &m, &rep);
	}
	if (s.is_sufficient || s.has_agree)
		list_close(list, s.has_agree ? &s.agree : NULL);
	else if (s.has_best)
		list_close(list, &s.best);
}

static void consensus_fill(const struct opinion *o, struct opinion_result *r)
{
	double agree[OPINION_LIST_MAX] = { 0 }, disagree[OPINION_LIST_MAX] = { 0 };
	for (size_t j = 0; j < o->m; j++) {
		if (col_is_out(&o->col[j]))
			continue;
		uint32_t seen = col_seen(&o->col[j]);
		for (int is_agree = 0; is_agree < 2; is_agree++) {
			uint32_t x = o->col[j].by_code[is_agree ? 2 : 0];
			struct opinion_rep rep = { .col = (uint32_t)j,
				.success = x,
				.trials = seen,
				.p = ((double)x + 1) / ((double)seen + 2),
				.p_test = opinion_prop_test(x, seen),
				.is_agree = is_agree };
			if (rep.p > 0.5 && rep.p_test > Z_90)
				list_insert(is_agree ? &r->agree : &r->disagree,
					is_agree ? agree : disagree, &rep, rep.p * rep.p_test);
		}
	}
}

static double priority(double A, double P, double S, double extremity)
{
	double importance = (1 - (P + 1) / (S + 2)) * (extremity + 1) * ((A + 1) / (S + 2));
	double root = importance * (1 + 8 * exp2(-S / 5));
	return root * root;
}

void stats_fill(const struct opinion *o, struct opinion_result *r)
{
	for (size_t j = 0; j < o->m; j++) {
		double A = 0, D = 0, S = 0;
		r->consensus[j] = 1;
		for (size_t g = 0; g < r->n_groups; g++) {
			const struct opinion_group *of = &r->groups[g];
			A += of->agree[j];
			D += of->disagree[j];
			S += of->seen[j];
			r->consensus[j] *= ((double)of->agree[j] + 1) / ((double)of->seen[j] + 2);
		}
		r->priority[j] = o->col[j].moderation == OPINION_META
			? 49
			: priority(A, S - A - D, S, r->extremity[j]);
	}
	for (size_t g = 0; g < r->n_groups; g++)
		group_rep(o, r, g);
	consensus_fill(o, r);
}
