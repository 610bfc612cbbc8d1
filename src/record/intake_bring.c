/* Rows that were looked at become records; and back. */
#include "record/body.h"
#include "record/cell.h"
#include "record/intake.h"
#include "record/intake.sql.h"
#include "record/vanish.h"

struct record_by intake_by(const struct intake_work *w)
{
	/* Whoever asked for it was staff when they did. */
	return (struct record_by){ .db = w->place->db,
		.mem = w->mem,
		.now = w->place->now,
		.account = w->account,
		.is_house = !w->account, /* from the command line */
		.is_staff = true,
		.lang = w->lang };
}

/* ---- in ---- */

bool intake_is_theirs(int result)
{
	return result == ERR_DENIED || result == ERR_INPUT || result == ERR_CONFLICT ||
		result == ERR_MISSING;
}

int intake_make(struct intake_work *w, struct str key, struct str uid, const struct answers *a,
	struct cell_batch *cells)
{
	struct record_by by = intake_by(w);
	struct record_done done;
	int result = record_write(&by, w->place->shelf,
		&(struct record_job){ .what = CHAIN_MADE,
			.form = w->form,
			.uid = uid,
			.answers = a,
			.cells = cells },
		&done);
	if (result == 0)
		result = intake_source_add(w->place->db, w->form->def->id, key, done.id);
	return result < 0 ? result : 0;
}

static int make(struct intake_work *w, const struct intake_next_row *row, const struct answers *a,
	struct cell_batch *cells)
{
	int result = intake_make(w, row->key, row->uid, a, cells);
	if (result >= 0)
		result = intake_row_done(w->place->db, w->id, row->number, STR(""), 1);
	return result < 0 ? result : 0;
}

static int change(struct intake_work *w, const struct intake_next_row *row, struct answers *a)
{
	struct record_by by = intake_by(w);
	struct record r;
	struct answers new;
	struct record_done done;
	int result = record_find(&by, w->place->shelf, row->uid, &r);
	if (result == 0)
		result = intake_merge(w, &r, a, &new);
	if (result == 0)
		result = record_write(&by, w->place->shelf,
			&(struct record_job){ .what = CHAIN_CHANGED,
				.uid = row->uid,
				.answers = &new,
				.version = r.version },
			&done);
	if (result == 0)
		result = intake_row_done(w->place->db, w->id, row->number, r.body, r.version + 1);
	return result < 0 ? result : 0;
}

/* A change that cannot be made is taken back alone. */
static int change_or_not(
	struct intake_work *w, const struct intake_next_row *row, struct answers *a)
{
	auto_tx tx = { 0 };
	int result = db_tx_begin(w->place->db, &tx);
	if (result == 0)
		result = change(w, row, a);
	return result < 0 ? result : db_tx_end(&tx);
}

static int bring(struct intake_work *w, const struct intake_next_row *row, struct cell_batch *cells)
{
	struct answers a;
	answers_init(&a, w->form->def, w->mem, w->place->now);
	a.left_out = &w->form->left_out;
	int result = body_read(row->body, &a);
	if (result == 0)
		result = row->verdict == INTAKE_NEW ? make(w, row, &a, cells)
						    : change_or_not(w, row, &a);
	/* What could be done when it was looked at may not be any more. */
	if (intake_is_theirs(result))
		result = intake_row_refuse(w->place->db, w->id, row->number,
			result == ERR_DENIED ? MAP_DENIED : MAP_TOUCHED);
	return result < 0 ? result : 0;
}

int intake_bring_some(struct intake_work *w)
{
	auto_cells cells;
	struct intake_next_row *row;
	size_t n = 0;
	cell_batch_init(&cells, w->place->db);
	int result = intake_next(w->place->db, w->mem, w->id, w->at, INTAKE_PIECE, &row, &n);
	for (size_t i = 0; i < n && result >= 0; i++) {
		result = bring(w, &row[i], &cells);
		w->at = row[i].number;
	}
	if (result >= 0)
		result = cell_batch_flush(&cells);
	return result < 0 ? result : n == INTAKE_PIECE;
}

/* ---- back ---- */

/* A record that it made, and nobody touched since. */
static int take_back(struct intake_work *w, const struct record_by *house,
	const struct intake_done_row *row, const struct record *r)
{
	struct record_by by = intake_by(w);
	struct record_done done;
	struct answers a;
	if (row->verdict == INTAKE_NEW)
		return vanish(house, w->place->shelf, r->uid, VANISH_TAKEN_BACK);
	answers_init(&a, r->form->def, w->mem, w->place->now);
	int result = body_read(row->was, &a);
	if (result < 0)
		return result;
	return record_write(&by, w->place->shelf,
		&(struct record_job){ .what = CHAIN_CHANGED,
			.uid = r->uid,
			.answers = &a,
			.version = r->version },
		&done);
}

static int is_untouched(
	struct intake_work *w, const struct intake_done_row *row, const struct record *r, bool *ret)
{
	struct chain_line *line;
	size_t n, holds;
	int result = chain_read(w->place->db, w->mem, r->id, r->body, &line, &n, &holds);
	*ret = r->version == row->version && (row->verdict != INTAKE_NEW || n == 1);
	return result;
}

static int back_one(struct intake_work *w, const struct intake_done_row *row)
{
	struct record_by house = { .db = w->place->db,
		.mem = w->mem,
		.now = w->place->now,
		.is_house = true,
		.lang = w->lang };
	struct record r;
	bool is = false;
	int result = record_find(&house, w->place->shelf, row->uid, &r);
	if (result == ERR_MISSING)
		return 0;
	if (result == 0)
		result = is_untouched(w, row, &r, &is);
	if (result < 0 || !is)
		return result;
	result = take_back(w, &house, row, &r);
	if (result == ERR_DENIED || result == ERR_INPUT || result == ERR_CONFLICT)
		return 0;
	if (result >= 0)
		result = intake_row_undone(w->place->db, w->id, row->number);
	return result < 0 ? result : 0;
}

int intake_back_some(struct intake_work *w)
{
	struct intake_done_row *row;
	size_t n = 0;
	int result = intake_done(w->place->db, w->mem, w->id, w->at, INTAKE_PIECE, &row, &n);
	for (size_t i = 0; i < n && result >= 0; i++) {
		result = back_one(w, &row[i]);
		w->at = row[i].number;
	}
	return result < 0 ? result : n == INTAKE_PIECE;
}
