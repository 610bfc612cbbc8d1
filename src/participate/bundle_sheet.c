#include "participate/bundle_sheet.h"
#include <stdio.h>

enum { SHEET_FIELDS_MAX = 100100 };

void sheet_open(struct sheet *s, const char *name, struct str text)
{
	s->name = name;
	csv_init(&s->csv, text, SHEET_FIELDS_MAX);
}

void sheet_done(struct sheet *s)
{
	csv_done(&s->csv);
}

int sheet_bad(const struct sheet *s, const char *what)
{
	return err_note(ERR_INPUT, "%s: line %zu: %s", s->name,
		s->csv.row_line ? s->csv.row_line : 1, what);
}

int sheet_row(struct sheet *s)
{
	char note[256];
	int result = csv_next(&s->csv);
	if (result >= 0)
		return result;
	snprintf(note, sizeof note, "%s", err_noted());
	return err_note(result, "%s: %s", s->name, note);
}

struct str sheet_field(const struct sheet *s, size_t at)
{
	return at < s->csv.n ? str_trim(s->csv.field[at]) : STR("");
}

int sheet_head(struct sheet *s, const char *const *names)
{
	char what[80];
	int result = sheet_row(s);
	if (result < 0)
		return result;
	for (size_t i = 0; names[i]; i++) {
		if (result > 0 && str_is(sheet_field(s, i), names[i]))
			continue;
		snprintf(what, sizeof what, "column %zu is not \"%s\"", i + 1, names[i]);
		return sheet_bad(s, what);
	}
	return 0;
}

int sheet_number(const struct sheet *s, size_t at, int64_t least, int64_t most, int64_t *ret)
{
	char what[80];
	int64_t n;
	if (str_i64(sheet_field(s, at), &n) && n >= least && n <= most) {
		*ret = n;
		return 0;
	}
	snprintf(what, sizeof what, "column %zu is not a number from %lld to %lld", at + 1,
		(long long)least, (long long)most);
	return sheet_bad(s, what);
}

int sheet_opt(const struct sheet *s, size_t at, struct opt_i64 *ret)
{
	ret->has = sheet_field(s, at).n > 0;
	return ret->has ? sheet_number(s, at, INT64_MIN, INT64_MAX, &ret->v) : 0;
}

int sheet_words(const struct sheet *s, size_t at, struct arena *mem, struct str *ret)
{
	struct str field = at < s->csv.n ? s->csv.field[at] : STR("");
	struct str copy = arena_copy(mem, str_starts(field, "'") ? str_from(field, 1) : field);
	if (!copy.p)
		return err_note(ERR_NOMEM, "%s", s->name);
	*ret = copy;
	return 0;
}

static void put_field(struct sheet_out *o, struct str s, bool has_quote)
{
	bool wants_marks = has_quote;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == ',' || s.p[i] == '"' || s.p[i] == '\n' || s.p[i] == '\r')
			wants_marks = true;
	if (o->is_inside)
		buf_byte(o->b, ',');
	o->is_inside = true;
	if (wants_marks)
		buf_byte(o->b, '"');
	if (has_quote)
		buf_byte(o->b, '\'');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			buf_byte(o->b, '"');
		buf_byte(o->b, s.p[i]);
	}
	if (wants_marks)
		buf_byte(o->b, '"');
}

void sheet_put_words(struct sheet_out *o, struct str s)
{
	put_field(o, s, s.n && str_find(STR("=+-@\t\r'"), s.p[0]) < 7);
}

void sheet_put_code(struct sheet_out *o, struct str s)
{
	put_field(o, s, false);
}

void sheet_put_number(struct sheet_out *o, int64_t n)
{
	char text[24];
	int len = snprintf(text, sizeof text, "%lld", (long long)n);
	put_field(o, (struct str){ text, (size_t)len }, false);
}

void sheet_put_opt(struct sheet_out *o, struct opt_i64 n)
{
	if (n.has)
		sheet_put_number(o, n.v);
	else
		put_field(o, STR(""), false);
}

void sheet_put_head(struct sheet_out *o, const char *const *names)
{
	for (size_t i = 0; names[i]; i++)
		sheet_put_code(o, str_c(names[i]));
	sheet_put_end(o);
}

void sheet_put_end(struct sheet_out *o)
{
	buf_c(o->b, "\r\n");
	o->is_inside = false;
}
