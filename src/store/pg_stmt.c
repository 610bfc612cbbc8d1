/* PostgreSQL behind db.c: prepared statements, their values and rows. */
#include "store/pg_memo.h"
#include <limits.h>

enum { BYTEA = 17, BOOL = 16, AHEAD_MAX = 4000 };

static struct pg *pg_of(const struct db_stmt *st)
{
	return (struct pg *)st->db;
}

static struct pg_stmt *stmt_of(struct db_stmt *st)
{
	return (struct pg_stmt *)st;
}

/* ---- preparing ---- */

/* INSERT INTO t (…) VALUES (…), perhaps with ON CONFLICT … DO UPDATE: it changes one row or
 * fails, so that a writer in haste knows the answer before it comes. When in doubt it waits. */
static bool adds_one_row(const char *sql)
{
	static const char *const doubt[] = { "SELECT", "WHERE", "NOTHING", "RETURNING", "),(",
		"), (" };
	if (strncasecmp(sql, "INSERT INTO ", 12) != 0 || !strcasestr(sql, "VALUES"))
		return false;
	for (size_t i = 0; i < sizeof doubt / sizeof *doubt; i++)
		if (strcasestr(sql, doubt[i]))
			return false;
	return true;
}

/* The audit trail is only ever added to. */
static bool is_forgery(const struct db *db, const char *sql)
{
	return !db->is_migrating &&
		(strcasestr(sql, "UPDATE audit") || strcasestr(sql, "DELETE FROM audit"));
}

static int prepare_now(struct pg *pg, struct pg_stmt *s)
{
	int rc = pg_sent(pg, PQsendPrepare(pg->conn, s->name, s->st.sql->pg, 0, NULL));
	if (rc == 0)
		rc = pg_collect(pg, NULL);
	if (rc == 0)
		s->era = pg->era;
	return rc;
}

/* After a new connection the old names mean nothing. */
static int pg_stmt_ready(struct pg *pg, struct pg_stmt *s)
{
	int rc = pg_ready(pg);
	if (rc == 0 && s->era != pg->era)
		rc = prepare_now(pg, s);
	return rc < 0 && pg_again(pg) ? prepare_now(pg, s) : rc;
}

int pg_prepare(struct db *db, const struct db_sql *sql, struct db_stmt **ret)
{
	struct pg *pg = (struct pg *)db;
	struct pg_stmt *s = calloc(1, sizeof *s);
	size_t n = sql->n_in > 0 ? (size_t)sql->n_in : 1;
	if (!s)
		return err_note(ERR_NOMEM, "%s", sql->name);
	s->st = (struct db_stmt){ .db = db, .sql = sql };
	s->value = calloc(n, sizeof *s->value);
	s->length = calloc(n, sizeof *s->length);
	s->format = calloc(n, sizeof *s->format);
	s->number = calloc(n, sizeof *s->number);
	snprintf(s->name, sizeof s->name, "s%u", pg->n_names++);
	s->is_one_row = adds_one_row(sql->pg);
	int rc = is_forgery(db, sql->pg) ? err_note(ERR_DENIED, "%s", sql->name) : pg_ready(pg);
	if (rc == 0)
		rc = pg_memo_kind(pg, s);
	if (rc == 0)
		rc = s->value && s->length && s->format && s->number
			? pg_stmt_ready(pg, s)
			: err_note(ERR_NOMEM, "%s", sql->name);
	if (rc < 0) {
		pg_drop(&s->st);
		return rc;
	}
	*ret = &s->st;
	return 0;
}

/* The server's half goes with the connection. */
void pg_drop(struct db_stmt *st)
{
	struct pg_stmt *s = stmt_of(st);
	if (!s->is_lent)
		PQclear(s->rows);
	free(s->value);
	free(s->length);
	free(s->format);
	free(s->number);
	free(s);
}

/* ---- parameters: integers as text, so that PostgreSQL may choose their width ---- */

static int bind(struct db_stmt *st, int at, struct str s, int format)
{
	struct pg_stmt *to = stmt_of(st);
	if (at < 1 || at > st->sql->n_in)
		return err_note(ERR_BUG, "%s has no parameter %d", st->sql->name, at);
	if (s.n > INT_MAX)
		return err_note(ERR_LIMIT, "%s: parameter %d", st->sql->name, at);
	to->value[at - 1] = s.p;
	to->length[at - 1] = (int)s.n;
	to->format[at - 1] = format;
	return 0;
}

int pg_bind_i64(struct db_stmt *st, int at, int64_t v)
{
	struct pg_stmt *s = stmt_of(st);
	int rc = bind(st, at, STR(""), 0);
	if (rc < 0)
		return rc;
	snprintf(s->number[at - 1], sizeof *s->number, "%lld", (long long)v);
	s->value[at - 1] = s->number[at - 1];
	return 0;
}

int pg_bind_str(struct db_stmt *st, int at, struct str s)
{
	return bind(st, at, s, 1);
}

int pg_bind_null(struct db_stmt *st, int at)
{
	return bind(st, at, (struct str){ 0 }, 0);
}

/* ---- running ---- */

static int send_it(struct pg *pg, struct pg_stmt *s)
{
	int rc = pg_stmt_ready(pg, s);
	if (rc < 0)
		return rc;
	pg_memo_wrote(pg, s);
	return pg_sent(pg,
		PQsendQueryPrepared(
			pg->conn, s->name, s->st.sql->n_in, s->value, s->length, s->format, 0));
}

static int ask(struct pg *pg, struct pg_stmt *s, PGresult **ret)
{
	int rc = send_it(pg, s);
	if (rc == 0)
		rc = pg_collect(pg, ret);
	if (rc == 0 || !pg_again(pg))
		return rc;
	rc = send_it(pg, s);
	return rc < 0 ? rc : pg_collect(pg, ret);
}

int pg_step(struct db_stmt *st)
{
	struct pg_stmt *s = stmt_of(st);
	s->is_decoded = 0;
	if (s->rows)
		return ++s->row < PQntuples(s->rows);
	struct pg *pg = pg_of(st);
	s->rows = pg_memo_find(pg, s);
	s->is_lent = s->rows != NULL;
	int rc = s->is_lent ? 0 : ask(pg, s, &s->rows);
	if (rc == 0 && !s->is_lent)
		s->is_lent = pg_memo_keep(pg, s, s->rows);
	s->row = 0;
	return rc < 0 ? rc : PQntuples(s->rows) > 0;
}

int pg_exec(struct db_stmt *st)
{
	struct pg_stmt *s = stmt_of(st);
	struct pg *pg = pg_of(st);
	int64_t n = 0;
	if (pg->db.is_hasty && pg->db.depth && s->is_one_row && pg->sent - pg->done < AHEAD_MAX) {
		int rc = send_it(pg, s);
		return rc < 0 ? rc : 1;
	}
	PGresult *r = NULL;
	int rc = ask(pg, s, &r);
	if (rc < 0)
		return rc;
	if (PQresultStatus(r) == PGRES_TUPLES_OK)
		rc = err_note(ERR_BUG, "%s: rows, and nobody to read them", st->sql->name);
	else if (str_i64(str_c(PQcmdTuples(r)), &n))
		rc = n < INT_MAX ? (int)n : INT_MAX;
	PQclear(r);
	return rc;
}

void pg_reset(struct db_stmt *st)
{
	struct pg_stmt *s = stmt_of(st);
	if (!s->is_lent)
		PQclear(s->rows);
	s->rows = NULL;
	s->is_lent = false;
	for (int i = 0; i < st->sql->n_in; i++)
		s->value[i] = NULL;
}

/* ---- columns, as text ---- */

static struct str cell(const struct pg_stmt *s, int col)
{
	return (struct str){ PQgetvalue(s->rows, s->row, col),
		(size_t)PQgetlength(s->rows, s->row, col) };
}

bool pg_is_null(struct db_stmt *st, int col)
{
	const struct pg_stmt *s = stmt_of(st);
	return PQgetisnull(s->rows, s->row, col);
}

int64_t pg_i64(struct db_stmt *st, int col)
{
	const struct pg_stmt *s = stmt_of(st);
	struct str text = cell(s, col);
	int64_t v = 0;
	if (PQftype(s->rows, col) == BOOL)
		return text.p[0] == 't';
	if (!str_i64(text, &v) && st->code == 0)
		st->code = err_note(
			ERR_BUG, "%s: column %d is no whole number", st->sql->name, col + 1);
	return v;
}

struct str pg_text(struct db_stmt *st, int col)
{
	return cell(stmt_of(st), col);
}

static char nibble(char c)
{
	return (char)(c <= '9' ? c - '0' : c - 'a' + 10);
}

/* Bytes come as \x and hexadecimal, and are decoded where they lie. */
struct str pg_blob(struct db_stmt *st, int col)
{
	struct pg_stmt *s = stmt_of(st);
	struct str text = cell(s, col);
	if (PQftype(s->rows, col) != BYTEA || col > 63 || text.n < 2)
		return text;
	char *p = PQgetvalue(s->rows, s->row, col);
	size_t n = text.n / 2 - 1;
	if (!(s->is_decoded & UINT64_C(1) << col))
		for (size_t i = 0; i < n; i++)
			p[i] = (char)(nibble(p[2 * i + 2]) << 4 | nibble(p[2 * i + 3]));
	s->is_decoded |= UINT64_C(1) << col;
	return (struct str){ p, n };
}
