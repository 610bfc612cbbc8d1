/*
 * The property that all of this is for: whatever the values, a page has the same elements and
 * attributes, its text and attributes say what was meant, and its addresses stay where they
 * belong.
 */
#include "tests/test.h"
#include "tests/tmplc/page.html.h"
#include "tests/tmplc/parse.h"

static const struct str bits[] = { STR("<"), STR(">"), STR("\""), STR("'"), STR("&"), STR("`"),
	STR("="), STR("/"), STR(" "), STR("\n"), STR("\r"), STR("\f"), STR("</textarea>"),
	STR("</title>"), STR("</option></select>"), STR("</svg>"), STR("<script>alert(1)</script>"),
	STR("--><img src=x onerror=a>"), STR("javascript:alert(1)"), STR("//evil.example"),
	STR("\\\\evil"), STR("https://a.example/\"onx="), STR("../.."), STR("."), STR(".."),
	STR("%2e%2e"), STR("&lt;"), STR("&#34;"), STR("&"), STR("\0"), STR("\xc3\xa9"),
	STR("\xd8\xa7"), STR("\xff\xfe"), STR("{{x}}"), STR("{link}"), STR("{/link}"),
	STR("{count}"), STR("<!--"), STR("]]>"), STR("<![CDATA["), STR("a"), STR("?"), STR("#"),
	STR("%"), STR("data:text/html,x"), STR("/ok"), STR("mailto:a@b.c"), STR("\xe2\x80\xae") };

struct seen {
	struct str payload; /* as it is to be read */
	int titles, messages;
};

static bool holds(struct str text, struct str part)
{
	return part.n == 0 || memmem(text.p, text.n, part.p, part.n);
}

static bool has_dots(struct str path)
{
	struct str part;
	while (str_cut(&path, '/', &part))
		if (str_is(part, "..") || str_is(part, "."))
			return true;
	return false;
}

static void check_address(struct str value, bool may_leave)
{
	struct url u;
	if (may_leave && url_web(value, &u) == 0)
		return;
	assert_int_equal(url_local(value, &u), 0);
	struct str path = value;
	path.n = str_find(path, '?');
	path.n = str_find(path, '#');
	assert_false(!may_leave && has_dots(path));
}

static void check_attr(void *ctx, struct str tag, struct str name, struct str value)
{
	struct seen *seen = ctx;
	(void)tag;
	if (str_is(name, "href") || str_is(name, "action") || str_is(name, "cite"))
		check_address(value, str_is(name, "cite"));
	if (str_is(name, "title")) {
		assert_true(str_eq(value, seen->payload));
		seen->titles++;
	}
	if (str_is(name, "aria-label")) {
		assert_true(holds(value, seen->payload));
		seen->messages++;
	}
}

/* NUL cannot be in a page: it is shown as U+FFFD. */
static struct str as_read(struct arena *mem, struct str payload)
{
	struct buf b;
	buf_init(&b, 1 << 16);
	for (size_t i = 0; i < payload.n; i++)
		if (payload.p[i])
			buf_byte(&b, payload.p[i]);
		else
			buf_c(&b, "\xef\xbf\xbd");
	struct str read = arena_copy(mem, buf_view(&b));
	buf_done(&b);
	return read;
}

static void render(struct arena *mem, struct str payload, bool is_open, struct html *w)
{
	struct statement two[] = { { 1, payload, payload, { STR("/a") }, 3, 4, true },
		{ -2, payload, payload, { STR("/b") }, INT32_MIN, 0, false } };
	if (url_web(payload, &two[0].link) < 0 && url_local(payload, &two[0].link) < 0)
		two[0].link = (struct url){ STR("/fallback") };
	struct sample sample = { .title = payload,
		.slug = payload,
		.note = payload,
		.intro = { STR("<p>safe</p>") },
		.closes = { 1583280000 },
		.seen = { 1583280000 },
		.statement = two,
		.n_statement = 2,
		.is_open = is_open };
	*w = (struct html){ .mem = mem, .lang = lang_of(LANG_AR), .csrf = STR("token") };
	buf_init(&w->out, 1 << 20);
	sample_page(w, &sample);
	assert_int_equal(w->out.failed, 0);
}

/* The page's shape under ${payload}, in ${mem}. */
static struct str shape_of(struct arena *mem, struct str payload, bool is_open)
{
	struct html w;
	render(mem, payload, is_open, &w);
	struct seen seen = { .payload = as_read(mem, payload) };
	struct parse p = { .attr = check_attr, .ctx = &seen };
	buf_init(&p.shape, 1 << 20);
	buf_init(&p.text, 1 << 20);
	parse_page(&p, buf_view(&w.out));
	assert_int_equal(seen.titles, 2);
	assert_int_equal(seen.messages, 1);
	assert_true(holds(buf_view(&p.text), seen.payload));
	struct str shape = arena_copy(mem, buf_view(&p.shape));
	buf_done(&p.shape);
	buf_done(&p.text);
	buf_done(&w.out);
	return shape;
}

static uint32_t dice(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

static void hostile_values_keep_the_shape(void **state)
{
	(void)state;
	uint32_t seed = 20200304;
	for (int run = 0; run < 3000; run++) {
		auto_arena mem;
		arena_init(&mem, 1 << 20);
		auto_buf payload;
		buf_init(&payload, 4096);
		for (uint32_t k = dice(&seed) % 7; k; k--)
			buf_str(&payload, bits[dice(&seed) % (sizeof bits / sizeof *bits)]);
		bool is_open = run % 2;
		struct str want = shape_of(&mem, STR("plain"), is_open);
		struct str got = shape_of(&mem, buf_view(&payload), is_open);
		assert_true(want.n > 200);
		if (!str_eq(want, got))
			fail_msg("%.*s\nwant\n%.*s\ngot\n%.*s", STR_ARG(payload), STR_ARG(want),
				STR_ARG(got));
	}
}

/* The judge itself: it must see an attack that was let through. */
static void the_judge_sees_attacks(void **state)
{
	(void)state;
	static const char *const pairs[][2] = { { "<p title=\"a\">b</p>", "p title\n/p\n" },
		{ "<p title=\"a\"onx=b>", "p title onx\n" },
		{ "<title><b></title><b>", "title\n/title\nb\n" }, { "<!-- <b> --><b>", "!\nb\n" },
		{ "a < b<br/>", "br\n" } };
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		struct seen seen = { .payload = STR("a") };
		struct parse p = { .attr = check_attr, .ctx = &seen };
		buf_init(&p.shape, 1 << 12);
		buf_init(&p.text, 1 << 12);
		parse_page(&p, str_c(pairs[i][0]));
		assert_str(buf_view(&p.shape), pairs[i][1]);
		buf_done(&p.shape);
		buf_done(&p.text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_judge_sees_attacks),
		cmocka_unit_test(hostile_values_keep_the_shape),
	};
	return cmocka_run_group_tests_name("shape", tests, NULL, NULL);
}
