#include "opinion/opinion.h"
#include "tests/test.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* xorshift64* (Vigna 2016): the same dice everywhere. */
static uint64_t dice = 1;
static size_t roll(size_t sides)
{
	dice ^= dice >> 12;
	dice ^= dice << 25;
	dice ^= dice >> 27;
	return (size_t)((dice * 0x2545f4914f6cdd1du >> 33) % sides);
}

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

enum { N = 180, M = 40, ABSENT = 9 };
typedef signed char votes[N][M];

/* Three camps that agree on a third of the statements each, one vote in ten by chance, four
 * in ten not cast. */
static void plant(votes v)
{
	dice = 42;
	for (size_t i = 0; i < N; i++)
		for (size_t j = 0; j < M; j++) {
			v[i][j] = i % 3 == j % 3 ? 1 : -1;
			if (roll(10) == 0)
				v[i][j] = (signed char)((int)roll(3) - 1);
			if (roll(10) < 4)
				v[i][j] = ABSENT;
		}
}

static struct opinion *opened(void)
{
	struct opinion *o;
	assert_int_equal(opinion_open(NULL, &o), 0);
	return o;
}

static struct opinion_result *ran(struct opinion *o, const struct opinion_options *how)
{
	struct opinion_result *r;
	assert_int_equal(opinion_run(o, how, &r), 0);
	return r;
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

static void same_bytes(const void *a, const void *b, size_t n)
{
	if (n)
		assert_memory_equal(a, b, n);
}

/* Two results are the same to the last bit. */
static void same_result(const struct opinion_result *a, const struct opinion_result *b)
{
	assert_int_equal(a->rows, b->rows);
	assert_int_equal(a->cols, b->cols);
	size_t per_col = a->cols * sizeof(double), per_row = a->rows * sizeof(double);
	same_bytes(a->center, b->center, per_col);
	for (int v = 0; v < 2; v++)
		same_bytes(a->comp[v], b->comp[v], per_col);
	same_bytes(a->extremity, b->extremity, per_col);
	same_bytes(a->consensus, b->consensus, per_col);
	same_bytes(a->priority, b->priority, per_col);
	same_bytes(a->x, b->x, per_row);
	same_bytes(a->y, b->y, per_row);
	same_bytes(a->group, b->group, a->rows);
	same_bytes(a->base, b->base, a->rows * sizeof *a->base);
	same_bytes(a->eigenvalue, b->eigenvalue, sizeof a->eigenvalue);
	same_bytes(a->silhouette, b->silhouette, sizeof a->silhouette);
	assert_int_equal(a->k, b->k);
	assert_int_equal(a->n_groups, b->n_groups);
	assert_true(a->inertia == b->inertia);
	for (size_t g = 0; g < a->n_groups; g++) {
		same_bytes(a->groups[g].seen, b->groups[g].seen, a->cols * sizeof(uint32_t));
		assert_int_equal(a->groups[g].rep.n, b->groups[g].rep.n);
		for (size_t i = 0; i < a->groups[g].rep.n; i++)
			assert_int_equal(
				a->groups[g].rep.item[i].col, b->groups[g].rep.item[i].col);
	}
}

static void tests_of_shares_by_hand(void **state)
{
	(void)state;
	/* 2·√5·(4/5 − 1/2), and with pseudocounts 5/6 against 2/6 of 12. */
	assert_true(fabs(opinion_prop_test(3, 4) - 0.6 * sqrt(5)) < 1e-15);
	assert_true(fabs(opinion_prop_test(0, 0) - 1) < 1e-15);
	double want = 0.5 / sqrt(7.0 / 12 * (5.0 / 12) * (2.0 / 6));
	assert_true(fabs(opinion_two_prop(4, 1, 5, 5) - want) < 1e-15);
	assert_true(opinion_two_prop(5, 5, 5, 5) == 0);
}

/* Four people, three statements; every figure can be had with a pencil. */
static void a_small_conversation_by_hand(void **state)
{
	(void)state;
	static const int v[4][3] = { { 1, -1, 1 }, { 1, -1, 0 }, { -1, 1, 1 }, { -1, 1, ABSENT } };
	static const int8_t group[4] = { 0, 0, 1, 1 };
	struct opinion *o = opened();
	for (size_t i = 0; i < 4; i++)
		for (size_t j = 0; j < 3; j++)
			if (v[i][j] != ABSENT)
				assert_int_equal(opinion_vote(o, i, j, v[i][j]), 0);
	struct opinion_result *r = ran(o, &(struct opinion_options){ .group = group });
	assert_true(r->center[0] == 0 && r->center[1] == 0);
	assert_true(fabs(r->center[2] - 2.0 / 3) < 1e-15);
	/* ZᵀZ = [4 −4 −2/3; −4 4 2/3; −2/3 2/3 2/3]: along (1, −1, −t) and its complement. */
	double top = (8 + 2.0 / 3 + sqrt(pow(8 - 2.0 / 3, 2) + 4 * 2 * 4.0 / 9)) / 2;
	assert_true(fabs(r->eigenvalue[0] - top) < 1e-12);
	assert_true(fabs(r->eigenvalue[0] + r->eigenvalue[1] - 8 - 2.0 / 3) < 1e-12);
	assert_true(fabs(r->eigenvalue[2]) < 1e-12);
	assert_true(fabs(r->comp[0][0] + r->comp[0][1]) < 1e-12);
	assert_int_equal(r->n_groups, 2);
	assert_int_equal(r->groups[0].members, 2);
	assert_int_equal(r->groups[0].agree[0], 2);
	assert_int_equal(r->groups[0].disagree[1], 2);
	assert_int_equal(r->groups[1].seen[2], 1);
	/* (2+1)/(2+2) · (0+1)/(2+2) and (1+1)/(2+2) · (1+1)/(1+2) */
	assert_true(fabs(r->consensus[0] - 3.0 / 16) < 1e-15);
	assert_true(fabs(r->consensus[2] - 1.0 / 3) < 1e-15);
	/* No passes: importance = (1 − 1/6)(E+1)(3/6), once and for all four votes. */
	double root = 5.0 / 6 * (r->extremity[0] + 1) * 0.5 * (1 + 8 * pow(2, -0.8));
	assert_true(fabs(r->priority[0] - root * root) < 1e-12);
	assert_true(fabs(r->extremity[0] - sqrt(3) * hypot(r->comp[0][0], r->comp[1][0])) < 1e-12);
	/* Statement 2: agreed by two of three. p = 3/5, z = 2·2·(3/4 − 1/2) = 1: too little. */
	assert_int_equal(r->agree.n, 0);
	opinion_result_free(r);
	opinion_close(o);
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

/* ‖ZᵀZ·u − λ·u‖ by the definition, Z written out in full. */
static double residual(
	const signed char *v, size_t n, size_t m, const struct opinion_result *r, int which)
{
	double *out = calloc(m, sizeof *out), sum = 0;
	assert_non_null(out);
	for (size_t i = 0; i < n; i++) {
		double y = 0;
		for (size_t j = 0; j < m; j++)
			if (v[i * m + j] != ABSENT)
				y += (v[i * m + j] - r->center[j]) * r->comp[which][j];
		for (size_t j = 0; j < m; j++)
			if (v[i * m + j] != ABSENT)
				out[j] += (v[i * m + j] - r->center[j]) * y;
	}
	for (size_t j = 0; j < m; j++)
		sum += pow(out[j] - r->eigenvalue[which] * r->comp[which][j], 2);
	free(out);
	return sqrt(sum);
}

/* Both ways to multiply (the table of pairs up to 2,048 columns, the votes beyond) end at
 * eigenvectors, whatever the number of threads. */
static void components_are_eigenvectors(void **state)
{
	(void)state;
	static const struct {
		size_t n, m;
	} sizes[] = { { 300, 20 }, { 40, 300 }, { 90, 2100 }, { 5, 3 } };
	for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
		size_t n = sizes[s].n, m = sizes[s].m;
		signed char *v = malloc(n * m);
		struct opinion *o = opened();
		for (size_t i = 0; i < n; i++)
			for (size_t j = 0; j < m; j++) {
				size_t lean = (i ^ j) % 3 + 1;
				v[i * m + j] = roll(3)   ? ABSENT
					: roll(4) < lean ? 1
							 : (signed char)((int)roll(2) - 1);
				if (v[i * m + j] != ABSENT)
					assert_int_equal(opinion_vote(o, i, j, v[i * m + j]), 0);
			}
		struct opinion_result *r = ran(o, &(struct opinion_options){ .threads = 1 });
		for (int which = 0; which < 2; which++)
			assert_true(residual(v, n, m, r, which) < 1e-9 * r->eigenvalue[0]);
		assert_true(r->eigenvalue[0] >= r->eigenvalue[1] &&
			r->eigenvalue[1] >= r->eigenvalue[2]);
		struct opinion_result *two = ran(o, &(struct opinion_options){ .threads = 2 });
		same_result(r, two);
		opinion_result_free(two);
		opinion_result_free(r);
		opinion_close(o);
		free(v);
	}
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

static void few_people_few_statements(void **state)
{
	(void)state;
	for (int seeding = OPINION_STABLE; seeding <= OPINION_POLIS; seeding++) {
		struct opinion_options how = { .seeding = (enum opinion_seeding)seeding };
		struct opinion *o = opened();
		struct opinion_result *r = ran(o, &how); /* nothing at all */
		assert_int_equal(r->k, 0);
		assert_int_equal(r->n_eigenvalue, 0);
		opinion_result_free(r);
		assert_int_equal(opinion_size(o, 5, 3), 0);
		r = ran(o, &how); /* people and statements, no votes */
		assert_int_equal(r->n_in_conv, 5);
		assert_int_equal(r->k, 1);
		assert_int_equal(r->agree.n, 0);
		assert_true(r->comp[0][0] == 0 && r->x[0] == 0);
		opinion_result_free(r);
		for (size_t i = 0; i < 5; i++)
			for (size_t j = 0; j < 3; j++)
				assert_int_equal(opinion_vote(o, i, j, 1), 0);
		r = ran(o, &how); /* all agree on everything */
		assert_int_equal(r->k, 1);
		assert_true(r->center[1] == 1 && r->eigenvalue[0] == 0);
		assert_int_equal(r->agree.n, 3);
		opinion_result_free(r);
		for (size_t j = 0; j < 3; j++)
			assert_int_equal(opinion_moderate(o, j, OPINION_OUT), 0);
		r = ran(o, &how); /* nothing is left */
		assert_int_equal(r->agree.n, 0);
		assert_int_equal(r->k, 1);
		opinion_result_free(r);
		opinion_close(o);
	}
}

static void one_person_or_one_statement(void **state)
{
	(void)state;
	struct opinion *o = opened();
	assert_int_equal(opinion_vote(o, 0, 0, 1), 0);
	assert_int_equal(opinion_vote(o, 0, 1, -1), 0);
	assert_int_equal(opinion_vote(o, 0, 2, 0), 0);
	struct opinion_result *r = ran(o, NULL);
	assert_true(r->center[0] == 0 && r->center[1] == 0);
	assert_true(fabs(r->comp[0][0] - sqrt(0.5)) < 1e-15);
	assert_true(fabs(r->comp[0][1] + sqrt(0.5)) < 1e-15);
	assert_true(r->comp[1][0] == 0 && r->comp[1][1] == 0);
	assert_int_equal(r->k, 1);
	opinion_result_free(r);
	opinion_close(o);
	o = opened();
	for (size_t i = 0; i < 9; i++)
		assert_int_equal(opinion_vote(o, i, 0, i < 6 ? 1 : -1), 0);
	r = ran(o, NULL);
	assert_true(r->center[0] == 0 && r->comp[0][0] == 1 && r->comp[1][0] == 0);
	assert_int_equal(r->n_eigenvalue, 1);
	assert_int_equal(r->k, 2);
	assert_int_equal(r->groups[0].members, 6);
	assert_int_equal(r->groups[1].members, 3);
	opinion_result_free(r);
	opinion_close(o);
}

static void those_who_voted_least_wait(void **state)
{
	(void)state;
	struct opinion *o = opened();
	for (size_t i = 0; i < 40; i++)
		for (size_t j = 0; j < 20 && j < 1 + i / 4; j++)
			assert_int_equal(opinion_vote(o, i, j, (i + j) % 2 ? 1 : -1), 0);
	struct opinion_result *r = ran(o, NULL);
	for (size_t i = 0; i < 40; i++)
		assert_int_equal(r->in_conv[i], 1 + i / 4 >= 7);
	opinion_result_free(r);
	opinion_close(o);
	/* Nobody has seven votes: pol.is takes fifteen, we take equals too. */
	o = opened();
	for (size_t i = 0; i < 40; i++)
		for (size_t j = 0; j < 20 && j < 1 + i / 20; j++)
			assert_int_equal(opinion_vote(o, i, j + i % 9, 1), 0);
	r = ran(o, &(struct opinion_options){ .seeding = OPINION_POLIS });
	assert_int_equal(r->n_in_conv, 15);
	assert_true(r->in_conv[20] && r->in_conv[34] && !r->in_conv[35]);
	opinion_result_free(r);
	r = ran(o, NULL);
	assert_int_equal(r->n_in_conv, 20);
	opinion_result_free(r);
	opinion_close(o);
}

static void limits_and_nonsense(void **state)
{
	(void)state;
	struct opinion *o;
	struct opinion_limits max = { .rows = 3, .cols = 2, .votes = 4 };
	assert_int_equal(opinion_open(&(struct opinion_limits){ .rows = SIZE_MAX }, &o), ERR_LIMIT);
	assert_int_equal(opinion_open(&max, &o), 0);
	assert_int_equal(opinion_vote(o, 3, 0, 1), ERR_LIMIT);
	assert_int_equal(opinion_vote(o, SIZE_MAX, 0, 1), ERR_LIMIT);
	assert_int_equal(opinion_vote(o, 0, 2, 1), ERR_LIMIT);
	assert_int_equal(opinion_vote(o, 0, 0, 2), ERR_INPUT);
	assert_int_equal(opinion_moderate(o, 2, OPINION_OUT), ERR_LIMIT);
	assert_int_equal(opinion_rows(o), 0);
	struct opinion_vote v[] = { { 1, 1 }, { 0, -1 }, { 1, -1 } };
	assert_int_equal(opinion_row(o, 0, v, 3), 0);
	assert_int_equal(opinion_votes(o), 2);
	assert_int_equal(opinion_row(o, 1, v, 2), 0);
	assert_int_equal(opinion_vote(o, 1, 1, 0), 0);
	assert_int_equal(opinion_vote(o, 2, 1, 0), ERR_LIMIT);
	assert_int_equal(opinion_row(o, 2, v, 1), ERR_LIMIT);
	static const int8_t group[3] = { 0, -2, 0 };
	struct opinion_result *r = NULL;
	assert_int_equal(
		opinion_run(o, &(struct opinion_options){ .group = group }, &r), ERR_INPUT);
	assert_null(r);
	assert_int_equal(opinion_unvote(o, 77, 77), 0);
	opinion_close(o);
	opinion_close(NULL);
	opinion_result_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tests_of_shares_by_hand),
		cmocka_unit_test(a_small_conversation_by_hand),
		cmocka_unit_test(planted_groups_are_found),
		cmocka_unit_test(order_changes_no_group),
		cmocka_unit_test(growing_equals_building),
		cmocka_unit_test(moderated_statements_count_as_seen),
		cmocka_unit_test(threads_change_nothing),
		cmocka_unit_test(components_are_eigenvectors),
		cmocka_unit_test(a_warm_start_ends_where_a_cold_one_does),
		cmocka_unit_test(few_people_few_statements),
		cmocka_unit_test(one_person_or_one_statement),
		cmocka_unit_test(those_who_voted_least_wait),
		cmocka_unit_test(limits_and_nonsense),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
