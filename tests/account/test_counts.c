#include "account/counts.h"
#include "tests/account/world.h"

static void holds_until_something_changes(void **state)
{
	static const char what[] = "things";
	struct house house = { .version = 7 };
	struct visit v = { .house = &house, .version = 7 };
	int64_t n = 41, got = 0;
	(void)state;
	assert_false(counts_find(&v, (struct counts_key){ what, 1, 0 }, &got, sizeof got));
	counts_keep(&v, (struct counts_key){ what, 1, 0 }, &n, sizeof n); /* a house without */
	assert_int_equal(counts_open(&house.counts), 0);
	counts_keep(&v, (struct counts_key){ what, 1, 0 }, &n, sizeof n);
	assert_true(counts_find(&v, (struct counts_key){ what, 1, 0 }, &got, sizeof got));
	assert_int_equal(got, 41);
	assert_false(counts_find(&v, (struct counts_key){ what, 2, 0 }, &got, sizeof got));
	assert_false(counts_find(&v, (struct counts_key){ what, 1, 1 }, &got, sizeof got));
	assert_false(counts_find(&v, (struct counts_key){ what, 1, 0 }, &got, sizeof got / 2));
	v.version = 8;
	assert_false(counts_find(&v, (struct counts_key){ what, 1, 0 }, &got, sizeof got));
	n = 42;
	counts_keep(&v, (struct counts_key){ what, 1, 0 }, &n, sizeof n);
	v.version = 7; /* a visit that was slow */
	n = 43;
	counts_keep(&v, (struct counts_key){ what, 1, 0 }, &n, sizeof n);
	v.version = 8;
	assert_true(counts_find(&v, (struct counts_key){ what, 1, 0 }, &got, sizeof got));
	assert_int_equal(got, 42);
	counts_close(house.counts);
	counts_close(NULL);
}

static void many_find_room(void **state)
{
	static const char what[] = "many";
	struct house house = { .version = 1 };
	struct visit v = { .house = &house, .version = 1 };
	int64_t got, n_kept = 0;
	(void)state;
	assert_int_equal(counts_open(&house.counts), 0);
	for (int64_t i = 0; i < 10000; i++)
		counts_keep(&v, (struct counts_key){ what, i, -i }, &i, sizeof i);
	for (int64_t i = 0; i < 10000; i++) {
		if (!counts_find(&v, (struct counts_key){ what, i, -i }, &got, sizeof got))
			continue;
		assert_int_equal(got, i);
		n_kept++;
	}
	assert_in_range(n_kept, 100, 256);
	counts_close(house.counts);
}

const struct CMUnitTest counts_tests[] = {
	cmocka_unit_test(holds_until_something_changes),
	cmocka_unit_test(many_find_room),
};
const size_t n_counts_tests = sizeof counts_tests / sizeof *counts_tests;
