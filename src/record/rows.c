#include "record/rows.h"
#include "base/utf8.h"
#include "record/hxl.h"
#include <ctype.h>
#include <string.h>

enum { DEPTH_MAX = 8, NO_COLUMN = -1000 };

static void drop_json(json_t **j)
{
	json_decref(*j);
}
#define auto_json __attribute__((cleanup(drop_json))) json_t

static struct str cut(struct str s)
{
	if (s.n <= ROWS_CELL_MAX)
		return s;
	s.n = ROWS_CELL_MAX;
	while (s.n && ((unsigned char)s.p[s.n] & 0xc0) == 0x80)
		s.n--;
	return s;
}

/* ---- CSV ---- */

/* Each cell is a tag or nothing, and one is: 1. Most are: ERR_INPUT, which names the one that is
 * not, because somebody meant it to be. */
static int is_tag_row(const struct csv *c)
{
	size_t good = 0, filled = 0;
	struct str bad = STR("");
	for (size_t i = 0; i < c->n; i++) {
		struct str s = str_trim(c->field[i]);
		bool is_tag = hxl_is_tag(s);
		good += is_tag;
		filled += s.n > 0;
		if (s.n && !is_tag && !bad.n)
			bad = s;
	}
	if (good && bad.n && 2 * good > filled)
		return err_note(ERR_INPUT, "line %zu: \"%.*s\" is no tag of HXL", c->row_line,
			(int)(bad.n < 60 ? bad.n : 60), bad.p);
	return good && !bad.n;
}

static int take_names(struct rows *r, const struct csv *c, struct str *to)
{
	for (size_t i = 0; i < c->n; i++) {
		to[i] = arena_copy(r->mem, cut(str_trim(c->field[i])));
		if (!to[i].p)
			return ERR_NOMEM;
	}
	r->n = c->n > r->n ? c->n : r->n;
	return 0;
}

/* Which row, from 1, is the row of tags; 0: none is. */
static int find_tags(struct str file)
{
	auto_csv look;
	csv_init(&look, file, ROWS_COLUMNS_MAX);
	for (int at = 1; at <= ROWS_HEAD; at++) {
		int result = csv_next(&look);
		if (result <= 0)
			return result;
		result = is_tag_row(&look);
		if (result != 0)
			return result < 0 ? result : at;
	}
	return 0;
}

/* The row of tags says where the names are: in the row before. Without one they are in the first.
 */
static int find_names(struct rows *r, struct str file)
{
	int tags = find_tags(file), last = tags ? tags : 1;
	if (tags < 0)
		return tags;
	csv_init(&r->csv, file, ROWS_COLUMNS_MAX);
	for (int at = 1; at <= last; at++) {
		int result = csv_next(&r->csv);
		if (result == 0)
			return err_note(ERR_INPUT, "the file has no rows");
		if (result > 0 && at == tags)
			result = take_names(r, &r->csv, r->tag);
		else if (result > 0 && (at + 1 == tags || !tags))
			result = take_names(r, &r->csv, r->name);
		if (result < 0)
			return result;
	}
	for (size_t i = 0; i < r->n; i++)
		if (!r->name[i].n)
			r->name[i] = r->tag[i];
	return 0;
}

/* A formula that was made harmless for a spreadsheet is itself again. */
static struct str harmless(struct str s)
{
	bool is_marked = s.n > 1 && s.p[0] == '\'' && memchr("=+-@\t\r", s.p[1], 6);
	return is_marked ? str_from(s, 1) : s;
}

static int csv_row(struct rows *r)
{
	int result = csv_next(&r->csv);
	if (result <= 0)
		return result;
	for (size_t i = 0; i < r->n; i++)
		r->cell[i] = i < r->csv.n ? harmless(cut(str_trim(r->csv.field[i]))) : STR("");
	r->line = r->csv.row_line;
	return 1;
}

/* ---- JSON ---- */

static void pass_blanks(struct str *s)
{
	while (s->n && (isspace((unsigned char)s->p[0]) || s->p[0] == ','))
		*s = str_from(*s, 1);
}

/* Behind the first "[" that an object stands in. */
static bool find_list(struct str *s)
{
	bool is_text = false;
	for (size_t i = 0; i < s->n; i++) {
		if (s->p[i] == '"' && (!i || s->p[i - 1] != '\\'))
			is_text = !is_text;
		if (is_text || s->p[i] != '[')
			continue;
		struct str rest = str_from(*s, i + 1);
		pass_blanks(&rest);
		if (rest.n && rest.p[0] == '{') {
			*s = rest;
			return true;
		}
	}
	return false;
}

/* One object off the front of ${s}; 0 at the end of the list. */
static int next_object(struct str *s, json_t **ret)
{
	json_error_t error;
	pass_blanks(s);
	if (!s->n || s->p[0] == ']')
		return s->n ? 0 : err_note(ERR_INPUT, "the list of objects has no end");
	if (s->p[0] != '{')
		return err_note(ERR_INPUT, "something in the list is no object");
	json_t *one = json_loadb(
		s->p, s->n, JSON_DISABLE_EOF_CHECK | JSON_REJECT_DUPLICATES, &error);
	if (!one && json_error_code(&error) == json_error_out_of_memory)
		return err_note(ERR_NOMEM, "an object of a file");
	if (!one || error.position < 1)
		return err_note(ERR_INPUT, "%s", error.text);
	*s = str_from(*s, (size_t)error.position);
	*ret = one;
	return 1;
}

/* Walks through an object: names of its values, and the values as text. */
struct flat {
	struct rows *r;
	struct arena *mem;
	bool is_naming; /* new names become columns */
};

static int column_of(struct flat *f, struct str name)
{
	struct rows *r = f->r;
	for (size_t i = 0; i < r->n; i++)
		if (str_eq(r->name[i], name))
			return (int)i;
	if (!f->is_naming)
		return NO_COLUMN;
	if (r->n == ROWS_COLUMNS_MAX)
		return err_note(ERR_LIMIT, "more than %d columns", ROWS_COLUMNS_MAX);
	r->name[r->n] = arena_copy(r->mem, name);
	r->tag[r->n] = hxl_is_tag(name) ? r->name[r->n] : STR("");
	return r->name[r->n].p ? (int)r->n++ : ERR_NOMEM;
}

static struct str text_of(struct arena *mem, const json_t *value)
{
	if (json_is_string(value))
		return arena_copy(
			mem, (struct str){ json_string_value(value), json_string_length(value) });
	if (json_is_integer(value))
		return arena_f(mem, "%lld", (long long)json_integer_value(value));
	if (json_is_real(value))
		return arena_f(mem, "%.15g", json_real_value(value));
	return json_is_boolean(value) ? json_is_true(value) ? STR("true") : STR("false") : STR("");
}

/* ${a}${between}${b}. Most of what a file takes to be read is names and texts: no format for them.
 */
static struct str joined(struct arena *mem, struct str a, const char *between, struct str b)
{
	size_t n = strlen(between);
	char *to = arena_take(mem, a.n + n + b.n + 1);
	if (!to)
		return (struct str){ 0 };
	memcpy(to, a.p, a.n);
	memcpy(to + a.n, between, n);
	memcpy(to + a.n + n, b.p, b.n);
	return (struct str){ to, a.n + n + b.n };
}

static int put_value(struct flat *f, struct str name, const json_t *value)
{
	int at = column_of(f, name);
	if (at < 0)
		return at == NO_COLUMN ? 0 : at;
	struct str s = f->is_naming ? STR("") : text_of(f->mem, value);
	if (!s.p)
		return ERR_NOMEM;
	if (!s.n)
		return 0;
	struct str *to = &f->r->cell[at];
	*to = to->n ? joined(f->mem, *to, "; ", s) : s;
	*to = cut(*to);
	return to->p ? 0 : ERR_NOMEM;
}

static int flatten(struct flat *f, struct str name, const json_t *value, int depth)
{
	const char *key;
	json_t *inner;
	size_t i;
	int result = 0;
	if (depth > DEPTH_MAX)
		return err_note(ERR_LIMIT, "objects deeper than %d", DEPTH_MAX);
	if (json_is_array(value)) {
		struct str list = joined(f->mem, name, "[]", STR(""));
		json_array_foreach(value, i, inner)
		{
			result = list.p ? flatten(f, list, inner, depth + 1) : ERR_NOMEM;
			if (result < 0)
				return result;
		}
		return 0;
	}
	if (!json_is_object(value))
		return put_value(f, name, value);
	json_object_foreach((json_t *)(uintptr_t)value, key, inner)
	{
		struct str path = name.n ? joined(f->mem, name, ".", str_c(key)) : str_c(key);
		result = path.p ? flatten(f, path, inner, depth + 1) : ERR_NOMEM;
		if (result < 0)
			return result;
	}
	return 0;
}

static int json_names(struct rows *r, struct str file)
{
	r->rest = str_starts(file, "\xef\xbb\xbf") ? str_from(file, 3) : file;
	if (!find_list(&r->rest))
		return err_note(ERR_INPUT, "there is no list of objects");
	struct str look = r->rest;
	struct flat f = { .r = r, .mem = r->mem, .is_naming = true };
	for (size_t i = 0; i < ROWS_HEAD; i++) {
		auto_json *one = NULL;
		int result = next_object(&look, &one);
		if (result > 0)
			result = flatten(&f, STR(""), one, 0);
		if (result < 0 || !one)
			return result;
	}
	return 0;
}

static int json_row(struct rows *r, struct arena *mem)
{
	auto_json *one = NULL;
	struct flat f = { .r = r, .mem = mem };
	int result = next_object(&r->rest, &one);
	if (result <= 0)
		return result;
	for (size_t i = 0; i < r->n; i++)
		r->cell[i] = STR("");
	r->line++;
	result = flatten(&f, STR(""), one, 0);
	return result < 0 ? result : 1;
}

/* ---- either ---- */

static bool looks_like_json(struct str s)
{
	if (str_starts(s, "\xef\xbb\xbf"))
		s = str_from(s, 3);
	pass_blanks(&s);
	return s.n && (s.p[0] == '[' || s.p[0] == '{');
}

/* A spreadsheet, a picture, an archive or a web page. */
static int refuse_other(struct str file)
{
	enum { LOOK = 4096 };
	struct str head = { file.p, file.n < LOOK ? file.n : LOOK };
	if (head.n && memchr(head.p, 0, head.n))
		return err_note(ERR_INPUT, "this is no text: save it as CSV or JSON");
	head = str_trim(head);
	if (head.n && head.p[0] == '<')
		return err_note(ERR_INPUT, "this is a web page or XML: save it as CSV or JSON");
	return 0;
}

int rows_open(struct rows *r, struct arena *mem, struct str file)
{
	int is_other = refuse_other(file);
	if (is_other < 0)
		return is_other;
	*r = (struct rows){ .mem = mem, .is_json = looks_like_json(file) };
	r->name = arena_array(mem, ROWS_COLUMNS_MAX, sizeof *r->name);
	r->tag = arena_array(mem, ROWS_COLUMNS_MAX, sizeof *r->tag);
	r->cell = arena_array(mem, ROWS_COLUMNS_MAX, sizeof *r->cell);
	if (!r->name || !r->tag || !r->cell)
		return ERR_NOMEM;
	for (size_t i = 0; i < ROWS_COLUMNS_MAX; i++)
		r->name[i] = r->tag[i] = r->cell[i] = STR("");
	int result = r->is_json ? json_names(r, file) : find_names(r, file);
	return result == 0 && !r->n ? err_note(ERR_INPUT, "the file has no columns") : result;
}

int rows_next(struct rows *r, struct arena *mem)
{
	int result = r->is_json ? json_row(r, mem) : csv_row(r);
	return result;
}

void rows_done(struct rows *r)
{
	csv_done(&r->csv);
}
