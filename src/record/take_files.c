/* The files themselves: see take.h. */
#include "account/parcel_json.h"
#include "base/csv.h"
#include "record/take.h"
#include <stdlib.h>
#include <xlsxwriter.h>

#define MARK "\xef\xbb\xbf"

/* A record has as many rows in a table as its repeat has. */
static size_t rows_of(
	const struct take *t, const struct take_table *table, const struct take_record *r)
{
	if (table->repeat < 0)
		return 1;
	int repeat = def_field_as(r->answers.def, &t->find.form->def->field[table->repeat]);
	return repeat >= 0 && def_fields_have(&r->takes, repeat) ? r->answers.rows[repeat] : 0;
}

/* ---- CSV ---- */

static void put_cell(struct buf *b, struct take_cell cell)
{
	if (cell.is_number)
		buf_str(b, cell.s);
	else
		csv_put(b, cell.s);
}

static int csv_record(const struct take *t, const struct take_record *r, void *to)
{
	struct parcel_out *o = to;
	size_t rows = rows_of(t, t->only, r);
	int result = 0;
	for (size_t row = 0; row < rows && result >= 0; row++) {
		for (size_t c = 0; c < t->only->n && result >= 0; c++) {
			struct take_cell cell = { 0 };
			result = take_cell(t, r, &t->only->column[c], row, &cell);
			buf_c(&o->b, c ? "," : "");
			put_cell(&o->b, cell);
		}
		buf_c(&o->b, "\r\n");
		if (result >= 0)
			result = parcel_row(o);
	}
	return result;
}

/* Tags begin with "#" and are ours: they stay as they are. */
int take_csv(struct visit *v, struct parcel_out *o, const void *of)
{
	const struct take *t = of;
	buf_c(&o->b, MARK);
	for (size_t c = 0; c < t->only->n; c++)
		buf_f(&o->b, "%s%.*s", c ? "," : "", STR_ARG(t->only->column[c].name));
	for (size_t c = 0; t->has_hxl && c < t->only->n; c++)
		buf_f(&o->b, "%s%.*s", c ? "," : "\r\n", STR_ARG(t->only->column[c].hxl));
	buf_c(&o->b, "\r\n");
	return take_each(v, t, csv_record, o);
}

/* ---- XLSX ---- */

struct book {
	lxw_workbook *book;
	lxw_worksheet *sheet[DEF_FIELDS_MAX];
	lxw_row_t row[DEF_FIELDS_MAX];
};

static int xlsx_cell(
	struct arena *mem, lxw_worksheet *sheet, lxw_row_t row, size_t col, struct take_cell cell)
{
	const char *text = arena_z(mem, cell.s);
	lxw_error error = LXW_NO_ERROR;
	if (cell.is_number && cell.s.n)
		error = worksheet_write_number(
			sheet, row, (lxw_col_t)col, strtod(text, NULL), NULL);
	else if (cell.s.n)
		error = worksheet_write_string(sheet, row, (lxw_col_t)col, text, NULL);
	return error == LXW_NO_ERROR ? 0 : err_note(ERR_LIMIT, "more rows than a table takes");
}

static int xlsx_record(const struct take *t, const struct take_record *r, void *to)
{
	struct book *b = to;
	int result = 0;
	for (size_t k = 0; k < t->n; k++) {
		const struct take_table *table = &t->table[k];
		size_t rows = rows_of(t, table, r);
		for (size_t row = 0; row < rows; row++) {
			for (size_t c = 0; c < table->n && result >= 0; c++) {
				struct take_cell cell = { 0 };
				result = take_cell(t, r, &table->column[c], row, &cell);
				if (result >= 0)
					result = xlsx_cell(
						r->answers.mem, b->sheet[k], b->row[k], c, cell);
			}
			b->row[k]++;
		}
	}
	return result;
}

static int xlsx_head(struct visit *v, const struct take *t, struct book *b)
{
	for (size_t k = 0; k < t->n; k++) {
		const char *name = arena_z(v->mem, t->table[k].name);
		b->sheet[k] = workbook_add_worksheet(b->book,
			workbook_validate_sheet_name(b->book, name) == LXW_NO_ERROR ? name : NULL);
		if (!b->sheet[k])
			return err_note(ERR_NOMEM, "a sheet");
		for (size_t c = 0; c < t->table[k].n; c++)
			worksheet_write_string(b->sheet[k], 0, (lxw_col_t)c,
				arena_z(v->mem, t->table[k].column[c].name), NULL);
		b->row[k] = 1;
	}
	return 0;
}

/* The library writes to a file's name, rows as they come through files of its own. Words go in as
 * words: the format does not calculate them. */
int take_xlsx(struct visit *v, struct parcel_out *o, const void *of)
{
	const char *to = arena_z(v->mem, arena_f(v->mem, "/proc/self/fd/%d", o->fd));
	char *folder = (char *)(uintptr_t)parcel_folder(o); /* only read */
	lxw_workbook_options options = { .constant_memory = LXW_TRUE, .tmpdir = folder };
	struct book b = { .book = workbook_new_opt(to, &options) };
	if (!b.book)
		return err_note(ERR_NOMEM, "records.xlsx");
	int result = xlsx_head(v, of, &b);
	if (result == 0)
		result = take_each(v, of, xlsx_record, &b);
	if (workbook_close(b.book) != LXW_NO_ERROR && result >= 0)
		result = err_note(ERR_IO, "records.xlsx is not written");
	return result;
}

/* ---- JSON ---- */

struct stream {
	struct parcel_json json;
	bool has_failed;
};

static json_t *cell_json(struct take_cell cell)
{
	int64_t n;
	if (!cell.s.n)
		return json_null();
	if (cell.is_number)
		return str_i64(cell.s, &n) ? json_integer(n) : json_real(strtod(cell.s.p, NULL));
	return json_stringn(cell.s.p, cell.s.n);
}

static json_t *row_json(const struct take *t, const struct take_record *r,
	const struct take_table *table, size_t row, bool *has_failed)
{
	json_t *to = json_object();
	for (size_t c = 0; c < table->n; c++) {
		struct take_cell cell = { 0 };
		const struct take_column *column = &table->column[c];
		bool is_own = table->repeat < 0 || column->what >= TAKE_VALUE;
		if (!is_own)
			continue;
		if (take_cell(t, r, column, row, &cell) < 0 ||
			json_object_setn_new(to, column->name.p, column->name.n, cell_json(cell)) <
				0)
			*has_failed = true;
	}
	return to;
}

json_t *take_record_json(const struct take *t, const struct take_record *r, bool *has_failed)
{
	json_t *one = row_json(t, r, &t->table[0], 0, has_failed);
	for (size_t k = 1; k < t->n; k++) {
		json_t *list = json_array();
		size_t rows = rows_of(t, &t->table[k], r);
		for (size_t row = 0; row < rows; row++)
			json_add(list, has_failed, row_json(t, r, &t->table[k], row, has_failed));
		json_put(one, has_failed, arena_z(r->answers.mem, t->table[k].name), list);
	}
	return one;
}

static int json_record(const struct take *t, const struct take_record *r, void *to)
{
	struct stream *s = to;
	json_t *one = take_record_json(t, r, &s->has_failed);
	return parcel_json_item(&s->json, one, s->has_failed);
}

int take_json(struct visit *v, struct parcel_out *o, const void *of)
{
	const struct take *t = of;
	struct stream s = { .json = { .o = o } };
	json_t *head = json_object();
	json_put_str(head, &s.has_failed, "form", t->find.form->def->id);
	json_put(head, &s.has_failed, "version", json_integer(t->find.form->def->version));
	json_put_str(head, &s.has_failed, "title", t->find.labels->list_title.s);
	json_put_str(head, &s.has_failed, "language", v->lang->code);
	int result = parcel_json_begin(&s.json, head, s.has_failed, "records");
	if (result >= 0)
		result = take_each(v, t, json_record, &s);
	return result < 0 ? result : parcel_json_end(&s.json);
}
