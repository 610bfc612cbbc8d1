#include "tests/opinion/common.h"
#include <math.h>

static void shuffle(size_t *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		p[i] = i;
	for (size_t i = n; i > 1; i--) {
		size_t j = roll(i), t = p[i - 1];
		p[i - 1] = p[j];
		p[j] = t;
	}
}

enum { N = 180, M = 40 };
typedef signed char votes[N][M];

/* Three camps that agree on a third of the statements each, one vote in ten by chance, four
 * in ten not cast. */
static void plant(votes v)
{
	roll_seed(42);
	for (size_t i = 0; i < N; i++)
		for (size_t j = 0; j < M; j++) {
			v[i][j] = i % 3 == j % 3 ? 1 : -1;
			if (roll(10) == 0)
				v[i][j] = (signed char)((int)roll(3) - 1);
			if (roll(10) < 4)
				v[i][j] = ABSENT;
		}
}

/* The votes with rows and columns in the orders given: row[i] is where row i goes. */
static struct opinion *filled(votes v, const size_t *row, const size_t *col)
{
	struct opinion *o = opened();
	for (size_t i = 0; i < N; i++)
		for (size_t j = 0; j < M; j++)
			if (v[i][j] != ABSENT)
				assert_int_equal(opinion_vote(o, row ? row[i] : i, col ? col[j] : j,
							 v[i][j]),
					0);
	return o;
}

static void planted_groups_are_found(void **state)
{
	(void)state;
	static votes v;
	plant(v);
	struct opinion *o = filled(v, NULL, NULL);
	for (int seeding = OPINION_STABLE; seeding <= OPINION_POLIS; seeding++) {
		struct opinion_result *r = ran(
			o, &(struct opinion_options){ .seeding = (enum opinion_seeding)seeding });
		assert_int_equal(r->k, 3);
		assert_int_equal(r->n_in_conv, N);
		for (size_t i = 3; i < N; i++)
			assert_int_equal(r->group[i], r->group[i % 3]);
		assert_true(r->group[0] != r->group[1] && r->group[1] != r->group[2]);
		for (size_t g = 0; g < 3; g++) {
			assert_int_equal(r->groups[g].members, 60);
			assert_int_equal(r->groups[g].rep.n, OPINION_LIST_MAX);
			for (size_t i = 0; i < OPINION_LIST_MAX; i++) {
				const struct opinion_rep *rep = &r->groups[g].rep.item[i];
				assert_int_equal(
					rep->is_agree, r->group[rep->col % 3] == r->groups[g].id);
			}
		}
		opinion_result_free(r);
	}
	opinion_close(o);
}

static void order_changes_no_group(void **state)
{
	(void)state;
	static votes v;
	plant(v);
	struct opinion *o = filled(v, NULL, NULL);
	struct opinion_result *first = ran(o, NULL);
	for (int turn = 0; turn < 50; turn++) {
		size_t row[N], col[M];
		shuffle(row, N);
		shuffle(col, M);
		bool is_rows_only = turn % 2;
		struct opinion *p = filled(v, row, is_rows_only ? NULL : col);
		struct opinion_result *r = ran(p, NULL);
		assert_int_equal(r->k, first->k);
		for (size_t i = 0; i < N; i++) {
			assert_int_equal(r->group[row[i]], first->group[i]);
			if (is_rows_only)
				assert_true(
					r->x[row[i]] == first->x[i] && r->y[row[i]] == first->y[i]);
		}
		for (size_t j = 0; j < M; j++)
			assert_true(fabs(r->comp[0][is_rows_only ? j : col[j]] -
					    first->comp[0][j]) < 1e-9);
		opinion_result_free(r);
		opinion_close(p);
	}
	opinion_result_free(first);
	opinion_close(o);
}

/* Votes come one by one in any order, are changed, taken back and moderated, with runs in
 * between; in the end only what stands counts. */
static void growing_equals_building(void **state)
{
	(void)state;
	static votes v;
	plant(v);
	struct opinion *built = filled(v, NULL, NULL), *grown = opened();
	size_t order[N * M];
	shuffle(order, N * M);
	for (size_t at = 0; at < N * M; at++) {
		size_t i = order[at] / M, j = order[at] % M;
		if (roll(3) == 0)
			assert_int_equal(opinion_vote(grown, i, j, (int)roll(3) - 1), 0);
		if (v[i][j] != ABSENT)
			assert_int_equal(opinion_vote(grown, i, j, v[i][j]), 0);
		else
			assert_int_equal(opinion_unvote(grown, i, j), 0);
		if (at % 2000 == 1000)
			opinion_result_free(ran(grown, NULL));
		if (at == N * M / 2)
			assert_int_equal(opinion_moderate(grown, 5, OPINION_OUT), 0);
	}
	assert_int_equal(opinion_moderate(grown, 5, OPINION_KEPT), 0);
	assert_int_equal(opinion_votes(grown), opinion_votes(built));
	for (int how = 0; how < 3; how++) {
		struct opinion_result *a = ran(built, NULL), *b = ran(grown, NULL);
		same_result(a, b);
		opinion_result_free(a);
		opinion_result_free(b);
		enum opinion_moderation mod = how ? OPINION_META : OPINION_OUT;
		assert_int_equal(opinion_moderate(built, 7, mod), 0);
		assert_int_equal(opinion_moderate(grown, 7, mod), 0);
	}
	opinion_close(built);
	opinion_close(grown);
}

static void moderated_statements_count_as_seen(void **state)
{
	(void)state;
	static votes v;
	plant(v);
	struct opinion *o = filled(v, NULL, NULL);
	assert_int_equal(opinion_moderate(o, 3, OPINION_OUT), 0);
	assert_int_equal(opinion_moderate(o, 4, OPINION_META), 0);
	struct opinion_result *r = ran(o, NULL);
	for (size_t j = 3; j < 5; j++) {
		assert_true(r->center[j] == 0 && r->extremity[j] == 0);
		assert_true(r->comp[0][j] == 0 && r->comp[1][j] == 0);
		for (size_t g = 0; g < r->n_groups; g++) {
			assert_true(r->groups[g].seen[j] > 0);
			for (size_t i = 0; i < r->groups[g].rep.n; i++)
				assert_true(r->groups[g].rep.item[i].col != j);
		}
	}
	assert_true(r->priority[4] == 49 && r->priority[3] != 49);
	/* The first person's place, from the definition. */
	double sum = 0, seen = 2;
	for (size_t j = 0; j < M; j++)
		if (v[0][j] != ABSENT && j != 3 && j != 4) {
			sum += (v[0][j] - r->center[j]) * r->comp[0][j];
			seen++;
		}
	assert_true(fabs(r->x[0] - sqrt(M / seen) * sum) < 1e-11);
	opinion_result_free(r);
	opinion_close(o);
}

static void threads_change_nothing(void **state)
{
	(void)state;
	static votes v;
	plant(v);
	struct opinion *o = filled(v, NULL, NULL), *p = filled(v, NULL, NULL);
	struct opinion_result *one = ran(o, &(struct opinion_options){ .threads = 1 });
	struct opinion_result *two = ran(p, &(struct opinion_options){ .threads = 2 });
	same_result(one, two);
	opinion_result_free(one);
	opinion_result_free(two);
	opinion_close(o);
	opinion_close(p);
}

static void a_warm_start_ends_where_a_cold_one_does(void **state)
{
	(void)state;
	static votes v;
	plant(v);
	for (int seeding = OPINION_STABLE; seeding <= OPINION_POLIS; seeding++) {
		struct opinion *o = filled(v, NULL, NULL);
		struct opinion_options how = { .seeding = (enum opinion_seeding)seeding };
		struct opinion_result *cold = ran(o, &how);
		how.before = cold;
		struct opinion_result *same = ran(o, &how);
		assert_int_equal(same->k, cold->k);
		assert_memory_equal(same->group, cold->group, N);
		for (size_t b = 0; b < cold->n_bases; b++)
			assert_int_equal(same->bases[b].id, cold->bases[b].id);
		assert_int_equal(same->same_k, 2);
		/* People and statements come; nobody is thrown out for a vote taken back. */
		for (size_t i = N; i < N + 20; i++)
			for (size_t j = 0; j < M + 3; j++)
				assert_int_equal(opinion_vote(o, i, j, i % 3 == j % 3 ? 1 : -1), 0);
		for (size_t j = 0; j < M; j++)
			assert_int_equal(opinion_unvote(o, 0, j), 0);
		how.before = same;
		struct opinion_result *more = ran(o, &how);
		how.before = NULL;
		struct opinion_result *again = ran(o, &how);
		assert_int_equal(more->k, 3);
		assert_int_equal(more->in_conv[0], 1);
		assert_int_equal(again->in_conv[0], 0);
		for (size_t i = 3; i < N + 20; i++)
			assert_int_equal(more->group[i],
				more->group[i == 3      ? 3
						: i % 3 ? i % 3
							: 3]);
		for (size_t j = 0; j < M + 3; j++)
			assert_true(fabs(fabs(more->comp[0][j]) - fabs(again->comp[0][j])) < 1e-9);
		opinion_result_free(cold);
		opinion_result_free(same);
		opinion_result_free(more);
		opinion_result_free(again);
		opinion_close(o);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(planted_groups_are_found),
		cmocka_unit_test(order_changes_no_group),
		cmocka_unit_test(growing_equals_building),
		cmocka_unit_test(moderated_statements_count_as_seen),
		cmocka_unit_test(threads_change_nothing),
		cmocka_unit_test(a_warm_start_ends_where_a_cold_one_does),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
