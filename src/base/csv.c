#include "base/csv.h"
#include "base/num.h"
#include "base/utf8.h"
#include <stdlib.h>
#include <string.h>

/* What parts the fields of the first line, outside of quotes. */
static char find_sep(struct str in)
{
	bool is_quoted = false, has_semicolon = false, has_tab = false;
	for (size_t i = 0; i < in.n; i++) {
		const char c = in.p[i];
		if (c == '"')
			is_quoted = !is_quoted;
		if (is_quoted)
			continue;
		if (c == ',')
			return ',';
		if (c == '\n' || c == '\r')
			break;
		has_semicolon |= c == ';';
		has_tab |= c == '\t';
	}
	return has_semicolon ? ';' : has_tab ? '\t' : ',';
}

void csv_init(struct csv *c, struct str in, size_t max)
{
	*c = (struct csv){ .in = in, .line = 1, .max = max };
	if (str_starts(in, "\xef\xbb\xbf"))
		c->in = str_from(in, 3);
	c->sep = find_sep(c->in);
	buf_init(&c->text, in.n + 1);
}

void csv_done(struct csv *c)
{
	free(c->field);
	buf_done(&c->text);
	*c = (struct csv){ 0 };
}

static bool at_end_of_line(const struct csv *c)
{
	return c->at == c->in.n || c->in.p[c->at] == '\n' || c->in.p[c->at] == '\r';
}

/* Pass one line end, whichever of the three it is. */
static void pass_line_end(struct csv *c)
{
	if (c->at == c->in.n)
		return;
	bool is_cr = c->in.p[c->at++] == '\r';
	if (is_cr && c->at < c->in.n && c->in.p[c->at] == '\n')
		c->at++;
	c->line++;
}

/* A new field of the row that begins at ${from} in text; offsets become views at the end of
 * the row, because text may move while it grows. */
static int field_push(struct csv *c, size_t from)
{
	if (c->n == c->max)
		return err_note(ERR_LIMIT, "line %zu: more than %zu fields", c->row_line, c->max);
	if (c->n == c->cap) {
		size_t cap = c->cap ? c->cap * 2 : 16, bytes;
		struct str *p = num_mul(cap, sizeof *p, &bytes) ? realloc(c->field, bytes) : NULL;
		if (!p)
			return err_note(ERR_NOMEM, "csv");
		c->field = p;
		c->cap = cap;
	}
	c->field[c->n++] = (struct str){ .n = c->text.n - from };
	return 0;
}

static int field_quoted(struct csv *c)
{
	size_t open = c->line;
	for (c->at++;;) {
		struct str rest = str_from(c->in, c->at);
		size_t n = str_find(rest, '"');
		if (n == rest.n)
			return err_note(
				ERR_INPUT, "line %zu: a quote is opened and not closed", open);
		buf_put(&c->text, rest.p, n);
		for (size_t i = 0; i < n; i++)
			if (rest.p[i] == '\n' || (rest.p[i] == '\r' && rest.p[i + 1] != '\n'))
				c->line++;
		c->at += n + 1;
		if (c->at == c->in.n || c->in.p[c->at] != '"')
			break;
		buf_byte(&c->text, '"');
		c->at++;
	}
	if (!at_end_of_line(c) && c->in.p[c->at] != c->sep)
		return err_note(ERR_INPUT, "line %zu: text after a closing quote", c->line);
	return 0;
}

static int field_read(struct csv *c)
{
	size_t from = c->text.n;
	if (c->at < c->in.n && c->in.p[c->at] == '"') {
		int st = field_quoted(c);
		if (st < 0)
			return st;
	} else {
		size_t start = c->at;
		while (!at_end_of_line(c) && c->in.p[c->at] != c->sep)
			c->at++;
		buf_put(&c->text, c->in.p + start, c->at - start);
	}
	return field_push(c, from);
}

static int row_close(struct csv *c)
{
	if (c->text.failed)
		return err_note(c->text.failed, "csv");
	const char *at = c->text.n ? c->text.p : "";
	for (size_t i = 0; i < c->n; at += c->field[i++].n) {
		c->field[i].p = at;
		if (c->field[i].n && !utf8_ok(c->field[i]))
			return err_note(ERR_INPUT, "line %zu: not UTF-8 text", c->row_line);
	}
	return 1;
}

int csv_next(struct csv *c)
{
	c->n = c->text.n = 0;
	while (c->at < c->in.n && at_end_of_line(c))
		pass_line_end(c);
	if (c->at == c->in.n)
		return 0;
	c->row_line = c->line;
	for (;;) {
		int st = field_read(c);
		if (st < 0)
			return st;
		if (at_end_of_line(c))
			break;
		c->at++;
	}
	pass_line_end(c);
	return row_close(c);
}

void csv_put(struct buf *b, struct str s)
{
	bool is_formula = s.n && memchr("=+-@\t\r", s.p[0], 6);
	buf_byte(b, '"');
	if (is_formula)
		buf_byte(b, '\'');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			buf_byte(b, '"');
		buf_byte(b, s.p[i]);
	}
	buf_byte(b, '"');
}
