#include "tool/tmplc/inner.h"
#include <ctype.h>

static bool word(const char *s, int n, const char *w)
{
	int k = (int)strlen(w);
	return n >= k && memcmp(s, w, (size_t)k) == 0 && (n == k || !is_word(s[k]));
}

static void include(struct tmplc *t, const char *s, int n)
{
	trim(&s, &n);
	if (n < 3 || s[0] != '"' || memchr(s, '\n', (size_t)n) || s[n - 1] != '"')
		fail(t, "write {{include \"room/file.h\"}}");
	buf_f(t->h, "#include %.*s\n", n, s);
}

/* {{if (…)}}, {{for (…)}}, {{else if (…)}}: what stands behind the word. */
static void check_condition(struct tmplc *t, const char *s, int n, const char *w)
{
	trim(&s, &n);
	if (!expr_is_bracketed(s, n))
		fail(t, "write {{%s (C expression)}}, in one pair of brackets", w);
}

static void call(struct tmplc *t, const char *s, int n)
{
	if (t->at.state != TEXT || is_plain(t))
		fail(t, "{{call}} in %s: a template stands between elements",
			t->at.state == TEXT ? "plain text" : state_words(t->at.state));
	const char *paren = memchr(s, '(', (size_t)n);
	if (!paren || n == 0 || s[n - 1] != ')')
		fail(t, "write {{call name (arguments)}}");
	const char *name = s, *args = paren + 1;
	int n_name = (int)(paren - s), n_args = (int)(s + n - args) - 1;
	trim(&name, &n_name);
	trim(&args, &n_args);
	for (int i = 0; i < n_name; i++)
		if (!is_word(name[i]))
			fail(t, "write {{call name (arguments)}}");
	if (n_name == 0)
		fail(t, "write {{call name (arguments)}}");
	t->at.heading = 0;
	out_flush(t);
	out_line(t);
	buf_f(&t->body, "\t%.*s(w%s%.*s);\n", n_name, name, n_args ? ", " : "", n_args, args);
}

static void csrf(struct tmplc *t, const char *s, int n)
{
	(void)s;
	if (n)
		fail(t, "write {{csrf}}");
	int i = t->depth;
	while (i && strcmp(t->open[i - 1].name, "form") != 0)
		i--;
	if (t->at.state != TEXT || !i)
		fail(t, "{{csrf}} belongs in a form");
	struct element *form = &t->open[i - 1];
	if (!form->may_post)
		fail(t, "{{csrf}} in a GET form would show the token in the address: remove it");
	if (form->blocks != t->blocks)
		fail(t, "{{csrf}} must stand directly in the form, not under a condition");
	if (form->has_csrf)
		fail(t, "{{csrf}} stands twice in this form");
	rule_text(t);
	form->has_csrf = true;
	out_flush(t);
	buf_c(&t->body, "\thtml_csrf(w);\n");
}

/* Outside a template. False: not one of mine. */
static bool outside(struct tmplc *t, const char *s, int n)
{
	if (word(s, n, "template"))
		template_begin(t, B_TEMPLATE, s + 8, n - 8);
	else if (word(s, n, "layout"))
		template_begin(t, B_LAYOUT, s + 6, n - 6);
	else if (t->blocks)
		return false;
	else if (word(s, n, "include"))
		include(t, s + 7, n - 7);
	else
		fail(t, "{{%.*s}} outside a template: begin with {{template name (parameters)}}",
			n > 40 ? 40 : n, s);
	return true;
}

static void begin_block(struct tmplc *t, const char *s, int n)
{
	bool is_if = s[0] == 'i';
	check_condition(t, s + (is_if ? 2 : 3), n - (is_if ? 2 : 3), is_if ? "if" : "for");
	out_flush(t);
	out_line(t);
	buf_f(&t->body, "\t%.*s {\n", n, s);
	block_push(t, is_if ? B_IF : B_FOR);
}

static void begin_else(struct tmplc *t, const char *s, int n)
{
	const char *rest = s + 4;
	int left = n - 4;
	trim(&rest, &left);
	if (left && !word(rest, left, "if"))
		fail(t, "write {{else}} or {{else if (C expression)}}");
	if (left)
		check_condition(t, rest + 2, left - 2, "else if");
	block_else(t, s, n);
}

static void end(struct tmplc *t, const char *s, int n)
{
	(void)s;
	if (n)
		fail(t, "write {{end}}");
	block_end(t);
}

static void body(struct tmplc *t, const char *s, int n)
{
	(void)s;
	if (n)
		fail(t, "write {{body}}");
	template_body(t);
}

static void late_include(struct tmplc *t, const char *s, int n)
{
	(void)s;
	(void)n;
	fail(t, "{{include}} stands above the templates");
}

/* What may stand in a template besides if, for, else and values. */
static const struct {
	const char *word;
	void (*act)(struct tmplc *t, const char *s, int n);
} words[] = { { "within", template_within }, { "end", end }, { "body", body }, { "call", call },
	{ "csrf", csrf }, { "include", late_include } };

static void inside(struct tmplc *t, const char *s, int n)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		int k = (int)strlen(words[i].word);
		/* A variable of the word's name is still a value: {{end.at}}. */
		if (!word(s, n, words[i].word) || (n > k && !is_space(s[k]) && s[k] != '('))
			continue;
		const char *rest = s + k;
		int left = n - k;
		trim(&rest, &left);
		words[i].act(t, rest, left);
		return;
	}
	if (word(s, n, "if") || word(s, n, "for"))
		begin_block(t, s, n);
	else if (word(s, n, "else"))
		begin_else(t, s, n);
	else if (n > 1 && s[0] == 't' && is_space(s[1]))
		message(t, s + 1, n - 1);
	else
		hole(t, s, n);
}

void directive(struct tmplc *t, const char *s, int n)
{
	trim(&s, &n);
	if (n == 0)
		fail(t, "empty {{}}");
	if (s[0] == '#' || outside(t, s, n))
		return;
	inside(t, s, n);
	t->is_fresh = false;
}
