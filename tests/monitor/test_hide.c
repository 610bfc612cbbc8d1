/* No small number can be worked out of what is shown: every way to fill in what is hidden is tried.
 */
#include "base/hide.h"
#include "tests/test.h"
#include <stdlib.h>

enum { ROWS = 3, COLUMNS = 3, REGIONS = 2, CELLS = ROWS * COLUMNS };

static uint64_t seed = 16;
static int64_t draw(int64_t below)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (int64_t)((seed >> 33) % (uint64_t)below);
}

/* What somebody sees who does not know the numbers, and what they find by trying. */
struct seen {
	const struct hide_table *t;
	int64_t sum[ROWS];
	int64_t x[CELLS];
	/* The least and most that each number can be: cells, regions, world. */
	int64_t least[CELLS + REGIONS * COLUMNS + COLUMNS],
		most[CELLS + REGIONS * COLUMNS + COLUMNS];
	int64_t found;
};

static bool is_whole(const enum hide_how *how, size_t columns)
{
	for (size_t k = 0; k < columns; k++)
		if (how[k] != HIDE_HELD)
			return false;
	return true;
}

/* ${x} may stand where ${n} was hidden as it was. */
static bool fits(enum hide_how how, bool is_all, int64_t n, int64_t x)
{
	return how == HIDE_SHOWN  ? x == n
		: how == HIDE_FEW ? x > 0 && x < HIDE_LEAST
				  : is_all || x >= HIDE_LEAST;
}

static bool row_fits(
	const struct hide_table *t, const enum hide_how *how, const int64_t *n, const int64_t *x)
{
	bool is_all = is_whole(how, t->columns);
	for (size_t k = 0; k < t->columns; k++)
		if (!fits(how[k], is_all, n[k], x[k]))
			return false;
	return true;
}

static void note(struct seen *s, size_t at, int64_t x)
{
	s->least[at] = x < s->least[at] ? x : s->least[at];
	s->most[at] = x > s->most[at] ? x : s->most[at];
}

static void judge(struct seen *s)
{
	const struct hide_table *t = s->t;
	size_t c = t->columns;
	int64_t within[REGIONS * COLUMNS] = { 0 }, world[COLUMNS] = { 0 };
	for (size_t i = 0; i < t->rows * c; i++) {
		within[t->region[i / c] * c + i % c] += s->x[i];
		world[i % c] += s->x[i];
	}
	for (size_t g = 0; g < t->regions; g++)
		if (!row_fits(t, t->within + g * c, t->within_n + g * c, within + g * c))
			return;
	if (!row_fits(t, t->world, t->world_n, world))
		return;
	s->found++;
	for (size_t i = 0; i < t->rows * c; i++)
		note(s, i, s->x[i]);
	for (size_t i = 0; i < t->regions * c; i++)
		note(s, t->rows * c + i, within[i]);
	for (size_t i = 0; i < c; i++)
		note(s, (t->rows + t->regions) * c + i, world[i]);
}

static void try_row(struct seen *s, size_t row, size_t column, int64_t left)
{
	const struct hide_table *t = s->t;
	size_t c = t->columns;
	if (row == t->rows) {
		judge(s);
		return;
	}
	for (int64_t x = column + 1 == c ? left : 0; x <= left; x++) {
		s->x[row * c + column] = x;
		if (column + 1 < c)
			try_row(s, row, column + 1, left - x);
		else if (row_fits(t, t->row + row * c, t->n + row * c, s->x + row * c))
			try_row(s, row + 1, 0, row + 1 < t->rows ? s->sum[row + 1] : 0);
	}
}

static int64_t number_at(const struct hide_table *t, size_t at)
{
	size_t cells = t->rows * t->columns;
	return at < cells ? t->n[at] : t->within_n[at - cells];
}

static void expect_secrets(const struct hide_table *t)
{
	struct seen s = { .t = t };
	size_t all = (t->rows + t->regions + 1) * t->columns;
	for (size_t i = 0; i < all; i++) {
		s.least[i] = INT64_MAX;
		s.most[i] = -1;
	}
	for (size_t i = 0; i < t->rows * t->columns; i++)
		s.sum[i / t->columns] += t->n[i];
	try_row(&s, 0, 0, s.sum[0]);
	assert_true(s.found > 0);
	for (size_t i = 0; i < all; i++) {
		int64_t n = number_at(t, i);
		if (n < 1 || n >= HIDE_LEAST || s.least[i] < s.most[i])
			continue;
		for (size_t k = 0; k < all; k++)
			print_message("%lld/%d%s", (long long)number_at(t, k), (int)t->row[k],
				k % t->columns + 1 == t->columns ? "\n" : " ");
		fail_msg("number %zu is %lld for sure", i, (long long)s.least[i]);
	}
}

static void no_small_number_can_be_worked_out(void **state)
{
	(void)state;
	for (int turn = 0; turn < 6000; turn++) {
		auto_arena mem;
		int64_t n[CELLS];
		size_t region[ROWS];
		struct hide_table t = { .rows = 1 + (size_t)draw(ROWS),
			.columns = 2 + (size_t)draw(COLUMNS - 1),
			.n = n,
			.region = region };
		int64_t below = 2 + draw(9);
		arena_init(&mem, 1 << 20);
		t.regions = 1 + (size_t)draw(REGIONS);
		for (size_t i = 0; i < t.rows; i++)
			region[i] = (size_t)draw((int64_t)t.regions);
		for (size_t i = 0; i < t.rows * t.columns; i++)
			n[i] = draw(3) ? draw(below) : draw(3);
		assert_int_equal(hide_table(&mem, &t), 0);
		expect_secrets(&t);
	}
}

static void what_is_large_stays_to_be_seen(void **state)
{
	auto_arena mem;
	static const int64_t n[] = { 6, 7, 0, 9, 12, 5, 30, 8, 0 };
	static const size_t region[] = { 0, 0, 1 };
	struct hide_table t = { .rows = 3, .columns = 3, .regions = 2, .n = n, .region = region };
	(void)state;
	arena_init(&mem, 1 << 20);
	assert_int_equal(hide_table(&mem, &t), 0);
	for (size_t i = 0; i < (3 + 2 + 1) * 3; i++)
		assert_int_equal(t.row[i], HIDE_SHOWN);
	assert_int_equal(t.world_n[0], 45);
}

/* A small number needs three others: one in its row, and both below one another. */
static void hiding_one_number_hides_few_more(void **state)
{
	auto_arena mem;
	static const int64_t n[] = { 3, 60, 70, 80, 90, 50 };
	static const size_t region[] = { 0, 0, 0 };
	struct hide_table t = { .rows = 3, .columns = 2, .regions = 1, .n = n, .region = region };
	int held = 0;
	(void)state;
	arena_init(&mem, 1 << 20);
	assert_int_equal(hide_table(&mem, &t), 0);
	assert_int_equal(t.row[0], HIDE_FEW);
	for (size_t i = 0; i < 10; i++)
		held += t.row[i] == HIDE_HELD;
	assert_int_equal(held, 3);
	assert_int_equal(t.world[0], HIDE_SHOWN);
}

/* One person alone in a country: which answer it gave is not told. */
static void a_row_of_one_is_held_back(void **state)
{
	auto_arena mem;
	static const int64_t n[] = { 1, 0, 0, 20, 30, 40 };
	static const size_t region[] = { 0, 0 };
	struct hide_table t = { .rows = 2, .columns = 3, .regions = 1, .n = n, .region = region };
	(void)state;
	arena_init(&mem, 1 << 20);
	assert_int_equal(hide_table(&mem, &t), 0);
	for (size_t k = 0; k < 3; k++)
		assert_int_equal(t.row[k], HIDE_HELD);
	assert_int_equal(t.world[0], HIDE_SHOWN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_small_number_can_be_worked_out),
		cmocka_unit_test(what_is_large_stays_to_be_seen),
		cmocka_unit_test(hiding_one_number_hides_few_more),
		cmocka_unit_test(a_row_of_one_is_held_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
