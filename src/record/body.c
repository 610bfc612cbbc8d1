#include "record/body.h"
#include "base/json.h"

static void auto_close_json(json_t **j)
{
	json_decref(*j);
}
#define auto_json __attribute__((cleanup(auto_close_json))) json_t

/* ---- writing ---- */

/* By hand: a tree of JSON costs ten times as much, and its parts are no more than these. */
static void put_choices(struct buf *to, struct str s)
{
	struct str one;
	const char *between = "[";
	while (str_cut(&s, ' ', &one)) {
		if (!one.n)
			continue;
		buf_c(to, between);
		json_text(to, one);
		between = ",";
	}
	buf_c(to, *between == '[' ? "[]" : "]");
}

/* ${between}: "{" before the first member of its object, then ",". */
static void put_name(struct buf *to, struct str name, const char **between)
{
	buf_c(to, *between);
	json_text(to, name);
	buf_byte(to, ':');
	*between = ",";
}

static void put_field(
	const struct answers *a, int field, size_t row, struct buf *to, const char **between)
{
	const struct def_field *f = &a->def->field[field];
	struct str s = answers_get(a, field, row);
	int64_t n;
	if (!s.n || !def_asks(f))
		return;
	put_name(to, f->name, between);
	if (f->kind == DEF_MANY)
		put_choices(to, s);
	else if (f->kind == DEF_INTEGER && str_i64(s, &n))
		buf_i64(to, n);
	else
		json_text(to, s);
}

static void end_object(struct buf *to, const char *between)
{
	buf_c(to, *between == '{' ? "{}" : "}");
}

static void put_repeat(const struct answers *a, int repeat, struct buf *to, const char **between)
{
	const struct def_field *f = &a->def->field[repeat];
	if (!a->rows[repeat])
		return;
	put_name(to, f->name, between);
	for (size_t row = 0; row < a->rows[repeat]; row++) {
		const char *inner = "{";
		buf_c(to, row ? "," : "[");
		for (int i = repeat + 1; i < f->end; i++)
			put_field(a, i, row, to, &inner);
		end_object(to, inner);
	}
	buf_byte(to, ']');
}

int body_write(const struct answers *a, struct str *ret)
{
	const char *between = "{";
	auto_buf text;
	buf_init(&text, BODY_MAX);
	for (int i = 0; i < (int)a->def->n_field; i++) {
		if (a->def->field[i].kind == DEF_REPEAT)
			put_repeat(a, i, &text, &between);
		else if (a->def->field[i].repeat < 0)
			put_field(a, i, 0, &text, &between);
	}
	end_object(&text, between);
	if (text.failed == ERR_LIMIT)
		return err_note(ERR_LIMIT, "the answers are too long");
	struct str kept = text.failed ? (struct str){ 0 } : arena_copy(a->mem, buf_view(&text));
	if (!kept.p)
		return err_note(ERR_NOMEM, "answers as JSON");
	*ret = kept;
	return 0;
}

/* ---- reading ---- */

static int text_of(struct arena *mem, const json_t *value, struct str *ret)
{
	struct str s = { 0 };
	if (json_is_string(value))
		s = arena_copy(
			mem, (struct str){ json_string_value(value), json_string_length(value) });
	else if (json_is_integer(value))
		s = arena_f(mem, "%lld", (long long)json_integer_value(value));
	else
		return err_note(ERR_INPUT, "an answer is neither text nor a number");
	*ret = s;
	return s.p ? 0 : ERR_NOMEM;
}

static int texts_of(struct arena *mem, const json_t *list, struct str *ret)
{
	auto_buf all;
	int result = 0;
	buf_init(&all, BODY_MAX);
	for (size_t i = 0; i < json_array_size(list) && result == 0; i++) {
		struct str one;
		result = text_of(mem, json_array_get(list, i), &one);
		if (result == 0) {
			buf_c(&all, i ? " " : "");
			buf_str(&all, one);
		}
	}
	if (result == 0)
		result = all.failed;
	if (result == 0) {
		*ret = arena_copy(mem, buf_view(&all));
		result = ret->p ? 0 : ERR_NOMEM;
	}
	return result;
}

static int take_fields(const json_t *from, struct answers *a, int first, int end, size_t row);

static int take_rows(const json_t *rows, struct answers *a, int repeat)
{
	int result = json_is_array(rows) ? 0 : err_note(ERR_INPUT, "a repeat is no array");
	if (json_array_size(rows) > DEF_ROWS_MAX)
		return err_note(ERR_LIMIT, "more than %d rows", DEF_ROWS_MAX);
	a->rows[repeat] = result == 0 ? json_array_size(rows) : 0;
	for (size_t row = 0; row < a->rows[repeat] && result == 0; row++)
		result = take_fields(
			json_array_get(rows, row), a, repeat + 1, a->def->field[repeat].end, row);
	return result;
}

static int take_fields(const json_t *from, struct answers *a, int first, int end, size_t row)
{
	int result = json_is_object(from) ? 0 : err_note(ERR_INPUT, "answers are no object");
	for (int i = first; i < end && result == 0; i++) {
		const struct def_field *f = &a->def->field[i];
		struct str s;
		if (first == 0 && f->repeat >= 0 && f->kind != DEF_REPEAT)
			continue;
		const json_t *value = json_object_getn(from, f->name.p, f->name.n);
		if (!value)
			continue;
		if (f->kind == DEF_REPEAT) {
			result = take_rows(value, a, i);
			continue;
		}
		result = json_is_array(value) ? texts_of(a->mem, value, &s)
					      : text_of(a->mem, value, &s);
		if (result == 0)
			result = answers_set(a, i, row, s);
	}
	return result;
}

int body_read(struct str text, struct answers *a)
{
	json_error_t error;
	auto_json *all = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &error);
	if (!all && json_error_code(&error) == json_error_out_of_memory)
		return err_note(ERR_NOMEM, "answers as JSON");
	if (!all)
		return err_note(ERR_INPUT, "answers are no JSON");
	return take_fields(all, a, 0, (int)a->def->n_field, 0);
}
