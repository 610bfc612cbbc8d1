/* A file looked through: what would become of each of its rows. */
#include "record/body.h"
#include "record/cell.h"
#include "record/intake.h"
#include "record/intake.sql.h"
#include <stdlib.h>
#include <string.h>

/* ---- the file ---- */

void intake_file_done(struct intake_file *f)
{
	rows_done(&f->rows);
	arena_done(&f->mem);
	if (f->is_ours)
		free((char *)(uintptr_t)f->bytes.p);
	*f = (struct intake_file){ 0 };
}

int intake_file_load(struct db *db, int64_t id, struct intake_file *f)
{
	size_t n = 0;
	char *all = malloc(INTAKE_FILE_MAX + 1);
	int result = all ? 1 : err_note(ERR_NOMEM, "a file to bring in");
	for (int64_t i = 0; result > 0; i++) {
		auto_arena mem;
		struct intake_part_row row;
		arena_init(&mem, 2 * INTAKE_PART);
		result = intake_part(db, &mem, id, i, &row);
		if (result > 0 && n + row.bytes.n <= INTAKE_FILE_MAX) {
			memcpy(all + n, row.bytes.p, row.bytes.n);
			n += row.bytes.n;
		}
	}
	f->bytes = (struct str){ all, n };
	f->is_ours = true;
	return result;
}

/* What cannot be read any further ends the file; the page says so. */
static int note_end(struct intake_work *w, int result)
{
	if (result != ERR_INPUT && result != ERR_LIMIT)
		return result;
	w->note = arena_copy(w->mem, str_c(err_noted()));
	return w->note.p ? 0 : ERR_NOMEM;
}

static int open_file(struct intake_work *w)
{
	struct intake_file *f = w->file;
	int result = f->bytes.p ? 0 : intake_file_load(w->place->db, w->id, f);
	arena_init(&f->mem, 4 << 20);
	if (result == 0)
		result = rows_open(&f->rows, &f->mem, f->bytes);
	for (int64_t i = 0; i < w->at && result >= 0; i++) {
		auto_arena mem;
		arena_init(&mem, 4 << 20);
		result = rows_next(&f->rows, &mem);
	}
	f->is_open = result >= 0;
	return result < 0 ? result : 0;
}

/* A batch of the writer may run twice: the second time it reads the same rows. */
void intake_file_mark(struct intake_file *f)
{
	f->at = f->rows.csv.at;
	f->line = f->rows.csv.line;
	f->json_line = f->rows.line;
	f->rest = f->rows.rest;
}

static void go_back(struct intake_file *f)
{
	f->rows.csv.at = f->at;
	f->rows.csv.line = f->line;
	f->rows.line = f->json_line;
	f->rows.rest = f->rest;
}

/* ---- one row ---- */

int intake_merge(const struct intake_work *w, const struct record *r, const struct answers *from,
	struct answers *ret)
{
	int result = 0;
	answers_init(ret, r->form->def, w->mem, w->place->now);
	for (int i = 0; i < (int)ret->def->n_field && result == 0; i++) {
		int of = def_field_as(from->def, &ret->def->field[i]);
		bool is_one = ret->def->field[i].repeat < 0 ||
			ret->def->field[i].kind == DEF_REPEAT;
		bool is_said = of >= 0 && ret->def->field[i].repeat < 0 &&
			mapping_has(&w->mapping, of);
		if (is_said)
			result = answers_set(ret, i, 0, answers_get(from, of, 0));
		else if (is_one)
			result = answers_copy(ret, &r->answers, i);
	}
	return result < 0 ? result : answers_settle(ret);
}

/* Against the record that it became before. */
static int compare(struct intake_work *w, struct mapped *m, struct str uid, int *ret)
{
	struct record_by by = intake_by(w);
	struct record r = { 0 };
	struct answers new = { 0 };
	int result = record_find(&by, w->place->shelf, uid, &r);
	if (result == ERR_MISSING) {
		m->fault = MAP_DENIED;
		return 0;
	}
	if (result == 0)
		result = intake_merge(w, &r, &m->a, &new);
	if (result < 0)
		return result;
	must(new.def);
	*ret = INTAKE_SAME;
	for (int i = 0; i < (int)new.def->n_field; i++) {
		if (answers_same(&r.answers, &new, i))
			continue;
		*ret = INTAKE_CHANGE;
		if (!def_fields_have(&r.can.writes, i)) {
			m->fault = MAP_DENIED;
			m->field = def_field_as(w->form->def, &new.def->field[i]);
		}
	}
	return 0;
}

static int judge(struct intake_work *w, struct mapped *m, struct str *uid, int *ret)
{
	struct intake_key_line_row seen = { 0 };
	struct intake_source_row known;
	struct db *db = w->place->db;
	int result = m->key[0] ? intake_key_line(db, w->mem, w->id, str_c(m->key), &seen) : 0;
	*ret = INTAKE_NEW;
	if (result >= 0 && seen.line) {
		m->fault = MAP_TWICE;
		m->field = -1;
		m->value = arena_f(w->mem, "%lld", (long long)seen.line);
	}
	if (result >= 0 && m->fault == MAP_FINE)
		result = intake_source(db, w->mem, w->form->def->id, str_c(m->key), &known);
	else
		result = result < 0 ? result : 0;
	if (result > 0) {
		*uid = known.uid;
		result = compare(w, m, known.uid, ret);
	} else if (result == 0) {
		result = record_uid(w->mem, uid);
	}
	if (m->fault != MAP_FINE)
		*ret = m->fault == MAP_UNKNOWN ? INTAKE_ASKS : INTAKE_REFUSED;
	return result < 0 ? result : 0;
}

static int ask_all(struct intake_work *w, const struct mapped *m)
{
	int result = 0;
	for (size_t i = 0; i < m->n_unknown && result >= 0; i++)
		result = intake_ask_add(w->place->db, w->id,
			w->form->def->field[m->unknown[i].field].name, m->unknown[i].word);
	return result < 0 ? result : 0;
}

/* What became of the current row. */
struct looked {
	struct mapped m;
	struct str uid;
	int verdict;
	bool is_in; /* it is a record already */
};

static int put_row(struct intake_work *w, const struct looked *l)
{
	const struct mapped *m = &l->m;
	struct str body = STR("");
	int result = l->is_in ? 0 : body_write(&m->a, &body);
	if (result < 0)
		return result;
	result = intake_row_add(w->place->db,
		(struct intake_row_add_in){ .import = w->id,
			.number = ++w->at,
			.line = (int64_t)w->file->rows.line,
			.verdict = l->verdict,
			.fault = m->fault,
			.field = m->field >= 0 ? w->form->def->field[m->field].name : STR(""),
			.value = m->value.p ? m->value : STR(""),
			.key = str_c(m->key),
			.uid = l->uid,
			.body = body,
			.version = l->is_in,
			.is_done = l->is_in });
	return result < 0 ? result : 0;
}

/* What cannot become a record at once is refused when its turn comes in the step that makes them.
 */
static int make_at_once(struct intake_work *w, struct looked *l)
{
	int result = intake_make(w, str_c(l->m.key), l->uid, &l->m.a, w->place->at_once);
	l->is_in = result == 0;
	return intake_is_theirs(result) ? 0 : result;
}

static int look_row(struct intake_work *w, const struct map_reader *reader)
{
	struct looked l = { .uid = STR("") };
	int result = mapping_row(reader, &w->file->rows, w->mem, &l.m);
	if (result == 0)
		result = judge(w, &l.m, &l.uid, &l.verdict);
	if (result == 0)
		result = ask_all(w, &l.m);
	if (result == 0 && l.verdict == INTAKE_NEW && w->place->at_once)
		result = make_at_once(w, &l);
	return result < 0 ? result : put_row(w, &l);
}

/* ---- a piece ---- */

static int find_words(struct intake_work *w, struct map_reader *reader)
{
	struct intake_words_row *row;
	size_t n = 0;
	int result = intake_words(w->place->db, w->mem, w->form->def->id, &row, &n);
	struct map_word *word = arena_array(w->mem, n + 1, sizeof *word);
	if (result < 0 || !word)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < n; i++)
		word[i] = (struct map_word){ row[i].field, row[i].word, row[i].val };
	reader->word = word;
	reader->n_word = n;
	return 0;
}

/* As many as are one piece, or as there is memory for. */
static bool is_enough(const struct intake_work *w, int n)
{
	const struct cell_batch *cells = w->place->at_once;
	return n >= (cells ? INTAKE_PIECE_ALONE : INTAKE_PIECE) || w->mem->used > w->mem->max / 4 ||
		(cells && cell_batch_is_full(cells));
}

static int look_rows(struct intake_work *w)
{
	struct map_reader reader = {
		.form = w->form, .mapping = &w->mapping, .now = w->place->now
	};
	int more = 1, result = find_words(w, &reader);
	mapping_begin(&reader, &w->file->rows);
	for (int i = 0; (i == 0 || !is_enough(w, i)) && result == 0 && more > 0; i++) {
		more = rows_next(&w->file->rows, w->mem);
		if (more < 0)
			more = note_end(w, more);
		if (more > 0)
			result = look_row(w, &reader);
	}
	return result < 0 ? result : more;
}

int intake_look_some(struct intake_work *w)
{
	int result = 0;
	if (!w->file->is_open)
		result = open_file(w);
	else
		go_back(w->file);
	if (result < 0)
		return note_end(w, result);
	intake_file_mark(w->file);
	return look_rows(w);
}
