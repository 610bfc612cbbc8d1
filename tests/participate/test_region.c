/* Tables of regions and countries, side by side. */
#include "i18n/i18n.h"
#include "participate/region.h"
#include "tests/participate/talk.h"
#include <stdlib.h>
#include <string.h>

enum { CELLS = 4, MOST = 6, ALL = (MOST + 1) * (MOST + 1) * (MOST + 1) * (MOST + 1), ORDERS = 24 };

/* All that somebody sees of both tables; of a region: its number, -1 hidden, 0 not there. */
struct seen {
	int shown[CELLS], region[CELLS];
	int total, together;
	bool is_secret, is_region_secret;
};

static void nth(int at, int n[CELLS])
{
	for (size_t i = 0; i < CELLS; i++, at /= MOST + 1)
		n[i] = at % (MOST + 1);
}

static int shown(const struct cells *c, struct str key)
{
	const struct cell *one = cells_find(c, key);
	return !one ? 0 : one->is_hidden || c->is_secret ? -1 : (int)one->n;
}

/* The order in which cells of one size are hidden: a secret, and the same for both tables here. */
static uint64_t noise_of(int order, size_t at)
{
	int left[CELLS] = { 0, 1, 2, 3 }, n = CELLS;
	for (size_t i = 0;; i++, n--) {
		int pick = order % n, got = left[pick];
		order /= n;
		if (i == at)
			return (uint64_t)got;
		memmove(&left[pick], &left[pick + 1], (size_t)(n - pick - 1) * sizeof *left);
	}
}

static struct seen look(const int n[CELLS], const struct str key[CELLS], int order)
{
	struct cell cell[CELLS], region[CELLS];
	struct cells c = { .cell = cell }, r = { .cell = region };
	struct seen s;
	memset(&s, 0, sizeof s); /* looks are compared byte by byte */
	for (size_t i = 0; i < CELLS; i++) {
		s.total += n[i];
		if (n[i])
			cell[c.n++] = (struct cell){
				.key = key[i], .n = n[i], .noise = noise_of(order, i)
			};
	}
	qsort(cell, c.n, sizeof *cell, cells_by_size); /* as figures.c hands them over */
	cells_hide(&c);
	region_cells(&c, &r);
	s.is_secret = c.is_secret;
	s.is_region_secret = r.is_secret;
	s.together = (int)r.hidden;
	for (size_t i = 0; i < CELLS; i++) {
		s.shown[i] = shown(&c, key[i]);
		s.region[i] = shown(&r, region_of(key[i]));
	}
	return s;
}

static int people_of(const int n[CELLS], const struct str key[CELLS], size_t of)
{
	int sum = 0;
	for (size_t i = 0; i < CELLS; i++)
		sum += str_eq(region_of(key[i]), region_of(key[of])) ? n[i] : 0;
	return sum;
}

/* A truth, and how it looks. */
struct truth {
	struct seen seen; /* first */
	int n[CELLS];
};

static int by_look(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct seen));
}

/* What all truths that look alike have in common is given away: of a hidden country, and of a
 * hidden region of few. */
static void check_alike(const struct truth *t, size_t n, const struct str key[CELLS])
{
	for (size_t i = 0; i < CELLS && !t->seen.is_secret; i++) {
		int people = people_of(t->n, key, i);
		bool is_open = false, is_region_open = false;
		for (size_t o = 1; o < n; o++) {
			is_open |= t[o].n[i] != t->n[i];
			is_region_open |= people_of(t[o].n, key, i) != people;
		}
		const int *m = t->n;
		if (t->seen.shown[i] < 0 && !is_open)
			fail_msg("%d %d %d %d gives country %zu away", m[0], m[1], m[2], m[3], i);
		if (t->seen.region[i] < 0 && people < FIGURES_LEAST && !is_region_open)
			fail_msg("%d %d %d %d gives region %zu away", m[0], m[1], m[2], m[3], i);
		if (t->seen.region[i] > 0 && people < FIGURES_LEAST)
			fail_msg("%d people are shown", people);
	}
}

static void try_all(const struct str key[CELLS])
{
	static struct truth all[ALL * ORDERS];
	size_t n = sizeof all / sizeof *all;
	for (size_t i = 0; i < n; i++) {
		memset(&all[i], 0, sizeof all[i]);
		nth((int)(i / ORDERS), all[i].n);
		all[i].seen = look(all[i].n, key, (int)(i % ORDERS));
	}
	qsort(all, n, sizeof *all, by_look);
	for (size_t from = 0, to; from < n; from = to) {
		for (to = from + 1; to < n && by_look(&all[from], &all[to]) == 0; to++)
			;
		check_alike(&all[from], to - from, key);
	}
}

static void two_tables_give_no_more_away_than_one(void **state)
{
	static const struct str pairs[CELLS] = { { "KE", 2 }, { "NG", 2 }, { "FR", 2 },
		{ "DE", 2 } },
				three[CELLS] = { { "KE", 2 }, { "NG", 2 }, { "FR", 2 },
					{ "JP", 2 } },
				unsaid[CELLS] = { { "KE", 2 }, { "NG", 2 }, { "FR", 2 },
					{ "", 0 } };
	(void)state;
	try_all(pairs);
	try_all(three);
	try_all(unsaid);
}

static void regions_add_up(void **state)
{
	struct cell cell[] = { { { "KE", 2 }, 9, false }, { { "JP", 2 }, 8, false },
		{ { "NG", 2 }, 7, false }, { { "", 0 }, 6, false } },
		    region[4];
	struct cells c = { .cell = cell, .n = 4 }, r = { .cell = region };
	(void)state;
	cells_hide(&c);
	region_cells(&c, &r);
	assert_int_equal(r.n, 3);
	assert_int_equal(cells_find(&r, STR("002"))->n, 16);
	assert_int_equal(cells_find(&r, STR("142"))->n, 8);
	assert_int_equal(cells_find(&r, STR(""))->n, 6);
	assert_int_equal(r.n_hidden, 0);
}

static void every_country_has_its_region(void **state)
{
	size_t n;
	const struct str *all = lang_countries(&n);
	(void)state;
	for (size_t i = 0; i < n; i++)
		if (!str_is(all[i], "AQ") && region_of(all[i]).n != 3)
			fail_msg("%.*s is in no region", STR_ARG(all[i]));
}

const struct CMUnitTest region_tests[] = {
	cmocka_unit_test(two_tables_give_no_more_away_than_one),
	cmocka_unit_test(regions_add_up),
	cmocka_unit_test(every_country_has_its_region),
};
const size_t n_region_tests = sizeof region_tests / sizeof *region_tests;
