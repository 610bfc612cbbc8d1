/* A statement against the real schema: SQLite prepares it, and we look at what it found. */
#include "tool/sqlc/sqlc.h"

bool sqlc_bad(struct sqlc *c, int line, const char *fmt, ...)
{
	if (c->error[0])
		return false;
	va_list ap;
	va_start(ap, fmt);
	int n = snprintf(c->error, sizeof c->error, "%s:%d: ", c->path, line);
	if (n > 0 && (size_t)n < sizeof c->error)
		vsnprintf(c->error + n, sizeof c->error - (size_t)n, fmt, ap);
	va_end(ap);
	return false;
}

/* ---- whose tables ---- */

static bool is_listed(const struct str *list, size_t n, const char *table)
{
	for (size_t i = 0; i < n; i++) {
		const char *name = list[i].p;
		if (str_ends(list[i], "_") ? strncmp(table, name, list[i].n) == 0
					   : str_is(list[i], table))
			return true;
	}
	return false;
}

/* A common table expression is asked about as if it were a table. */
static bool is_table(struct sqlc *c, const char *name)
{
	return sqlite3_table_column_metadata(
		       c->db, NULL, name, NULL, NULL, NULL, NULL, NULL, NULL) == SQLITE_OK;
}

static int authorize(
	void *arg, int op, const char *table, const char *b, const char *d, const char *e)
{
	struct sqlc *c = arg;
	const struct sqlc_stmt *q = c->now;
	(void)b, (void)d;
	bool is_write = op == SQLITE_INSERT || op == SQLITE_UPDATE || op == SQLITE_DELETE;
	if (e) /* what a trigger of the schema does is the schema's */
		return SQLITE_OK;
	if (op == SQLITE_SELECT || op == SQLITE_FUNCTION || op == SQLITE_RECURSIVE)
		return SQLITE_OK;
	if (!is_write && op != SQLITE_READ) {
		sqlc_bad(c, q->lite_line, "%.*s: only SELECT, INSERT, UPDATE and DELETE",
			STR_ARG(q->name));
		return SQLITE_DENY;
	}
	if (is_listed(c->owns, c->n_owns, table))
		return SQLITE_OK;
	if (!is_write && (is_listed(c->reads, c->n_reads, table) || !is_table(c, table)))
		return SQLITE_OK;
	sqlc_bad(c, q->lite_line, "%.*s: table %s belongs to another module", STR_ARG(q->name),
		table);
	return SQLITE_DENY;
}

/* ---- columns ---- */

static bool check_column(struct sqlc *c, sqlite3_stmt *st, const struct sqlc_stmt *q, int i)
{
	static const char want[] = { [SQLC_I64] = 'I', [SQLC_STR] = 'T', [SQLC_BLOB] = 'B' };
	static const char *const word[] = { "i64", "str", "blob" };
	const struct sqlc_field *f = &q->out[i];
	const char *t = sqlite3_column_table_name(st, i), *o = sqlite3_column_origin_name(st, i);
	const char *type = NULL;
	int is_not_null = 0, is_key = 0;
	if (!t ||
		sqlite3_table_column_metadata(
			c->db, NULL, t, o, &type, NULL, &is_not_null, &is_key, NULL))
		return true; /* an expression: the header is the word */
	if (!is_not_null && !is_key && !f->is_opt)
		return sqlc_bad(c, q->line, "%.*s: %s may be NULL: write %.*s %s?",
			STR_ARG(q->name), o, STR_ARG(f->name), word[f->type]);
	if (type && *type != want[f->type])
		return sqlc_bad(c, q->line, "%.*s: %s is %s in the schema, %s here",
			STR_ARG(q->name), o, type, word[f->type]);
	return true;
}

static bool check_columns(struct sqlc *c, sqlite3_stmt *st, const struct sqlc_stmt *q)
{
	int n = sqlite3_column_count(st);
	if ((size_t)n != q->n_out)
		return sqlc_bad(c, q->line, "%.*s: %d columns, %zu declared", STR_ARG(q->name), n,
			q->n_out);
	for (int i = 0; i < n; i++)
		if (!check_column(c, st, q, i))
			return false;
	return true;
}

/* ---- one statement ---- */

/* The line of SQLite's complaint. */
static int error_line(struct sqlc *c, const struct sqlc_stmt *q)
{
	int line = q->lite_line, at = sqlite3_error_offset(c->db);
	for (int i = 0; i < at && (size_t)i < q->lite.n; i++)
		line += q->lite.p[i] == '\n';
	return line;
}

static bool check(struct sqlc *c, const struct sqlc_stmt *q)
{
	if (!sqlc_style(c, q))
		return false;
	sqlite3_stmt *st = NULL;
	c->now = q;
	/* SQLite makes this table when it is first named, and would ask whether it may. */
	if (sqlite3_exec(c->db, "SELECT 1 FROM json_each('[]')", NULL, NULL, NULL) != SQLITE_OK)
		return sqlc_bad(c, q->lite_line, "no json_each: %s", sqlite3_errmsg(c->db));
	sqlite3_set_authorizer(c->db, authorize, c);
	int rc = sqlite3_prepare_v2(c->db, q->lite.p, (int)q->lite.n, &st, NULL);
	sqlite3_set_authorizer(c->db, NULL, NULL);
	bool is_fine = true;
	if (rc || !st)
		is_fine = sqlc_bad(c, error_line(c, q), "%.*s: %s", STR_ARG(q->name),
			rc ? sqlite3_errmsg(c->db) : "no statement");
	else if ((size_t)sqlite3_bind_parameter_count(st) != q->n_in)
		is_fine = sqlc_bad(c, q->line, "%.*s: %d parameters, %zu declared",
			STR_ARG(q->name), sqlite3_bind_parameter_count(st), q->n_in);
	is_fine = is_fine && check_columns(c, st, q);
	sqlite3_finalize(st);
	return is_fine && sqlc_plan(c, q);
}

bool sqlc_check(struct sqlc *c)
{
	for (const struct sqlc_stmt *q = c->first; q; q = q->next)
		if (!check(c, q))
			return false;
	return true;
}

bool sqlc_open(struct sqlc *c, const char *path)
{
	*c = (struct sqlc){ .path = path };
	arena_init(&c->mem, 16 << 20);
	if (sqlite3_open(":memory:", &c->db))
		return sqlc_bad(c, 1, "SQLite does not open");
	sqlite3_db_config(c->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
	sqlite3_db_config(c->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
	return sqlc_register_search(c);
}

void sqlc_close(struct sqlc *c)
{
	sqlite3_close(c->db);
	c->db = NULL;
	arena_done(&c->mem);
}
