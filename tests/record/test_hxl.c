#include "record/hxl.h"
#include "tests/test.h"

static void tags_are_told_from_words(void **state)
{
	static const struct {
		const char *text;
		bool is_tag;
	} all[] = {
		{ "#country", true },
		{ "#country+code+v_iso2", true },
		{ "  #Country  +Code   +V_ISO2  ", true },
		{ "#x_own1", true },
		{ "#a", true },
		{ "", false },
		{ " ", false },
		{ "#", false },
		{ "country", false },
		{ "# country", false },
		{ "#1country", false },
		{ "#_country", false },
		{ "#country+", false },
		{ "#country++code", false },
		{ "#country+1", false },
		{ "#country code", false },
		{ "#country+code-more", false },
		{ "#country#code", false },
		{ "##country", false },
		{ "+code#country", false },
		{ "#count\xc3\xa9", false },
		{ "#country+code!", false },
	};
	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (hxl_is_tag(str_c(all[i].text)) != all[i].is_tag)
			fail_msg("%s", all[i].text);
	assert_false(hxl_is_tag((struct str){ 0 }));
	assert_false(hxl_is_tag((struct str){ "#a\0b", 4 }));
}

static void a_pattern_finds_columns(void **state)
{
	static const struct {
		const char *tag, *part;
		bool has, is_same;
	} all[] = {
		{ "#country+code", "#country", true, false },
		{ "#country+code", "#COUNTRY +Code", true, true },
		{ "#country+a+b", "#country+b+a", true, true },
		{ "#country+a+a", "#country+a", true, true },
		{ "#country", "#country+code", false, false },
		{ "#country+codes", "#country+code", false, false },
		{ "#country+code", "#country+codes", false, false },
		{ "#countries", "#country", false, false },
		{ "#country", "#countries", false, false },
	};
	(void)state;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct str tag = str_c(all[i].tag), part = str_c(all[i].part);
		if (hxl_has(tag, part) != all[i].has || hxl_is_same(tag, part) != all[i].is_same ||
			hxl_is_same(part, tag) != all[i].is_same)
			fail_msg("%s and %s", all[i].tag, all[i].part);
		assert_true(hxl_is_same(tag, tag));
	}
}

static void the_kind_is_its_first_word(void **state)
{
	(void)state;
	assert_str(hxl_kind(STR("  #country +code")), "#country");
	assert_str(hxl_kind(STR("#country+code")), "#country");
	assert_str(hxl_kind(STR("#Country")), "#Country");
	assert_str(hxl_kind(STR("country")), "");
	assert_str(hxl_kind(STR("")), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tags_are_told_from_words),
		cmocka_unit_test(a_pattern_finds_columns),
		cmocka_unit_test(the_kind_is_its_first_word),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
