/* Cells, tallies and words on their way to the database, in the order in which it keeps them. */
#include "base/json.h"
#include "record/cell.h"
#include "record/record.sql.h"
#include "store/search.h"
#include <stdlib.h>

enum {
	FIRST = 64,
	CELLS_MAX = 1 << 22,
	CELLS_ENOUGH = 1 << 17,
	TEXTS_MAX = 256 << 20,
	JSON_MAX = 16 << 20,
	JSON_ENOUGH = 1 << 20, /* of rows sent as one */
};

void cell_batch_init(struct cell_batch *b, struct db *db)
{
	*b = (struct cell_batch){ .db = db };
	arena_init(&b->mem, TEXTS_MAX);
}

void cell_batch_done(struct cell_batch *b)
{
	arena_done(&b->mem);
	free(b->cell);
	free(b->tally);
	free(b->words);
	*b = (struct cell_batch){ 0 };
}

bool cell_batch_is_full(const struct cell_batch *b)
{
	return b->n >= CELLS_ENOUGH;
}

/* Room for one more at ${list}, which has ${n}. */
static void *grow(void *list, size_t n, size_t *room, size_t size)
{
	if (n < *room)
		return list;
	size_t more = *room ? 2 * *room : FIRST;
	void *to = more <= CELLS_MAX ? reallocarray(list, more, size) : NULL;
	if (to)
		*room = more;
	return to;
}

int cell_batch_tally(struct cell_batch *b, struct cell_tally t)
{
	struct cell_tally *to = grow(b->tally, b->n_tally, &b->room_tally, sizeof *to);
	if (!to)
		return err_note(ERR_NOMEM, "tallies");
	b->tally = to;
	to[b->n_tally++] = t;
	return 0;
}

int cell_batch_add(struct cell_batch *b, const struct cell *c, struct str state)
{
	struct cell *to = grow(b->cell, b->n, &b->room, sizeof *to);
	if (!to)
		return err_note(ERR_NOMEM, "cells");
	b->cell = to;
	if (!str_eq(b->state_name, state))
		b->state_name = arena_copy(&b->mem, state);
	struct str val = arena_copy(&b->mem, c->val);
	if (!val.p || !b->state_name.p)
		return err_note(ERR_NOMEM, "texts of cells");
	to[b->n] = *c;
	to[b->n++].val = val;
	return c->nth
		? 0
		: cell_batch_tally(b,
			  (struct cell_tally){
				  .field = c->field, .n = 1, .val = val, .state = b->state_name });
}

int cell_batch_words(struct cell_batch *b, struct cell_words w)
{
	struct cell_words *to = grow(b->words, b->n_words, &b->room_words, sizeof *to);
	w.text = arena_copy(&b->mem, w.text);
	if (to)
		b->words = to;
	if (!to || !w.text.p)
		return err_note(ERR_NOMEM, "words of records");
	to[b->n_words++] = w;
	return 0;
}

/* ---- in order ---- */

static int by_number(int64_t a, int64_t b)
{
	return a < b ? -1 : a > b;
}

static int by_key(const void *a, const void *b)
{
	const struct cell *x = a, *y = b;
	int order = by_number(x->field, y->field);
	order = order ? order : str_cmp(x->val, y->val);
	order = order ? order : by_number(x->ord, y->ord);
	order = order ? order : by_number(x->record, y->record);
	return order ? order : by_number(x->rep, y->rep);
}

static int by_value(const void *a, const void *b)
{
	const struct cell_tally *x = a, *y = b;
	int order = by_number(x->field, y->field);
	order = order ? order : str_cmp(x->val, y->val);
	return order ? order : str_cmp(x->state, y->state);
}

/* Those of one value and state become one. */
static void add_up(struct cell_batch *b)
{
	size_t n = 0;
	if (b->n_tally)
		qsort(b->tally, b->n_tally, sizeof *b->tally, by_value);
	for (size_t i = 0; i < b->n_tally; i++) {
		if (n && by_value(&b->tally[n - 1], &b->tally[i]) == 0)
			b->tally[n - 1].n += b->tally[i].n;
		else
			b->tally[n++] = b->tally[i];
	}
	b->n_tally = n;
}

/* ---- SQLite: one after the other ---- */

static int put_all(struct cell_batch *b)
{
	int result = 0;
	for (size_t i = 0; i < b->n && result >= 0; i++) {
		const struct cell *c = &b->cell[i];
		result = record_cell_add(b->db,
			(struct record_cell_add_in){
				c->field, c->val, c->ord, c->record, c->rep, c->nth });
	}
	for (size_t i = 0; i < b->n_tally && result >= 0; i++) {
		const struct cell_tally *t = &b->tally[i];
		if (t->n)
			result = record_tally_add(b->db, t->field, t->val, t->state, t->n);
	}
	return result < 0 ? result : 0;
}

/* ---- PostgreSQL: many as one ---- */

struct sending {
	struct db *db;
	struct buf rows;
	int (*add)(struct db *db, struct str rows);
};

static int send_off(struct sending *s)
{
	buf_byte(&s->rows, ']');
	int result = s->rows.failed ? s->rows.failed : s->add(s->db, buf_view(&s->rows));
	s->rows.n = 0;
	return result < 0 ? result : 0;
}

static int end_row(struct sending *s)
{
	return s->rows.n > JSON_ENOUGH ? send_off(s) : s->rows.failed;
}

static int send_cells(struct sending *s, const struct cell_batch *b)
{
	int result = 0;
	for (size_t i = 0; i < b->n && result == 0; i++) {
		const struct cell *c = &b->cell[i];
		buf_f(&s->rows, "%s[%lld,", s->rows.n ? "," : "[", (long long)c->field);
		json_text(&s->rows, c->val);
		buf_f(&s->rows, ",%lld,%lld,%lld,%lld]", (long long)c->ord, (long long)c->record,
			(long long)c->rep, (long long)c->nth);
		result = end_row(s);
	}
	return result == 0 && s->rows.n ? send_off(s) : result;
}

static int send_tallies(struct sending *s, const struct cell_batch *b)
{
	int result = 0;
	for (size_t i = 0; i < b->n_tally && result == 0; i++) {
		const struct cell_tally *t = &b->tally[i];
		buf_f(&s->rows, "%s[%lld,", s->rows.n ? "," : "[", (long long)t->field);
		json_text(&s->rows, t->val);
		buf_byte(&s->rows, ',');
		json_text(&s->rows, t->state);
		buf_f(&s->rows, ",%lld]", (long long)t->n);
		result = end_row(s);
	}
	return result == 0 && s->rows.n ? send_off(s) : result;
}

static int send_all(const struct cell_batch *b)
{
	struct sending s = { .db = b->db, .add = record_cells_add };
	buf_init(&s.rows, JSON_MAX);
	int result = send_cells(&s, b);
	s.add = record_tallies_add;
	if (result == 0)
		result = send_tallies(&s, b);
	buf_done(&s.rows);
	return result;
}

static int put_words(struct cell_batch *b)
{
	int result = 0;
	for (size_t i = 0; i < b->n_words && result == 0; i++) {
		const struct cell_words *w = &b->words[i];
		result = w->is_new ? search_record_add(b->db, w->record, w->text, &b->mem)
				   : search_record_put(b->db, w->record, w->text, &b->mem);
	}
	return result;
}

int cell_batch_flush(struct cell_batch *b)
{
	if (b->n)
		qsort(b->cell, b->n, sizeof *b->cell, by_key);
	add_up(b);
	int result = db_is_pg(b->db) ? send_all(b) : put_all(b);
	if (result == 0)
		result = put_words(b);
	b->n = b->n_tally = b->n_words = 0;
	b->state_name = (struct str){ 0 };
	arena_done(&b->mem);
	return result;
}
