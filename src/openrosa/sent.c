#include "openrosa/sent.h"
#include "base/json.h"
#include "base/utf8.h"
#include "form/value.h"
#include "i18n/country.h"
#include "record/walk.h"
#include <stdlib.h>

struct telling {
	const struct xml_doc *doc;
	const struct shelf_form *f;
	const struct def *def;
	struct sent *s;
	json_t *aside;
	size_t n_aside;
	bool has_failed;
	bool was_set[DEF_FIELDS_MAX]; /* outside of repeats; in them, in the row that is read */
};

static void fault(struct telling *t, enum sent_fault what, int field)
{
	if (t->s->fault)
		return;
	t->s->fault = what;
	t->s->field = field;
}

/* ---- one value ---- */

/* Each once, in the order of the definition. */
static bool read_many(struct arena *mem, const struct def_field *q, struct str s, struct str *ret)
{
	bool is_chosen[64] = { false };
	struct str one = { 0 };
	auto_buf all;
	buf_init(&all, 4096);
	while (str_cut(&s, ' ', &one)) {
		const struct def_choice *c = one.n ? def_choice_find(q, one) : q->choice;
		if (!c)
			return false;
		is_chosen[c - q->choice] |= one.n > 0;
	}
	for (size_t i = 0; i < q->n_choice; i++)
		if (is_chosen[i])
			buf_f(&all, "%s%.*s", all.n ? " " : "", STR_ARG(q->choice[i].name));
	*ret = arena_copy(mem, buf_view(&all));
	return !all.failed && ret->p;
}

/* "lat lon altitude accuracy": how exact a device was says nothing of the place. */
static struct str first_two(struct str s)
{
	size_t at = str_find(s, ' ');
	size_t n = str_find(str_from(s, at + 1), ' ');
	return at < s.n ? (struct str){ s.p, at + 1 + n } : s;
}

static bool read_value(
	struct telling *t, const struct def_field *q, struct str raw, struct str *ret)
{
	struct arena *mem = t->s->answers.mem;
	struct str s = str_trim(raw);
	switch (q->kind) {
	case DEF_ONE: *ret = s; return def_choice_find(q, s) != NULL;
	case DEF_COUNTRY: *ret = s; return country_is(s);
	case DEF_MANY: return read_many(mem, q, s, ret);
	case DEF_PLACE: return walk_kind(mem, q, first_two(s), ret);
	case DEF_DATE: s.n = str_find(s, 'T'); return walk_kind(mem, q, s, ret);
	case DEF_INTEGER:
	case DEF_DECIMAL: return walk_kind(mem, q, s, ret);
	case DEF_TEXT:
		return value_text(raw, walk_is_long(q) ? FIELD_TEXT : FIELD_LINE, mem, ret) == 0;
	case DEF_FILE: *ret = s; return s.n <= SENT_FILE_MAX && utf8_ok(s);
	case DEF_GROUP:
	case DEF_REPEAT:
	case DEF_NOTE: break;
	}
	return false;
}

static void note_file(struct telling *t, int field, struct str name)
{
	struct sent *s = t->s;
	for (size_t i = 0; i < s->n_file; i++)
		if (str_eq(s->file[i].name, name))
			return;
	if (s->n_file == BLOBS_HELD_MAX)
		fault(t, SENT_FILES, -1);
	else
		s->file[s->n_file++] = (struct sent_file){ name, t->def->field[field].media };
}

static int put_answer(struct telling *t, int field, size_t row, struct str raw)
{
	const struct def_field *q = &t->def->field[field];
	struct str s = STR("");
	if (t->was_set[field])
		fault(t, SENT_TWICE, field);
	t->was_set[field] = true;
	if (value_is_blank(raw) || !def_asks(q))
		return 0;
	if (def_fields_have(&t->f->left_out, field))
		fault(t, SENT_SEALED, field);
	else if (!read_value(t, q, raw, &s))
		fault(t, SENT_NO_ANSWER, field);
	else if (q->kind == DEF_FILE)
		note_file(t, field, s);
	return answers_set(&t->s->answers, field, row, s);
}

/* ---- elements ---- */

/* "what/title" */
static void put_name(const struct telling *t, int at, struct buf *to)
{
	const struct xml_node *node = &t->doc->node[at];
	if (node->parent > 0) {
		put_name(t, node->parent, to);
		buf_byte(to, '/');
	}
	buf_str(to, node->name);
}

static void put_aside(struct telling *t, int at)
{
	const struct xml_node *node = &t->doc->node[at];
	if (node->end > at + 1 || value_is_blank(node->text))
		return;
	auto_buf name;
	buf_init(&name, SENT_ASIDE_MAX);
	put_name(t, at, &name);
	t->n_aside += name.n + node->text.n;
	if (name.failed || t->n_aside > SENT_ASIDE_MAX) {
		fault(t, SENT_ASIDE, -1);
		return;
	}
	if (!t->aside)
		t->aside = json_array();
	json_t *pair = json_array();
	json_add(pair, &t->has_failed, json_stringn(name.p, name.n));
	json_add(pair, &t->has_failed, json_stringn(node->text.p, node->text.n));
	json_add(t->aside, &t->has_failed, pair);
}

static void put_all_aside(struct telling *t, int at)
{
	for (int i = at; i < t->doc->node[at].end; i++)
		put_aside(t, i);
}

/* A leaf below the root, a group or a row of ${repeat}. */
static int read_leaf(struct telling *t, int at, int repeat, size_t row)
{
	const struct xml_node *node = &t->doc->node[at];
	int field = def_field_find(t->def, node->name);
	bool is_here = field >= 0 && t->def->field[field].kind > DEF_REPEAT &&
		t->def->field[field].repeat == repeat && node->end == at + 1;
	if (is_here)
		return put_answer(t, field, row, node->text);
	put_all_aside(t, at);
	return 0;
}

static int read_row(struct telling *t, int at, int repeat)
{
	struct answers *a = &t->s->answers;
	size_t row = a->rows[repeat];
	int result = 0;
	if (row == DEF_ROWS_MAX) {
		fault(t, SENT_ROWS, repeat);
		return 0;
	}
	for (int i = repeat; i < t->def->field[repeat].end; i++)
		t->was_set[i] = false;
	for (int i = at + 1; i < t->doc->node[at].end && result == 0; i = t->doc->node[i].end)
		result = read_leaf(t, i, repeat, row);
	bool is_empty = true;
	for (int i = repeat; i < t->def->field[repeat].end; i++)
		is_empty &= !answers_get(a, i, row).n;
	if (is_empty && a->rows[repeat] > row)
		a->rows[repeat] = row;
	return result;
}

static int read_block(struct telling *t, int at)
{
	const struct xml_node *node = &t->doc->node[at];
	int field = def_field_find(t->def, node->name), result = 0;
	enum def_kind kind = field >= 0 ? t->def->field[field].kind : DEF_NOTE;
	if (str_is(node->name, "meta")) /* its own numbers, and what a device says about itself */
		return 0;
	if (kind == DEF_REPEAT)
		return read_row(t, at, field);
	if (kind != DEF_GROUP)
		return read_leaf(t, at, -1, 0);
	for (int i = at + 1; i < node->end && result == 0; i = t->doc->node[i].end)
		result = read_leaf(t, i, -1, 0);
	return result;
}

/* ---- its own numbers ---- */

static void read_meta(const struct xml_doc *doc, int at, struct sent *s)
{
	for (int i = at + 1; i < doc->node[at].end; i = doc->node[i].end) {
		const struct xml_node *node = &doc->node[i];
		struct str id = str_trim(node->text);
		if (str_is(node->name, "instanceID") && id.n)
			s->instance = id;
		else if (str_is(node->name, "deprecatedID"))
			s->deprecated = id;
	}
}

void sent_numbers(const struct xml_doc *doc, struct sent *ret)
{
	*ret = (struct sent){ .field = -1, .instance = STR(""), .deprecated = STR("") };
	for (int i = 1; i < doc->node[0].end; i = doc->node[i].end)
		if (str_is(doc->node[i].name, "meta"))
			read_meta(doc, i, ret);
	if (ret->instance.n > SENT_ID_MAX || ret->deprecated.n > SENT_ID_MAX)
		ret->instance = ret->deprecated = STR("");
}

/* ---- do the answers hold? ---- */

static int judge(struct telling *t, int field, size_t row)
{
	const struct def_field *q = &t->def->field[field];
	const struct answers *a = &t->s->answers;
	struct str s = answers_get(a, field, row);
	if (!s.n)
		return 0;
	if (q->kind == DEF_TEXT && (int64_t)utf8_count(s) > walk_text_max(q))
		fault(t, SENT_LONG, field);
	int holds = answers_holds(a, field, row);
	if (holds == 0)
		fault(t, SENT_UNFIT, field);
	return holds < 0 ? holds : 0;
}

/* What is not asked has been dropped. */
static int judge_all(struct telling *t)
{
	struct answers *a = &t->s->answers;
	int field = -1;
	size_t lack_row = 0;
	int result = answers_settle(a);
	for (int i = 0; i < (int)t->def->n_field && result == 0; i++) {
		size_t rows = t->def->field[i].repeat >= 0 ? a->rows[t->def->field[i].repeat] : 1;
		for (size_t row = 0; row < rows && result == 0; row++)
			result = judge(t, i, row);
	}
	int lack = result == 0 ? answers_lack(a, &field, &lack_row) : result;
	if (lack > 0)
		fault(t, SENT_LACK, field);
	return lack < 0 ? lack : 0;
}

static int keep_aside(struct telling *t)
{
	t->s->aside = STR("");
	if (!t->aside)
		return 0;
	char *text = json_dumps(t->aside, JSON_COMPACT);
	if (text && !t->has_failed)
		t->s->aside = arena_copy(t->s->answers.mem, str_c(text));
	free(text);
	return t->s->aside.n ? 0 : err_note(ERR_NOMEM, "what is kept aside");
}

int sent_read(const struct xml_doc *doc, const struct shelf_form *f, struct arena *mem, int64_t now,
	struct sent *ret)
{
	struct telling t = { .doc = doc, .f = f, .def = f->def, .s = ret };
	sent_numbers(doc, ret);
	answers_init(&ret->answers, f->def, mem, now);
	ret->answers.left_out = &f->left_out;
	int result = 0;
	if (str_is(doc->space, "http://opendatakit.org/submissions"))
		fault(&t, SENT_ENCRYPTED, -1);
	for (int i = 1; i < doc->node[0].end && result == 0; i = doc->node[i].end)
		result = read_block(&t, i);
	if (!ret->instance.n)
		fault(&t, SENT_NO_ID, -1);
	if (result == 0)
		result = judge_all(&t);
	if (result == 0)
		result = keep_aside(&t);
	json_decref(t.aside);
	return result;
}
