#include "tests/test.h"
#include "tool/tmplc/tmplc.h"

/* Compile ${html} as the body of a template; the error's text in ${err}. */
static int compile_whole(const char *text, struct buf *c, struct buf *err)
{
	auto_buf h;
	buf_init(&h, 1 << 16);
	struct tmplc_job job = { .path = "t.html", .text = text, .include = "t.html.h" };
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
	{ "event handlers", "<p onclick=\"f({{x}})\">a</p>" },
	{ "event handlers", "<p ONCLICK=\"f()\">a</p>" },
	{ "style=: use a class", "<p style=\"color:{{x}}\">a</p>" },
	{ "inline <style>", "<style>p{color:{{x}}}</style>" },
	{ "inline <script>", "<script>var a=\"{{x}}\"</script>" },
	{ "must be empty", "<script src=\"/a.js\">var a</script>" },
	{ "no value can stand in", "<script src=\"/a.js\">{{x}}</script>" },
	{ "no value can stand in srcset", "<img alt=\"\" srcset=\"{{x}} 2x\">" },
	{ "no value can stand in srcdoc", "<iframe srcdoc=\"{{x}}\"></iframe>" },
	{ "http-equiv", "<meta http-equiv=\"refresh\" content=\"0;url={{x}}\">" },
	/* Addresses. */
	{ "must begin with a literal", "<a href=\"javascript:{{x}}\">a</a>" },
	{ "must begin with a literal", "<a href=\"//{{x}}\">a</a>" },
	{ "must begin with a literal", "<a href=\"/{{x}}\">a</a>" },
	{ "cannot be followed", "<a href=\"{{u}}{{x}}\">a</a>" },
	{ "quote the value", "<p class=a>a</p>" },
	/* Structure. */
	{ "was expected", "<p><b>a</p></b>" },
	{ "outside this block", "<p>{{if (1)}}</p>{{end}}" },
	{ "this block ends", "{{if (1)}}<p>{{end}}</p>" },
	{ "this block ends", "<p class=\"{{if (1)}}a\">{{else}}b\">{{end}}</p>" },
	{ "this block ends", "<p {{if (1)}}class=\"{{end}}a\">b</p>" },
	{ "this block ends", "<p>" },
	{ "{{call}} in", "<p class=\"{{call t (x)}}\">a</p>" },
	{ "{{ without", "<p>{{x" },
	{ "white space is needed", "<p class=\"a\"id=\"b\">c</p>" },
	{ "write &lt;", "<p>1 < 2</p>" },
	{ "empty {{}}", "<p>{{ }}</p>" },
	/* Forms. */
	{ "no {{csrf}}", "<form method=\"post\" action=\"/x\"><p>a</p></form>" },
	{ "no {{csrf}}", "<form method=\"POST\" action=\"/x\"></form>" },
	{ "needs method", "<form {{if (1)}}method=\"post\"{{end}} action=\"/x\"></form>" },
	{ "under a condition",
		"<form method=\"post\" action=\"/x\">{{if (1)}}{{csrf}}{{end}}</form>" },
	{ "must be literal", "<form method=\"{{x}}\" action=\"/x\">{{csrf}}</form>" },
	/* People. */
	{ "without alt", "<img src=\"/a.png\">" },
	{ "without alt", "<img src=\"/a.png\" {{if (1)}}alt=\"a\"{{end}}>" },
	{ "lang and dir", "<html lang=\"en\"><p></p></html>" },
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
		assert_true(strncmp(err.p, "t.html:1: ", 10) == 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refuses_with_the_reason),
	};
	return cmocka_run_group_tests_name("tmplc", tests, NULL, NULL);
}
