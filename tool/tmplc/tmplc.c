#include "base/utf8.h"
#include "tool/tmplc/inner.h"
#include <stdarg.h>

/* The error's text may be cut by the buffer's limit; the failure is not. */
static void say(struct tmplc *t, int line, const char *fmt, va_list ap) printf_like(3, 0);
static void say(struct tmplc *t, int line, const char *fmt, va_list ap)
{
	char text[512];
	vsnprintf(text, sizeof text, fmt, ap);
	buf_f(t->err, "%s:%d: %s\n", t->job->path, line, text);
}

void fail(struct tmplc *t, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	say(t, t->line, fmt, ap);
	va_end(ap);
	longjmp(t->stop, 1);
}

void fail_at(struct tmplc *t, int line, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	say(t, line, fmt, ap);
	va_end(ap);
	longjmp(t->stop, 1);
}

bool is_one_of(const char *s, const char *const *list)
{
	for (; *list; list++)
		if (strcmp(s, *list) == 0)
			return true;
	return false;
}

bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		c == '_';
}

void trim(const char **s, int *n)
{
	for (; *n && is_space(**s); (*n)--)
		(*s)++;
	while (*n && is_space((*s)[*n - 1]))
		(*n)--;
}

void name_set(struct tmplc *t, char to[VALUE], const char *s, int n)
{
	if (n >= VALUE)
		fail(t, "the name %.*s… is too long", 20, s);
	memcpy(to, s, (size_t)n);
	to[n] = 0;
}

/* The closing }} of a directive, past C strings; NULL without one. */
static const char *directive_end(const char *p)
{
	if (*p == '#')
		return strstr(p, "}}");
	for (char quote = 0; *p; p++) {
		if (quote) {
			if (*p == '\\' && p[1])
				p++;
			else if (*p == quote)
				quote = 0;
		} else if (*p == '"' || *p == '\'')
			quote = *p;
		else if (p[0] == '}' && p[1] == '}')
			return p;
		else if (p[0] == '{' && p[1] == '{')
			return NULL;
	}
	return NULL;
}

static void literal(struct tmplc *t)
{
	char c = *t->cur;
	if (t->blocks == 0) {
		if (!is_space(c))
			fail(t, "text outside a template: begin with {{template name (parameters)}}");
	} else if (((unsigned char)c < 0x20 && !is_space(c)) || c == 0x7f) {
		fail(t, "a control character (%d) in the text: lines end with \\n alone", c);
	} else {
		t->is_fresh &= is_space(c);
		eat(t, t->cur);
		out_lit(t, c);
	}
	t->line += c == '\n';
	t->cur++;
}

static void walk(struct tmplc *t)
{
	while (*t->cur) {
		if (t->cur[0] != '{' || t->cur[1] != '{') {
			literal(t);
			continue;
		}
		const char *s = t->cur + 2, *e = directive_end(s);
		if (!e)
			fail(t, "{{ without its }}");
		if (e - s > EXPR)
			fail(t, "this {{…}} is too long");
		directive(t, s, (int)(e - s));
		for (; t->cur < e + 2; t->cur++)
			t->line += *t->cur == '\n';
	}
	if (t->blocks)
		fail(t, "{{end}} is missing for the block of line %d",
			t->block[t->blocks - 1].line);
}

static void head(struct tmplc *t)
{
	buf_c(t->c, "/* Made by tool/tmplc; edit the template instead. */\n");
	buf_f(t->c, "#include \"%s\"\n", t->job->include);
	if (t->uses_messages)
		buf_c(t->c, "#include \"po/messages.h\"\n");
}

static int compile(struct tmplc *t)
{
	if (setjmp(t->stop))
		return ERR_INPUT;
	buf_c(t->h,
		"/* Made by tool/tmplc; edit the template instead. */\n"
		"#pragma once\n#include \"render/html.h\"\n");
	if (!utf8_ok(str_c(t->job->text)))
		fail(t, "the file is not UTF-8");
	walk(t);
	head(t);
	buf_str(t->c, buf_view(&t->body));
	return t->c->failed || t->h->failed || t->body.failed || t->lit.failed ? ERR_NOMEM : 0;
}

int tmplc_compile(const struct tmplc_job *job, struct buf *c, struct buf *h, struct buf *err)
{
	struct tmplc *t = calloc(1, sizeof *t);
	if (!t)
		return ERR_NOMEM;
	*t = (struct tmplc){ .job = job, .cur = job->text, .line = 1, .c = c, .h = h, .err = err };
	buf_init(&t->lit, 1 << 20);
	buf_init(&t->body, 8 << 20);
	int r = compile(t);
	buf_done(&t->lit);
	buf_done(&t->body);
	free(t);
	return r;
}
