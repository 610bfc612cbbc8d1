/* Which columns a file has, and what stands in them. */
#include "form/value.h"
#include "record/blob.h"
#include "record/body.h"
#include "record/take.h"

enum { PIECE_MEM = 16 << 20, TABLES = 16 };

/* ---- columns ---- */

/* Where the attribute "+code" stands; its length without one. */
static size_t code_at(struct str hxl)
{
	size_t i = 0;
	while (i < hxl.n && !str_starts(str_from(hxl, i), "+code"))
		i++;
	return i;
}

/* "#tag" or "#tag+code" with ${more} in place of the latter. */
static struct str tag(struct arena *mem, struct str hxl, const char *more)
{
	size_t at = code_at(hxl);
	struct str rest = at < hxl.n ? str_from(hxl, at + 5) : STR("");
	return hxl.n ? arena_f(mem, "%.*s%.*s%s", (int)at, hxl.p, STR_ARG(rest), more) : hxl;
}

static void add(struct take_table *t, enum take_what what, const char *name, const char *hxl)
{
	t->column[t->n++] = (struct take_column){ what, -1, str_c(name), str_c(hxl) };
}

static bool has_label(enum def_kind kind)
{
	return kind == DEF_ONE || kind == DEF_MANY || kind == DEF_COUNTRY;
}

static int add_field(const struct find *f, struct take_table *t, int field)
{
	const struct def_field *of = &f->form->def->field[field];
	struct arena *mem = f->v->mem;
	bool has_two = has_label(of->kind);
	const char *code = of->kind == DEF_COUNTRY ? "+code+v_iso2" : "+code";
	struct take_column value = { TAKE_VALUE, field, of->name,
		has_two ? tag(mem, of->hxl, code) : of->hxl };
	t->column[t->n++] = value;
	if (!has_two)
		return value.hxl.p ? 0 : ERR_NOMEM;
	struct take_column label = { TAKE_LABEL, field,
		arena_f(mem, "%.*s.label", STR_ARG(of->name)),
		of->hxl.n ? arena_f(mem, "%.*s+name+i_%.*s", STR_ARG(tag(mem, of->hxl, "")),
				    STR_ARG(f->v->lang->code))
			  : STR("") };
	t->column[t->n++] = label;
	return label.name.p && label.hxl.p && value.hxl.p ? 0 : ERR_NOMEM;
}

/* A coarse place has no coarse form but its country. */
static bool is_in(const struct def *def, const struct def_fields *takes, int field, int repeat)
{
	const struct def_field *f = &def->field[field];
	return def_asks(f) && f->repeat == repeat && def_fields_have(takes, field) &&
		!(f->kind == DEF_PLACE && f->seal == DEF_COARSE);
}

static int fill_table(
	const struct find *f, const struct def_fields *takes, int repeat, struct take_table *t)
{
	const struct def *def = f->form->def;
	int result = 0;
	t->repeat = repeat;
	t->name = repeat < 0 ? STR("records") : def->field[repeat].name;
	add(t, TAKE_REF, "record.ref", "#meta+ref");
	add(t, TAKE_URL, "record.url", "#meta+url");
	if (repeat < 0) {
		add(t, TAKE_STATE, "record.state", "#status+code");
		add(t, TAKE_STATE_LABEL, "record.state.label",
			arena_z(f->v->mem,
				arena_f(f->v->mem, "#status+name+i_%s", f->v->lang->code.p)));
		add(t, TAKE_LANG, "record.language", "#meta+lang");
	} else {
		add(t, TAKE_ROW, "record.row", "#meta+row+num");
	}
	for (int i = 0; i < (int)def->n_field && result == 0; i++)
		if (is_in(def, takes, i, repeat))
			result = add_field(f, t, i);
	return result;
}

/* A field that is theirs in some of the states has its column; a record in another one leaves it
 * empty. */
static int make_tables(struct take *t)
{
	const struct find *f = &t->find;
	const struct def *def = f->form->def;
	struct def_fields takes = { 0 };
	int result = 0;
	for (int i = 0; i < (int)def->n_state; i++) {
		struct def_fields here = record_takes(def, find_roles(f), i);
		for (size_t k = 0; k < sizeof takes.bits / sizeof *takes.bits; k++)
			takes.bits[k] |= here.bits[k];
	}
	t->table = arena_array(f->v->mem, TABLES, sizeof *t->table);
	if (!t->table)
		return ERR_NOMEM;
	result = fill_table(f, &takes, -1, &t->table[t->n++]);
	for (int i = 0; i < (int)def->n_field && result == 0; i++)
		if (def->field[i].kind == DEF_REPEAT && def_fields_have(&takes, i) && t->n < TABLES)
			result = fill_table(f, &takes, i, &t->table[t->n++]);
	return result;
}

int take_begin(struct visit *v, const struct shelf_form *f, struct take *ret)
{
	struct take t = { .base = visit_base(v) };
	int result = find_begin(v, f, &t.find);
	if (result < 0)
		return result;
	if (!find_take(&t.find))
		return err_note(v->who.account.v ? ERR_DENIED : ERR_MISSING,
			"nothing that they may take copies of");
	result = make_tables(&t);
	if (result == 0)
		*ret = t;
	return result;
}

/* ---- cells ---- */

static struct str coarse(const struct def_field *f, struct str s)
{
	bool is_month = f->kind == DEF_DATE && (f->seal == DEF_COARSE || f->is_month);
	return is_month && s.n == 10 ? (struct str){ s.p, 7 } : s;
}

/* A file leaves as the address where it is read. */
static struct str file_cell(
	const struct take *t, const struct take_record *r, int field, size_t row)
{
	struct blob_card card = { 0 };
	if (!blob_of(&r->answers, field, row, &card))
		return STR("");
	struct str path = blob_path(r->answers.mem, r->answers.def, r->row->uid, field, row);
	return arena_f(r->answers.mem, "%.*s%.*s", STR_ARG(t->base), STR_ARG(path));
}

static int value_cell(const struct take_record *r, const struct take_column *column, int field,
	size_t row, struct take_cell *ret)
{
	const struct def_field *f = &r->answers.def->field[field];
	const struct lang *lang = lang_by_code(r->row->lang);
	struct said said = { 0 };
	if (column->what == TAKE_VALUE) {
		ret->s = coarse(f, answers_get(&r->answers, field, row));
		ret->is_number = f->kind == DEF_INTEGER || f->kind == DEF_DECIMAL;
		return 0;
	}
	int result = walk_said(
		&r->answers, r->labels, field, row, lang ? lang : r->labels->lang, &said);
	ret->s = said.s;
	return result;
}

int take_cell(const struct take *t, const struct take_record *r, const struct take_column *column,
	size_t row, struct take_cell *ret)
{
	struct arena *mem = r->answers.mem;
	struct take_cell c = { STR(""), false };
	int field, result = 0;
	switch (column->what) {
	case TAKE_REF: c.s = r->row->ref; break;
	case TAKE_URL:
		c.s = arena_f(mem, "%.*s/record/%.*s", STR_ARG(t->base), STR_ARG(r->row->uid));
		break;
	case TAKE_STATE: c.s = r->row->state; break;
	case TAKE_STATE_LABEL: c.s = r->labels->state[r->state].s; break;
	case TAKE_LANG: c.s = r->row->lang; break;
	case TAKE_ROW: c = (struct take_cell){ arena_f(mem, "%zu", row + 1), true }; break;
	case TAKE_VALUE:
	case TAKE_LABEL:
		field = def_field_as(r->answers.def, &t->find.form->def->field[column->field]);
		if (field >= 0 && def_fields_have(&r->takes, field))
			result = value_cell(r, column, field, row, &c);
		if (field >= 0 && r->answers.def->field[field].kind == DEF_FILE && c.s.n)
			c.s = file_cell(t, r, field, row);
	}
	*ret = c;
	return result < 0 ? result : c.s.p ? 0 : ERR_NOMEM;
}

/* ---- records ---- */

int take_one(
	struct visit *v, const struct take *t, const struct find_row *row, take_put *each, void *to)
{
	const struct shelf_form *f;
	struct take_record r = { .row = row };
	int result = shelf_of(v->house->shelf, v->db, v->mem, row->form, &f);
	if (result < 0)
		return result;
	r.state = def_state_find(f->def, row->state);
	if (r.state < 0)
		return err_note(ERR_BUG, "a record in no state");
	r.labels = shelf_labels(f, v->lang);
	r.takes = record_takes(f->def, find_roles(&t->find), r.state);
	answers_init(&r.answers, f->def, v->mem, v->now);
	result = body_read(row->body, &r.answers);
	return result < 0 ? result : each(t, &r, to);
}

/* A page of the list behind ${f}'s place; how many records there were. */
static int take_piece(
	struct visit *v, const struct take *t, struct find *f, take_put *each, void *to)
{
	auto_arena mem;
	struct visit piece = *v;
	struct find here = *f;
	struct find_row *row;
	size_t n = 0;
	arena_init(&mem, PIECE_MEM);
	piece.mem = &mem;
	here.v = &piece;
	int result = find_rows(&here, &row, &n);
	for (size_t i = 0; i < n && result >= 0; i++)
		result = take_one(&piece, t, &row[i], each, to);
	if (result < 0)
		return result;
	if (n) {
		const struct find_row *last = &row[n - 1];
		if (last->ord == f->ord && last->id == f->id)
			return err_note(ERR_BUG, "the index does not fit its records");
		f->ord = last->ord;
		f->id = last->id;
	}
	return (int)n;
}

int take_each(struct visit *v, const struct take *t, take_put *each, void *to)
{
	struct find f = t->find;
	int n;
	do
		n = take_piece(v, t, &f, each, to);
	while (n == FIND_MOST);
	return n < 0 ? n : 0;
}
