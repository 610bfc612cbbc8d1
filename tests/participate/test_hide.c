#include "tests/participate/talk.h"

enum { CELLS = 4, MOST = 9 };

/* All that somebody sees: which cells there are, how many people in all, those that are shown. */
struct seen {
	int64_t total;
	int shown[CELLS]; /* 0: no such cell; -1: hidden; else the count */
	bool is_secret;
};

static struct seen look(const int n[CELLS])
{
	static const struct str key[CELLS] = { { "a", 1 }, { "b", 1 }, { "c", 1 }, { "d", 1 } };
	struct cell cell[CELLS];
	struct cells c = { .cell = cell };
	struct seen s = { 0 };
	for (size_t i = 0; i < CELLS; i++) {
		s.total += n[i];
		if (n[i])
			cell[c.n++] = (struct cell){ .key = key[i], .n = n[i] };
	}
	cells_hide(&c);
	s.is_secret = c.is_secret;
	for (size_t i = 0; i < CELLS; i++) {
		const struct cell *one = cells_find(&c, key[i]);
		s.shown[i] = !one ? 0 : one->is_hidden ? -1 : (int)one->n;
	}
	return s;
}

static bool same(const struct seen *a, const struct seen *b)
{
	return a->total == b->total && a->is_secret == b->is_secret &&
		memcmp(a->shown, b->shown, sizeof a->shown) == 0;
}

static void nth(int at, int n[CELLS])
{
	for (size_t i = 0; i < CELLS; i++, at /= MOST + 1)
		n[i] = at % (MOST + 1);
}

/* Whoever knows the rule, the total and all that is shown tries every possible truth: for each
 * hidden cell more than one must be left. */
static void nothing_can_be_computed(void **state)
{
	enum { ALL = (MOST + 1) * (MOST + 1) * (MOST + 1) * (MOST + 1) };
	static struct seen seen[ALL];
	int n[CELLS], other[CELLS], hidden = 0;
	(void)state;
	for (int at = 0; at < ALL; at++) {
		nth(at, n);
		seen[at] = look(n);
	}
	for (int at = 0; at < ALL; at++) {
		bool is_open[CELLS] = { 0 };
		nth(at, n);
		/* The order of the cells does not matter. */
		if (n[0] < n[1] || n[1] < n[2] || n[2] < n[3] || seen[at].is_secret)
			continue;
		for (int o = 0; o < ALL; o++) {
			if (!same(&seen[at], &seen[o]))
				continue;
			nth(o, other);
			for (size_t i = 0; i < CELLS; i++)
				is_open[i] |= other[i] != n[i];
		}
		for (size_t i = 0; i < CELLS; i++) {
			if (seen[at].shown[i] >= 0)
				continue;
			hidden++;
			if (!is_open[i])
				fail_msg("%d %d %d %d gives one away", n[0], n[1], n[2], n[3]);
		}
	}
	assert_true(hidden > 100);
}

static void few_are_never_shown(void **state)
{
	int n[CELLS];
	(void)state;
	for (int at = 0; at < (MOST + 1) * (MOST + 1) * (MOST + 1) * (MOST + 1); at++) {
		nth(at, n);
		struct seen s = look(n);
		for (size_t i = 0; i < CELLS; i++)
			if (s.shown[i] > 0 && s.shown[i] < FIGURES_LEAST)
				fail_msg("%d is shown", s.shown[i]);
	}
}

static void what_can_be_shown_is(void **state)
{
	const int all[CELLS] = { 9, 8, 7, 6 }, small[CELLS] = { 9, 8, 3, 4 };
	(void)state;
	struct seen s = look(all);
	for (size_t i = 0; i < CELLS; i++)
		assert_int_equal(s.shown[i], all[i]);
	s = look(small);
	assert_int_equal(s.shown[0], 9);
	assert_int_equal(s.shown[1], 8);
	assert_int_equal(s.shown[2], -1);
	assert_false(s.is_secret);
}

static void too_few_are_a_secret(void **state)
{
	const int one[CELLS] = { 3, 0, 0, 0 }, each[CELLS] = { 1, 1, 1, 1 };
	(void)state;
	assert_true(look(one).is_secret);
	assert_true(look(each).is_secret);
}

const struct CMUnitTest hide_tests[] = {
	cmocka_unit_test(nothing_can_be_computed),
	cmocka_unit_test(few_are_never_shown),
	cmocka_unit_test(what_can_be_shown_is),
	cmocka_unit_test(too_few_are_a_secret),
};
const size_t n_hide_tests = sizeof hide_tests / sizeof *hide_tests;
