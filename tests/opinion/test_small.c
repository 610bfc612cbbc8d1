#include "tests/opinion/common.h"
#include <math.h>
#include <stdlib.h>

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
		cmocka_unit_test(components_are_eigenvectors),
		cmocka_unit_test(few_people_few_statements),
		cmocka_unit_test(one_person_or_one_statement),
		cmocka_unit_test(those_who_voted_least_wait),
		cmocka_unit_test(limits_and_nonsense),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
