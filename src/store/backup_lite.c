/* SQLite's own backup, beside a running writer. */
#include "store/backup_inner.h"
#include "store/inner.h"
#include "store/search.h"
#include <sqlite3.h>
#include <unistd.h>

/* Pages at a time, and a moment for others in between. */
enum { PAGES = 256, PAUSE_MS = 1, WAIT_MS = 5000 };

static int failure(int rc, const char *what)
{
	int code = ERR_IO;
	if ((rc & 0xff) == SQLITE_BUSY || (rc & 0xff) == SQLITE_LOCKED)
		code = ERR_BUSY;
	else if ((rc & 0xff) == SQLITE_NOTADB || (rc & 0xff) == SQLITE_CORRUPT)
		code = ERR_INPUT;
	else if ((rc & 0xff) == SQLITE_CANTOPEN)
		code = ERR_MISSING;
	else if ((rc & 0xff) == SQLITE_NOMEM)
		code = ERR_NOMEM;
	return err_note(code, "%s: %s", what, sqlite3_errstr(rc));
}

static int lite_open(const char *path, int flags, sqlite3 **ret)
{
	int rc = sqlite3_open_v2(path, ret, flags | SQLITE_OPEN_NOMUTEX, NULL);
	if (rc != SQLITE_OK)
		return failure(rc, "backup: open");
	sqlite3_busy_timeout(*ret, WAIT_MS);
	return search_register(*ret);
}

/* The first column of the first row: ${ret} is untouched if there is none. */
static int ask(sqlite3 *lite, const char *sql, int64_t *ret)
{
	sqlite3_stmt *st = NULL;
	int rc = sqlite3_prepare_v2(lite, sql, -1, &st, NULL);
	if (rc == SQLITE_OK) {
		rc = sqlite3_step(st);
		if (rc == SQLITE_ROW)
			*ret = sqlite3_column_int64(st, 0);
	}
	sqlite3_finalize(st);
	return rc == SQLITE_ROW || rc == SQLITE_DONE ? 0 : failure(rc, "backup: look");
}

static int order(sqlite3 *lite, const char *sql)
{
	int rc = sqlite3_exec(lite, sql, NULL, NULL, NULL);
	return rc == SQLITE_OK ? 0 : failure(rc, "backup: order");
}

/* Whole, and with the schema of some step of ours. */
static int check(sqlite3 *lite, int64_t *ret_step)
{
	int64_t is_whole = 0, has_steps = 0, step = -1;
	int rc = ask(lite, "SELECT integrity_check = 'ok' FROM pragma_integrity_check LIMIT 1",
		&is_whole);
	if (rc == 0)
		rc = ask(lite, "SELECT count(*) FROM sqlite_schema WHERE name = 'schema_step'",
			&has_steps);
	if (rc == 0 && (!is_whole || !has_steps))
		rc = err_note(ERR_INPUT,
			is_whole ? "backup: not a database of ours"
				 : "backup: the database is damaged");
	if (rc == 0)
		rc = ask(lite, "SELECT max(step) FROM schema_step", &step);
	if (rc == 0)
		*ret_step = step;
	return rc;
}

/* ${from} must be in a read transaction if others write to it: what they write meanwhile
 * would make SQLite begin again and again. */
static int copy(sqlite3 *from, sqlite3 *to, int pages)
{
	sqlite3_backup *b = sqlite3_backup_init(to, "main", from, "main");
	if (!b)
		return failure(sqlite3_errcode(to), "backup: begin");
	int rc, waited = 0;
	while ((rc = sqlite3_backup_step(b, pages)) != SQLITE_DONE) {
		bool is_busy = rc == SQLITE_BUSY || rc == SQLITE_LOCKED;
		if (rc != SQLITE_OK && !(is_busy && waited++ < WAIT_MS))
			break;
		sqlite3_sleep(PAUSE_MS);
	}
	int end = sqlite3_backup_finish(b);
	return rc == SQLITE_DONE && end == SQLITE_OK
		? 0
		: failure(rc == SQLITE_DONE ? end : rc, "backup: copy");
}

/* A steady view of ${from}, into ${to}, which stands alone afterwards, without a -wal file. */
static int copy_checked(sqlite3 *from, sqlite3 *to)
{
	int64_t step = -1, copied = -1;
	int rc = order(from, "BEGIN");
	if (rc == 0)
		rc = ask(from, "SELECT max(step) FROM schema_step", &step);
	if (rc == 0)
		rc = copy(from, to, PAGES);
	if (rc == 0)
		rc = order(to, "PRAGMA journal_mode = DELETE");
	if (rc == 0)
		rc = check(to, &copied);
	if (rc == 0 && step != copied)
		rc = err_note(ERR_IO, "backup: the copy is not what was copied");
	return rc;
}

int backup_lite_make(const char *path, const char *part)
{
	sqlite3 *from = NULL, *to = NULL;
	int rc = lite_open(path, SQLITE_OPEN_READWRITE, &from);
	if (rc == 0)
		rc = lite_open(part, SQLITE_OPEN_READWRITE, &to);
	if (rc == 0)
		rc = copy_checked(from, to);
	sqlite3_close(to);
	sqlite3_close(from);
	return rc;
}

static int check_place(sqlite3 *to, bool may_replace)
{
	int64_t n = 0;
	int rc = ask(to, "SELECT count(*) FROM sqlite_schema", &n);
	if (rc == 0 && n > 0 && !may_replace)
		rc = err_note(ERR_CONFLICT, "restore: the database is not empty");
	return rc;
}

/* In one transaction of the database itself, so that a server that reads it is safe. */
int backup_lite_restore(const char *from, const char *path, bool may_replace)
{
	sqlite3 *source = NULL, *to = NULL;
	int64_t step;
	int rc = lite_open(from, SQLITE_OPEN_READONLY, &source);
	if (rc == 0)
		rc = check(source, &step);
	if (rc == 0 && step > db_schema.step[db_schema.n - 1].step)
		rc = err_note(ERR_CONFLICT, "restore: the copy is of a newer program");
	if (rc == 0 && access(path, F_OK) != 0)
		rc = backup_file_new(path);
	if (rc == 0)
		rc = lite_open(path, SQLITE_OPEN_READWRITE, &to);
	if (rc == 0)
		rc = check_place(to, may_replace);
	if (rc == 0)
		rc = copy(source, to, -1);
	sqlite3_close(to);
	sqlite3_close(source);
	return rc;
}
