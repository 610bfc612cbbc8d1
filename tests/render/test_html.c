#include "render/html.h"
#include "tests/render/tests.h"

static struct html fresh(struct arena *mem)
{
	struct html w = { .mem = mem, .lang = lang_of(LANG_EN), .csrf = STR("a\"b") };
	arena_init(mem, 1 << 20);
	buf_init(&w.out, 1 << 16);
	return w;
}

static void finish(struct html *w, struct arena *mem, const char *want)
{
	assert_int_equal(w->out.failed, 0);
	assert_str(buf_view(&w->out), want);
	buf_done(&w->out);
	arena_done(mem);
}

static void text_is_escaped(void **state)
{
	(void)state;
	struct arena mem;
	struct html w = fresh(&mem);
	H_TEXT(&w, STR("<a href=\"'`\">&amp;\0\xc3\xa9"));
	H_TEXT(&w, (const char *)NULL);
	H_ATTR(&w, "|");
	H_TEXT(&w, ((struct safe_html){ STR("<b>x</b>") }));
	finish(&w, &mem,
		"&lt;a href=&#34;&#39;&#96;&#34;&gt;&amp;amp;\xef\xbf\xbd\xc3\xa9|<b>x</b>");
}

static void numbers_are_plain(void **state)
{
	(void)state;
	struct arena mem;
	struct html w = fresh(&mem);
	H_TEXT(&w, INT64_MIN);
	H_TEXT(&w, "|");
	H_ATTR(&w, UINT64_MAX);
	H_TEXT(&w, "|");
	H_URLPART(&w, -1);
	H_TEXT(&w, "|");
	H_TEXT(&w, 0u);
	finish(&w, &mem, "-9223372036854775808|18446744073709551615|-1|0");
}

static void days_are_in_the_language(void **state)
{
	(void)state;
	struct arena mem;
	struct html w = fresh(&mem);
	H_TEXT(&w, ((struct day){ 1583280000 }));
	finish(&w, &mem, "4 March 2020");
}

static void parts_of_addresses_stay_parts(void **state)
{
	(void)state;
	static const char *const part[][2] = { { "a/b?c#d", "a%2Fb%3Fc%23d" }, { ".", "_" },
		{ "..", "__" }, { "...", "..." }, { "a b&=%", "a%20b%26%3D%25" },
		{ "\xc3\xa9", "%C3%A9" }, { "a-._~Z9", "a-._~Z9" }, { "", "" } };
	for (size_t i = 0; i < sizeof part / sizeof *part; i++) {
		struct arena mem;
		struct html w = fresh(&mem);
		H_URLPART(&w, part[i][0]);
		finish(&w, &mem, part[i][1]);
	}
}

static void the_token_is_a_field(void **state)
{
	(void)state;
	struct arena mem;
	struct html w = fresh(&mem);
	html_csrf(&w);
	finish(&w, &mem, "<input type=\"hidden\" name=\"csrf\" value=\"a&#34;b\">");
}

static void addresses_are_checked(void **state)
{
	(void)state;
	struct url u = { STR("untouched") };
	static const char *const not_local[] = { "", "a", "//a", "/\\a", "/a b", "/a\n", "/\x7f",
		"https://a/", "/a\\..\\b" };
	static const char *const not_web[] = { "", "https://", "javascript:a", "JAVASCRIPT:a",
		"data:a", "ftp://a", "//a", "/a", "https://a b", "https://a\\b", " https://a",
		"mailto:", "https:/a" };
	for (size_t i = 0; i < sizeof not_local / sizeof *not_local; i++)
		assert_int_equal(url_local(str_c(not_local[i]), &u), ERR_INPUT);
	for (size_t i = 0; i < sizeof not_web / sizeof *not_web; i++)
		assert_int_equal(url_web(str_c(not_web[i]), &u), ERR_INPUT);
	assert_str(u.s, "untouched");
	assert_int_equal(url_local(STR("/"), &u), 0);
	assert_int_equal(url_local(STR("/c/a?b=c#d"), &u), 0);
	assert_str(u.s, "/c/a?b=c#d");
	assert_int_equal(url_web(STR("https://a.example/"), &u), 0);
	assert_int_equal(url_web(STR("mailto:a@b.c"), &u), 0);
	assert_str(u.s, "mailto:a@b.c");
}

static void a_full_page_is_told_once(void **state)
{
	(void)state;
	struct html w = { 0 };
	buf_init(&w.out, 4);
	html_lit(&w, "abc", 3);
	H_TEXT(&w, "<");
	H_TEXT(&w, "d");
	assert_int_equal(w.out.failed, ERR_LIMIT);
	assert_str(buf_view(&w.out), "abc");
	buf_done(&w.out);
}

const struct CMUnitTest html_tests[] = {
	cmocka_unit_test(text_is_escaped),
	cmocka_unit_test(numbers_are_plain),
	cmocka_unit_test(days_are_in_the_language),
	cmocka_unit_test(parts_of_addresses_stay_parts),
	cmocka_unit_test(the_token_is_a_field),
	cmocka_unit_test(addresses_are_checked),
	cmocka_unit_test(a_full_page_is_told_once),
};
const size_t n_html_tests = sizeof html_tests / sizeof *html_tests;
