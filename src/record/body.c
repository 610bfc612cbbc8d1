#include "record/body.h"
#include "base/buf.h"
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static void auto_close_json(json_t **j)
{
	json_decref(*j);
}
#define auto_json __attribute__((cleanup(auto_close_json))) json_t

/* ---- writing ---- */

static json_t *choices_json(struct str s)
{
	json_t *all = json_array();
	struct str one;
	while (str_cut(&s, ' ', &one))
		if (one.n && json_array_append_new(all, json_stringn(one.p, one.n)) < 0) {
			json_decref(all);
			return NULL;
		}
	return all;
}

static json_t *answer_json(const struct def_field *f, struct str s)
{
	int64_t n;
	if (f->kind == DEF_MANY)
		return choices_json(s);
	if (f->kind == DEF_INTEGER && str_i64(s, &n))
		return json_integer(n);
	return json_stringn(s.p, s.n);
}

/* Takes ${value} over, whatever happens. */
static int put(json_t *to, struct str name, json_t *value)
{
	return value && json_object_setn_new_nocheck(to, name.p, name.n, value) == 0
		? 0
		: err_note(ERR_NOMEM, "an answer as JSON");
}

static int put_field(const struct answers *a, int field, size_t row, json_t *to)
{
	const struct def_field *f = &a->def->field[field];
	struct str s = answers_get(a, field, row);
	return s.n && def_asks(f) ? put(to, f->name, answer_json(f, s)) : 0;
}

static int put_repeat(const struct answers *a, int repeat, json_t *to)
{
	json_t *rows = json_array();
	int result = rows ? 0 : ERR_NOMEM;
	for (size_t row = 0; row < a->rows[repeat] && result == 0; row++) {
		json_t *one = json_object();
		for (int i = repeat + 1; i < a->def->field[repeat].end && one && result == 0; i++)
			result = put_field(a, i, row, one);
		if (json_array_append_new(rows, one) < 0)
			result = err_note(ERR_NOMEM, "a row as JSON");
	}
	if (result < 0 || !a->rows[repeat]) {
		json_decref(rows);
		return result;
	}
	return put(to, a->def->field[repeat].name, rows);
}

int body_write(const struct answers *a, struct str *ret)
{
	auto_json *all = json_object();
	int result = all ? 0 : ERR_NOMEM;
	for (int i = 0; i < (int)a->def->n_field && result == 0; i++) {
		if (a->def->field[i].kind == DEF_REPEAT)
			result = put_repeat(a, i, all);
		else if (a->def->field[i].repeat < 0)
			result = put_field(a, i, 0, all);
	}
	if (result < 0)
		return result;
	auto_free char *text = json_dumps(all, JSON_COMPACT);
	if (!text)
		return err_note(ERR_NOMEM, "answers as JSON");
	if (strlen(text) > BODY_MAX)
		return err_note(ERR_LIMIT, "the answers are too long");
	struct str kept = arena_copy(a->mem, str_c(text));
	if (!kept.p)
		return ERR_NOMEM;
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
