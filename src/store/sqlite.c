/* SQLite behind db.c. */
#include "store/inner.h"
#include "store/search.h"
#include <sqlite3.h>

enum { READER_WAIT_MS = 250, WRITER_WAIT_MS = 5000 };

struct lite {
	struct db db;
	sqlite3 *lite;
	sqlite3_stmt *op[DB_UNDO + 1]; /* BEGIN and the like, prepared when first needed */
};
struct lite_stmt {
	struct db_stmt st;
	sqlite3_stmt *lite;
};

static sqlite3 *lite_of(struct db *db)
{
	return ((struct lite *)db)->lite;
}

static sqlite3_stmt *stmt_of(struct db_stmt *st)
{
	return ((struct lite_stmt *)st)->lite;
}

/* SQLite's messages may quote a value (RAISE, CHECK): only its words for the code are kept. */
static int failure(struct db *db, int rc, const char *what)
{
	int code;
	switch (rc & 0xff) {
	case SQLITE_OK: return 0;
	case SQLITE_BUSY:
	case SQLITE_LOCKED: code = ERR_BUSY; break;
	case SQLITE_CONSTRAINT: code = ERR_CONFLICT; break;
	case SQLITE_NOMEM: code = ERR_NOMEM; break;
	case SQLITE_TOOBIG: code = ERR_LIMIT; break;
	case SQLITE_AUTH: code = ERR_DENIED; break;
	case SQLITE_ERROR:
	case SQLITE_SCHEMA:
	case SQLITE_MISMATCH:
	case SQLITE_RANGE:
	case SQLITE_MISUSE: code = ERR_BUG; break;
	default: code = ERR_IO;
	}
	/* A full disk rolls everything back by itself; what follows would commit alone. */
	if (db->depth && sqlite3_get_autocommit(lite_of(db)))
		db->is_lost = true;
	return err_note(code, "%s: %s (%d)", what, sqlite3_errstr(rc), rc);
}

/* ---- connection ---- */

/* The audit trail is only ever added to. */
static int authorize(
	void *arg, int op, const char *table, const char *b, const char *c, const char *d)
{
	const struct db *db = arg;
	(void)b, (void)c, (void)d;
	if ((op == SQLITE_UPDATE || op == SQLITE_DELETE) && !db->is_migrating &&
		str_starts(str_c(table), "audit"))
		return SQLITE_DENY;
	return SQLITE_OK;
}

static int lite_script(struct db *db, const char *sql)
{
	int rc = sqlite3_exec(lite_of(db), sql, NULL, NULL, NULL);
	if (rc == SQLITE_ERROR) /* our own text is wrong: say where */
		return err_note(ERR_BUG, "script: %s", sqlite3_errmsg(lite_of(db)));
	return failure(db, rc, "script");
}

/* A page cache of 2 MB; temporary tables never touch the disk; deleted bytes are
 * overwritten; the -wal file shrinks again after a large batch. */
static int set_up(struct db *db)
{
	int rc = lite_script(db,
		"PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;"
		"PRAGMA temp_store=MEMORY; PRAGMA cache_size=-2000;"
		"PRAGMA secure_delete=ON; PRAGMA cell_size_check=ON;");
	if (rc == 0)
		rc = search_words(lite_of(db));
	if (rc == 0 && db->mode == DB_WRITE)
		rc = lite_script(db,
			"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
			"PRAGMA journal_size_limit=8388608;");
	else if (rc == 0)
		rc = lite_script(db, "PRAGMA query_only=ON;");
	return rc;
}

static void lite_close(struct db *db)
{
	for (size_t i = 0; i <= DB_UNDO; i++)
		sqlite3_finalize(((struct lite *)db)->op[i]);
	sqlite3_close(lite_of(db));
	free(db);
}

static int lite_open(const char *url, enum db_mode mode, struct db **ret)
{
	struct lite *l = calloc(1, sizeof *l);
	if (!l)
		return err_note(ERR_NOMEM, "connection");
	l->db.back = &db_sqlite;
	l->db.mode = mode;
	/* A reader of a WAL database writes to its shared memory, so never READONLY. */
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
		(mode == DB_WRITE ? SQLITE_OPEN_CREATE : 0);
	const char *path = url + strlen(db_sqlite.scheme);
	int rc = failure(&l->db, sqlite3_open_v2(path, &l->lite, flags, NULL), "open");
	if (rc == 0) {
		sqlite3_busy_timeout(l->lite, mode == DB_WRITE ? WRITER_WAIT_MS : READER_WAIT_MS);
		rc = set_up(&l->db);
		if (rc == 0)
			rc = search_register(l->lite);
	}
	if (rc < 0) {
		lite_close(&l->db);
		return rc;
	}
	sqlite3_set_authorizer(l->lite, authorize, &l->db);
	*ret = &l->db;
	return 0;
}

static int run_op(struct db *db, enum db_op op)
{
	static const char *const word[] = {
		[DB_BEGIN] = "BEGIN IMMEDIATE",
		[DB_COMMIT] = "COMMIT",
		[DB_ROLLBACK] = "ROLLBACK",
		[DB_SAVE] = "SAVEPOINT s",
		[DB_RELEASE] = "RELEASE s",
		[DB_UNDO] = "ROLLBACK TO s",
	};
	sqlite3_stmt **st = &((struct lite *)db)->op[op];
	const char *sql = op == DB_BEGIN && db->mode == DB_READ ? "BEGIN" : word[op];
	int rc = SQLITE_OK;
	if (!*st)
		rc = sqlite3_prepare_v3(lite_of(db), sql, -1, SQLITE_PREPARE_PERSISTENT, st, NULL);
	if (rc == SQLITE_OK) {
		sqlite3_step(*st);
		rc = sqlite3_reset(*st);
	}
	return failure(db, rc, sql);
}

static int lite_tx(struct db *db, enum db_op op)
{
	bool is_free = sqlite3_get_autocommit(lite_of(db));
	if (op == DB_ROLLBACK && is_free)
		return 0;
	/* A savepoint outside of a transaction would begin one of its own. */
	if (op != DB_BEGIN && is_free)
		return err_note(ERR_IO, "the database gave the transaction up");
	int rc = run_op(db, op);
	return rc == 0 && op == DB_UNDO ? run_op(db, DB_RELEASE) : rc;
}

/* It counts what other connections commit, and these alone: this house writes with one. */
static int lite_others(struct db *db, int64_t *ret)
{
	sqlite3_stmt *st;
	int rc = sqlite3_prepare_v2(lite_of(db), "PRAGMA data_version", -1, &st, NULL);
	if (rc == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW)
		*ret = sqlite3_column_int64(st, 0);
	return failure(db, sqlite3_finalize(st), "data_version");
}

/* The first column says whether somebody was in the way. */
static int lite_forget(struct db *db)
{
	sqlite3_stmt *st;
	bool is_busy = true;
	int rc = sqlite3_prepare_v2(lite_of(db), "PRAGMA wal_checkpoint(TRUNCATE)", -1, &st, NULL);
	if (rc == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW)
		is_busy = sqlite3_column_int64(st, 0) != 0;
	int result = failure(db, sqlite3_finalize(st), "wal_checkpoint");
	return result < 0 ? result : !is_busy;
}

/* ---- statements ---- */

static int lite_prepare(struct db *db, const struct db_sql *sql, struct db_stmt **ret)
{
	struct lite_stmt *s = calloc(1, sizeof *s);
	if (!s)
		return err_note(ERR_NOMEM, "%s", sql->name);
	s->st = (struct db_stmt){ .db = db, .sql = sql };
	int rc = sqlite3_prepare_v3(
		lite_of(db), sql->lite, -1, SQLITE_PREPARE_PERSISTENT, &s->lite, NULL);
	if (rc != SQLITE_OK) {
		free(s);
		return failure(db, rc, sql->name);
	}
	*ret = &s->st;
	return 0;
}

static void lite_drop(struct db_stmt *st)
{
	sqlite3_finalize(stmt_of(st));
	free(st);
}

static int bound(struct db_stmt *st, int rc)
{
	return rc == SQLITE_OK ? 0 : failure(st->db, rc, st->sql->name);
}

static int lite_bind_i64(struct db_stmt *st, int at, int64_t v)
{
	return bound(st, sqlite3_bind_int64(stmt_of(st), at, v));
}

static int lite_bind_str(struct db_stmt *st, int at, struct str s)
{
	return bound(
		st, sqlite3_bind_text64(stmt_of(st), at, s.p, s.n, SQLITE_STATIC, SQLITE_UTF8));
}

static int lite_bind_blob(struct db_stmt *st, int at, struct str s)
{
	return bound(st, sqlite3_bind_blob64(stmt_of(st), at, s.p, s.n, SQLITE_STATIC));
}

static int lite_bind_null(struct db_stmt *st, int at)
{
	return bound(st, sqlite3_bind_null(stmt_of(st), at));
}

static int lite_step(struct db_stmt *st)
{
	int rc = sqlite3_step(stmt_of(st));
	if (rc == SQLITE_ROW)
		return 1;
	return rc == SQLITE_DONE ? 0 : failure(st->db, rc, st->sql->name);
}

static int lite_exec(struct db_stmt *st)
{
	int rc = lite_step(st);
	if (rc > 0)
		return err_note(ERR_BUG, "%s: rows, and nobody to read them", st->sql->name);
	return rc < 0 ? rc : sqlite3_changes(lite_of(st->db));
}

static bool lite_is_null(struct db_stmt *st, int col)
{
	return sqlite3_column_type(stmt_of(st), col) == SQLITE_NULL;
}

static int64_t lite_i64(struct db_stmt *st, int col)
{
	return sqlite3_column_int64(stmt_of(st), col);
}

static struct str lite_text(struct db_stmt *st, int col)
{
	const unsigned char *p = sqlite3_column_text(stmt_of(st), col);
	return (struct str){ (const char *)p, (size_t)sqlite3_column_bytes(stmt_of(st), col) };
}

/* SQLite's empty blob is no address at all. */
static struct str lite_blob(struct db_stmt *st, int col)
{
	const char *p = sqlite3_column_blob(stmt_of(st), col);
	return (struct str){ p ? p : "", (size_t)sqlite3_column_bytes(stmt_of(st), col) };
}

static void lite_reset(struct db_stmt *st)
{
	sqlite3_reset(stmt_of(st));
	sqlite3_clear_bindings(stmt_of(st));
}

const struct db_backend db_sqlite = {
	.scheme = "sqlite:",
	.open = lite_open,
	.close = lite_close,
	.script = lite_script,
	.tx = lite_tx,
	.others = lite_others,
	.forget = lite_forget,
	.prepare = lite_prepare,
	.drop = lite_drop,
	.bind_i64 = lite_bind_i64,
	.bind_str = lite_bind_str,
	.bind_blob = lite_bind_blob,
	.bind_null = lite_bind_null,
	.step = lite_step,
	.exec = lite_exec,
	.is_null = lite_is_null,
	.i64 = lite_i64,
	.text = lite_text,
	.blob = lite_blob,
	.reset = lite_reset,
};
