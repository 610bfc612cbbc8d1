/* The rows of a file that were refused, as a file: as they came, with the reason beside each. */
#include "account/parcel.h"
#include "po/messages.h"
#include "record/import.h"
#include "record/intake.sql.h"

enum { ROWS_AT_ONCE = 500, PIECE_MEM = 16 << 20, ROW_MEM = 4 << 20 };

struct refused {
	struct visit *v;
	struct parcel_out *o;
	const struct import_view *p;
	struct intake_file file;
	bool has_rows; /* the file is there and was opened */
	int64_t at;    /* rows of it that were read */
	int64_t id;
};

static void put_text(struct refused *r, struct str s)
{
	buf_byte(&r->o->b, ',');
	csv_put(&r->o->b, s);
}

static int put_head(struct refused *r)
{
	const struct lang *l = r->v->lang;
	csv_put(&r->o->b, msg_text(l, MSG_record_import_line, 0));
	put_text(r, msg_text(l, MSG_record_import_why, 0));
	for (size_t i = 0; r->has_rows && i < r->file.rows.n; i++)
		put_text(r, r->file.rows.name[i]);
	buf_c(&r->o->b, "\r\n");
	return parcel_row(r->o);
}

/* "Country: no such word. Atlantis" */
static void put_why(struct refused *r, struct arena *mem, const struct intake_rows_row *row)
{
	int field = def_field_find(r->p->form->def, row->field);
	struct str label = field >= 0 ? r->p->labels->label[field].s : STR("");
	int msg = row->fault > 0 && row->fault < MAP_FAULTS ? import_fault((int)row->fault) : 0;
	struct str why = msg ? msg_text(r->v->lang, msg, 0) : STR("");
	put_text(r,
		arena_f(mem, "%.*s%s%.*s%s%.*s", STR_ARG(label), label.n ? ": " : "", STR_ARG(why),
			row->value.n ? " " : "", STR_ARG(row->value)));
}

/* On to the row of that number in the file; what cannot be read any more ends it. */
static int go_to(struct refused *r, struct arena *mem, int64_t number)
{
	int result = r->has_rows ? 1 : 0;
	while (result > 0 && r->at < number) {
		arena_done(mem);
		arena_init(mem, ROW_MEM);
		result = rows_next(&r->file.rows, mem);
		r->at += result > 0;
	}
	r->has_rows = r->has_rows && result > 0;
	return result == ERR_NOMEM ? result : 0;
}

static int put_row(struct refused *r, const struct intake_rows_row *row)
{
	auto_arena mem = { 0 };
	arena_init(&mem, ROW_MEM);
	int result = go_to(r, &mem, row->number);
	if (result < 0)
		return result;
	buf_f(&r->o->b, "%lld", (long long)row->line);
	put_why(r, &mem, row);
	for (size_t i = 0; r->has_rows && i < r->file.rows.n; i++)
		put_text(r, r->file.rows.cell[i]);
	buf_c(&r->o->b, "\r\n");
	return parcel_row(r->o);
}

static int put_rows(struct refused *r)
{
	int64_t after = 0;
	size_t n = 1;
	int result = put_head(r);
	while (result >= 0 && n) {
		auto_arena mem = { 0 };
		struct intake_rows_row *row = NULL;
		arena_init(&mem, PIECE_MEM);
		result = intake_rows(
			r->v->db, &mem, r->id, INTAKE_REFUSED, after, ROWS_AT_ONCE, &row, &n);
		for (size_t i = 0; i < n && result >= 0; i++)
			result = put_row(r, &row[i]);
		after = result >= 0 && n ? row[n - 1].number : after;
	}
	return result < 0 ? result : 0;
}

static int make(struct visit *v, struct parcel_out *o, const void *of)
{
	const struct import_wish *wish = of;
	auto_arena names = { 0 };
	struct refused r = { .v = v, .o = o, .p = wish->view, .id = wish->id };
	arena_init(&names, PIECE_MEM);
	int result = intake_file_load(v->db, wish->id, &r.file);
	if (result >= 0)
		result = rows_open(&r.file.rows, &names, r.file.bytes);
	r.has_rows = result >= 0;
	if (result == 0 || result == ERR_INPUT || result == ERR_LIMIT)
		result = put_rows(&r);
	intake_file_done(&r.file);
	return result;
}

int import_refused(struct visit *v, const struct import_view *p, int64_t id)
{
	struct import_wish *wish = arena_take(v->mem, sizeof *wish);
	struct parcel *parcel = arena_take(v->mem, sizeof *parcel);
	if (!wish || !parcel)
		return ERR_NOMEM;
	*wish = (struct import_wish){ p, id };
	*parcel = (struct parcel){
		.type = "text/csv; charset=utf-8", .name = "refused.csv", .make = make, .of = wish
	};
	return parcel_park(v, parcel);
}
