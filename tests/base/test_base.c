#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/num.h"
#include "base/utf8.h"
#include "tests/test.h"

static void str_cut_sees_every_part(void **state)
{
	(void)state;
	struct str left = STR("a,b,"), head;
	assert_true(str_cut(&left, ',', &head));
	assert_str(head, "a");
	assert_true(str_cut(&left, ',', &head));
	assert_str(head, "b");
	assert_true(str_cut(&left, ',', &head));
	assert_str(head, "");
	assert_false(str_cut(&left, ',', &head));
}

static void str_i64_takes_numbers_only(void **state)
{
	(void)state;
	int64_t v = 7;
	assert_true(str_i64(STR("-9223372036854775808"), &v));
	assert_true(v == INT64_MIN);
	assert_true(str_i64(STR("9223372036854775807"), &v));
	assert_true(v == INT64_MAX);
	static const char *const bad[] = { "", "-", "+1", " 1", "1 ", "0x1", "9223372036854775808",
		"-9223372036854775809", "1.0" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(str_i64(str_c(bad[i]), &v));
	assert_true(v == INT64_MAX);
}

static void str_trim_and_compare(void **state)
{
	(void)state;
	assert_str(str_trim(STR(" \t\n x y\r\n")), "x y");
	assert_str(str_trim(STR(" \n")), "");
	assert_true(str_eq_ascii(STR("Content-TYPE"), STR("content-type")));
	assert_false(str_eq_ascii(STR("\xc3\x84"), STR("\xc3\xa4")));
	assert_true(str_cmp(STR("a"), STR("ab")) < 0);
	assert_true(str_cmp(STR("b"), STR("ab")) > 0);
	assert_true(str_starts(STR("/c/demo"), "/c/"));
	assert_true(str_ends(STR("/c/demo"), "demo"));
}

static void buf_stops_at_its_maximum(void **state)
{
	(void)state;
	auto_buf b;
	buf_init(&b, 8);
	buf_c(&b, "1234");
	buf_i64(&b, -123);
	assert_int_equal(b.failed, 0);
	buf_byte(&b, '!');
	buf_byte(&b, '!');
	assert_int_equal(b.failed, ERR_LIMIT);
	assert_str(buf_view(&b), "1234-123");
}

static void buf_formats(void **state)
{
	(void)state;
	auto_buf b;
	buf_init(&b, 100000);
	for (int i = 0; i < 1000; i++)
		buf_f(&b, "%d,", i);
	assert_int_equal(b.failed, 0);
	assert_true(str_ends(buf_view(&b), "998,999,"));
	buf_i64(&b, INT64_MIN);
	assert_true(str_ends(buf_view(&b), "-9223372036854775808"));
}

static void arena_counts_and_wipes(void **state)
{
	(void)state;
	auto_arena a;
	arena_init(&a, 50000);
	char *p = arena_take(&a, 10);
	assert_non_null(p);
	assert_int_equal((uintptr_t)p % 16, 0);
	for (int i = 0; i < 10; i++)
		assert_int_equal(p[i], 0);
	assert_str(arena_copy(&a, STR("hello")), "hello");
	assert_str(arena_f(&a, "%d-%s", 12, "x"), "12-x");
	assert_non_null(arena_take(&a, 40000));
	assert_null(arena_take(&a, 20000));
	assert_true(a.has_failed);
	assert_null(arena_array(&a, SIZE_MAX, 2));
}

static void utf8_knows_the_malformed(void **state)
{
	(void)state;
	assert_true(utf8_ok(STR(
		"\xd9\x85\xd8\xb1\xd8\xad\xd8\xa8\xd8\xa7 \xe4\xbd\xa0\xe5\xa5\xbd \xf0\x9f\x99\x82")));
	static const struct str bad[] = { { "\x80", 1 }, { "\xc0\x80", 2 }, { "\xed\xa0\x80", 3 },
		{ "\xf4\x90\x80\x80", 4 }, { "\xe4\xbd", 2 }, { "a\0b", 3 } };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(utf8_ok(bad[i]));
	assert_int_equal(utf8_count(STR("\xe4\xbd\xa0\xe5\xa5\xbd!")), 3);
	assert_str(utf8_head(STR("\xe4\xbd\xa0\xe5\xa5\xbd!"), 1), "\xe4\xbd\xa0");
}

static void sizes_do_not_wrap(void **state)
{
	(void)state;
	size_t n = 5;
	assert_false(num_add(SIZE_MAX, 1, &n));
	assert_false(num_mul(SIZE_MAX / 2, 3, &n));
	assert_int_equal(n, 5);
	assert_true(num_mul(6, 7, &n));
	assert_int_equal(n, 42);
}

static void err_notes_the_newest(void **state)
{
	(void)state;
	assert_int_equal(err_note(ERR_IO, "open %s", "x"), ERR_IO);
	assert_string_equal(err_noted(), "open x");
	assert_string_equal(err_name(ERR_BUG), "bug");
	assert_string_equal(err_name(-99), "unknown");
	err_forget();
	assert_string_equal(err_noted(), "");
}

static void json_texts_are_escaped(void **state)
{
	(void)state;
	auto_buf b;
	buf_init(&b, 200);
	json_text(&b, STR("a\"b\\c/\n\t\r\b\f\x01\x1f\x7f\xd9\x85"));
	assert_str(buf_view(&b), "\"a\\\"b\\\\c/\\n\\t\\r\\b\\f\\u0001\\u001F\x7f\xd9\x85\"");
	b.n = 0;
	json_text(&b, STR(""));
	assert_str(buf_view(&b), "\"\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(str_cut_sees_every_part),
		cmocka_unit_test(str_i64_takes_numbers_only),
		cmocka_unit_test(str_trim_and_compare),
		cmocka_unit_test(buf_stops_at_its_maximum),
		cmocka_unit_test(buf_formats),
		cmocka_unit_test(arena_counts_and_wipes),
		cmocka_unit_test(json_texts_are_escaped),
		cmocka_unit_test(utf8_knows_the_malformed),
		cmocka_unit_test(sizes_do_not_wrap),
		cmocka_unit_test(err_notes_the_newest),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
