#include "base/buf.h"
#include "i18n/i18n.h"
#include "tests/test.h"

static void the_best_language_wins(void **state)
{
	static const struct {
		const char *accept;
		enum lang_id want;
	} cases[] = {
		{ "ar", LANG_AR },
		{ "ar-EG,ar;q=0.9,en;q=0.8", LANG_AR },
		{ "de-DE,de;q=0.9,es;q=0.8,en;q=0.7", LANG_ES },
		{ "en;q=0.5, ru;q=0.8", LANG_RU },
		{ "zh-TW", LANG_ZH },
		{ "zh-Hant-HK;q=0.3", LANG_ZH },
		{ "cmn-Hans", LANG_ZH },
		{ "EN-gb", LANG_EN },
		{ "ru ; q=1.000 , ar", LANG_RU },
		{ "es,fr", LANG_ES },
		{ "ar;q=0,*", LANG_FR },
		{ "ar;q=0.2,*;q=0.1", LANG_AR },
		{ "ar;q=0.2,*;q=0.7", LANG_FR },
		{ "ru,*", LANG_RU },
		{ "fr;q=0,ru;q=0.001", LANG_RU },
		{ "de", LANG_FR },
		{ "", LANG_FR },
		{ "*", LANG_FR },
		{ "en-US;q=0,en;q=0.9", LANG_EN },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct lang *l = lang_negotiate(str_c(cases[i].accept), lang_of(LANG_FR));
		if (l->id != cases[i].want)
			fail_msg("%s gives %.*s", cases[i].accept, STR_ARG(l->code));
	}
}

static void what_is_no_header_is_passed_over(void **state)
{
	static const char *const hostile[] = { ",", ";", ";;;q", "q=1", "en;q=", "en;q=2",
		"en;q=-1", "en;q=0.5555", "en;q=1.001", "en;q=NaN", "en;q=0,5", "en;level=1",
		"e\xff\xfe;q=1", "-en", "english", "en_US", "*-en", "en;q=1;q=0", "\"en\"",
		"../../en", "en\x01", "=;,=;,=", "e",
		"ennnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn" };
	(void)state;
	for (size_t i = 0; i < sizeof hostile / sizeof hostile[0]; i++) {
		const struct lang *l = lang_negotiate(str_c(hostile[i]), lang_of(LANG_RU));
		if (l->id != LANG_RU)
			fail_msg("%s gives %.*s", hostile[i], STR_ARG(l->code));
	}
	assert_int_equal(lang_negotiate((struct str){ 0 }, lang_of(LANG_RU))->id, LANG_RU);
	assert_int_equal(lang_negotiate(STR("en\0,fr"), lang_of(LANG_RU))->id, LANG_FR);
	assert_int_equal(
		lang_negotiate(STR("@@,;;q=9,fr;q=x,es;q=0.1"), lang_of(LANG_RU))->id, LANG_ES);
}

static void a_long_header_is_read_to_its_end(void **state)
{
	auto_buf b = { .max = 1 << 20 };
	(void)state;
	for (int i = 0; i < 50000; i++)
		buf_c(&b, "xx;q=0.5,");
	buf_c(&b, "ar;q=0.1");
	assert_int_equal(lang_negotiate(buf_view(&b), lang_of(LANG_RU))->id, LANG_AR);
}

static void six_languages_and_no_other(void **state)
{
	(void)state;
	for (enum lang_id id = 0; id < LANG_COUNT; id++)
		assert_ptr_equal(lang_by_code(lang_of(id)->code), lang_of(id));
	assert_null(lang_by_code(STR("de")));
	assert_null(lang_by_code(STR("AR")));
	assert_null(lang_by_code(STR("")));
	assert_str(lang_of(LANG_AR)->dir, "rtl");
	assert_str(lang_of(LANG_ZH)->tag, "zh-Hans");
}

static void easy_words_are_chosen_with_a_language_of_ours(void **state)
{
	static const char *const no[] = { "", "-easy", "easy", "xx-easy", "ar-easy-easy", "AR-easy",
		"ar-EASY", "ar-eas", "areasy" };
	(void)state;
	for (enum lang_id id = 0; id < LANG_COUNT; id++) {
		const struct lang *l = lang_of(id);
		struct lang_choice plain = lang_choice(l->code), easy = lang_choice(l->easy);
		assert_ptr_equal(plain.lang, l);
		assert_false(plain.is_easy);
		assert_ptr_equal(easy.lang, l);
		assert_true(easy.is_easy);
		assert_true(str_eq(lang_plain(l->easy), l->code));
		assert_true(str_eq(lang_plain(l->code), l->code));
	}
	for (size_t i = 0; i < sizeof no / sizeof *no; i++) {
		struct lang_choice choice = lang_choice(str_c(no[i]));
		assert_null(choice.lang);
		assert_false(choice.is_easy);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_best_language_wins),
		cmocka_unit_test(what_is_no_header_is_passed_over),
		cmocka_unit_test(a_long_header_is_read_to_its_end),
		cmocka_unit_test(six_languages_and_no_other),
		cmocka_unit_test(easy_words_are_chosen_with_a_language_of_ours),
	};
	return cmocka_run_group_tests_name("negotiate", tests, NULL, NULL);
}
