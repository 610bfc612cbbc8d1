#include "base/utf8.h"
#include "form/value.h"
#include "tests/form/tests.h"

static uint64_t noise = 88172645463325252u;

static uint32_t next_noise(void)
{
	noise ^= noise << 13;
	noise ^= noise >> 7;
	noise ^= noise << 17;
	return (uint32_t)(noise >> 16);
}

static void numbers_of_any_script(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int64_t v;
	} good[] = { { "0", 0 }, { " 42\n", 42 }, { "-7", -7 },
		{ "\xe2\x88\x92"
		  "7",
			-7 },
		{ "007", 7 }, { "\xd9\xa1\xd9\xa2", 12 }, { "\xdb\xb1\xdb\xb2", 12 },
		{ "\xe0\xa5\xa7\xe0\xa5\xa8", 12 }, { "\xef\xbc\x91\xef\xbc\x92", 12 },
		{ "\xe3\x80\x80"
		  "12\xc2\xa0",
			12 },
		{ "9223372036854775807", INT64_MAX } };
	for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
		int64_t v = -1;
		assert_true(value_int(str_c(good[i].text), &v));
		assert_true(v == good[i].v);
	}
	static const char *const bad[] = { "", "-", "--1", "1-", "1 2", "1.0", "1e3", "0x10", "+1",
		"9223372036854775808", "99999999999999999999999999", "\xe4\xb8\x80", "\xc2\xbd",
		"1\xff" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		int64_t v = 5;
		assert_false(value_int(str_c(bad[i]), &v));
		assert_true(v == 5);
	}
}

static void numbers_come_back(void **state)
{
	(void)state;
	for (int i = 0; i < 2000; i++) {
		int64_t in = (int64_t)((uint64_t)next_noise() << 31 | next_noise()) >>
			(next_noise() % 60);
		in = next_noise() % 2 ? in : -in;
		char text[32];
		snprintf(text, sizeof text, "%lld", (long long)in);
		int64_t out = 0;
		assert_true(value_int(str_c(text), &out));
		assert_true(in == out);
	}
}

/* The C library's calendar is the judge, every day of 500 years. */
static void every_day_has_its_second(void **state)
{
	(void)state;
	for (int64_t at = -11676096000; at < 4102444800; at += 86400) {
		time_t t = at;
		struct tm tm;
		gmtime_r(&t, &tm);
		char text[32];
		snprintf(text, sizeof text, "%d-%d-%d", tm.tm_year + 1900, tm.tm_mon + 1,
			tm.tm_mday);
		int64_t v = 1;
		assert_true(value_date(str_c(text), &v));
		assert_true(v == at);
	}
}

static void days_that_do_not_exist(void **state)
{
	(void)state;
	int64_t v = 3;
	assert_true(value_date(STR("2024-02-29"), &v));
	assert_true(value_date(STR(" 2024/2/29 "), &v));
	assert_true(value_date(
		STR("\xd9\xa2\xd9\xa0\xd9\xa2\xd9\xa4-\xd9\xa0\xd9\xa2-\xd9\xa2\xd9\xa9"), &v));
	assert_true(v == 1709164800);
	static const char *const bad[] = { "", "2024", "2024-02", "2024-02-", "2023-02-29",
		"1900-02-29", "2024-13-01", "2024-00-01", "2024-01-00", "2024-01-32", "2024-04-31",
		"0000-01-01", "10000-01-01", "2024-01-01x", "2024--01-01", "-2024-01-01",
		"2024 01 01", "2024-01-1-", "99999999999999999999-1-1",
		"2024-1-18446744073709551617" };
	v = 3;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_false(value_date(str_c(bad[i]), &v));
		assert_true(v == 3);
	}
}

static void texts_are_composed_and_cleaned(void **state)
{
	(void)state;
	auto_arena mem;
	arena_init(&mem, 1 << 20);
	struct str s;
	assert_int_equal(
		value_text(STR("  e\xcc\x81t\x07\x65\xcc\x81\t!\r\n"), FIELD_LINE, &mem, &s), 0);
	assert_str(s, "\xc3\xa9t\xc3\xa9 !");
	assert_int_equal(value_text(STR("\r\na\r\nb\rc\nd\xe2\x80\xa8"
					"e\n\n"),
				 FIELD_TEXT, &mem, &s),
		0);
	assert_str(s, "a\nb\nc\nd\ne");
	assert_int_equal(value_text(STR("a\r\nb"), FIELD_LINE, &mem, &s), 0);
	assert_str(s, "a b");
	assert_int_equal(value_text(STR(" e\xcc\x81\t "), FIELD_SECRET, &mem, &s), 0);
	assert_str(s, " \xc3\xa9\t ");
	/* An Arabic letter with its mark, a family of joined pictures: kept as they are. */
	assert_int_equal(
		value_text(STR("\xd9\x85\xd9\x91 \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7"),
			FIELD_LINE, &mem, &s),
		0);
	assert_str(s, "\xd9\x85\xd9\x91 \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7");
}

static size_t random_text(char *out, size_t max)
{
	static const int32_t odd[] = { 0x301, 0x328, 0x65, 0xe9, 0x1100, 0x1161, 0x11a8, 0xfb2c,
		0x1d160, 0x2028, 0x85, 0xd, 0xa, 0x9, 0x20, 0x3000, 0x7f, 0x627, 0x653, 0x1f600,
		0xfdfa };
	size_t n = 0;
	while (n + 4 < max) {
		int32_t c = odd[next_noise() % (sizeof odd / sizeof *odd)];
		if (c < 0x80) {
			out[n++] = (char)c;
		} else if (c < 0x800) {
			out[n++] = (char)(0xc0 | c >> 6);
			out[n++] = (char)(0x80 | (c & 63));
		} else if (c < 0x10000) {
			out[n++] = (char)(0xe0 | c >> 12);
			out[n++] = (char)(0x80 | (c >> 6 & 63));
			out[n++] = (char)(0x80 | (c & 63));
		} else {
			out[n++] = (char)(0xf0 | c >> 18);
			out[n++] = (char)(0x80 | (c >> 12 & 63));
			out[n++] = (char)(0x80 | (c >> 6 & 63));
			out[n++] = (char)(0x80 | (c & 63));
		}
		if (next_noise() % 40 == 0)
			break;
	}
	return n;
}

/* Reading what was read changes nothing; no control character is left; still UTF-8. */
static void cleaning_twice_is_cleaning_once(void **state)
{
	(void)state;
	for (int i = 0; i < 3000; i++) {
		auto_arena mem;
		arena_init(&mem, 1 << 20);
		char raw[256];
		struct str in = { raw, random_text(raw, sizeof raw) }, once, twice;
		enum field_kind kind = i % 2 ? FIELD_LINE : FIELD_TEXT;
		assert_int_equal(value_text(in, kind, &mem, &once), 0);
		assert_true(utf8_ok(once));
		for (size_t k = 0; k < once.n; k++)
			assert_true((unsigned char)once.p[k] >= 32 ||
				(once.p[k] == '\n' && i % 2 == 0));
		assert_int_equal(value_text(once, kind, &mem, &twice), 0);
		assert_true(str_eq(once, twice));
		assert_true(once.n == 0 || !value_is_blank(in));
	}
}

const struct CMUnitTest value_tests[] = {
	cmocka_unit_test(numbers_of_any_script),
	cmocka_unit_test(numbers_come_back),
	cmocka_unit_test(every_day_has_its_second),
	cmocka_unit_test(days_that_do_not_exist),
	cmocka_unit_test(texts_are_composed_and_cleaned),
	cmocka_unit_test(cleaning_twice_is_cleaning_once),
};
const size_t n_value_tests = sizeof value_tests / sizeof *value_tests;
