#include "render/markdown.h"
#include "tests/render/tests.h"
#include "tests/tmplc/parse.h"

#define A(address) "<a href=\"" address "\" rel=\"nofollow noreferrer ugc\">"

static const char *const says[][2] = {
	{ "", "" },
	{ "a *b* **c** `d`", "<p>a <em>b</em> <strong>c</strong> <code>d</code></p>\n" },
	{ "a\nb  \nc\n\nd", "<p>a\nb<br>\nc</p>\n<p>d</p>\n" },
	{ "# a", "<p><strong>a</strong></p>\n" },
	{ "a\n===", "<p><strong>a</strong></p>\n" },
	{ "- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n" },
	{ "3. a\n\n4. b", "<ol start=\"3\">\n<li><p>a</p>\n</li>\n<li><p>b</p>\n</li>\n</ol>\n" },
	{ "> a", "<blockquote><p>a</p>\n</blockquote>\n" },
	{ "***", "<hr>\n" },
	{ "```html\n<b>\n```", "<pre><code>&lt;b&gt;\n</code></pre>\n" },
	/* HTML is shown as typed. */
	{ "a <b onclick=x>b</b>", "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>\n" },
	{ "<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n" },
	{ "<!-- a -->", "<p>&lt;!-- a --&gt;</p>\n" },
	{ "&lt;b&gt;", "<p>&lt;b&gt;</p>\n" },
	/* Links. */
	{ "[a](https://b.example/?c=d&e)", "<p>" A("https://b.example/?c=d&amp;e") "a</a></p>\n" },
	{ "<https://b.example>", "<p>" A("https://b.example") "https://b.example</a></p>\n" },
	{ "<a@b.example>", "<p>" A("mailto:a@b.example") "a@b.example</a></p>\n" },
	{ "[](https://b.example)", "<p>" A("https://b.example") "https://b.example</a></p>\n" },
	{ "[a](javascript:b)", "<p>a</p>\n" },
	{ "[a](&#106;avascript:b)", "<p>a</p>\n" },
	{ "[a](JaVaScRiPt:b)", "<p>a</p>\n" },
	{ "[a](data:text/html,b)", "<p>a</p>\n" },
	{ "[a](//b.example)", "<p>a</p>\n" },
	{ "[a](/b)", "<p>a</p>\n" },
	{ "[a](<https://b.example/ c>)", "<p>a</p>\n" },
	{ "[a](https://b.example/\"onx=\"c)",
		"<p>" A("https://b.example/&#34;onx=&#34;c") "a</a></p>\n" },
	{ "[a](https://b.example \"title\\\" onx=\")", "<p>" A("https://b.example") "a</a></p>\n" },
	{ "[a][b]\n\n[b]: javascript:c", "<p>a</p>\n" },
	/* Images. */
	{ "![a *b*](https://c.example/d.png)",
		"<p>" A("https://c.example/d.png") "a <em>b</em></a></p>\n" },
	{ "![a](data:image/png,b)", "<p>a</p>\n" },
	{ "[![a](https://b.example)](https://c.example)",
		"<p>" A("https://c.example") "a</a></p>\n" },
	{ "[![](https://b.example)](https://c.example)",
		"<p>" A("https://c.example") "https://b.example</a></p>\n" },
	{ "[![a](https://b.example)](javascript:c)", "<p>a</p>\n" },
	/* Bytes. */
	{ "a\xff"
	  "b",
		"<p>a\xef\xbf\xbd"
		"b</p>\n" },
	{ "&#0;", "<p>\xef\xbf\xbd</p>\n" },
};

static void writes_what_is_meant(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof says / sizeof *says; i++) {
		auto_arena mem;
		arena_init(&mem, 1 << 20);
		struct safe_html html;
		assert_int_equal(markdown_html(&mem, str_c(says[i][0]), &html), 0);
		assert_str(html.s, says[i][1]);
	}
}

static void has_limits(void **state)
{
	(void)state;
	auto_arena mem;
	arena_init(&mem, 16 << 20);
	struct safe_html html = { STR("untouched") };
	static char much[MARKDOWN_MAX + 1];
	memset(much, '>', sizeof much);
	assert_int_equal(markdown_html(&mem, (struct str){ much, sizeof much }, &html), ERR_LIMIT);
	assert_str(html.s, "untouched");
	assert_int_equal(markdown_html(&mem, (struct str){ much, MARKDOWN_MAX }, &html), 0);
	int depth = 0;
	for (struct str left = html.s; left.n; left = str_from(left, 1))
		depth += str_starts(left, "<blockquote>");
	assert_int_equal(depth, 12);
	auto_arena small;
	arena_init(&small, 16);
	assert_int_equal(markdown_html(&small, (struct str){ much, 99 }, &html), ERR_NOMEM);
}

/* What lists and quotes nested too deep become is still whole. */
static void deep_lists_are_whole(void **state)
{
	(void)state;
	auto_arena mem;
	arena_init(&mem, 16 << 20);
	auto_buf text;
	buf_init(&text, MARKDOWN_MAX);
	for (int i = 0; i < 20; i++)
		buf_f(&text, "%*s- a%d\n", 2 * i, "", i);
	struct safe_html html;
	assert_int_equal(markdown_html(&mem, buf_view(&text), &html), 0);
	auto_buf tail;
	buf_init(&tail, 4096);
	for (int i = 12; i < 20; i++)
		buf_f(&tail, "<p>a%d</p>\n", i);
	assert_non_null(memmem(html.s.p, html.s.n, tail.p, tail.n));
}

static const char *const bits[] = { "*", "**", "_", "`", "```\n", "[", "](", ")", "![", "<", ">",
	"</a>", "<a href=x>", "<b", "\"", "'", "&", "&#106;", "\n", "\n\n", "# ", "- ", "1. ", "> ",
	"    ", "\t", "https://a.example", "javascript:b", "mailto:a@b", "<https://c>", "\\",
	"---\n", "text", "[x]: javascript:y\n", "[x]", "<!--", "-->", "<?", "<![CDATA[", "\xd8\xa7",
	"\xff" };

static void check_attr(void *ctx, struct str tag, struct str name, struct str value)
{
	(void)ctx;
	struct url u;
	if (str_is(tag, "a") && str_is(name, "href"))
		assert_int_equal(url_web(value, &u), 0);
	else if (str_is(tag, "a") && str_is(name, "rel"))
		assert_str(value, "nofollow noreferrer ugc");
	else
		assert_true(str_is(tag, "ol") && str_is(name, "start"));
}

static bool is_known(struct str tag)
{
	static const char *const known[] = { "p", "strong", "em", "code", "pre", "a href rel", "ul",
		"ol", "ol start", "li", "blockquote", "hr", "br" };
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (str_is(tag, known[i]))
			return true;
	return false;
}

/* Every element is known, and closed in the order of opening. */
static void check_shape(struct str shape)
{
	struct str line, open[256];
	size_t depth = 0;
	while (str_cut(&shape, '\n', &line)) {
		if (line.n == 0 || str_is(line, "hr") || str_is(line, "br"))
			continue;
		if (line.p[0] == '/') {
			assert_true(depth > 0);
			assert_true(str_eq(open[--depth], str_from(line, 1)));
			continue;
		}
		assert_true(is_known(line));
		assert_true(depth < 256);
		line.n = str_find(line, ' ');
		open[depth++] = line;
	}
	assert_int_equal(depth, 0);
}

static void hostile_text_stays_text(void **state)
{
	(void)state;
	uint32_t seed = 20200304;
	for (int run = 0; run < 5000; run++) {
		auto_arena mem;
		arena_init(&mem, 1 << 20);
		auto_buf text;
		buf_init(&text, 1 << 16);
		for (int k = 0; k < 12; k++) {
			seed = seed * 1664525 + 1013904223;
			buf_c(&text, bits[(seed >> 8) % (sizeof bits / sizeof *bits)]);
		}
		struct safe_html html;
		assert_int_equal(markdown_html(&mem, buf_view(&text), &html), 0);
		struct parse p = { .attr = check_attr };
		buf_init(&p.shape, 1 << 16);
		buf_init(&p.text, 1 << 16);
		parse_page(&p, html.s);
		check_shape(buf_view(&p.shape));
		buf_done(&p.shape);
		buf_done(&p.text);
	}
}

const struct CMUnitTest markdown_tests[] = {
	cmocka_unit_test(writes_what_is_meant),
	cmocka_unit_test(has_limits),
	cmocka_unit_test(deep_lists_are_whole),
	cmocka_unit_test(hostile_text_stays_text),
};
const size_t n_markdown_tests = sizeof markdown_tests / sizeof *markdown_tests;
