/*
 * I know what has been read from PostgreSQL and what must still be true: a hundred votes
 * in a batch ask for the same consultation, and each answer would cost a round trip.
 *
 * A reader's answer is good while its transactions see the same: a snapshot, as PostgreSQL
 * writes it, names all whose work is seen in it.
 *
 * A writer's is good until something is written that it may depend on. Of our own writing an
 * INSERT spoils what names its table; any other statement, an INSERT that a trigger follows, and
 * any undoing, spoil everything.
 * Nobody else writes while we hold the writers' lock; whether somebody has between two
 * transactions shows in the transactions' numbers, which are given out without a gap. The
 * schema has no views and no foreign key that changes rows by itself, which tests/store/test_pg.c
 * watches.
 */
#pragma once
#include "store/pg.h"

/* pg_memo_kind(pg, s): What the statement's text says of it; once, when it is prepared. May ask
 * for the schema's triggers. */
int pg_memo_kind(struct pg *pg, struct pg_stmt *s) must_use;

/* pg_memo_find(pg, s): The answer to this statement with these parameters, which stays the
 * memo's, or NULL. */
PGresult *pg_memo_find(struct pg *pg, struct pg_stmt *s);
/* pg_memo_keep(pg, s, r): Whether the memo has taken ${r} for its own. */
bool pg_memo_keep(struct pg *pg, struct pg_stmt *s, PGresult *r) must_use;

/* pg_memo_wrote(pg, s): This statement is about to run. */
void pg_memo_wrote(struct pg *pg, const struct pg_stmt *s);
void pg_memo_forget(struct pg *pg);

/* pg_memo_begin(pg, number, oldest): A transaction has begun, with its number and that of the
 * oldest that had not ended by then. */
void pg_memo_begin(struct pg *pg, int64_t number, int64_t oldest);
/* pg_memo_snapshot(pg, now): A reader's transaction has begun, and this is what it sees. */
void pg_memo_snapshot(struct pg *pg, struct str now);

void pg_memo_done(struct pg *pg);
