/*
 * I know what is kept of answers so that records are found and counted: cells, tallies, words. What
 * is to be written of cells and tallies gathers in a batch, which takes two statements however many
 * there are.
 */
#pragma once
#include "record/record.h"

struct cell_batch {
	struct db *db;
	struct buf cells, tallies;
	/* Numbers of the fields of one form in the index. */
	struct str name;
	int64_t state, field[DEF_FIELDS_MAX];
	const struct def *def;
};
/* cell_batch_init(b, db), cell_batch_flush(b): Write what is gathered. cell_batch_done(b). */
void cell_batch_init(struct cell_batch *b, struct db *db);
int cell_batch_flush(struct cell_batch *b) must_use;
void cell_batch_done(struct cell_batch *b);
#define auto_cells __attribute__((cleanup(cell_batch_done))) struct cell_batch

/* cell_order(a, created): The second by which the record is ordered. */
int64_t cell_order(const struct answers *a, int64_t created);
/* cell_gather(b, mem, r, order): What is kept of ${r}, of which nothing is kept so far; its words
 * are written at once. */
int cell_gather(
	struct cell_batch *b, struct arena *mem, const struct record *r, int64_t order) must_use;
/* cell_put(db, mem, r, order, was_state): In place of what was kept of it before, which was in
 * state
 * ${was_state}; absent: nothing was. */
int cell_put(struct db *db, struct arena *mem, const struct record *r, int64_t order,
	struct str was_state) must_use;
/* cell_forget(db, mem, id, state): Nothing is kept of it in cells and tallies. */
int cell_forget(struct db *db, struct arena *mem, int64_t id, struct str state) must_use;
