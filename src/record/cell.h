/*
 * I know what is kept of answers so that records are found and counted: cells, tallies, words. They
 * gather in a batch and go to the database in the order in which it keeps them: many neighbours at
 * once cost a fraction of each alone. FTS5, moreover, writes what it has gathered itself whenever
 * a savepoint begins, as it does inside of many statements: words come by themselves.
 */
#pragma once
#include "record/record.h"

/* One value of a record, in row ${rep} of a repeat; ${nth}: how many rows before have it as well.
 */
struct cell {
	int64_t field, ord, record, rep, nth;
	struct str val;
};
/* How many records more (or fewer) in a state hold a value. */
struct cell_tally {
	int64_t field, n;
	struct str val, state;
};
/* By which words a record is found. */
struct cell_words {
	int64_t record;
	struct str text;
	bool is_new; /* nothing stands there yet */
};
struct cell_batch {
	struct db *db;
	struct arena mem; /* their texts */
	struct cell *cell;
	size_t n, room;
	struct cell_tally *tally;
	size_t n_tally, room_tally;
	struct cell_words *words;
	size_t n_words, room_words;
	struct str state_name; /* the last one */
	/* Numbers of the fields of one form in the index. */
	int64_t state, field[DEF_FIELDS_MAX];
	const struct def *def;
};
/* cell_batch_init(b, db), cell_batch_done(b). cell_batch_flush(b): Write what is gathered, in the
 * caller's transaction. */
void cell_batch_init(struct cell_batch *b, struct db *db);
int cell_batch_flush(struct cell_batch *b) must_use;
void cell_batch_done(struct cell_batch *b);
#define auto_cells __attribute__((cleanup(cell_batch_done))) struct cell_batch
/* cell_batch_is_full(b): It should be written now. */
bool cell_batch_is_full(const struct cell_batch *b);
/* cell_batch_add(b, c, state): One more, of a record in state ${state}; its texts are copied.
 * cell_batch_tally(b, t): Its texts are the caller's, until the batch is written.
 * cell_batch_words(b, w): Copied, too; in the order of records. ERR_NOMEM. */
int cell_batch_add(struct cell_batch *b, const struct cell *c, struct str state) must_use;
int cell_batch_tally(struct cell_batch *b, struct cell_tally t) must_use;
int cell_batch_words(struct cell_batch *b, struct cell_words w) must_use;

/* cell_order(a, created): The second by which the record is ordered. */
int64_t cell_order(const struct answers *a, int64_t created);
/* cell_gather(b, mem, r, order, is_new): What is kept of ${r}, of which no cells are kept so far,
 * and no words either where it ${is_new}. ${mem} is for the work alone. */
int cell_gather(struct cell_batch *b, struct arena *mem, const struct record *r, int64_t order,
	bool is_new) must_use;
/* cell_put(db, mem, r, order, was_state): In place of what was kept of it before, which was in
 * state
 * ${was_state}; absent: nothing was. */
int cell_put(struct db *db, struct arena *mem, const struct record *r, int64_t order,
	struct str was_state) must_use;
/* cell_forget(db, mem, id, state): Nothing is kept of it in cells and tallies. */
int cell_forget(struct db *db, struct arena *mem, int64_t id, struct str state) must_use;
