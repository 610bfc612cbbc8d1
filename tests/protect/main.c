#include "protect/case_clock.h"
#include "protect/case_sheet.h"
#include "protect/case_tool.h"
#include "protect/shred.h"
#include "tests/protect/tests.h"
#include <stdlib.h>
#include <unistd.h>

enum { MONDAY = (4 * 24) /* 5 January 1970 */, DAY_HOURS = 24 };

static void hours_in_which_an_office_works(void **state)
{
	(void)state;
	const struct clock_office always = { 0, 24, 127 }, week = { 9, 17, 31 },
				  never = { 9, 17, 0 };
	assert_int_equal(clock_after(&always, MONDAY + 3, 2), MONDAY + 5);
	assert_int_equal(clock_after(&week, MONDAY + 10, 2), MONDAY + 12);
	assert_int_equal(clock_after(&week, MONDAY + 3, 2), MONDAY + 11);
	/* An hour before the end of the day, the second hour is the next day's first. */
	assert_int_equal(clock_after(&week, MONDAY + 16, 2), MONDAY + DAY_HOURS + 10);
	/* On Friday evening it is Monday's. */
	assert_int_equal(
		clock_after(&week, MONDAY + 4 * DAY_HOURS + 17, 2), MONDAY + 7 * DAY_HOURS + 11);
	assert_int_equal(clock_after(&never, MONDAY, 2), MONDAY + 2);
}

static void squares_of_a_risk(void **state)
{
	(void)state;
	assert_int_equal(tool_level(11), 1);
	assert_int_equal(tool_level(15), 2);
	assert_int_equal(tool_level(51), 2);
	assert_int_equal(tool_level(34), 3);
	assert_int_equal(tool_level(45), 4);
	assert_int_equal(tool_level(55), 4);
	for (int64_t bad = -70; bad < 200; bad++)
		if (bad / 10 < 1 || bad / 10 > 5 || bad % 10 < 1 || bad % 10 > 5)
			assert_int_equal(tool_level(bad), 0);
	for (int64_t l = 1; l <= 5; l++) /* more of either is never less dangerous */
		for (int64_t s = 1; s < 5; s++) {
			assert_true(tool_level(l * 10 + s) <= tool_level(l * 10 + s + 1));
			assert_true(tool_level(s * 10 + l) <= tool_level((s + 1) * 10 + l));
		}
}

static void a_sheet_comes_back_as_it_was(void **state)
{
	(void)state;
	auto_arena mem;
	auto_buf b;
	struct case_sheet s;
	const struct str odd = STR("a=b\\n\n\n\\\\ c\\");
	arena_init(&mem, 1 << 16);
	buf_init(&b, 1 << 12);
	case_sheet_put(&b, "what", odd);
	case_sheet_put(&b, "none", STR(""));
	case_sheet_put_number(&b, "n", -70);
	case_sheet_put_number(&b, "zero", 0);
	assert_int_equal(case_sheet_read(&mem, buf_view(&b), &s), 0);
	assert_int_equal(s.n, 2);
	assert_true(str_eq(case_sheet_get(&s, "what"), odd));
	assert_int_equal(case_sheet_number(&s, "n"), -70);
	assert_int_equal(case_sheet_number(&s, "zero"), 0);
	assert_null(case_sheet_get(&s, "none").p);
	assert_int_equal(case_sheet_read(&mem, STR("no line of a sheet"), &s), ERR_INPUT);
	err_forget();
}

static void nobody_gets_a_slot_twice(void **state)
{
	(void)state;
	char folder[] = "/tmp/baraza-shred-XXXXXX", path[64];
	struct shred *s;
	struct secret slot;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/" SHRED_FILE, folder);
	assert_int_equal(shred_open(folder, &s), 0);
	assert_true(shred_claim(s, 5));
	assert_false(shred_claim(s, 5));
	assert_true(shred_claim(s, 4));
	assert_true(shred_claim(s, 5000));
	assert_false(shred_claim(s, 5));
	assert_false(shred_claim(s, -1));
	assert_int_equal(shred_get(s, 5, &slot), 0);
	assert_int_equal(shred_zero(s, 5), 0);
	assert_int_equal(shred_get(s, 5, &slot), ERR_MISSING);
	err_forget();
	shred_close(s);
	unlink(path);
	rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hours_in_which_an_office_works),
		cmocka_unit_test(squares_of_a_risk),
		cmocka_unit_test(a_sheet_comes_back_as_it_was),
		cmocka_unit_test(nobody_gets_a_slot_twice),
	};
	struct CMUnitTest all[64];
	size_t n = 0;
	for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
		all[n++] = tests[i];
	for (size_t i = 0; i < n_cover_tests; i++)
		all[n++] = cover_tests[i];
	for (size_t i = 0; i < n_file_tests; i++)
		all[n++] = file_tests[i];
	return _cmocka_run_group_tests("protect", all, n, NULL, NULL);
}
