#include "render/map.h"
#include "static/assets.h"
#include "tests/render/page.h"

static const char two[] = "# two countries\n"
			  "size 100 50\n"
			  "KE M1 2l3 4-1 5z\n"
			  "\n"
			  "TV 90 40\r\n";

static bool contains(struct str s, const char *part)
{
	return memmem(s.p, s.n, part, strlen(part)) != NULL;
}

static struct map *map_of(const char *text)
{
	struct map *m = NULL;
	assert_int_equal(map_read(str_c(text), &m), 0);
	return m;
}

static void a_small_world(void **state)
{
	struct page *p = *state;
	struct map *m = map_of(two);
	struct map_value v[] = { { STR("KE"), 3 }, { STR("XX"), 4 } };
	map_html(&p->w, m,
		&(struct map_picture){ .id = "m",
			.title = STR("People <1>"),
			.desc = STR("\"Most\" & co"),
			.value = v,
			.n = 2 });
	struct str s = buf_view(&p->w.out);
	assert_true(str_starts(s,
		"<div class=\"bleed\"><svg class=\"chart c\" viewBox=\"0 0 100 50\" role=\"img\" "
		"aria-labelledby=\"m-t m-d\"><title id=\"m-t\">People &lt;1&gt;</title>"
		"<desc id=\"m-d\">&#34;Most&#34; &amp; co</desc><defs>"));
	assert_true(contains(s, "</defs><path class=\"m2\" d=\"M1 2l3 4-1 5z\"><title>"));
	assert_true(contains(s, "Kenya"));
	assert_true(contains(s, "<circle class=\"nd\" cx=\"90\" cy=\"40\" r=\"3.2\"><title>"));
	assert_true(contains(s,
		"</svg></div><ul class=\"legend\"><li><span class=\"sw snd\"></span>None"
		"</li><li><span class=\"sw n1\"></span>1</li><li><span class=\"sw n2\">"
		"</span>2 to 3</li>"));
	assert_true(contains(s, "8 or more</li></ul><figcaption>"));
	assert_true(str_ends(s, "</figcaption>"));
	map_close(m);
}

static void small_counts_are_held_back(void **state)
{
	struct page *p = *state;
	struct map *m = map_of(two);
	struct map_value v[] = { { STR("KE"), 3 }, { STR("TV"), 40 } };
	map_html(&p->w, m, &(struct map_picture){ .id = "m", .value = v, .n = 2, .least = 5 });
	struct str s = buf_view(&p->w.out);
	assert_true(contains(s, "<path class=\"m1\""));
	assert_true(contains(s, "fewer than 5</title>"));
	assert_true(contains(s, "<li><span class=\"sw n1\"></span>Fewer than 5</li>"));
	assert_true(contains(s, "<li><span class=\"sw n2\"></span>5 to 9</li>"));
	assert_false(contains(s, "3</title>"));
	map_close(m);
}

static void shades_rise_and_reach(void **state)
{
	(void)state;
	for (int64_t most = 0; most < 2000000; most += 1 + most / 9)
		for (int64_t least = 0; least <= 10; least += 5) {
			struct map_value v = { STR("KE"), most };
			int64_t s[4];
			map_scale(&(struct map_picture){ .value = &v, .n = 1, .least = least }, s);
			assert_int_equal(s[0], 1);
			assert_true(s[1] > s[0] && s[2] > s[1] && s[3] > s[2]);
			assert_true(!least || s[1] == least);
			assert_true(most >= s[2] || s[1] == 2 || least);
			assert_true(4 * s[2] * s[3] >= most);
		}
}

static void a_broken_file_is_refused(void **state)
{
	(void)state;
	static const struct {
		const char *text, *why;
	} bad[] = {
		{ "", "no countries" },
		{ "size 10 10\n", "no countries" },
		{ "KE 1 1\n", "line 1: the size comes first" },
		{ "size 10\nKE 1 1\n", "line 1" },
		{ "size 10 10\nsize 10 10\n", "line 2" },
		{ "size 10 99999\n", "line 1" },
		{ "size 10 10\nKen 1 1\n", "line 2: a line begins" },
		{ "size 10 10\nKE 1 1\nKE 2 2\n", "line 3: this country" },
		{ "size 10 10\nKE M1 2\"/><script>\n", "line 2: behind" },
		{ "size 10 10\nKE M1 2&quot;\n", "line 2: behind" },
		{ "size 10 10\nKE -1 2\n", "line 2: behind" },
		{ "size 10 10\nKE\n", "line 2: behind" },
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct map *m = NULL;
		assert_int_equal(map_read(str_c(bad[i].text), &m), ERR_INPUT);
		assert_null(m);
		if (!strstr(err_noted(), bad[i].why))
			fail_msg("\"%s\" does not say \"%s\"", err_noted(), bad[i].why);
	}
}

static void the_built_in_world_is_whole(void **state)
{
	struct page *p = *state;
	struct map *m = NULL;
	assert_int_equal(map_read(asset_named(STR("map.txt"))->body, &m), 0);
	for (int lang = 0; lang < LANG_COUNT; lang++) {
		p->w.lang = lang_of((enum lang_id)lang);
		p->w.out.n = 0;
		map_html(&p->w, m, &(struct map_picture){ .id = "m" });
		assert_int_equal(p->w.out.failed, 0);
		assert_in_range(p->w.out.n, 40000, 64000);
	}
	map_close(m);
	map_close(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_small_world, page_begin, page_end),
		cmocka_unit_test_setup_teardown(small_counts_are_held_back, page_begin, page_end),
		cmocka_unit_test(shades_rise_and_reach),
		cmocka_unit_test(a_broken_file_is_refused),
		cmocka_unit_test_setup_teardown(the_built_in_world_is_whole, page_begin, page_end),
	};
	return cmocka_run_group_tests_name("map", tests, NULL, NULL);
}
