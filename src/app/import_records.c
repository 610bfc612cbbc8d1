/* "baraza import records": rows of a file as records, all of them or none. */
#include "app/import_records.h"
#include "app/config.h"
#include "base/clock.h"
#include "base/file.h"
#include "record/cell.h"
#include "record/decode.h"
#include "record/intake.h"
#include "record/intake.sql.h"
#include <stdio.h>
#include <string.h>

enum { SHOWN = 20, RECORDS_MEM = 64 << 20, DECODED_MAX = 256 << 20 };

static const char *const faults[MAP_FAULTS] = { [MAP_FINE] = "fine",
	[MAP_MISSING] = "is not answered",
	[MAP_NOT_SUCH] = "is no such answer",
	[MAP_TOO_LONG] = "is too long",
	[MAP_NOT_FIT] = "does not fit",
	[MAP_MANY] = "is more than one",
	[MAP_UNKNOWN] = "is not known",
	[MAP_TWICE] = "the same as line",
	[MAP_DENIED] = "may not be changed",
	[MAP_KEYLESS] = "nothing tells it from other rows",
	[MAP_TOUCHED] = "was changed meanwhile" };

struct import {
	struct db *db;
	struct arena *mem;
	const struct shelf *shelf;
	struct intake_file file;
	struct records_import what;
	struct cell_batch cells; /* of new records */
	struct str mapped;       /* the file as it lies on disk, where it is read from there */
	int64_t id;
	int64_t n[INTAKE_VERDICTS];
};

/* What is on its way to the disk need not be in memory as well. */
static void pass(struct import *i)
{
	intake_file_mark(&i->file);
	if (i->mapped.n)
		file_passed(i->mapped,
			i->file.rows.is_json ? (size_t)(i->file.rest.p - i->mapped.p) : i->file.at);
}

static int run_step(struct import *i, int was, int state)
{
	struct intake_place place = { i->db, i->shelf, clock_now(), &i->cells };
	int more = 1, result = intake_turn(i->db, i->id, was, state);
	while (result >= 0 && more > 0) {
		more = intake_step(&place, i->id, &i->file);
		result = more;
		if (more >= 0 && i->file.is_open)
			pass(i);
		if (more == 0 || (more > 0 && cell_batch_is_full(&i->cells)))
			result = cell_batch_flush(&i->cells);
	}
	return result < 0 ? result : 0;
}

static int begin(struct import *i)
{
	struct record_by house = { .db = i->db,
		.mem = i->mem,
		.now = clock_now(),
		.is_house = true,
		.lang = i->what.lang };
	struct str uid;
	const struct shelf_form *form = shelf_find(i->shelf, i->what.form);
	if (!form)
		return err_note(ERR_MISSING, "no form is called \"%.*s\"", STR_ARG(i->what.form));
	if (!form->can_make)
		return err_note(ERR_DENIED, "records of this form would have to be sealed");
	return intake_begin(&house,
		&(struct intake_new){
			.form = form, .file = str_c(i->what.path), .bytes = i->what.bytes },
		&uid, &i->id);
}

static int say_refused(struct import *i)
{
	struct intake_rows_row *row;
	struct intake_asks_row *ask;
	size_t n = 0, n_ask = 0;
	int result = intake_rows(i->db, i->mem, i->id, INTAKE_REFUSED, 0, SHOWN, &row, &n);
	if (result >= 0)
		result = intake_asks(i->db, i->mem, i->id, SHOWN, &ask, &n_ask);
	if (result < 0)
		return result;
	for (size_t k = 0; k < n; k++)
		printf("line %lld: %.*s %s %.*s\n", (long long)row[k].line, STR_ARG(row[k].field),
			faults[row[k].fault], STR_ARG(row[k].value));
	for (size_t k = 0; k < n_ask; k++)
		printf("%lld rows: %.*s \"%.*s\" is not known\n", (long long)ask[k].n,
			STR_ARG(ask[k].field), STR_ARG(ask[k].word));
	return 0;
}

static int count(struct import *i)
{
	struct intake_verdicts_row *row;
	size_t n = 0;
	int result = intake_verdicts(i->db, i->mem, i->id, &row, &n);
	memset(i->n, 0, sizeof i->n);
	for (size_t k = 0; k < n; k++)
		if (row[k].verdict < INTAKE_VERDICTS)
			i->n[row[k].verdict] = row[k].n;
	return result < 0 ? result : 0;
}

/* A file that could not be read to its end is not brought in. */
static int check_end(struct import *i)
{
	struct intake_note_row row;
	int result = intake_note(i->db, i->mem, i->id, &row);
	if (result < 0)
		return result;
	return result > 0 && row.note.n ? err_note(ERR_INPUT, "%.*s", STR_ARG(row.note)) : 0;
}

/* Behind the last "=": which may stand in a column's name as well. */
static bool cut_last(struct str s, struct str *ret_head, struct str *ret_tail)
{
	size_t at = s.n;
	while (at && s.p[at - 1] != '=')
		at--;
	if (at < 2)
		return false;
	*ret_head = (struct str){ s.p, at - 1 };
	*ret_tail = str_from(s, at);
	return true;
}

static int read_column(const struct def *def, const char *text, struct map_line *ret)
{
	struct map_line line = { .field = -1 };
	struct str head = { 0 }, rest = { 0 }, one = { 0 };
	int bit = 0;
	bool is_fine = cut_last(str_c(text), &head, &rest) && str_cut(&rest, ',', &one);
	if (is_fine && one.n) {
		line.field = def_field_find(def, one);
		is_fine = line.field >= 0 && mapping_can(def, line.field);
	}
	while (is_fine && str_cut(&rest, ',', &one)) {
		is_fine = mapping_as(one, &bit);
		line.as |= bit;
	}
	if (!is_fine)
		return err_note(ERR_INPUT, "--column takes COLUMN=FIELD,AS: %s", text);
	if (str_starts(head, "="))
		line.always = str_from(head, 1);
	else
		line.column = head;
	*ret = line;
	return 0;
}

/* Instead of the guess. */
static int name_columns(struct import *i)
{
	const struct def *def = shelf_find(i->shelf, i->what.form)->def;
	struct mapping m = { .n = 0 };
	struct str text = { 0 };
	int result = 0;
	if (i->what.n_column > MAP_LINES_MAX)
		return err_note(ERR_INPUT, "more than %d columns", MAP_LINES_MAX);
	for (size_t k = 0; k < i->what.n_column && result == 0; k++)
		result = read_column(def, i->what.column[k], &m.line[m.n++]);
	if (result < 0 || !m.n)
		return result;
	result = mapping_write(&m, def, i->mem, &text);
	if (result == 0)
		result = intake_mapping_put(i->db, i->id, text);
	return result < 0 ? result : 0;
}

static int explain(struct import *i)
{
	int result = 0;
	for (size_t k = 0; k < i->what.n_word && result >= 0; k++) {
		struct str field, word, val = str_c(i->what.word[k]);
		if (!str_cut(&val, ':', &field) || !str_cut(&val, '=', &word) || !val.p)
			return err_note(ERR_INPUT, "--word takes FIELD:WORD=VALUE");
		result = intake_word_put(i->db, i->what.form, field, word, val);
	}
	return result < 0 ? result : 0;
}

static int in_tx(struct import *i)
{
	auto_tx tx = { 0 };
	int result = db_tx_begin(i->db, &tx);
	if (result == 0)
		result = begin(i);
	if (result == 0)
		result = name_columns(i);
	if (result == 0)
		result = explain(i);
	if (result == 0)
		result = run_step(i, INTAKE_NAMING, INTAKE_LOOKING);
	if (result == 0)
		result = count(i);
	if (result == 0)
		result = check_end(i);
	if (result == 0)
		result = say_refused(i);
	if (result < 0)
		return result;
	if (i->n[INTAKE_REFUSED] + i->n[INTAKE_ASKS] && !i->what.may_skip)
		return err_note(ERR_CONFLICT,
			"nothing is brought in: %lld rows are refused, %lld have words that "
			"nobody has explained",
			(long long)i->n[INTAKE_REFUSED], (long long)i->n[INTAKE_ASKS]);
	result = run_step(i, INTAKE_LOOKED, INTAKE_BRINGING);
	return result < 0 ? result : db_tx_end(&tx);
}

int import_records(struct db *db, const struct shelf *shelf, const struct records_import *what)
{
	auto_arena mem;
	auto_buf utf8;
	struct str bytes = { 0 };
	const char *charset = "";
	arena_init(&mem, RECORDS_MEM);
	buf_init(&utf8, DECODED_MAX);
	int result = db_much(db);
	if (result == 0)
		result = file_map(what->path, &bytes);
	if (result == 0)
		result = decode(bytes, &utf8, &charset);
	if (result < 0)
		return result;
	if (result > 0)
		printf("The file is not in UTF-8; it is read as %s.\n", charset);
	struct import i = { .db = db, .mem = &mem, .shelf = shelf, .what = *what };
	i.what.bytes = i.file.bytes = result > 0 ? buf_view(&utf8) : bytes;
	if (!result) {
		i.mapped = bytes;
		file_passed(bytes, bytes.n);
	}
	cell_batch_init(&i.cells, db);
	result = in_tx(&i);
	cell_batch_done(&i.cells);
	intake_file_done(&i.file);
	file_unmap(bytes);
	if (result == 0)
		printf("%lld records are new, %lld changed, %lld were there already; %lld rows "
		       "were left out.\n",
			(long long)i.n[INTAKE_NEW], (long long)i.n[INTAKE_CHANGE],
			(long long)i.n[INTAKE_SAME],
			(long long)i.n[INTAKE_REFUSED] + (long long)i.n[INTAKE_ASKS]);
	return result;
}
