#include "tests/test.h"
#include "tool/tmplc/tmplc.h"

/* Compile ${html} as the body of a template; the error's text in ${err}. */
static int compile_whole(const char *text, struct buf *c, struct buf *err)
{
	auto_buf h;
	buf_init(&h, 1 << 16);
	struct tmplc_job job = { .path = "t.html",
		.text = text,
		.include = "t.html.h",
		.keys = "site.nav.help\t-\t\n"
			"vote.done.count\tplural\tcount\n"
			"vote.done.by\t-\tname,link\n" };
	int r = tmplc_compile(&job, c, &h, err);
	buf_byte(c, 0);
	buf_byte(err, 0);
	return r;
}

static int compile(const char *html, struct buf *c, struct buf *err)
{
	auto_buf text;
	buf_init(&text, 1 << 16);
	buf_f(&text, "{{template t (struct str x, struct url u)}}%s{{end}}", html);
	buf_byte(&text, 0);
	return compile_whole(text.p, c, err);
}

static const struct {
	const char *reason, *html;
} refused[] = {
	/* No value where we do not escape. */
	{ "no value can stand in", "<p class={{x}}>a</p>" },
	{ "no value can stand in", "<p {{x}}>a</p>" },
	{ "no value can stand in", "<p {{x}}=\"a\">a</p>" },
	{ "no value can stand in", "<{{x}}>a</p>" },
	{ "no value can stand in", "<h{{x}}>a</h1>" },
	{ "no value can stand in", "<!-- {{x}} -->" },
	{ "only <!doctype html>", "<!doctype html{{x}}>" },
	{ "only <!doctype html>", "<!doctype {{x}}>" },
	{ "only <!doctype html>", "<![CDATA[a]]>" },
	{ "end a comment", "<!-- a --!>" },
	{ "event handlers", "<p onclick=\"f({{x}})\">a</p>" },
	{ "event handlers", "<p ONCLICK=\"f()\">a</p>" },
	{ "style=: use a class", "<p style=\"color:{{x}}\">a</p>" },
	{ "style=: use a class", "<p {{if (1)}}style{{end}}>a</p>" },
	{ "inline <style>", "<style>p{color:{{x}}}</style>" },
	{ "inline <script>", "<script>var a=\"{{x}}\"</script>" },
	{ "must be empty", "<script src=\"/a.js\">var a</script>" },
	{ "no value can stand in", "<script src=\"/a.js\">{{x}}</script>" },
	{ "no value can stand in srcset", "<img alt=\"\" srcset=\"{{x}} 2x\">" },
	{ "no value can stand in srcdoc", "<iframe srcdoc=\"{{x}}\"></iframe>" },
	{ "http-equiv", "<meta http-equiv=\"refresh\" content=\"0;url={{x}}\">" },
	{ "is not allowed", "<iframe src=\"/a\"></iframe>" },
	{ "is not allowed", "<base href=\"/a\">" },
	{ "is not allowed", "<svg><animate to=\"{{x}}\"/></svg>" },
	{ "is not allowed", "<svg><foreignObject></foreignObject></svg>" },
	{ "is not allowed", "<noscript><p>a</p></noscript>" },
	{ "target=", "<a href=\"/a\" target=\"_blank\">a</a>" },
	{ "formmethod=", "<button formmethod=\"post\">a</button>" },
	{ "control character", "<p>a\r\n</p>" },
	{ "not UTF-8", "<p>\xff</p>" },
	/* Expressions. */
	{ "true or false", "<p>{{ x.n == 1 }}</p>" },
	{ "true or false", "<p>{{ !x.n }}</p>" },
	{ "true or false", "<p>{{ x.n > 1 && u.s.n }}</p>" },
	{ "not a statement", "<p>{{ x; y }}</p>" },
	{ "do not match", "<p>{{ f(x }}</p>" },
	{ "do not match", "<p>{{ x)); f((x }}</p>" },
	{ "empty {{}}", "<p>{{ }}</p>" },
	{ "{{ without", "<p>{{x" },
	{ "in one pair", "{{if x.n}}<p>a</p>{{end}}" },
	{ "in one pair", "{{if (x.n) && (u.s.n)}}<p>a</p>{{end}}" },
	{ "{{else}} without", "{{else}}" },
	{ "{{else}} without", "{{if (1)}}{{else}}{{else}}{{end}}" },
	{ "write {{else}}", "{{if (1)}}{{else unless}}{{end}}" },
	{ "write {{end}}", "{{if (1)}}{{end if}}" },
	/* Addresses. */
	{ "must begin with a literal", "<a href=\"javascript:{{x}}\">a</a>" },
	{ "must begin with a literal", "<a href=\"javascript:f()\">a</a>" },
	{ "must begin with a literal", "<a href=\"&#106;avascript:f()\">a</a>" },
	{ "must begin with a literal", "<a href=\" javascript:f()\">a</a>" },
	{ "must begin with a literal", "<a href=\"//{{x}}\">a</a>" },
	{ "must begin with a literal", "<a href=\"//a.example\">a</a>" },
	{ "must begin with a literal", "<a href=\"/{{x}}\">a</a>" },
	{ "must begin with a literal", "<a href=\"https://{{x}}\">a</a>" },
	{ "must begin with a literal", "<a href=\"{{if (1)}}javascript:{{end}}f\">a</a>" },
	{ "must stay on this site", "<img alt=\"\" src=\"https://a.example/a.png\">" },
	{ "must stay on this site", "<form method=\"get\" action=\"https://a.example/\"></form>" },
	{ "cannot be followed", "<a href=\"{{u}}{{x}}\">a</a>" },
	{ "begins in different ways", "<a href=\"{{if (1)}}/{{else}}/a{{end}}{{x}}\">a</a>" },
	{ "of another kind", "<a href=\"/a{{if (1)}}{{else}}{{end}}\"{{if (1)}}/{{end}}>a</a>" },
	{ "no message can stand in href", "<a href=\"{{t site.nav.help}}\">a</a>" },
	/* Structure. */
	{ "quote the value", "<p class=a>a</p>" },
	{ "was expected", "<p><b>a</p></b>" },
	{ "has no end tag", "<br></br>" },
	{ "does not close", "<div/>" },
	{ "outside this block", "<p>{{if (1)}}</p>{{end}}" },
	{ "still open", "{{if (1)}}<p>{{end}}</p>" },
	{ "still open", "<p>" },
	{ "began or branched", "<p class=\"{{if (1)}}a\">{{else}}b\">{{end}}</p>" },
	{ "this block ends", "<p {{if (1)}}class=\"{{end}}a\">b</p>" },
	{ "{{call}} in", "<p class=\"{{call t (x)}}\">a</p>" },
	{ "{{call}} in", "<p><textarea aria-label=\"a\">{{call t (x)}}</textarea></p>" },
	{ "white space is needed", "<p class=\"a\"id=\"b\">c</p>" },
	{ "stray", "<p class\"a\">c</p>" },
	{ "stray", "<p <b>>c</p>" },
	{ "write &lt;", "<p>1 < 2</p>" },
	{ "cannot stand in <p>", "<p><ul></ul></p>" },
	{ "cannot stand in <p>", "<p><b><div>a</div></b></p>" },
	{ "<a> inside <a>", "<a href=\"/a\"><b><a href=\"/b\">a</a></b></a>" },
	{ "<form> inside <form>", "<form method=\"get\" action=\"/a\"><form>" },
	{ "text cannot stand", "<table>{{x}}</table>" },
	{ "text cannot stand", "<table><tr>a</tr></table>" },
	{ "text cannot stand", "<ul>{{t site.nav.help}}</ul>" },
	{ "only text", "<title><b>a</b></title>" },
	{ "only text", "<textarea aria-label=\"a\"><!-- a --></textarea>" },
	{ "only text", "<select aria-label=\"a\"><option><b>a</b></option></select>" },
	/* Forms. */
	{ "no {{csrf}}", "<form method=\"post\" action=\"/x\"><p>a</p></form>" },
	{ "no {{csrf}}", "<form method=\"POST\" action=\"/x\"></form>" },
	{ "no {{csrf}}",
		"<form {{if (1)}}method=\"post\"{{else}}method=\"get\"{{end}} action=\"/x\"></form>" },
	{ "under a condition",
		"<form method=\"post\" action=\"/x\">{{if (1)}}{{csrf}}{{end}}</form>" },
	{ "stands twice", "<form method=\"post\" action=\"/x\">{{csrf}}{{csrf}}</form>" },
	{ "GET form", "<form method=\"get\" action=\"/x\">{{csrf}}</form>" },
	{ "belongs in a form", "<p>{{csrf}}</p>" },
	{ "must be literal", "<form method=\"{{x}}\" action=\"/x\">{{csrf}}</form>" },
	{ "must be literal", "<form method=\"put\" action=\"/x\">{{csrf}}</form>" },
	{ "must be literal", "<form method=\"{{if (1)}}post{{end}}\" action=\"/x\"></form>" },
	{ "<form> needs", "<form {{if (1)}}method=\"post\"{{end}} action=\"/x\"></form>" },
	{ "<form> needs", "<form action=\"/x\"></form>" },
	{ "<form> needs", "<form method=\"get\"></form>" },
	{ "type must be literal", "<input type=\"{{x}}\" aria-label=\"a\">" },
	/* People. */
	{ "without alt", "<img src=\"/a.png\">" },
	{ "without alt", "<img src=\"/a.png\" {{if (1)}}alt=\"a\"{{end}}>" },
	{ "lang and dir", "<html lang=\"en\"><p></p></html>" },
	{ "names no id", "<label for=\"a\">b</label>" },
	{ "names no id", "<label for=\"a\">b</label><p id=\"A\">b</p>" },
	{ "without a label", "<input name=\"a\">" },
	{ "without a label", "<input type=\"text\" name=\"a\">" },
	{ "without a label", "<select {{if (1)}}aria-label=\"a\"{{end}}></select>" },
	{ "without a label", "<textarea></textarea>" },
	{ "has no label", "<input id=\"a\">" },
	{ "has no label", "<input id=\"a{{x}}\"><label for=\"b{{x}}\">b</label>" },
	{ "already on line", "<p id=\"a\">b</p><p id=\"a\">b</p>" },
	{ "already on line", "{{if (1)}}<p id=\"a\">b</p>{{end}}<p id=\"a\">b</p>" },
	{ "already on line",
		"{{if (1)}}<p id=\"a\">b</p>{{end}}{{if (2)}}<p id=\"a\">b</p>{{end}}" },
	{ "would come twice", "{{for (int i = 0; i < 2; i++)}}<p id=\"a\">b</p>{{end}}" },
	{ "skips a level", "<h1>a</h1><h3>b</h3>" },
	{ "skips a level", "<h1>a</h1>{{if (1)}}<h2>b</h2>{{end}}<h3>b</h3>" },
	{ "has no name", "<table><tr><td>a</td></tr></table>" },
	{ "is not HTML", "<center>a</center>" },
	{ "autofocus", "<input type=\"submit\" autofocus>" },
	/* Messages. */
	{ "no message site.nav.hlep", "<p>{{t site.nav.hlep}}</p>" },
	{ "site.nav.help has no {name}", "<p>{{t site.nav.help name=x}}</p>" },
	{ "vote.done.by needs link=", "<p>{{t vote.done.by name=x}}</p>" },
	{ "vote.done.count needs count=", "<p>{{t vote.done.count}}</p>" },
	{ "given twice", "<p>{{t vote.done.count count=1 count=2}}</p>" },
	{ "name=expression", "<p>{{t vote.done.count count = 1}}</p>" },
	{ "name=expression", "<p>{{t vote.done.count 1}}</p>" },
	{ "area.page.key", "<p>{{t MSG_x}}</p>" },
	{ "a link cannot stand here", "<p title=\"{{t vote.done.by name=x link=u}}\">a</p>" },
	{ "a link cannot stand here", "<title>{{t vote.done.by name=x link=u}}</title>" },
	{ "no message can stand", "<p {{t site.nav.help}}>a</p>" },
	/* Templates. */
	{ "first thing", "<p>a</p>{{within frame ()}}" },
	{ "first thing", "{{if (1)}}{{within frame ()}}{{end}}" },
	{ "first thing", "{{within a ()}}{{within b ()}}" },
	{ "of a {{layout}}", "{{body}}" },
	{ "above the templates", "{{include \"a.h\"}}" },
	{ "inside another", "{{template u ()}}{{end}}" },
	{ "write {{call", "{{call}}" },
	{ "write {{call", "{{call f}}" },
	{ "write {{call", "{{call f g(x)}}" },
};

static void refuses_with_the_reason(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		auto_buf c, err;
		buf_init(&c, 1 << 16);
		buf_init(&err, 4096);
		int r = compile(refused[i].html, &c, &err);
		if (r != ERR_INPUT || !strstr(err.p, refused[i].reason))
			fail_msg("%s: %d, %s", refused[i].html, r, err.p);
		assert_true(strncmp(err.p, "t.html:", 7) == 0);
	}
}

static const struct {
	const char *reason, *text;
} refused_files[] = {
	{ "t.html:2: text outside", "\n<p>a</p>" },
	{ "t.html:1: {{x}} outside", "{{x}}" },
	{ "t.html:3: {{end}} is missing for the block of line 1", "{{template t ()}}\n<p>a</p>\n" },
	{ "t.html:1: {{end}} outside", "{{template t ()}}{{end}}{{end}}" },
	{ "write {{template name", "{{template t}}{{end}}" },
	{ "write {{include", "{{include <a.h>}}" },
	{ "needs one {{body}}", "{{layout f ()}}<p>a</p>{{end}}" },
	{ "a layout has one", "{{layout f ()}}{{body}}{{body}}{{end}}" },
	{ "not in {{if}}", "{{layout f ()}}{{if (1)}}{{body}}{{end}}{{end}}" },
	{ "not in {{if}}", "{{layout f ()}}{{for (;;)}}{{body}}{{end}}{{end}}" },
	{ "between elements", "{{layout f ()}}<p class=\"{{body}}\">a</p>{{end}}" },
	{ "t.html:4: <label for=\"a\">",
		"{{template t ()}}\n\n\n<label for=\"a\">a</label>\n{{end}}" },
	{ "the name aaaaaaaaaaaaaaaaaaaa",
		"{{template aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa ()}}{{end}}" },
};

static void names_file_and_line(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof refused_files / sizeof *refused_files; i++) {
		auto_buf c, err;
		buf_init(&c, 1 << 16);
		buf_init(&err, 4096);
		int r = compile_whole(refused_files[i].text, &c, &err);
		if (r != ERR_INPUT || !strstr(err.p, refused_files[i].reason))
			fail_msg("%s: %d, %s", refused_files[i].text, r, err.p);
	}
}

static const struct {
	const char *html, *c; /* what stands in the C */
} accepted[] = {
	{ "<p class=\"{{x}}\">{{x}}</p>", "H_ATTR(w, (x));" },
	{ "<div>{{x}}</div>", "H_TEXT(w, (x));" },
	{ "<title>{{x}}</title>", "H_ATTR(w, (x));" },
	{ "<svg viewBox=\"0 0 1 1\"><text>{{x}}</text></svg>", "H_ATTR(w, (x));" },
	{ "<svg viewBox=\"0 0 1 1\"><linearGradient/></svg>", "viewBox=" },
	{ "<a href=\"{{u}}\">{{x}}</a>", "H_URL(w, (u));" },
	{ "<a href=\"/s/{{x}}?q={{x}}#{{x}}\">a</a>", "H_URLPART(w, (x));" },
	{ "<a href=\"?q={{x}}\">a</a>", "H_URLPART(w, (x));" },
	{ "<a href=\"{{if (1)}}/aa{{else}}/bb{{end}}/{{x}}\">a</a>", "H_URLPART(w, (x));" },
	{ "<a href=\"https://a.example/\">a</a>", "https://a.example/" },
	{ "<input type=\"hidden\" value=\"{{x}}\" {{if (x.n)}}checked{{else}}disabled{{end}}>",
		"disabled" },
	{ "<p {{if (x.n)}}class=\"a\"{{end}}>{{if (x.n)}}<b>{{x}}</b>{{end}}</p>", "if (x.n) {" },
	{ "{{if (x.n)}}<p>a</p>{{else if (u.s.n)}}<p>b</p>{{else}}<p>c</p>{{end}}",
		"} else if (u.s.n) {" },
	{ "<script src=\"/a.js\" defer></script>", "</script>" },
	{ "<p>{{# a }}{{ x.n ? x : STR(\"}};==\") }}</p>",
		"H_ATTR(w, (x.n ? x : STR(\"}};==\")));" },
	{ "<form method=\"post\" action=\"/a\">{{csrf}}</form>", "html_csrf(w);" },
	{ "<form method=\"get\" action=\"/a\"><button>a</button></form>", "</form>" },
	{ "<label for=\"a\">b</label><input id=\"a\">", "id=" },
	{ "<label for=\"a{{x}}\">b</label><input id=\"a{{x}}\">", "id=" },
	{ "<label>b <input></label>", "<input>" },
	{ "<input type=\"file\" aria-label=\"a\">", "file" },
	{ "{{if (1)}}<p id=\"a\">b</p>{{else}}<p id=\"a\">b</p>{{end}}", "id=" },
	{ "<h1>a</h1><h2>a</h2><h3>a</h3><h1>a</h1>", "<h3>" },
	{ "<h1>a</h1>{{call t (x, u)}}<h3>a</h3>", "\tt(w, x, u);" },
	{ "<table><caption>a</caption><tr><td>{{x}}</td></tr></table>", "<caption>" },
	{ "<table aria-labelledby=\"a\"><tr><td>{{x}}</td></tr></table>", "<table" },
	{ "<pre>  a\n\n  b</pre>", "\"  b</pre>\"" },
	{ "<p>a   \n\n\t b</p>", "\"<p>a\\n\"\n\t\t\"b</p>\"" },
	{ "<p>a{{# b }}c</p>", "<p>ac</p>" },
	{ "{{within frame (x, 1)}}<p>a</p>", "\tframe_close(w, x, 1);\n}" },
	{ "<p>{{t site.nav.help}}</p>", "html_msg(w, MSG_site_nav_help, NULL, 0);" },
	{ "<p title=\"{{t site.nav.help}}\">a</p>",
		"html_msg_attr(w, MSG_site_nav_help, NULL, 0);" },
	{ "<title>{{t site.nav.help}}</title>", "html_msg_attr(" },
	{ "<p>{{t vote.done.count count=(int)x.n}}</p>",
		"(struct msg_arg[]){ M_COUNT(((int)x.n)), }, 1);" },
	{ "<p>{{t vote.done.by name=f(x, STR(\"a b\")) link=u}}</p>",
		"M_ARG(\"name\", (f(x, STR(\"a b\")))), M_LINK((u)), }, 2);" },
	{ "<p>{{t (x.n ? 1 : 2) name=x}}</p>", "html_msg(w, M_KEY((x.n ? 1 : 2)), " },
};

static void accepts_and_chooses(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof accepted / sizeof *accepted; i++) {
		auto_buf c, err;
		buf_init(&c, 1 << 16);
		buf_init(&err, 4096);
		int r = compile(accepted[i].html, &c, &err);
		if (r < 0 || !strstr(c.p, accepted[i].c))
			fail_msg("%s: %d, %s\n%s", accepted[i].html, r, err.p, c.p);
	}
}

/* Literal text is written in as few calls as possible. */
static void literals_are_merged(void **state)
{
	(void)state;
	auto_buf c, err, html;
	buf_init(&c, 1 << 20);
	buf_init(&err, 4096);
	buf_init(&html, 60000);
	for (int i = 0; i < 2000; i++)
		buf_c(&html, "<p>a</p>{{# b }}\n");
	buf_byte(&html, 0);
	assert_int_equal(compile(html.p, &c, &err), 0);
	const char *first = strstr(c.p, "html_lit(");
	assert_non_null(first);
	assert_null(strstr(first + 1, "html_lit("));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refuses_with_the_reason),
		cmocka_unit_test(names_file_and_line),
		cmocka_unit_test(accepts_and_chooses),
		cmocka_unit_test(literals_are_merged),
	};
	return cmocka_run_group_tests_name("tmplc", tests, NULL, NULL);
}
