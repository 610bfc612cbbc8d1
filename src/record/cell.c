#include "record/cell.h"
#include "base/utf8.h"
#include "form/value.h"
#include "record/record.sql.h"
#include <string.h>

enum { VALUE_CHARS = 80, WORDS_MAX = 256 << 10 };

struct cells {
	struct cell_batch *b;
	struct arena *mem;
	const struct record *r;
	int64_t order;
	bool is_new; /* no words of it are kept either */
};

static bool is_found_by(const struct def_field *f)
{
	return f->index == DEF_FACET || f->index == DEF_KEY;
}

int64_t cell_order(const struct answers *a, int64_t created)
{
	int64_t day;
	struct str s = a->def->order >= 0 ? answers_get(a, a->def->order, 0) : STR("");
	return value_date(s, &day) ? day : created;
}

/* ---- numbers ---- */

static int number_add(
	struct db *db, struct arena *mem, struct str name, struct str field, int64_t *to)
{
	struct record_field_add_row row;
	int result = *to ? 0 : record_field_add(db, mem, name, field, &row);
	if (result > 0)
		*to = row.id;
	return result < 0 ? result : 0;
}

/* Of one definition at a time: records of one come together. */
static int find_numbers(struct cells *c)
{
	const struct def *def = c->r->form->def;
	struct cell_batch *b = c->b;
	struct record_fields_of_row *row;
	size_t n = 0;
	if (b->def == def)
		return 0;
	b->def = NULL;
	b->state = 0;
	memset(b->field, 0, sizeof b->field);
	int result = record_fields_of(b->db, c->mem, def->id, &row, &n);
	for (size_t i = 0; i < n && result >= 0; i++) {
		int field = row[i].field.n ? def_field_find(def, row[i].field) : -1;
		if (!row[i].field.n)
			b->state = row[i].id;
		else if (field >= 0)
			b->field[field] = row[i].id;
	}
	if (result >= 0)
		result = number_add(b->db, c->mem, def->id, STR(""), &b->state);
	for (int i = 0; i < (int)def->n_field && result >= 0; i++)
		if (is_found_by(&def->field[i]))
			result = number_add(
				b->db, c->mem, def->id, def->field[i].name, &b->field[i]);
	if (result >= 0)
		b->def = def;
	return result < 0 ? result : 0;
}

/* ---- cells ---- */

static int forget(struct cells *c, struct str was_state)
{
	struct record_cells_row *row;
	size_t n = 0;
	int result = record_cells(c->b->db, c->mem, c->r->id, &row, &n);
	for (size_t i = 0; i < n && result >= 0; i++)
		if (row[i].nth == 0)
			result = cell_batch_tally(c->b,
				(struct cell_tally){ .field = row[i].field,
					.n = -1,
					.val = row[i].val,
					.state = was_state });
	return result < 0 ? result : record_cells_drop(c->b->db, c->r->id);
}

/* ${nth}: 0 for the first row of the record with that value. */
static int add_one(struct cells *c, int64_t field, struct str val, size_t rep, size_t nth)
{
	const struct cell one = { .field = field,
		.ord = c->order,
		.record = c->r->id,
		.val = val,
		.rep = (int64_t)rep,
		.nth = (int64_t)nth };
	return cell_batch_add(c->b, &one, c->r->form->def->state[c->r->state].name);
}

/* "Press; Assembly" in a text that is found by: two values. */
static bool has_parts(const struct def_field *f)
{
	return f->kind == DEF_TEXT && f->index == DEF_FACET;
}

static bool next_part(struct str *rest, struct str *ret)
{
	while (str_cut(rest, ';', ret)) {
		*ret = utf8_head(str_trim(*ret), VALUE_CHARS);
		if (ret->n)
			return true;
	}
	return false;
}

static size_t count_part(struct str s, struct str val)
{
	struct str one;
	size_t n = 0;
	while (next_part(&s, &one))
		n += str_eq(one, val);
	return n;
}

static size_t seen_before(const struct answers *a, int field, size_t row, struct str val)
{
	size_t n = 0;
	const struct def_field *f = &a->def->field[field];
	for (size_t i = 0; i < row; i++) {
		struct str s = answers_get(a, field, i);
		n += f->kind == DEF_MANY ? answers_has_choice(s, val)
			: has_parts(f)   ? count_part(s, val) > 0
					 : str_eq(utf8_head(s, VALUE_CHARS), val);
	}
	return n;
}

static int add_parts(struct cells *c, int field, size_t row, struct str all)
{
	struct str rest = all, one;
	int result = 0;
	while (result == 0 && next_part(&rest, &one)) {
		struct str before = { all.p, (size_t)(one.p - all.p) };
		if (count_part(before, one) == 0)
			result = add_one(c, c->b->field[field], one, row,
				seen_before(&c->r->answers, field, row, one));
	}
	return result;
}

static int add_answer(struct cells *c, int field, size_t row)
{
	const struct answers *a = &c->r->answers;
	struct str s = answers_get(a, field, row), one;
	int result = 0;
	if (!s.n)
		return 0;
	if (has_parts(&a->def->field[field]))
		return add_parts(c, field, row, s);
	if (a->def->field[field].kind != DEF_MANY) {
		one = utf8_head(s, VALUE_CHARS);
		return add_one(c, c->b->field[field], one, row, seen_before(a, field, row, one));
	}
	while (result == 0 && str_cut(&s, ' ', &one))
		result = add_one(c, c->b->field[field], one, row, seen_before(a, field, row, one));
	return result;
}

static int add_field(struct cells *c, int field)
{
	const struct def_field *f = &c->r->form->def->field[field];
	size_t rows = f->repeat >= 0 ? c->r->answers.rows[f->repeat] : 1;
	int result = 0;
	if (!is_found_by(f) || def_is_sealed(c->r->form->def, field))
		return 0;
	for (size_t row = 0; row < rows && result == 0; row++)
		result = add_answer(c, field, row);
	return result;
}

/* ---- words ---- */

static int put_words(struct cells *c)
{
	const struct answers *a = &c->r->answers;
	auto_buf words;
	buf_init(&words, WORDS_MAX);
	buf_str(&words, c->r->ref);
	for (int i = 0; i < (int)a->def->n_field; i++) {
		const struct def_field *f = &a->def->field[i];
		size_t rows = f->repeat >= 0 ? a->rows[f->repeat] : 1;
		bool is_in = f->index == DEF_WORDS || f->index == DEF_KEY;
		for (size_t row = 0; is_in && !def_is_sealed(a->def, i) && row < rows; row++) {
			buf_c(&words, "\n");
			buf_str(&words, answers_get(a, i, row));
		}
	}
	if (words.failed)
		return words.failed;
	return cell_batch_words(c->b, (struct cell_words){ c->r->id, buf_view(&words), c->is_new });
}

static int gather(struct cells *c)
{
	const struct def *def = c->r->form->def;
	int result = add_one(c, c->b->state, def->state[c->r->state].name, 0, 0);
	for (int i = 0; i < (int)def->n_field && result == 0; i++)
		result = add_field(c, i);
	return result < 0 ? result : put_words(c);
}

int cell_gather(
	struct cell_batch *b, struct arena *mem, const struct record *r, int64_t order, bool is_new)
{
	struct cells c = { .b = b, .mem = mem, .r = r, .order = order, .is_new = is_new };
	int result = find_numbers(&c);
	return result == 0 ? gather(&c) : result;
}

int cell_put(struct db *db, struct arena *mem, const struct record *r, int64_t order,
	struct str was_state)
{
	auto_cells b;
	cell_batch_init(&b, db);
	struct cells c = { .b = &b, .mem = mem, .r = r, .order = order, .is_new = !was_state.p };
	int result = find_numbers(&c);
	if (result == 0 && was_state.p)
		result = forget(&c, was_state);
	if (result >= 0)
		result = gather(&c);
	return result < 0 ? result : cell_batch_flush(&b);
}

int cell_forget(struct db *db, struct arena *mem, int64_t id, struct str state)
{
	auto_cells b;
	struct record r = { .id = id };
	cell_batch_init(&b, db);
	struct cells c = { .b = &b, .mem = mem, .r = &r };
	int result = forget(&c, state);
	return result < 0 ? result : cell_batch_flush(&b);
}
