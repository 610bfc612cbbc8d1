/*
 * I know how the two halves of the PostgreSQL backend meet: pg.c has the connection and its
 * transactions, pg_stmt.c the statements.
 *
 * The connection is always in libpq's pipeline mode. What is sent waits in the pipeline until
 * pg_collect asks for all answers at once. A writer in haste (struct db) does not wait for
 * INSERTs of one row, sets no savepoints around its jobs and does not read twice what cannot
 * have changed (pg_memo.h); see pg_collect for what happens when one of them fails. A reader
 * waits neither for the beginning nor for the end of its transactions.
 */
#pragma once
#include "base/buf.h"
#include "store/inner.h"
#include "store/pq.h"
#include <strings.h>

enum { PG_SAVEPOINTS = 16, PG_TABLES = 64, PG_ANSWERS = 1024 };

/* What the writer has read: see pg_memo.h. */
struct pg_answer {
	char *key;
	size_t n_key;
	PGresult *rows;
	uint64_t at;
};

struct pg {
	struct db db;
	PGconn *conn;
	unsigned era;                  /* counts connections: statements of an older one are gone */
	unsigned n_names;              /* of statements */
	uint64_t sent, done;           /* commands, and answers */
	size_t n_saved;                /* savepoints that are open … */
	uint64_t saved[PG_SAVEPOINTS]; /* … and which command each was */
	bool is_bare;                  /* the first of them was never sent: see save() */
	uint64_t n_writes, bare_writes; /* statements that write; and how many before that */

	/* What pg_memo.c knows. */
	struct str table[PG_TABLES]; /* in statements, which stay */
	size_t n_tables;
	uint64_t clock, forgot_at, wrote_at[PG_TABLES];
	PGresult *acting; /* tables with triggers; NULL: not asked yet */
	struct pg_answer answer[PG_ANSWERS];
	int64_t number; /* of the last transaction */
	bool was_alone; /* nobody older was under way */
	int64_t others; /* counts transactions before which others may have written */

	/* A reader's: nothing has come back yet since it began; which command asks what it sees,
	 * and what that was. */
	bool is_fresh;
	uint64_t snapshot_at;
	char snapshot[64];
};

struct pg_stmt {
	struct db_stmt st;
	char name[16];
	unsigned era;
	bool is_one_row; /* an INSERT that adds one row or fails */
	const char **value;
	int *length, *format;
	char (*number)[24]; /* where integers are written */
	bool is_read;       /* a SELECT */
	size_t writes;      /* which table an INSERT writes to, PG_TABLES otherwise */
	uint64_t reads;     /* which of the tables that are written to it names … */
	size_t n_looked;    /* … of as many as this */
	PGresult *rows;
	bool is_lent; /* the memo's */
	int row;
	uint64_t is_decoded; /* a bit for each column of the row: bytes were decoded in place */
};

/* pg_collect(pg, ret): Wait for the answers to all that was sent. 0 and the last one (if
 * ${ret} is not NULL; PQclear it), or the first failure. When what failed stood before the
 * innermost open savepoint, or that was never sent, it cannot be taken back alone: the
 * transaction is lost, and is_late. */
int pg_collect(struct pg *pg, PGresult **ret) must_use;

/* pg_sent(pg, is_sent): Count a command; libpq's word for failure is 0. */
int pg_sent(struct pg *pg, int is_sent) must_use;

/* What begins and ends transactions, parsed and planned once a connection: PostgreSQL spends more
 * on reading these words anew than on doing what they say. */
enum pg_command {
	PG_LOOK, /* begin to read */
	PG_SNAPSHOT,
	PG_BEGIN, /* begin to write */
	PG_LOCK,
	PG_NUMBER,
	PG_COMMIT,
	PG_ROLLBACK,
	PG_SAVE,
	PG_RELEASE,
	PG_UNDO,
	PG_ACTING, /* which tables have triggers that follow an INSERT */
};
/* pg_command_prepare(pg): For a new connection. */
int pg_command_prepare(struct pg *pg) must_use;
/* pg_command(pg, c): Send it; pg_collect has the answer. */
int pg_command(struct pg *pg, enum pg_command c) must_use;

/* One writer at a time in all of the database, as in SQLite: every transaction that writes
 * holds this lock, whichever node it comes from. Migrations run in such transactions. */
#define PG_WRITE_LOCK "7021501187"

/* pg_ready(pg): Connect again if the connection is gone and no transaction was open in it. */
int pg_ready(struct pg *pg) must_use;

/* pg_again(pg): Whether a reader whose connection died in its sleep has another now, in which its
 * transaction has begun anew, so that what failed may be asked again. Nothing was read before. */
bool pg_again(struct pg *pg) must_use;

/* The statements' half of db_pg. */
int pg_prepare(struct db *db, const struct db_sql *sql, struct db_stmt **ret) must_use;
void pg_drop(struct db_stmt *st);
int pg_bind_i64(struct db_stmt *st, int at, int64_t v) must_use;
int pg_bind_str(struct db_stmt *st, int at, struct str s) must_use;
int pg_bind_null(struct db_stmt *st, int at) must_use;
int pg_step(struct db_stmt *st) must_use;
int pg_exec(struct db_stmt *st) must_use;
bool pg_is_null(struct db_stmt *st, int col);
int64_t pg_i64(struct db_stmt *st, int col);
struct str pg_text(struct db_stmt *st, int col);
struct str pg_blob(struct db_stmt *st, int col);
void pg_reset(struct db_stmt *st);
