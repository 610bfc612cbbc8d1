#include "tool/tmplc/inner.h"

static bool keeps_space(const struct tmplc *t)
{
	return in_value(t) || is_inside(t, "pre") || is_inside(t, "textarea");
}

/* Runs of white space that hold a line break become one line break; before anything else in a
 * template they are nothing. */
void out_lit(struct tmplc *t, char c)
{
	struct buf *lit = &t->lit;
	if (is_space(c) && !keeps_space(t)) {
		if (t->is_fresh || (lit->n && lit->p[lit->n - 1] == '\n'))
			return;
		if (c == '\n')
			while (lit->n && is_space(lit->p[lit->n - 1]))
				lit->n--;
	}
	buf_byte(lit, c);
}

static void put_escaped(struct buf *c, unsigned char b)
{
	if (b == '"' || b == '\\')
		buf_f(c, "\\%c", b);
	else if (b == '\n')
		buf_c(c, "\\n");
	else if (b < 0x20 || b >= 0x7f || b == '?')
		buf_f(c, "\\%03o", b);
	else
		buf_byte(c, (char)b);
}

void out_flush(struct tmplc *t)
{
	struct buf *lit = &t->lit;
	if (lit->n == 0)
		return;
	buf_c(&t->body, "\thtml_lit(w,\n\t\t\"");
	for (size_t i = 0; i < lit->n; i++) {
		put_escaped(&t->body, (unsigned char)lit->p[i]);
		if (lit->p[i] == '\n' && i + 1 < lit->n)
			buf_c(&t->body, "\"\n\t\t\"");
	}
	buf_f(&t->body, "\",\n\t\t%zu);\n", lit->n);
	lit->n = 0;
}

void out_line(struct tmplc *t)
{
	buf_f(&t->body, "#line %d \"%s\"\n", t->line, t->job->path);
}
