/* PostgreSQL behind db.c: what begins and ends transactions. */
#include "store/pg.h"

static const struct {
	const char *name, *sql;
	bool is_read, is_write; /* who says it */
} command[] = {
	[PG_LOOK] = { "look", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", true, false },
	[PG_SNAPSHOT] = { "snapshot", "SELECT pg_current_snapshot()", true, false },
	[PG_BEGIN] = { "begin", "BEGIN", false, true },
	[PG_LOCK] = { "lock", "SELECT pg_advisory_xact_lock(" PG_WRITE_LOCK ")", false, true },
	[PG_NUMBER] = { "number",
		"SELECT pg_current_xact_id(), pg_snapshot_xmin(pg_current_snapshot())", false,
		true },
	[PG_COMMIT] = { "commit", "COMMIT", true, true },
	[PG_ROLLBACK] = { "rollback", "ROLLBACK", true, true },
	[PG_SAVE] = { "save", "SAVEPOINT s", false, true },
	[PG_RELEASE] = { "release", "RELEASE s", false, true },
	[PG_UNDO] = { "undo", "ROLLBACK TO s", false, true },
	/* The third bit of tgtype is an INSERT's. */
	[PG_ACTING] = { "acting",
		"SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
		" WHERE NOT t.tgisinternal AND t.tgtype & 4 <> 0",
		false, true },
};

enum { COMMANDS = sizeof command / sizeof *command };

int pg_command_prepare(struct pg *pg)
{
	int rc = 0;
	for (size_t i = 0; rc == 0 && i < COMMANDS; i++)
		if (pg->db.mode == DB_WRITE ? command[i].is_write : command[i].is_read)
			rc = pg_sent(pg,
				PQsendPrepare(pg->conn, command[i].name, command[i].sql, 0, NULL));
	return rc == 0 ? pg_collect(pg, NULL) : rc;
}

int pg_command(struct pg *pg, enum pg_command c)
{
	return pg_sent(pg, PQsendQueryPrepared(pg->conn, command[c].name, 0, NULL, NULL, NULL, 0));
}
