#include "protect/cover.h"

static bool ends(struct str s, const char *with, struct str *ret)
{
	if (!str_ends(s, with))
		return false;
	*ret = (struct str){ s.p, s.n - strlen(with) };
	return true;
}

bool cover_base(struct str field, struct str *ret)
{
	return ends(field, COVER_COPY, ret) || ends(field, COVER_FIRST, ret);
}

static bool is_first(const struct keep_shown *t)
{
	struct str base;
	return ends(t->field, COVER_FIRST, &base);
}

static bool is_copy(const struct keep_shown *t)
{
	struct str base;
	return ends(t->field, COVER_COPY, &base);
}

/* A line of the head; false: not that line. */
static bool read_line(struct str *rest, const char *name, struct str *ret)
{
	struct str line = { 0 };
	size_t n = strlen(name);
	if (!str_cut(rest, '\n', &line) || !str_starts(line, name))
		return false;
	*ret = str_from(line, n);
	return true;
}

/* The field without what is behind it, and of a copy the copy. */
static void open_copy(struct keep_shown *t)
{
	struct str rest = t->text, none = { 0 };
	t->is_covered = true;
	(void)cover_base(t->field, &t->field);
	if (t->is_broken)
		return;
	t->is_broken = !read_line(&rest, "first=", &t->first) || t->first.n != KEEP_ID_CHARS ||
		!read_line(&rest, "may=", &t->may) || !read_line(&rest, "", &none) || none.n;
	t->text = t->is_broken ? STR("") : rest;
}

/* The place of a first text that nobody has put anywhere yet; n: there is none. */
static size_t find_first(const struct keep_shown *text, size_t n, struct str id)
{
	for (size_t i = 0; i < n; i++)
		if (is_first(&text[i]) && str_is(id, text[i].id_text))
			return i;
	return n;
}

static void to_author(struct keep_shown *text, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (!is_copy(&text[i]))
			continue;
		open_copy(&text[i]);
		size_t at = find_first(text, n, text[i].first);
		if (text[i].is_broken || at == n)
			continue;
		text[i] = text[at];
		(void)cover_base(text[i].field, &text[i].field);
		text[i].is_covered = true;
		text[at].field = STR("");
	}
	/* Whose copy is gone stays where it is. */
	for (size_t i = 0; i < n; i++)
		if (is_first(&text[i]))
			(void)cover_base(text[i].field, &text[i].field);
}

size_t cover_settle(bool is_reporter, struct keep_shown *text, size_t n)
{
	size_t used = 0;
	if (is_reporter)
		to_author(text, n);
	for (size_t i = 0; i < n; i++) {
		if (text[i].field.n == 0 || is_first(&text[i]))
			continue;
		if (is_copy(&text[i]))
			open_copy(&text[i]);
		text[used++] = text[i];
	}
	return used;
}

int cover_write(struct visit *v, struct str first, struct str may, struct str copy, struct str *ret)
{
	struct buf out;
	buf_init(&out, SEALED_ROOM_MAX);
	buf_str(&out, STR("first="));
	buf_str(&out, first);
	buf_str(&out, STR("\nmay="));
	buf_str(&out, may);
	buf_str(&out, STR("\n\n"));
	buf_str(&out, copy);
	int result = out.failed;
	*ret = result < 0 ? STR("") : arena_copy(v->mem, buf_view(&out));
	wipe(out.p, out.n);
	buf_done(&out);
	return result < 0 ? result : ret->p ? 0 : ERR_NOMEM;
}

bool cover_may(struct str may, int64_t account)
{
	struct str one;
	int64_t id;
	while (str_cut(&may, ' ', &one))
		if (str_i64(one, &id) && id == account)
			return true;
	return false;
}
