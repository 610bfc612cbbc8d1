/* PostgreSQL behind db.c: the connection and its transactions. */
#include "store/pg_memo.h"

static struct pg *pg_of(struct db *db)
{
	return (struct pg *)db;
}

/* ---- what went wrong ---- */

static int code_of(const char *state)
{
	static const struct {
		const char *begins;
		int code;
	} row[] = {
		{ "23", ERR_CONFLICT },
		{ "40", ERR_BUSY },    /* serialisation, deadlock */
		{ "55P03", ERR_BUSY }, /* a lock was not to be had */
		{ "57014", ERR_BUSY }, /* took too long */
		{ "53200", ERR_NOMEM },
		{ "53300", ERR_BUSY }, /* too many connections */
		{ "54", ERR_LIMIT },
		{ "42501", ERR_DENIED },
		{ "25006", ERR_DENIED }, /* read only */
		{ "22021", ERR_INPUT },  /* not UTF-8 */
		{ "22", ERR_BUG },
		{ "42", ERR_BUG },
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		if (str_starts(str_c(state), row[i].begins))
			return row[i].code;
	return ERR_IO;
}

/* PostgreSQL's messages quote values; except those about our own SQL, only codes and names of
 * constraints are kept. */
static int failure(const PGresult *r)
{
	const char *state = PQresultErrorField(r, PG_DIAG_SQLSTATE);
	const char *constraint = PQresultErrorField(r, PG_DIAG_CONSTRAINT_NAME);
	const char *words = PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);
	if (!state)
		return err_note(ERR_IO, "PostgreSQL: the connection is gone");
	int code = code_of(state);
	if (str_starts(str_c(state), "42") && words)
		return err_note(code, "PostgreSQL %s: %s", state, words);
	return err_note(code, "PostgreSQL %s %s", state, constraint ? constraint : "");
}

static int gone(struct pg *pg)
{
	pg->done = pg->sent;
	pg->db.is_lost = pg->db.depth > 0;
	return err_note(ERR_IO, "PostgreSQL: the connection is gone");
}

/* ---- the pipeline ---- */

int pg_sent(struct pg *pg, int is_sent)
{
	if (!is_sent)
		return gone(pg);
	pg->sent++;
	return 0;
}

static bool is_innermost_bare(const struct pg *pg)
{
	return pg->is_bare && pg->n_saved == 1;
}

/* Something failed that was not waited for, and other work was built upon it. */
static void check_order(struct pg *pg, uint64_t failed)
{
	if (is_innermost_bare(pg) || (pg->n_saved && failed <= pg->saved[pg->n_saved - 1]))
		pg->db.is_lost = pg->db.is_late = true;
}

/* What a reader sees, as the transactions that it does and does not see. */
static void note_snapshot(struct pg *pg, const PGresult *r)
{
	bool is_told = PQresultStatus(r) == PGRES_TUPLES_OK && PQntuples(r) == 1;
	pg_memo_snapshot(pg, is_told ? str_c(PQgetvalue(r, 0, 0)) : (struct str){ 0 });
}

int pg_collect(struct pg *pg, PGresult **ret)
{
	PGresult *last = NULL, *r;
	int rc = 0, n_pauses = 0;
	if (!PQpipelineSync(pg->conn))
		return gone(pg);
	/* Each answer is followed by a NULL, the end by none. */
	while ((r = PQgetResult(pg->conn)) || n_pauses++ == 0) {
		ExecStatusType status = r ? PQresultStatus(r) : PGRES_EMPTY_QUERY;
		if (!r)
			continue;
		n_pauses = 0;
		if (status == PGRES_PIPELINE_SYNC) {
			PQclear(r);
			break;
		}
		pg->done++;
		if (pg->done == pg->snapshot_at)
			note_snapshot(pg, r);
		if (status == PGRES_FATAL_ERROR && rc == 0) {
			rc = failure(r);
			check_order(pg, pg->done);
		}
		PQclear(last);
		last = r;
	}
	if (PQstatus(pg->conn) == CONNECTION_BAD)
		rc = gone(pg);
	else
		pg->is_fresh = false;
	pg->done = pg->sent;
	if (rc == 0 && ret) {
		*ret = last;
		last = NULL;
	}
	PQclear(last);
	return rc;
}

/* Wait for what is on its way; it does not matter how it ended. */
static void settle(struct pg *pg)
{
	int rc = pg_collect(pg, NULL);
	(void)rc;
}

/* ---- connection ---- */

static void no_notice(void *arg, const PGresult *r)
{
	(void)arg;
	(void)r;
}

static int one_by_one(struct pg *pg, const char *sql)
{
	PGresult *r = PQexec(pg->conn, sql);
	ExecStatusType status = PQresultStatus(r);
	int rc = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK ? 0 : failure(r);
	PQclear(r);
	return rc;
}

/* Text must sort and fold here as it does in SQLite: by its bytes, in UTF-8. */
static int check_locale(struct pg *pg)
{
	PGresult *r = PQexec(pg->conn,
		"SELECT pg_encoding_to_char(encoding), datcollate, datctype FROM pg_database"
		" WHERE datname = current_database()");
	int rc = 0;
	if (PQresultStatus(r) != PGRES_TUPLES_OK || PQntuples(r) != 1)
		rc = failure(r);
	else if (strcmp(PQgetvalue(r, 0, 0), "UTF8") != 0)
		rc = err_note(ERR_INPUT, "PostgreSQL: the database is not in UTF-8");
	for (int i = 1; rc == 0 && i < 3; i++)
		if (strcasecmp(PQgetvalue(r, 0, i), "C.UTF-8") != 0 &&
			strcasecmp(PQgetvalue(r, 0, i), "C.UTF8") != 0)
			rc = err_note(ERR_INPUT,
				"PostgreSQL: make the database with LOCALE 'C.UTF-8' (TEMPLATE template0)");
	PQclear(r);
	return rc;
}

/* A writer's statements are few rows by key, and planned while the tables may be empty: so that
 * the plan still serves when they are full, it is made without reading whole tables. */
static int set_up(struct pg *pg)
{
	if (PQstatus(pg->conn) != CONNECTION_OK) {
		struct str why = str_c(PQerrorMessage(pg->conn));
		why.n = str_find(why, '\n');
		return err_note(ERR_IO, "connect: %.*s", STR_ARG(why));
	}
	PQsetNoticeReceiver(pg->conn, no_notice, NULL);
	int rc = check_locale(pg);
	if (rc == 0)
		rc = one_by_one(pg,
			pg->db.mode == DB_WRITE
				? "SET synchronous_commit = on; SET lock_timeout = '10s';"
				  "SET enable_seqscan = off;"
				  "SET statement_timeout = '30s';"
				  "SET idle_in_transaction_session_timeout = '60s'"
				: "SET default_transaction_read_only = on; SET statement_timeout = '10s'");
	if (rc == 0 && !PQenterPipelineMode(pg->conn))
		rc = err_note(ERR_IO, "PostgreSQL: no pipeline");
	pg->era++;
	pg_memo_forget(pg);
	return rc == 0 ? pg_command_prepare(pg) : rc;
}

int pg_ready(struct pg *pg)
{
	if (PQstatus(pg->conn) == CONNECTION_OK)
		return 0;
	if (pg->db.depth)
		return gone(pg);
	PQreset(pg->conn);
	return set_up(pg);
}

static void close_it(struct db *db)
{
	pg_memo_done(pg_of(db));
	PQfinish(pg_of(db)->conn);
	free(db);
}

static int open_it(const char *url, enum db_mode mode, struct db **ret)
{
	const char *const word[] = { "dbname", "client_encoding", "connect_timeout",
		"fallback_application_name", NULL };
	const char *const value[] = { url, "UTF8", "5", "baraza", NULL };
	int loaded = pq_load();
	struct pg *pg = loaded < 0 ? NULL : calloc(1, sizeof *pg);
	if (!pg)
		return loaded < 0 ? loaded : err_note(ERR_NOMEM, "connection");
	pg->db.back = &db_pg;
	pg->db.mode = mode;
	pg->conn = PQconnectdbParams(word, value, 1);
	int rc = pg->conn ? set_up(pg) : err_note(ERR_NOMEM, "connection");
	if (rc < 0) {
		close_it(&pg->db);
		return rc;
	}
	*ret = &pg->db;
	return 0;
}

/* Several statements at once do not go through a pipeline. Outside of a transaction they are
 * one, which waits for the writers' lock. Changing a schema may take its time. */
static int script(struct db *db, const char *sql)
{
	struct pg *pg = pg_of(db);
	int rc = pg_ready(pg);
	pg_memo_forget(pg);
	PQclear(pg->acting);
	pg->acting = NULL;
	if (rc == 0 && pg->sent > pg->done)
		rc = pg_collect(pg, NULL);
	if (rc < 0)
		return rc;
	if (!PQexitPipelineMode(pg->conn))
		return gone(pg);
	rc = one_by_one(pg, "SET statement_timeout = 0");
	if (rc == 0 && !db->depth)
		rc = one_by_one(pg, "BEGIN; SELECT pg_advisory_xact_lock(" PG_WRITE_LOCK ")");
	if (rc == 0)
		rc = one_by_one(pg, sql);
	if (!db->depth) {
		int end = one_by_one(pg, rc < 0 ? "ROLLBACK" : "COMMIT");
		rc = rc < 0 ? rc : end;
	}
	if (rc == 0)
		rc = one_by_one(pg, "SET statement_timeout = '30s'");
	return PQenterPipelineMode(pg->conn) ? rc : gone(pg);
}

/* ---- transactions ---- */

/* Numbers of transactions, in 64 bits: they never come again. */
static void note_number(struct pg *pg, PGresult *r)
{
	int64_t number = 0, oldest = -1;
	if (!str_i64(str_c(PQgetvalue(r, 0, 0)), &number) ||
		!str_i64(str_c(PQgetvalue(r, 0, 1)), &oldest))
		oldest = -1;
	pg_memo_begin(pg, number, oldest);
}

static int begin_writing(struct pg *pg)
{
	int rc = pg_ready(pg);
	if (rc == 0)
		rc = pg_command(pg, PG_BEGIN);
	if (rc == 0)
		rc = pg_command(pg, PG_LOCK);
	if (rc == 0)
		rc = pg_command(pg, PG_NUMBER);
	PGresult *r = NULL;
	if (rc == 0)
		rc = pg_collect(pg, &r);
	if (rc < 0 || !r)
		return rc;
	note_number(pg, r);
	PQclear(r);
	return 0;
}

/* On its way with the first statement. */
static int begin_reading(struct pg *pg)
{
	int rc = pg_ready(pg);
	if (rc == 0)
		rc = pg_command(pg, PG_LOOK);
	if (rc == 0)
		rc = pg_command(pg, PG_SNAPSHOT);
	pg->is_fresh = rc == 0;
	pg->snapshot_at = pg->sent;
	return rc;
}

bool pg_again(struct pg *pg)
{
	if (PQstatus(pg->conn) == CONNECTION_OK || pg->db.mode != DB_READ)
		return false;
	int depth = pg->db.depth;
	if (!depth || !pg->is_fresh)
		return !depth;
	pg->db.depth = 0;
	int rc = begin_reading(pg);
	pg->db.depth = depth;
	pg->db.is_lost = rc < 0;
	return rc == 0;
}

/* Waiting here costs a writer one round trip a batch, and tells a connection that died in its
 * sleep, while nothing is lost yet. */
static int begin(struct pg *pg)
{
	int (*once)(struct pg * pg) = pg->db.mode == DB_WRITE ? begin_writing : begin_reading;
	pg->n_saved = 0;
	pg->is_bare = false;
	pg->db.is_late = false;
	int rc = once(pg);
	if (rc < 0 && PQstatus(pg->conn) != CONNECTION_OK)
		rc = once(pg);
	if (rc < 0 && PQstatus(pg->conn) == CONNECTION_OK &&
		PQtransactionStatus(pg->conn) != PQTRANS_IDLE && pg_command(pg, PG_ROLLBACK) == 0)
		settle(pg);
	return rc;
}

/* A failed transaction answers to COMMIT that it has rolled back. */
static int commit(struct pg *pg)
{
	PGresult *r = NULL;
	int rc = pg_command(pg, PG_COMMIT);
	if (rc == 0)
		rc = pg_collect(pg, &r);
	if (rc < 0) {
		pg_memo_forget(pg);
		pg->db.is_late = pg->db.is_hasty && PQstatus(pg->conn) == CONNECTION_OK;
		return rc;
	}
	if (strcmp(PQcmdStatus(r), "COMMIT") != 0) {
		pg_memo_forget(pg);
		rc = err_note(ERR_IO, "PostgreSQL gave the transaction up");
	}
	PQclear(r);
	return rc;
}

/* Nothing is to be undone, only what was seen to be let go. */
static int stop_reading(struct pg *pg)
{
	if (PQstatus(pg->conn) == CONNECTION_OK && pg_command(pg, PG_ROLLBACK) == 0)
		PQflush(pg->conn);
	return 0;
}

/* When the connection is gone the server has rolled back by itself. */
static int roll_back(struct pg *pg)
{
	pg->n_saved = 0;
	pg->is_bare = false;
	if (pg->db.mode == DB_READ)
		return stop_reading(pg);
	pg_memo_forget(pg);
	if (PQstatus(pg->conn) == CONNECTION_OK && pg->sent > pg->done)
		settle(pg);
	if (PQstatus(pg->conn) == CONNECTION_OK && pg_command(pg, PG_ROLLBACK) == 0)
		settle(pg);
	return 0;
}

/* Nearly all jobs succeed, and a savepoint for each costs more than what they do: in haste the
 * one around a job is never sent. When a job that has written fails after all, the batch is
 * late and runs again. */
static int save(struct pg *pg)
{
	if (pg->db.is_lost)
		return err_note(ERR_IO, "the database gave the transaction up");
	if (pg->db.mode == DB_READ)
		return 0;
	if (pg->n_saved == PG_SAVEPOINTS)
		return err_note(ERR_BUG, "savepoints in savepoints in savepoints");
	bool is_bare = pg->db.is_hasty && !pg->n_saved;
	if (is_bare)
		pg->bare_writes = pg->n_writes;
	pg->is_bare |= is_bare;
	int rc = is_bare ? 0 : pg_command(pg, PG_SAVE);
	if (rc == 0)
		pg->saved[pg->n_saved++] = pg->sent;
	return rc;
}

/* The end of a savepoint that was never sent. */
static int forget_bare(struct pg *pg)
{
	pg->n_saved = 0;
	pg->is_bare = false;
	return 0;
}

static int release(struct pg *pg)
{
	if (pg->db.mode == DB_READ)
		return 0;
	if (is_innermost_bare(pg))
		return forget_bare(pg);
	int rc = pg_command(pg, PG_RELEASE);
	if (rc == 0 && !pg->db.is_hasty)
		rc = pg_collect(pg, NULL);
	if (rc == 0)
		pg->n_saved--;
	return rc;
}

/* What is on its way may fail: it is to be undone anyway, unless it came before. A reader has
 * no savepoints, as it has nothing to undo. */
static int undo(struct pg *pg)
{
	if (pg->db.mode == DB_READ)
		return PQtransactionStatus(pg->conn) == PQTRANS_INERROR ? ERR_IO : 0;
	if (is_innermost_bare(pg)) {
		pg->db.is_late |= pg->n_writes != pg->bare_writes;
		return pg->db.is_late ? ERR_IO : forget_bare(pg);
	}
	pg_memo_forget(pg);
	if (pg->sent > pg->done)
		settle(pg);
	int rc = pg->db.is_lost ? ERR_IO : pg_command(pg, PG_UNDO);
	if (rc == 0)
		rc = pg_command(pg, PG_RELEASE);
	if (rc == 0)
		rc = pg_collect(pg, NULL);
	pg->n_saved--;
	return rc;
}

static int tx(struct db *db, enum db_op op)
{
	static int (*const does[])(struct pg * pg) = {
		[DB_BEGIN] = begin,
		[DB_COMMIT] = commit,
		[DB_ROLLBACK] = roll_back,
		[DB_SAVE] = save,
		[DB_RELEASE] = release,
		[DB_UNDO] = undo,
	};
	return does[op](pg_of(db));
}

static int pg_others(struct db *db, int64_t *ret)
{
	*ret = ((struct pg *)db)->others;
	return 0;
}

static int pg_forget(struct db *db)
{
	(void)db;
	return 1;
}

const struct db_backend db_pg = {
	.scheme = "postgresql:",
	.is_pg = true,
	.open = open_it,
	.close = close_it,
	.script = script,
	.tx = tx,
	.others = pg_others,
	.forget = pg_forget,
	.prepare = pg_prepare,
	.drop = pg_drop,
	.bind_i64 = pg_bind_i64,
	.bind_str = pg_bind_str,
	.bind_blob = pg_bind_str,
	.bind_null = pg_bind_null,
	.step = pg_step,
	.exec = pg_exec,
	.is_null = pg_is_null,
	.i64 = pg_i64,
	.text = pg_text,
	.blob = pg_blob,
	.reset = pg_reset,
};
