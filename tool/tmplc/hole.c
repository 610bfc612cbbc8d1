#include "tool/tmplc/inner.h"
#include <ctype.h>

/* The macro for a value here, or refuse. */
static const char *macro(struct tmplc *t)
{
	struct spot *at = &t->at;
	if (at->state == TEXT) {
		rule_text(t);
		return is_plain(t) || is_phrase(t) ? "H_ATTR" : "H_TEXT";
	}
	if (!in_value(t))
		fail(t, "no value can stand in %s: put it in element content or a quoted attribute",
			state_words(at->state));
	if (at->kind == BANNED)
		fail(t, "no value can stand in %s=", at->attr);
	if (at->kind == PLAIN)
		return "H_ATTR";
	switch (url_start(at)) {
	case URL_EMPTY: return "H_URL";
	case URL_WHOLE: fail(t, "a whole URL cannot be followed by more in %s=", at->attr);
	case URL_PATH:
	case URL_QUERY: return "H_URLPART";
	case URL_SLASH:
	case URL_WEB:
	case URL_BAD: break;
	}
	fail(t,
		"%s= must begin with a literal /path, ? or # before a value (or be one {{struct url}} "
		"as a whole)",
		at->attr);
}

/* The value text remembers holes, so that id="q{{i}}" and for="q{{i}}" can be compared. */
static void note_hole(struct tmplc *t, const char *s, int n)
{
	struct spot *at = &t->at;
	at->holes++;
	size_t have = strlen(at->value);
	if (have + (size_t)n + 5 > VALUE) {
		at->is_cut = true;
		return;
	}
	memcpy(at->value + have, "{{", 2);
	memcpy(at->value + have + 2, s, (size_t)n);
	memcpy(at->value + have + 2 + n, "}}", 2);
}

void hole(struct tmplc *t, const char *s, int n)
{
	const char *how = macro(t);
	expr_check(t, s, n);
	if (t->at.state != TEXT)
		note_hole(t, s, n);
	out_flush(t);
	out_line(t);
	buf_f(&t->body, "\t%s(w, (%.*s));\n", how, n, s);
}

static int split_args(struct tmplc *t, const char *s, int n, struct arg arg[ARGS])
{
	int k = 0;
	for (trim(&s, &n); n; trim(&s, &n)) {
		int whole = expr_word(s, n), name = 0;
		while (name < whole && is_word(s[name]))
			name++;
		if (!name || name + 1 >= whole || s[name] != '=')
			fail(t,
				"write a message's values as name=expression, without spaces around = "
				"(brackets may hold spaces): %.*s",
				whole, s);
		if (k == ARGS)
			fail(t, "more than %d values in one message", ARGS);
		arg[k] = (struct arg){ s, s + name + 1, name, whole - name - 1 };
		expr_check(t, arg[k].expr, arg[k].n_expr);
		for (int i = 0; i < k; i++)
			if (arg[i].n_name == name && memcmp(arg[i].name, s, (size_t)name) == 0)
				fail(t, "the value %.*s is given twice", name, s);
		k++;
		s += whole;
		n -= whole;
	}
	return k;
}

static void put_key(struct tmplc *t, const char *key, int n)
{
	buf_c(&t->body, "MSG_");
	for (int i = 0; i < n; i++)
		buf_byte(&t->body, key[i] == '.' ? '_' : key[i]);
}

static bool is_key(const char *s, int n)
{
	for (int i = 0; i < n; i++)
		if (!islower((unsigned char)s[i]) && !isdigit((unsigned char)s[i]) && s[i] != '_' &&
			s[i] != '.')
			return false;
	return n > 0 && islower((unsigned char)s[0]) && memchr(s, '.', (size_t)n);
}

static bool is_called(const struct arg *arg, const char *name)
{
	return str_is((struct str){ arg->name, (size_t)arg->n_name }, name);
}

static void put_arg(struct tmplc *t, const struct arg *arg)
{
	if (is_called(arg, "count"))
		buf_f(&t->body, "M_COUNT((%.*s)), ", arg->n_expr, arg->expr);
	else if (is_called(arg, "link"))
		buf_f(&t->body, "M_LINK((%.*s)), ", arg->n_expr, arg->expr);
	else
		buf_f(&t->body, "M_ARG(\"%.*s\", (%.*s)), ", arg->n_name, arg->name, arg->n_expr,
			arg->expr);
}

static bool message_is_plain(struct tmplc *t)
{
	struct spot *at = &t->at;
	if (at->state == TEXT) {
		rule_text(t);
		return is_plain(t);
	}
	if (!in_value(t))
		fail(t, "no message can stand in %s", state_words(at->state));
	if (at->kind != PLAIN)
		fail(t, "no message can stand in %s=: it is an address", at->attr);
	note_hole(t, "t", 1);
	return true;
}

void message(struct tmplc *t, const char *s, int n)
{
	trim(&s, &n);
	bool plain = message_is_plain(t);
	int key = expr_word(s, n);
	bool dynamic = key > 1 && s[0] == '(';
	if (!dynamic && !is_key(s, key))
		fail(t,
			"write {{t area.page.key name=expression …}}, or {{t (expression)}} with an enum "
			"msg: %.*s",
			key, s);
	struct arg arg[ARGS];
	int n_arg = split_args(t, s + key, n - key, arg);
	for (int i = 0; plain && i < n_arg; i++)
		if (is_called(&arg[i], "link"))
			fail(t, "a link cannot stand here: only text can");
	if (!dynamic)
		keys_check(t, s, key, arg, n_arg);
	t->uses_messages = true;
	out_flush(t);
	out_line(t);
	buf_c(&t->body, plain ? "\thtml_msg_attr(w, " : "\thtml_msg(w, ");
	if (dynamic)
		buf_f(&t->body, "M_KEY(%.*s)", key, s);
	else
		put_key(t, s, key);
	if (!n_arg) {
		buf_c(&t->body, ", NULL, 0);\n");
		return;
	}
	buf_c(&t->body, ", (struct msg_arg[]){ ");
	for (int i = 0; i < n_arg; i++)
		put_arg(t, &arg[i]);
	buf_f(&t->body, "}, %d);\n", n_arg);
}
