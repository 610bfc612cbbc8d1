/*
 * I know what a database must be able to do for db.c; SQLite (sqlite.c) and
 * PostgreSQL (pg.c) each do it their way. For this folder and its tests only.
 *
 * db.c keeps the prepared statements, counts the depth of transactions and stops at the
 * first failure of a statement, so a backend is never asked anything of a statement whose
 * code is not 0. A backend puts its own struct behind struct db and struct db_stmt (as
 * first member), and notes what went wrong with err_note: never a value, only names.
 */
#pragma once
#include "store/db.h"

enum db_op {
	DB_BEGIN, /* DB_WRITE: takes the write lock at once; DB_READ: a steady view */
	DB_COMMIT,
	DB_ROLLBACK, /* also when the database has given the transaction up already */
	DB_SAVE,     /* a savepoint inside the open transaction or savepoint */
	DB_RELEASE,  /* keep what was done since the innermost savepoint */
	DB_UNDO,     /* take it back, and the savepoint with it */
};

struct db_backend {
	const char *scheme; /* "sqlite:" */
	bool is_pg;
	/* open(url, mode, ret): a zeroed struct db of its own with ${back} and ${mode} set. */
	int (*open)(const char *url, enum db_mode mode, struct db **ret);
	/* close(db): all statements are dropped already; frees ${db}. */
	void (*close)(struct db *db);
	/* script(db, sql): several statements without results, inside the open transaction. */
	int (*script)(struct db *db, const char *sql);
	int (*tx)(struct db *db, enum db_op op);
	/* others(db): db_others_wrote, by a count that it compares with db->others_at. */
	int (*others)(struct db *db, int64_t *ret);
	/* forget(db): db_forget, outside of a transaction. */
	int (*forget)(struct db *db);
	/* lock_schema(db): inside a transaction: nobody else migrates until it ends. NULL:
	 * DB_BEGIN is enough. */
	int (*lock_schema)(struct db *db);

	/* prepare(db, sql, ret): a zeroed struct db_stmt of its own with ${db} and ${sql} set. */
	int (*prepare)(struct db *db, const struct db_sql *sql, struct db_stmt **ret);
	void (*drop)(struct db_stmt *st);
	/* bind_…(st, at, …): ${at} from 1. Text and bytes stay where they are until reset. */
	int (*bind_i64)(struct db_stmt *st, int at, int64_t v);
	int (*bind_str)(struct db_stmt *st, int at, struct str s);
	int (*bind_blob)(struct db_stmt *st, int at, struct str s);
	int (*bind_null)(struct db_stmt *st, int at);
	/* step(st): 1: a row is there, 0: no more, or a negative. The first call runs it. */
	int (*step)(struct db_stmt *st);
	/* exec(st): run a statement without columns; rows changed, or a negative. */
	int (*exec)(struct db_stmt *st);
	/* A column of the row, ${col} from 0. A boolean reads as 0 or 1. Views live until the
	 * next step; the empty text has p set. */
	bool (*is_null)(struct db_stmt *st, int col);
	int64_t (*i64)(struct db_stmt *st, int col);
	struct str (*text)(struct db_stmt *st, int col);
	struct str (*blob)(struct db_stmt *st, int col);
	/* reset(st): over; forget rows and bindings. Called after success and failure alike. */
	void (*reset)(struct db_stmt *st);
};

extern const struct db_backend db_sqlite, db_pg;

/* What both have in common; the first member of a backend's own struct. */
struct db_stmt {
	struct db *db;
	const struct db_sql *sql;
	int code; /* 0, or the first failure since db_begin */
};

struct db {
	const struct db_backend *back;
	enum db_mode mode;
	int depth;     /* of transactions and savepoints */
	bool is_lost;  /* the database gave the transaction up; set by a backend */
	bool is_hasty; /* do not wait for what will surely succeed; set by the writer */
	bool is_late;  /* it did not, and was noticed when more had been built upon it: the
			* transaction is lost, and may be run again without haste */
	struct opt_i64 others_at; /* the backend's count when it was asked last */
	bool is_migrating;        /* schema steps may do what statements may not */
	struct db_stmt sad;       /* what db_begin hands out when it fails */
	struct db_slot *slot;
	size_t n_slots, n_used; /* open addressing; n_slots is a power of two */
};

/* One step of the schema, made of schema/NNN-name.sql by tool/sqlc. */
struct db_step {
	int64_t step;
	const char *name, *lite, *pg;
};

/* A run of steps in rising order; the first (step 0) makes the table schema_step. */
struct db_schema {
	const struct db_step *step;
	size_t n;
};
extern const struct db_schema db_schema;

/* db_migrate_to(db, schema, ret_from, ret_to): db_migrate for any schema. ret_from is -1
 * for an empty database. */
int db_migrate_to(
	struct db *db, const struct db_schema *schema, int *ret_from, int *ret_to) must_use;

/* db_script(db, sql): For migrations and tests; never with text from outside. */
int db_script(struct db *db, const char *sql) must_use;
