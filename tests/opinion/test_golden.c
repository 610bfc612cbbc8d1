/* Conversations that others held, against what an independent implementation computed. The
 * data lies beside the repository, never in it. */
#include "app/analyse_inner.h"
#include "base/buf.h"
#include "base/csv.h"
#include "tests/test.h"
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

static const char *const golden[] = { "austria-climate.5twd2jsnkf.2022-08-08", "bg2050-volunteers",
	"scoop-hivemind.biodiversity" };
enum { GOLDEN = sizeof golden / sizeof *golden };

struct conversation {
	struct analysis a;
	json_t *all, *want;
};

static const char *root(void)
{
	const char *dir = getenv("GOLDEN");
	return dir ? dir : "../shared/golden";
}

static void open_golden(size_t i, struct conversation *ret)
{
	char path[512];
	snprintf(path, sizeof path, "%s/%s/expected.json", root(), golden[i]);
	json_error_t error;
	ret->all = json_load_file(path, 0, &error);
	assert_non_null(ret->all);
	ret->want = json_object_get(ret->all, "REFERENCE");
	snprintf(path, sizeof path, "%s/%s", root(), golden[i]);
	assert_int_equal(analysis_read(path, &ret->a), 0);
}

static void close_golden(struct conversation *c)
{
	analysis_done(&c->a);
	json_decref(c->all);
}

static double number(const json_t *in, int64_t key)
{
	char name[24];
	snprintf(name, sizeof name, "%lld", (long long)key);
	const json_t *v = json_object_get(in, name);
	assert_non_null(v);
	return json_number_value(v);
}

static void near(double got, double want, double allowed)
{
	if (!(fabs(got - want) <= allowed))
		fail_msg("got %.17g, want %.17g within %g", got, want, allowed);
}

static void near_all(const struct analysis *a, const double *got, const json_t *want,
	double absolute, double relative)
{
	assert_int_equal(json_object_size(want), a->cols);
	for (size_t j = 0; j < a->cols; j++) {
		double v = number(want, a->tid[j]);
		near(got[j], v, absolute + relative * fabs(v));
	}
}

static void same_list(const struct analysis *a, const struct opinion_list *got, const json_t *want)
{
	assert_int_equal(got->n, json_array_size(want));
	for (size_t i = 0; i < got->n; i++) {
		const struct opinion_rep *rep = &got->item[i];
		json_t *w = json_array_get(want, i);
		int tid, success, trials, agrees = 0, is_best = 0;
		double p, test, repness = 0, repness_test = 0;
		const char *towards = NULL;
		assert_int_equal(
			json_unpack(w, "{si si si sF sF s?F s?F s?s s?i s?b}", "tid", &tid,
				"n-success", &success, "n-trials", &trials, "p-success", &p,
				"p-test", &test, "repness", &repness, "repness-test", &repness_test,
				"repful-for", &towards, "n-agree", &agrees, "best-agree", &is_best),
			0);
		assert_int_equal(a->tid[rep->col], tid);
		assert_int_equal(rep->success, success);
		assert_int_equal(rep->trials, trials);
		near(rep->p, p, 1e-9 * fabs(p));
		near(rep->p_test, test, 1e-9 * fabs(test));
		if (!towards)
			continue;
		near(rep->repness, repness, 1e-9 * fabs(repness));
		near(rep->repness_test, repness_test, 1e-9 * fabs(repness_test));
		assert_string_equal(rep->is_agree ? "agree" : "disagree", towards);
		assert_int_equal(rep->is_best, is_best);
		assert_int_equal(rep->agrees, agrees);
	}
}

static void components_and_consensus(void **state)
{
	(void)state;
	for (size_t i = 0; i < GOLDEN; i++) {
		struct conversation c;
		open_golden(i, &c);
		struct opinion_result *r;
		assert_int_equal(
			opinion_run(c.a.o, &(struct opinion_options){ OPINION_POLIS }, &r), 0);
		near_all(&c.a, r->center, json_object_get(c.want, "center"), 1e-12, 0);
		near_all(&c.a, r->extremity, json_object_get(c.want, "extremity"), 1e-7, 0);
		for (size_t v = 0; v < 2; v++)
			near_all(&c.a, r->comp[v],
				json_array_get(json_object_get(c.want, "comps"), v), 1e-7, 0);
		const json_t *values = json_object_get(c.want, "eigenvalues_ZtZ_top3");
		for (size_t v = 0; v < 3; v++) {
			double want = json_number_value(json_array_get(values, v));
			near(r->eigenvalue[v], want, 1e-9 * want);
		}
		const json_t *places = json_object_get(c.want, "projection");
		for (size_t p = 0; p < c.a.rows; p++) {
			const json_t *at = json_object_get(places, c.a.pid[p].p);
			near(r->x[p], json_number_value(json_array_get(at, 0)), 1e-6);
			near(r->y[p], json_number_value(json_array_get(at, 1)), 1e-6);
		}
		const json_t *consensus = json_object_get(c.want, "consensus");
		same_list(&c.a, &r->agree, json_object_get(consensus, "agree"));
		same_list(&c.a, &r->disagree, json_object_get(consensus, "disagree"));
		opinion_result_free(r);
		close_golden(&c);
	}
}

static void same_groups(
	const struct conversation *c, const struct opinion_result *r, const char *key)
{
	const json_t *own = json_object_get(c->want, key);
	assert_int_equal(r->k, json_integer_value(json_object_get(own, "k")));
	const json_t *group = json_object_get(own, "group");
	assert_int_equal(json_object_size(group), r->n_in_conv);
	for (size_t i = 0; i < c->a.rows; i++) {
		const json_t *g = json_object_get(group, c->a.pid[i].p);
		assert_int_equal(r->group[i], g ? json_integer_value(g) : OPINION_NO_GROUP);
	}
	const json_t *silhouette = json_object_get(own, "silhouette");
	assert_int_equal(json_object_size(silhouette), r->n_silhouette);
	for (int k = 0; k < r->n_silhouette; k++)
		near(r->silhouette[k], number(silhouette, k + 2), 1e-6);
}

static void groups_as_polis_finds_them(void **state)
{
	(void)state;
	for (size_t i = 0; i < GOLDEN; i++) {
		struct conversation c;
		open_golden(i, &c);
		struct opinion_options how = { .seeding = OPINION_POLIS };
		struct opinion_result *r;
		assert_int_equal(opinion_run(c.a.o, &how, &r), 0);
		same_groups(&c, r, "own_groups_rule_in_conv");
		opinion_result_free(r);
		how.in_conv = c.a.in_conv;
		assert_int_equal(opinion_run(c.a.o, &how, &r), 0);
		same_groups(&c, r, "own_groups");
		opinion_result_free(r);
		close_golden(&c);
	}
}

static void statistics_of_published_groups(void **state)
{
	(void)state;
	for (size_t i = 0; i < GOLDEN; i++) {
		struct conversation c;
		open_golden(i, &c);
		struct opinion_options how = { .in_conv = c.a.in_conv, .group = c.a.group };
		struct opinion_result *r;
		assert_int_equal(opinion_run(c.a.o, &how, &r), 0);
		const json_t *stats = json_object_get(c.want, "stats_given_published_groups");
		near_all(&c.a, r->consensus, json_object_get(stats, "group_aware_consensus"), 0,
			1e-9);
		near_all(&c.a, r->priority, json_object_get(stats, "priorities"), 0, 1e-9);
		for (size_t g = 0; g < r->n_groups; g++) {
			char id[8];
			snprintf(id, sizeof id, "%d", r->groups[g].id);
			const json_t *t = json_object_get(json_object_get(stats, "tallies"), id);
			const json_t *A = json_object_get(t, "A"), *D = json_object_get(t, "D"),
				     *S = json_object_get(t, "S");
			for (size_t j = 0; j < c.a.cols; j++) {
				assert_int_equal(r->groups[g].agree[j],
					json_integer_value(json_array_get(A, j)));
				assert_int_equal(r->groups[g].disagree[j],
					json_integer_value(json_array_get(D, j)));
				assert_int_equal(r->groups[g].seen[j],
					json_integer_value(json_array_get(S, j)));
			}
			same_list(&c.a, &r->groups[g].rep,
				json_object_get(json_object_get(stats, "repness"), id));
		}
		opinion_result_free(r);
		close_golden(&c);
	}
}

/* Our own seeding leaves people nearer to the middle of their group than the published
 * groups do, and agrees with those at least as far as the reference's bad days do. */
static void stable_groups_are_no_worse(void **state)
{
	(void)state;
	for (size_t i = 0; i < GOLDEN; i++) {
		struct conversation c;
		open_golden(i, &c);
		struct opinion_options how = { .in_conv = c.a.in_conv };
		struct opinion_result *r;
		assert_int_equal(opinion_run(c.a.o, &how, &r), 0);
		const json_t *quality = json_object_get(c.want, "quality");
		double published = json_number_value(
			json_object_get(quality, "inertia_of_published_groups"));
		assert_true(r->inertia <= published);
		assert_int_equal(r->k, json_integer_value(json_object_get(quality, "published_k")));
		opinion_result_free(r);
		close_golden(&c);
	}
}

enum { ABSENT = 9 };

/* participants-votes.csv as a matrix, by the reader but not by the code under test. */
static signed char *matrix(const struct conversation *c, size_t i)
{
	char path[512];
	snprintf(path, sizeof path, "%s/%s/participants-votes.csv", root(), golden[i]);
	auto_file f = fopen(path, "rb");
	assert_non_null(f);
	auto_buf text;
	buf_init(&text, 1 << 24);
	for (size_t got = 1; got;) {
		got = fread(buf_room(&text, 65536), 1, 65536, f);
		text.n += got;
	}
	auto_csv rows;
	csv_init(&rows, buf_view(&text), 10000);
	signed char *v = malloc(c->a.rows * c->a.cols);
	assert_int_equal(csv_next(&rows), 1);
	size_t first = rows.n - c->a.cols;
	for (size_t r = 0; r < c->a.rows; r++) {
		assert_int_equal(csv_next(&rows), 1);
		for (size_t j = 0; j < c->a.cols; j++) {
			int64_t vote = ABSENT;
			(void)str_i64(rows.field[first + j], &vote);
			v[r * c->a.cols + j] = (signed char)vote;
		}
	}
	return v;
}

static uint64_t dice = 7;
static void shuffle(size_t *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		p[i] = i;
	for (size_t i = n; i > 1; i--) {
		dice = dice * 6364136223846793005u + 1442695040888963407u;
		size_t j = (size_t)(dice >> 33) % i, t = p[i - 1];
		p[i - 1] = p[j];
		p[j] = t;
	}
}

static struct opinion_result *run_shuffled(const struct conversation *c, const signed char *v,
	const struct opinion_result *first, const size_t *row, const size_t *col)
{
	struct opinion *o;
	assert_int_equal(opinion_open(NULL, &o), 0);
	for (size_t i = 0; i < c->a.rows; i++)
		for (size_t j = 0; j < c->a.cols; j++)
			if (v[i * c->a.cols + j] != ABSENT)
				assert_int_equal(
					opinion_vote(o, row[i], col[j], v[i * c->a.cols + j]), 0);
	assert_int_equal(opinion_size(o, c->a.rows, c->a.cols), 0);
	for (size_t j = 0; j < c->a.cols; j++)
		assert_int_equal(
			opinion_moderate(o, col[j], (enum opinion_moderation)first->moderation[j]),
			0);
	struct opinion_result *r;
	assert_int_equal(opinion_run(o, NULL, &r), 0);
	opinion_close(o);
	return r;
}

static void shuffles_change_no_group(void **state)
{
	(void)state;
	for (size_t i = 0; i < GOLDEN; i++) {
		struct conversation c;
		open_golden(i, &c);
		signed char *v = matrix(&c, i);
		struct opinion_result *first;
		assert_int_equal(opinion_run(c.a.o, NULL, &first), 0);
		size_t *row = malloc(c.a.rows * sizeof *row), *col = malloc(c.a.cols * sizeof *col);
		for (int turn = 0; turn < 50; turn++) {
			shuffle(row, c.a.rows);
			shuffle(col, c.a.cols);
			struct opinion_result *r = run_shuffled(&c, v, first, row, col);
			assert_int_equal(r->k, first->k);
			for (size_t p = 0; p < c.a.rows; p++)
				assert_int_equal(r->group[row[p]], first->group[p]);
			opinion_result_free(r);
		}
		opinion_result_free(first);
		free(row);
		free(col);
		free(v);
		close_golden(&c);
	}
}

int main(void)
{
	if (access(root(), R_OK) != 0) {
		puts("1..0 # SKIP skipped: no ../shared");
		return 0;
	}
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(components_and_consensus),
		cmocka_unit_test(groups_as_polis_finds_them),
		cmocka_unit_test(statistics_of_published_groups),
		cmocka_unit_test(stable_groups_are_no_worse),
		cmocka_unit_test(shuffles_change_no_group),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
