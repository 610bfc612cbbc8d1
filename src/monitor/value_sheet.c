/* A file of values: what would become of each row, and keeping it. */
#include "base/csv.h"
#include "base/json.h"
#include "base/utf8.h"
#include "i18n/country_name.h"
#include "monitor/value.h"
#include "monitor/value.sql.h"
#include "po/messages.h"
#include <stdlib.h>

enum { COLUMNS_MAX = 100, YEAR_FIRST = 1900, YEAR_LAST = 2100, ROW_BYTES = 1 << 10 };
enum column { COL_CODE, COL_COUNTRY, COL_YEAR, COL_VALUE, COL_NATURE, COL_NOTE, COLS };

/* As people name them, as SDMX does, and as HXL marks them. */
static const char *const names[COLS][5] = {
	[COL_CODE] = { "indicator", "code", "#indicator+code" },
	[COL_COUNTRY] = { "country", "geo", "ref_area", "#country+code", "#country+code+v_iso2" },
	[COL_YEAR] = { "year", "time_period", "#date+year" },
	[COL_VALUE] = { "value", "obs_value", "#indicator+value+num", "#indicator+value" },
	[COL_NATURE] = { "nature" },
	[COL_NOTE] = { "note", "obs_comment" },
};

struct reading {
	struct arena *mem;
	const struct value_source *source;
	int at[COLS]; /* -1: not there */
	struct value_row *row;
	size_t n;
	struct value_of_source_row *old;
	size_t n_old;
};

/* ---- columns ---- */

static bool is_name(struct str s, enum column col)
{
	for (size_t i = 0; i < 5 && names[col][i]; i++)
		if (str_eq_ascii(s, str_c(names[col][i])))
			return true;
	return false;
}

static int name_columns(struct reading *r, const struct csv *c, struct str *ret_passed)
{
	auto_buf passed;
	buf_init(&passed, 4096);
	for (int col = 0; col < COLS; col++)
		r->at[col] = -1;
	for (size_t i = 0; i < c->n; i++) {
		struct str s = str_trim(c->field[i]);
		int col = 0;
		while (col < COLS && !(is_name(s, (enum column)col) && r->at[col] < 0))
			col++;
		if (col < COLS)
			r->at[col] = (int)i;
		else if (s.n)
			buf_f(&passed, "%s%.*s", passed.n ? ", " : "", STR_ARG(utf8_head(s, 40)));
	}
	for (int col = COL_COUNTRY; col <= COL_VALUE; col++)
		if (r->at[col] < 0)
			return err_note(ERR_INPUT, "line 1: no column %s", names[col][0]);
	*ret_passed = passed.failed ? STR("…") : arena_copy(r->mem, buf_view(&passed));
	return ret_passed->p ? 0 : ERR_NOMEM;
}

/* ---- a row ---- */

static struct str cell(const struct reading *r, const struct csv *c, enum column col)
{
	int at = r->at[col];
	return at >= 0 && (size_t)at < c->n ? str_trim(c->field[at]) : STR("");
}

/* "-12.5": as programs write it. */
static bool is_decimal(struct str s)
{
	size_t i = s.n && s.p[0] == '-', digits = 0, points = 0;
	for (; i < s.n; i++) {
		bool is_digit = s.p[i] >= '0' && s.p[i] <= '9';
		points += s.p[i] == '.';
		digits += is_digit;
		if (!is_digit && (s.p[i] != '.' || !digits))
			return false;
	}
	return digits && points <= 1 && s.p[s.n - 1] != '.';
}

static void refuse(struct value_row *row, int fault, struct str what)
{
	row->verdict = VALUE_REFUSED;
	row->fault = fault;
	row->what = utf8_head(what, 80);
}

static void judge(const struct reading *r, struct value_row *row, struct str code,
	struct str country, struct str year)
{
	row->country = country_by_name(country);
	if (code.n && !str_eq_ascii(code, r->source->code))
		refuse(row, MSG_value_fault_code, code);
	else if (!row->country.p)
		refuse(row, MSG_value_fault_country, country);
	else if (!str_i64(year, &row->year) || row->year < YEAR_FIRST || row->year > YEAR_LAST)
		refuse(row, MSG_value_fault_year, year);
	else if (!row->val.n || utf8_count(row->val) > VALUE_CHARS ||
		(r->source->is_number && !is_decimal(row->val)))
		refuse(row, r->source->is_number ? MSG_value_fault_number : MSG_value_fault_value,
			row->val);
	else if (utf8_count(row->note) > VALUE_NOTE || utf8_count(row->nature) > VALUE_CHARS)
		refuse(row, MSG_value_fault_note, row->note);
}

/* The row of tags below the names. */
static bool is_tags(const struct csv *c)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->field[i].n && c->field[i].p[0] != '#')
			return false;
	return true;
}

static int take_row(struct reading *r, const struct csv *c)
{
	struct value_row *row = &r->row[r->n];
	if (is_tags(c))
		return 0;
	if (r->n == VALUE_ROWS_MAX)
		return err_note(ERR_LIMIT, "more than %d rows", VALUE_ROWS_MAX);
	*row = (struct value_row){ .line = c->row_line,
		.val = arena_copy(r->mem, cell(r, c, COL_VALUE)),
		.nature = arena_copy(r->mem, cell(r, c, COL_NATURE)),
		.note = arena_copy(r->mem, cell(r, c, COL_NOTE)) };
	judge(r, row, arena_copy(r->mem, cell(r, c, COL_CODE)),
		arena_copy(r->mem, cell(r, c, COL_COUNTRY)),
		arena_copy(r->mem, cell(r, c, COL_YEAR)));
	r->n++;
	return r->mem->has_failed ? ERR_NOMEM : 0;
}

/* ---- what there is already ---- */

static int by_place(const struct value_row *x, const struct value_row *y)
{
	int order = str_cmp(x->country, y->country);
	return order ? order : (x->year > y->year) - (x->year < y->year);
}

/* Refused ones last, as they stand in the file. */
static int by_key(const void *a, const void *b)
{
	const struct value_row *x = a, *y = b;
	int refused = (x->verdict == VALUE_REFUSED) - (y->verdict == VALUE_REFUSED);
	int order = refused || x->verdict == VALUE_REFUSED ? refused : by_place(x, y);
	return order ? order : (x->line > y->line) - (x->line < y->line);
}

static int by_line(const void *a, const void *b)
{
	const struct value_row *x = a, *y = b;
	return (x->line > y->line) - (x->line < y->line);
}

static bool is_same(const struct value_row *row, struct str val, struct str nature, struct str note)
{
	return str_eq(row->val, val) && str_eq(row->nature, nature) && str_eq(row->note, note);
}

/* What the file has no column for stays as it is. */
static void keep_rest(
	const struct reading *r, struct value_row *row, const struct value_of_source_row *old)
{
	if (r->at[COL_NATURE] < 0)
		row->nature = old->nature;
	if (r->at[COL_NOTE] < 0)
		row->note = old->note;
}

/* The known value of the row's country and year; both are in the same order, and ${at} moves on. */
static const struct value_of_source_row *find_old(
	const struct reading *r, const struct value_row *row, size_t *at)
{
	for (; *at < r->n_old; ++*at) {
		const struct value_of_source_row *old = &r->old[*at];
		const struct value_row place = { .country = old->country, .year = old->year };
		int order = by_place(&place, row);
		if (order >= 0)
			return order == 0 ? old : NULL;
	}
	return NULL;
}

/* An earlier line of the file is of the same country and year. */
static void judge_twin(
	const struct reading *r, struct value_row *row, const struct value_row *before)
{
	const struct value_of_source_row as_before = { .nature = before->nature,
		.note = before->note };
	keep_rest(r, row, &as_before);
	row->verdict = VALUE_SAME;
	if (!is_same(row, before->val, before->nature, before->note))
		refuse(row, MSG_value_fault_twice, row->val);
}

static void compare(struct reading *r)
{
	size_t at = 0;
	const struct value_row *before = NULL;
	for (size_t i = 0; i < r->n && r->row[i].verdict != VALUE_REFUSED; i++) {
		struct value_row *row = &r->row[i];
		if (before && by_place(before, row) == 0) {
			judge_twin(r, row, before);
			continue;
		}
		const struct value_of_source_row *old = find_old(r, row, &at);
		before = row;
		if (!old)
			continue;
		keep_rest(r, row, old);
		row->verdict = is_same(row, old->val, old->nature, old->note) ? VALUE_SAME
									      : VALUE_CHANGE;
	}
}

static int parse(struct reading *r, struct str text, struct str *ret_passed)
{
	auto_csv c;
	csv_init(&c, text, COLUMNS_MAX);
	int result = csv_next(&c);
	if (result == 0)
		result = err_note(ERR_INPUT, "no rows");
	if (result > 0)
		result = name_columns(r, &c, ret_passed);
	r->row = result < 0 ? NULL : arena_array(r->mem, VALUE_ROWS_MAX, sizeof *r->row);
	if (!r->row)
		return result < 0 ? result : ERR_NOMEM;
	while (result >= 0 && (result = csv_next(&c)) > 0)
		result = take_row(r, &c);
	return result;
}

static struct value_sheet settle(struct reading *r, struct str passed)
{
	struct value_sheet sheet = { .row = r->row, .n = r->n, .passed = passed };
	qsort(r->row, r->n, sizeof *r->row, by_key);
	compare(r);
	qsort(r->row, r->n, sizeof *r->row, by_line);
	for (size_t i = 0; i < r->n; i++)
		sheet.count[r->row[i].verdict]++;
	return sheet;
}

int value_sheet_parse(struct arena *mem, const struct value_source *source, struct str text,
	struct value_sheet *ret)
{
	struct reading r = { .mem = mem, .source = source };
	struct str passed = STR("");
	int result = parse(&r, text, &passed);
	if (result < 0)
		return result;
	*ret = settle(&r, passed);
	return 0;
}

int value_sheet_read(struct db *db, struct arena *mem, const struct value_source *source,
	struct str text, struct value_sheet *ret)
{
	struct reading r = { .mem = mem, .source = source };
	struct str passed = STR("");
	int result = parse(&r, text, &passed);
	if (result >= 0)
		result = value_of_source(
			db, mem, source->id, 0, VALUE_ROWS_MAX * 2, &r.old, &r.n_old);
	if (result < 0)
		return result;
	*ret = settle(&r, passed);
	return 0;
}

/* ---- keeping ---- */

static json_t *row_json(const struct value_row *row, bool *has_failed)
{
	const struct str text[] = { row->country, row->val, row->nature, row->note };
	json_t *list = json_array();
	for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
		json_add(list, has_failed, json_stringn(text[i].n ? text[i].p : "", text[i].n));
		if (i == 0)
			json_add(list, has_failed, json_integer(row->year));
	}
	return list;
}

int value_sheet_put(
	struct db *db, const struct value_source *source, const struct value_sheet *sheet)
{
	bool has_failed = false;
	json_t *list = json_array();
	for (size_t i = 0; i < sheet->n; i++)
		if (sheet->row[i].verdict <= VALUE_CHANGE)
			json_add(list, &has_failed, row_json(&sheet->row[i], &has_failed));
	char *text = has_failed ? NULL : json_dumps(list, JSON_COMPACT);
	int result = text ? value_put(db, source->id, str_c(text), source->is_sample) : ERR_NOMEM;
	free(text);
	json_decref(list);
	return result < 0 ? result : 0;
}
