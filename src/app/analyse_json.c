/* Failures of jansson are remembered by the values themselves: setting NULL fails, and the
 * one look at the end sees it. */
#include "app/analyse_inner.h"
#include <jansson.h>
#include <stdlib.h>

struct writing {
	const struct analysis *a;
	const struct opinion_result *r;
	bool has_failed;
};

static void put(struct writing *w, json_t *to, const char *key, json_t *value)
{
	if (json_object_set_new(to, key, value) < 0)
		w->has_failed = true;
}
static void add(struct writing *w, json_t *to, json_t *value)
{
	if (json_array_append_new(to, value) < 0)
		w->has_failed = true;
}
static void put_numbered(struct writing *w, json_t *to, int64_t key, json_t *value)
{
	char name[24];
	snprintf(name, sizeof name, "%lld", (long long)key);
	put(w, to, name, value);
}

static json_t *per_statement(struct writing *w, const double *v)
{
	json_t *to = json_object();
	for (size_t j = 0; j < w->a->cols; j++)
		put_numbered(w, to, w->a->tid[j], json_real(v[j]));
	return to;
}

static json_t *mod_out_json(struct writing *w)
{
	json_t *to = json_array();
	for (size_t j = 0; j < w->a->cols; j++)
		if (w->r->moderation[j] != OPINION_KEPT)
			add(w, to, json_integer(w->a->tid[j]));
	return to;
}

static json_t *comps_json(struct writing *w)
{
	json_t *to = json_array();
	for (int i = 0; i < 2; i++)
		add(w, to, per_statement(w, w->r->comp[i]));
	return to;
}

static json_t *eigenvalues_json(struct writing *w)
{
	json_t *to = json_array();
	for (size_t i = 0; i < w->r->n_eigenvalue; i++)
		add(w, to, json_real(w->r->eigenvalue[i]));
	return to;
}

static json_t *projection_json(struct writing *w)
{
	json_t *to = json_object();
	for (size_t i = 0; i < w->a->rows; i++) {
		json_t *place = json_array();
		add(w, place, json_real(w->r->x[i]));
		add(w, place, json_real(w->r->y[i]));
		put(w, to, w->a->pid[i].p, place);
	}
	return to;
}

static json_t *in_conv_json(struct writing *w)
{
	json_t *to = json_array();
	for (size_t i = 0; i < w->a->rows; i++) {
		if (!w->r->in_conv[i])
			continue;
		int64_t n;
		bool is_number = str_i64(w->a->pid[i], &n);
		add(w, to, is_number ? json_integer(n) : json_string(w->a->pid[i].p));
	}
	return to;
}

static json_t *group_json(struct writing *w)
{
	json_t *to = json_object();
	for (size_t i = 0; i < w->a->rows; i++)
		if (w->r->group[i] >= 0)
			put(w, to, w->a->pid[i].p, json_integer(w->r->group[i]));
	return to;
}

static json_t *silhouette_json(struct writing *w)
{
	json_t *to = json_object();
	for (int i = 0; i < w->r->n_silhouette; i++)
		put_numbered(w, to, i + 2, json_real(w->r->silhouette[i]));
	return to;
}

static json_t *counts_json(struct writing *w, const uint32_t *n)
{
	json_t *to = json_array();
	for (size_t j = 0; j < w->a->cols; j++)
		add(w, to, json_integer(n[j]));
	return to;
}

static json_t *tallies_json(struct writing *w)
{
	json_t *to = json_object();
	for (size_t g = 0; g < w->r->n_groups; g++) {
		const struct opinion_group *of = &w->r->groups[g];
		json_t *one = json_object();
		put(w, one, "n_members", json_integer((json_int_t)of->members));
		put(w, one, "A", counts_json(w, of->agree));
		put(w, one, "D", counts_json(w, of->disagree));
		put(w, one, "S", counts_json(w, of->seen));
		put_numbered(w, to, of->id, one);
	}
	return to;
}

static json_t *item_json(struct writing *w, const struct opinion_rep *rep)
{
	json_t *to = json_object();
	put(w, to, "tid", json_integer(w->a->tid[rep->col]));
	put(w, to, "n-success", json_integer(rep->success));
	put(w, to, "n-trials", json_integer(rep->trials));
	put(w, to, "p-success", json_real(rep->p));
	put(w, to, "p-test", json_real(rep->p_test));
	return to;
}

static json_t *repness_json(struct writing *w)
{
	json_t *to = json_object();
	for (size_t g = 0; g < w->r->n_groups; g++) {
		const struct opinion_list *list = &w->r->groups[g].rep;
		json_t *items = json_array();
		for (size_t i = 0; i < list->n; i++) {
			const struct opinion_rep *rep = &list->item[i];
			json_t *one = item_json(w, rep);
			put(w, one, "repness", json_real(rep->repness));
			put(w, one, "repness-test", json_real(rep->repness_test));
			put(w, one, "repful-for",
				json_string(rep->is_agree ? "agree" : "disagree"));
			if (rep->is_best) {
				put(w, one, "n-agree", json_integer(rep->agrees));
				put(w, one, "best-agree", json_true());
			}
			add(w, items, one);
		}
		put_numbered(w, to, w->r->groups[g].id, items);
	}
	return to;
}

static json_t *consensus_json(struct writing *w)
{
	json_t *to = json_object();
	for (int is_agree = 1; is_agree >= 0; is_agree--) {
		const struct opinion_list *list = is_agree ? &w->r->agree : &w->r->disagree;
		json_t *items = json_array();
		for (size_t i = 0; i < list->n; i++)
			add(w, items, item_json(w, &list->item[i]));
		put(w, to, is_agree ? "agree" : "disagree", items);
	}
	return to;
}

int analysis_print_json(const struct analysis *a, const struct opinion_result *r)
{
	struct writing w = { .a = a, .r = r };
	json_t *to = json_object();
	put(&w, to, "mod_out", mod_out_json(&w));
	put(&w, to, "center", per_statement(&w, r->center));
	put(&w, to, "comps", comps_json(&w));
	put(&w, to, "eigenvalues", eigenvalues_json(&w));
	put(&w, to, "extremity", per_statement(&w, r->extremity));
	put(&w, to, "projection", projection_json(&w));
	put(&w, to, "in_conv", in_conv_json(&w));
	put(&w, to, "consensus", consensus_json(&w));
	put(&w, to, "k", json_integer(r->k));
	put(&w, to, "group", group_json(&w));
	put(&w, to, "silhouette", silhouette_json(&w));
	put(&w, to, "tallies", tallies_json(&w));
	put(&w, to, "repness", repness_json(&w));
	put(&w, to, "group_aware_consensus", per_statement(&w, r->consensus));
	put(&w, to, "priorities", per_statement(&w, r->priority));
	put(&w, to, "inertia", json_real(r->inertia));
	int st = 0;
	if (w.has_failed)
		st = err_note(ERR_NOMEM, "analyse: JSON");
	else if (json_dumpf(to, stdout, JSON_REAL_PRECISION(17)) < 0 || putchar('\n') == EOF ||
		fflush(stdout) == EOF)
		st = err_note(ERR_IO, "standard output");
	json_decref(to);
	return st;
}
