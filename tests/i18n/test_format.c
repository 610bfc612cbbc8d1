/* The tables of the voice guide, and plurals against ICU's own. */
#include "i18n/i18n.h"
#include "tests/test.h"
#include <pthread.h>
#include <unicode/upluralrules.h>
#include <unicode/ustring.h>

#define NB "\xc2\xa0"
#define NN "\xe2\x80\xaf"
#define THIN "\xe2\x80\x89"
#define LRM "\xe2\x80\x8e"

enum { MARCH_4 = 1583280000, JAN_13 = 1578873600, DAY = 86400 };
static struct arena mem;

static int setup(void **state)
{
	(void)state;
	arena_init(&mem, 1 << 20);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_done(&mem);
	return 0;
}

struct golden {
	const char *date, *day_month, *month, *time, *number, *negative, *percent, *list, *range,
		*long_range;
};
static const struct golden golden[LANG_COUNT] = {
	[LANG_AR] = { "4 آذار/مارس 2020", "4 آذار/مارس", "آذار/مارس 2020",
		"4 آذار/مارس 2020، 18:05 UTC", "1,234,567", LRM "-1,234", "62" LRM "%" LRM,
		"a وb وi", "13–24 كانون الثاني/يناير 2020",
		"13 كانون الثاني/يناير – 13 شباط/فبراير 2020" },
	[LANG_ZH] = { "2020年3月4日", "3月4日", "2020年3月", "2020年3月4日 18:05 UTC", "1,234,567",
		"-1,234", "62%", "a、b和i", "2020年1月13日至24日", "2020年1月13日至2月13日" },
	[LANG_EN] = { "4 March 2020", "4 March", "March 2020", "4 March 2020, 18:05 UTC",
		"1,234,567", "-1,234", "62%", "a, b, and i", "13–24 January 2020",
		"13 January" THIN "–" THIN "13 February 2020" },
	[LANG_FR] = { "4 mars 2020", "4 mars", "mars 2020", "4 mars 2020, 18:05 UTC",
		"1" NN "234" NN "567", "-1" NN "234", "62" NB "%", "a, b et i",
		"13–24 janvier 2020", "13 janvier" THIN "–" THIN "13 février 2020" },
	[LANG_RU] = { "4 марта 2020" NN "г.", "4 марта", "март 2020" NN "г.",
		"4 марта 2020" NN "г., 18:05 UTC", "1" NB "234" NB "567", "-1" NB "234",
		"62" NB "%", "a, b и i", "13–24 января 2020" NN "г.",
		"13 января – 13 февраля 2020" NN "г." },
	[LANG_ES] = { "4 de marzo de 2020", "4 de marzo", "marzo de 2020",
		"4 de marzo de 2020, 18:05 UTC", "1.234.567", "-1.234", "62" NB "%", "a, b e i",
		"13–24 de enero de 2020", "13 de enero" THIN "–" THIN "13 de febrero de 2020" },
};

static void formats_as_the_voice_guide_says(void **state)
{
	const struct str abi[] = { STR("a"), STR("b"), STR("i") };
	(void)state;
	for (enum lang_id id = 0; id < LANG_COUNT; id++) {
		const struct lang *l = lang_of(id);
		const struct golden *g = &golden[id];
		assert_str(lang_date(l, &mem, MARCH_4), g->date);
		assert_str(lang_day_month(l, &mem, MARCH_4), g->day_month);
		assert_str(lang_month(l, &mem, MARCH_4), g->month);
		assert_str(lang_time(l, &mem, MARCH_4 + 18 * 3600 + 5 * 60 + 59), g->time);
		assert_str(lang_number(l, &mem, 1234567), g->number);
		assert_str(lang_number(l, &mem, -1234), g->negative);
		assert_str(lang_percent(l, &mem, 62, 100), g->percent);
		assert_str(lang_list(l, &mem, abi, 3), g->list);
		assert_str(lang_date_range(l, &mem, JAN_13, JAN_13 + 11 * DAY), g->range);
		assert_str(lang_date_range(l, &mem, JAN_13, JAN_13 + 31 * DAY), g->long_range);
	}
}

static void every_arabic_month_has_both_names(void **state)
{
	static const char *const month[] = { "كانون الثاني/يناير", "شباط/فبراير", "آذار/مارس",
		"نيسان/أبريل", "أيار/مايو", "حزيران/يونيه", "تموز/يوليه", "آب/أغسطس",
		"أيلول/سبتمبر", "تشرين الأول/أكتوبر", "تشرين الثاني/نوفمبر", "كانون الأول/ديسمبر" };
	(void)state;
	for (int m = 0; m < 12; m++) {
		struct str want = arena_f(&mem, "13 %s", month[m]);
		int64_t at = JAN_13 + (m == 0 ? 0 : (m * 306 + 5) / 10) * DAY;
		struct str got = lang_day_month(lang_of(LANG_AR), &mem, at);
		assert_str(str_from(got, str_find(got, ' ')), want.p + 2);
	}
}

static void numbers_hold_their_edges(void **state)
{
	const struct lang *en = lang_of(LANG_EN), *es = lang_of(LANG_ES);
	(void)state;
	assert_str(lang_year(&mem, 2025), "2025");
	assert_str(lang_number(en, &mem, 0), "0");
	assert_str(lang_number(en, &mem, 999), "999");
	assert_str(lang_number(es, &mem, 1000), "1.000");
	assert_str(lang_number(en, &mem, INT64_MAX), "9,223,372,036,854,775,807");
	assert_str(lang_number(en, &mem, INT64_MIN), "-9,223,372,036,854,775,808");
	assert_str(lang_decimal(en, &mem, STR("-1234.50")), "-1,234.50");
	assert_str(lang_decimal(es, &mem, STR("1234.5")), "1.234,5");
	assert_str(lang_decimal(lang_of(LANG_FR), &mem, STR("0.25")), "0,25");
	assert_str(lang_decimal(en, &mem, STR("A")), "A");
	assert_str(lang_decimal(en, &mem, STR("12")), "12");
	assert_str(lang_percent(en, &mem, 1, 0), "0%");
	assert_str(lang_percent(en, &mem, 1, 3), "33%");
	assert_str(lang_percent(en, &mem, 2, 3), "67%");
	assert_str(lang_percent(en, &mem, 1, 200), "1%");
	assert_str(lang_percent(en, &mem, INT64_MAX, INT64_MAX), "100%");
	assert_non_null(lang_date(en, &mem, INT64_MIN).p);
	assert_non_null(lang_date(en, &mem, INT64_MAX).p);
	assert_str(lang_list(en, &mem, NULL, 0), "");
	assert_str(lang_list(es, &mem, (struct str[]){ STR("agua"), STR("higos") }, 2),
		"agua e higos");
}

static void a_full_arena_gives_no_text(void **state)
{
	auto_arena small;
	(void)state;
	arena_init(&small, 2);
	for (enum lang_id id = 0; id < LANG_COUNT; id++) {
		assert_null(lang_number(lang_of(id), &small, 123456).p);
		assert_null(lang_date(lang_of(id), &small, MARCH_4).p);
		assert_null(lang_time(lang_of(id), &small, MARCH_4).p);
		assert_null(lang_country(lang_of(id), &small, STR("KE")).p);
	}
}

static void names_come_from_icu(void **state)
{
	static const char *const kenya[] = { "كينيا", "肯尼亚", "Kenya", "Kenya", "Кения",
		"Kenia" };
	static const char *const swahili[] = { "السواحلية", "斯瓦希里语", "Swahili", "swahili",
		"суахили", "suajili" };
	size_t n;
	const struct str *code = lang_countries(&n);
	(void)state;
	assert_int_equal(n, 249);
	for (enum lang_id id = 0; id < LANG_COUNT; id++) {
		assert_str(lang_country(lang_of(id), &mem, STR("KE")), kenya[id]);
		assert_str(lang_language(lang_of(id), &mem, STR("sw")), swahili[id]);
		for (size_t i = 0; i < n; i++) {
			struct str name = lang_country(lang_of(id), &mem, code[i]);
			assert_true(name.n > 0 && !str_eq(name, code[i]));
			assert_true(i == 0 || str_cmp(code[i - 1], code[i]) < 0);
		}
	}
	const struct str wrong[] = { STR(""), STR("K"), STR("KEN"), STR("K\xff"), STR("QQ"),
		STR("../x") };
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		assert_null(lang_country(lang_of(LANG_FR), &mem, wrong[i]).p);
	assert_null(lang_language(lang_of(LANG_FR), &mem, STR("qqx")).p);
	assert_null(lang_language(lang_of(LANG_FR), &mem, STR("")).p);
}

static void readers_order_words_their_way(void **state)
{
	(void)state;
	assert_true(lang_compare(lang_of(LANG_FR), STR("étape"), STR("fin")) < 0);
	assert_true(lang_compare(lang_of(LANG_ES), STR("nuez"), STR("ñame")) < 0);
	assert_true(lang_compare(lang_of(LANG_ES), STR("ñame"), STR("oca")) < 0);
	assert_true(lang_compare(lang_of(LANG_RU), STR("ёж"), STR("жук")) < 0);
	assert_true(lang_compare(lang_of(LANG_ZH), STR("北京"), STR("上海")) < 0);
	assert_true(lang_compare(lang_of(LANG_EN), STR("apple"), STR("Banana")) < 0);
	assert_int_equal(lang_compare(lang_of(LANG_EN), STR(""), STR("")), 0);
}

static void digits_of_any_script_become_ascii(void **state)
{
	(void)state;
	assert_str(lang_digits(&mem, STR("٠١٢ ۳۴۵ 678 ９")), "012 345 678 9");
	assert_str(lang_digits(&mem, STR("K٧x²")), "K7x²");
	assert_str(lang_digits(&mem, STR("")), "");
	assert_str(lang_digits(&mem, STR("\xd9")), "\xd9");
}

static enum plural icu_says(const UPluralRules *rules, int64_t n)
{
	static const char *const name[] = { "zero", "one", "two", "few", "many", "other" };
	UErrorCode st = U_ZERO_ERROR;
	UChar u[16];
	char z[16];
	uplrules_select(rules, (double)n, u, 16, &st);
	assert_true(U_SUCCESS(st));
	u_UCharsToChars(u, z, u_strlen(u) + 1);
	for (enum plural p = PLURAL_ZERO; p <= PLURAL_OTHER; p++)
		if (strcmp(z, name[p]) == 0)
			return p;
	fail_msg("ICU says %s", z);
	return PLURAL_OTHER;
}

static void plurals_are_those_of_icu(void **state)
{
	static const int64_t far[] = { 1000, 1001, 10011, 99999, 100000, 1000000, 1000001, 1000011,
		1000021, 2000000, 3000000, 1000000000000, -1, -2, -1000000 };
	(void)state;
	for (enum lang_id id = 0; id < LANG_COUNT; id++) {
		UErrorCode st = U_ZERO_ERROR;
		UPluralRules *rules = uplrules_open(lang_of(id)->icu, &st);
		assert_true(U_SUCCESS(st));
		for (int64_t n = 0; n <= 1200; n++)
			assert_int_equal(lang_plural(lang_of(id), n), icu_says(rules, n));
		for (size_t i = 0; i < sizeof far / sizeof far[0]; i++)
			assert_int_equal(lang_plural(lang_of(id), far[i]), icu_says(rules, far[i]));
		uplrules_close(rules);
	}
}

static void *format_much(void *arg)
{
	auto_arena own;
	(void)arg;
	arena_init(&own, 8 << 20);
	for (int round = 0; round < 200; round++)
		for (enum lang_id id = 0; id < LANG_COUNT; id++) {
			const struct lang *l = lang_of(id);
			if (!str_is(lang_date(l, &own, MARCH_4), golden[id].date) ||
				!str_is(lang_number(l, &own, 1234567), golden[id].number) ||
				!lang_country(l, &own, STR("FR")).p ||
				lang_compare(l, STR("a"), STR("b")) >= 0)
				return &mem;
		}
	return NULL;
}

static void threads_do_not_meet(void **state)
{
	pthread_t thread[4];
	void *wrong;
	(void)state;
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&thread[i], NULL, format_much, NULL), 0);
	for (size_t i = 0; i < 4; i++) {
		assert_int_equal(pthread_join(thread[i], &wrong), 0);
		assert_null(wrong);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(formats_as_the_voice_guide_says),
		cmocka_unit_test(every_arabic_month_has_both_names),
		cmocka_unit_test(numbers_hold_their_edges),
		cmocka_unit_test(a_full_arena_gives_no_text),
		cmocka_unit_test(names_come_from_icu),
		cmocka_unit_test(readers_order_words_their_way),
		cmocka_unit_test(digits_of_any_script_become_ascii),
		cmocka_unit_test(plurals_are_those_of_icu),
		cmocka_unit_test(threads_do_not_meet),
	};
	return cmocka_run_group_tests_name("format", tests, setup, teardown);
}
