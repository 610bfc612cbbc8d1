/*
 * I know statements and rows; not what they mean.
 *
 * One connection with its prepared statements, on SQLite or PostgreSQL. Only what
 * tool/sqlc makes calls the functions from db_begin on: no SQL text is ever built at
 * run time. Results: a number of rows (0, 1, n) or a negative of base/err.h.
 */
#pragma once
#include "base/arena.h"
#include "base/str.h"

struct db;
struct db_stmt;

/* A statement, compiled by tool/sqlc. Its address is its identity. */
struct db_sql {
	const char *name;
	const char *lite; /* ?1 ?2 … */
	const char *pg;   /* $1 $2 … */
	int n_in, n_out;
};

enum db_mode { DB_READ, DB_WRITE };

/* db_open(url, mode, ret): Connect to "sqlite:/path/file" (made for DB_WRITE, refused for
 * DB_READ when missing) or "postgresql://…". Not for two threads at a time. ERR_IO,
 * ERR_NOMEM, ERR_INPUT (an address of no kind that we know). */
int db_open(const char *url, enum db_mode mode, struct db **ret) must_use;
void db_close(struct db *db);
bool db_is_pg(const struct db *db);

/* db_migrate(db, ret_from, ret_to): Bring the schema to the newest step, each step in a
 * transaction of its own; forward only. ${ret_from} is -1 for an empty database.
 * ERR_CONFLICT: the database is newer than this program, or lacks a step in between. */
int db_migrate(struct db *db, int *ret_from, int *ret_to) must_use;

/* db_schema_at(db, ret_at, ret_newest): The step that the database is at, -1 when it is empty,
 * and the newest that this program knows. Changes nothing. ERR_CONFLICT as db_migrate. */
int db_schema_at(struct db *db, int *ret_at, int *ret_newest) must_use;

/* db_tx_begin(db, ret): A transaction, or a savepoint inside the one that is open; on a
 * DB_READ connection a steady view of the data: worth opening for a whole request, because
 * each read outside of one takes and drops SQLite's lock by itself (ten times the cost of
 * finding a row). db_tx_end commits; after its failure
 * nothing was kept. auto_tx rolls back unless ended: auto_tx tx = { 0 }; Transactions
 * end in the reverse order of their beginning. */
struct db_tx {
	struct db *db;
	int depth;
	bool is_open;
};
int db_tx_begin(struct db *db, struct db_tx *ret) must_use;
int db_tx_end(struct db_tx *tx) must_use;
void db_tx_drop(struct db_tx *tx);
/* db_tx_holds(tx): False once the database has given it up: nothing more can be done in it. */
bool db_tx_holds(const struct db_tx *tx);
#define auto_tx __attribute__((cleanup(db_tx_drop))) struct db_tx

/* db_others_wrote(db): 1: somebody else has committed since this was asked last (on PostgreSQL:
 * may have, perhaps in another database of that server), 0, or negative. For a DB_WRITE
 * connection, in a transaction, but for the first time, which only begins to look. */
int db_others_wrote(struct db *db) must_use;

/* db_forget(db): Empty the write-ahead log, so that what was deleted stands nowhere in it. For a
 * DB_WRITE connection, outside of a transaction. 1: done; 0: somebody reads an older view, ask
 * again soon; or negative. On PostgreSQL the server keeps its log as it is set up to: 1. */
int db_forget(struct db *db) must_use;

/* db_much(db): Much will be written at once: SQLite may take 64 MB of memory for it instead of 2.
 * For a command that does nothing else. */
int db_much(struct db *db) must_use;

/* db_prepare_all(db, all): Prepare every statement of a list that tool/sqlc made
 * (x_sql_all, ends with NULL); the first one that cannot be is an error with its name. */
int db_prepare_all(struct db *db, const struct db_sql *const *all) must_use;

/* ---- for tool/sqlc's output only ---- */
struct db_stmt *db_begin(struct db *db, const struct db_sql *sql);
void db_bind_i64(struct db_stmt *st, int at, int64_t v);
void db_bind_opt_i64(struct db_stmt *st, int at, struct opt_i64 v);
/* Absent is the empty text, and NULL for the opt forms. */
void db_bind_str(struct db_stmt *st, int at, struct str s);
void db_bind_opt_str(struct db_stmt *st, int at, struct str s);
void db_bind_blob(struct db_stmt *st, int at, struct str s);
void db_bind_opt_blob(struct db_stmt *st, int at, struct str s);
/* A NULL is ERR_BUG, and the absent value for the opt forms. */
int64_t db_i64(struct db_stmt *st, int col);
struct opt_i64 db_opt_i64(struct db_stmt *st, int col);
struct str db_str(struct db_stmt *st, int col, struct arena *mem);
struct str db_opt_str(struct db_stmt *st, int col, struct arena *mem);
struct str db_blob(struct db_stmt *st, int col, struct arena *mem);
struct str db_opt_blob(struct db_stmt *st, int col, struct arena *mem);
int db_stmt_ok(struct db_stmt *st);
typedef int db_reader(struct db_stmt *st, struct arena *mem, void *row);
int db_exec(struct db_stmt *st);
int db_one(struct db_stmt *st, struct arena *mem, db_reader *read, void *row);
int db_many(struct db_stmt *st, struct arena *mem, size_t size, db_reader *read, void **ret,
	size_t *ret_n);
