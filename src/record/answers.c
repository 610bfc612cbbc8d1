#include "record/answers.h"

void answers_init(struct answers *a, const struct def *def, struct arena *mem, int64_t now)
{
	*a = (struct answers){ .def = def, .mem = mem, .now = now };
}

static size_t room(const struct answers *a, int field)
{
	return a->def->field[field].repeat >= 0 ? DEF_ROWS_MAX : 1;
}

struct str answers_get(const struct answers *a, int field, size_t row)
{
	bool is_there = a->at[field] && row < room(a, field) && a->at[field][row].p;
	return is_there ? a->at[field][row] : STR("");
}

int answers_set(struct answers *a, int field, size_t row, struct str s)
{
	int repeat = a->def->field[field].repeat;
	if (row >= room(a, field))
		return err_note(ERR_LIMIT, "more than %d rows", DEF_ROWS_MAX);
	if (!a->at[field])
		a->at[field] = arena_array(a->mem, room(a, field), sizeof *a->at[field]);
	if (!a->at[field])
		return ERR_NOMEM;
	a->at[field][row] = s;
	if (repeat >= 0 && a->rows[repeat] <= row)
		a->rows[repeat] = row + 1;
	return 0;
}

/* The fields of a repeat, or the one. */
static int span_end(const struct def *def, int field)
{
	return def->field[field].kind == DEF_REPEAT ? def->field[field].end : field + 1;
}

void answers_drop_row(struct answers *a, int repeat, size_t row)
{
	if (row >= a->rows[repeat])
		return;
	for (int i = repeat; i < span_end(a->def, repeat); i++)
		for (size_t k = row; a->at[i] && k < a->rows[repeat]; k++)
			a->at[i][k] = k + 1 < a->rows[repeat] ? a->at[i][k + 1] : STR("");
	a->rows[repeat]--;
}

/* ---- for expressions ---- */

static size_t data_rows(const void *ctx, int repeat)
{
	const struct answers *a = ctx;
	return a->rows[repeat];
}

static struct str data_value(const void *ctx, int field, size_t row)
{
	return answers_get(ctx, field, row);
}

static bool data_complete(const void *ctx)
{
	int field;
	size_t row;
	return answers_lack(ctx, &field, &row) == 0;
}

struct expr_data answers_data(const struct answers *a, int repeat, size_t row)
{
	return (struct expr_data){ .ctx = a,
		.rows = data_rows,
		.value = data_value,
		.is_complete = data_complete,
		.now = a->now,
		.self = STR(""),
		.repeat = repeat,
		.row = row };
}

static int is_relevant(const struct answers *a, int field, size_t row)
{
	const struct def_field *f = &a->def->field[field];
	struct expr_data d = answers_data(a, f->kind == DEF_REPEAT ? -1 : f->repeat, row);
	return f->relevant ? expr_true(f->relevant, &d, a->mem) : 1;
}

int answers_asks(const struct answers *a, int field, size_t row)
{
	const struct def_field *f = &a->def->field[field];
	if (f->is_retired || (a->left_out && def_fields_have(a->left_out, field)))
		return 0;
	int result = f->group >= 0 ? is_relevant(a, f->group, 0) : 1;
	if (result > 0 && f->repeat >= 0 && f->repeat != field)
		result = is_relevant(a, f->repeat, 0);
	return result > 0 ? is_relevant(a, field, row) : result;
}

int answers_holds(const struct answers *a, int field, size_t row)
{
	const struct def_field *f = &a->def->field[field];
	struct expr_data d = answers_data(a, f->repeat, row);
	d.self = answers_get(a, field, row);
	return f->constraint && d.self.n ? expr_true(f->constraint, &d, a->mem) : 1;
}

/* ---- all of them ---- */

static size_t rows_of(const struct answers *a, int field)
{
	int repeat = a->def->field[field].repeat;
	return repeat >= 0 ? a->rows[repeat] : 1;
}

static int settle_field(struct answers *a, int field)
{
	const struct def_field *f = &a->def->field[field];
	for (size_t row = 0; row < rows_of(a, field) && a->at[field]; row++) {
		int asks = answers_asks(a, field, row);
		if (asks < 0)
			return asks;
		if (!asks)
			a->at[field][row] = STR("");
	}
	int asks = f->kind == DEF_REPEAT ? answers_asks(a, field, 0) : 1;
	if (asks == 0)
		a->rows[field] = 0;
	return asks < 0 ? asks : 0;
}

int answers_settle(struct answers *a)
{
	struct answers all = *a; /* who is not asked here may have answered elsewhere */
	int result = 0;
	all.left_out = NULL;
	for (int i = 0; i < (int)a->def->n_field && result == 0; i++)
		result = settle_field(&all, i);
	for (int i = 0; i < (int)a->def->n_field; i++)
		a->rows[i] = all.rows[i];
	return result;
}

int answers_lack(const struct answers *a, int *ret_field, size_t *ret_row)
{
	for (int i = 0; i < (int)a->def->n_field; i++) {
		if (!a->def->field[i].is_required)
			continue;
		for (size_t row = 0; row < rows_of(a, i); row++) {
			if (answers_get(a, i, row).n)
				continue;
			int asks = answers_asks(a, i, row);
			if (asks == 0)
				continue;
			if (asks > 0) {
				*ret_field = i;
				*ret_row = row;
			}
			return asks;
		}
	}
	return 0;
}

bool answers_same(const struct answers *a, const struct answers *b, int field)
{
	if (a->rows[field] != b->rows[field])
		return false;
	for (int i = field; i < span_end(a->def, field); i++)
		for (size_t row = 0; row < rows_of(a, i); row++)
			if (!str_eq(answers_get(a, i, row), answers_get(b, i, row)))
				return false;
	return true;
}

int answers_copy(struct answers *to, const struct answers *from, int field)
{
	int result = 0;
	to->rows[field] = 0;
	for (int i = field; i < span_end(to->def, field); i++)
		for (size_t row = 0; row < rows_of(from, i) && result == 0; row++)
			result = answers_set(to, i, row, answers_get(from, i, row));
	to->rows[field] = from->rows[field];
	return result;
}

int answers_own(struct answers *a, int field)
{
	struct str *own = arena_array(a->mem, room(a, field), sizeof *own);
	for (size_t i = 0; own && a->at[field] && i < room(a, field); i++)
		own[i] = a->at[field][i];
	a->at[field] = own;
	return own ? 0 : ERR_NOMEM;
}

bool answers_has_choice(struct str s, struct str name)
{
	struct str one;
	while (str_cut(&s, ' ', &one))
		if (str_eq(one, name))
			return true;
	return false;
}
