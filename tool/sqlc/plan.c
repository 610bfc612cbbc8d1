/* How SQLite would run a statement. A table without rows tells the shape of the work well
 * enough: which index is used, and where none is. */
#include "tool/sqlc/lex.h"
#include "tool/sqlc/sqlc.h"

enum { MADE_MAX = 32 };

/* Results made on the way (subqueries, WITH): to read them through is no scan. */
struct made {
	char name[MADE_MAX][64];
	size_t n;
};

static struct str word_after(const char *how, const char *start)
{
	struct str left = str_from(str_c(how), strlen(start)), word = { 0 };
	str_cut(&left, ' ', &word);
	return word;
}

static void note_made(struct made *m, const char *how)
{
	static const char *const start[] = { "MATERIALIZE ", "CO-ROUTINE " };
	for (size_t i = 0; i < 2; i++)
		if (str_starts(str_c(how), start[i]) && m->n < MADE_MAX) {
			struct str word = word_after(how, start[i]);
			snprintf(m->name[m->n++], sizeof m->name[0], "%.*s", STR_ARG(word));
		}
}

static bool is_made(const struct made *m, struct str name)
{
	for (size_t i = 0; i < m->n; i++)
		if (str_is(name, m->name[i]))
			return true;
	return false;
}

/* LIMIT outside of parentheses: an index read in order stops early. */
static bool has_limit(const struct sqlc_stmt *q)
{
	struct lex l = { .left = q->lite };
	struct lex_token t;
	int depth = 0;
	for (lex_next(&l, &t); t.kind != LEX_END && t.kind != LEX_BAD; lex_next(&l, &t)) {
		depth += lex_is(&t, "(") - lex_is(&t, ")");
		if (depth == 0 && lex_is(&t, "limit"))
			return true;
	}
	return false;
}

/* Words looked for anew at each row of another table: "M" is MATCH, "=" the row's number. */
static bool is_asked_again(const char *how)
{
	const char *index = strstr(how, " VIRTUAL TABLE INDEX ");
	return index && strchr(index, '=') && strchr(strstr(index, "INDEX ") + 6, 'M');
}

static bool is_slow(const struct sqlc_stmt *q, const struct made *m, const char *how)
{
	if (str_starts(str_c(how), "SEARCH "))
		return strstr(how, " AUTOMATIC ") && !is_made(m, word_after(how, "SEARCH "));
	if (!str_starts(str_c(how), "SCAN ") || is_made(m, word_after(how, "SCAN ")))
		return false;
	if (strstr(how, "CONSTANT ROW") || strstr(how, "VALUES CLAUSE") || strstr(how, "SCAN ("))
		return false;
	if (strstr(how, " VIRTUAL TABLE ")) /* nothing asked of it: all its rows */
		return str_ends(str_c(how), " INDEX 0:");
	return !(strstr(how, " INDEX ") && has_limit(q));
}

bool sqlc_plan(struct sqlc *c, const struct sqlc_stmt *q)
{
	struct made made = { .n = 0 };
	sqlite3_stmt *st = NULL;
	char *sql = sqlite3_mprintf("EXPLAIN QUERY PLAN %.*s", STR_ARG(q->lite));
	bool is_fine = sql && sqlite3_prepare_v2(c->db, sql, -1, &st, NULL) == SQLITE_OK;
	sqlite3_free(sql);
	if (!is_fine)
		return sqlc_bad(
			c, q->lite_line, "%.*s: %s", STR_ARG(q->name), sqlite3_errmsg(c->db));
	while (is_fine && sqlite3_step(st) == SQLITE_ROW) {
		const char *how = (const char *)sqlite3_column_text(st, 3);
		note_made(&made, how ? how : "");
		if (how && is_asked_again(how))
			is_fine = sqlc_bad(c, q->line,
				"%.*s: %s: words are looked for at each row: CROSS JOIN behind them",
				STR_ARG(q->name), how);
		else if (how && !q->may_scan && is_slow(q, &made, how))
			is_fine = sqlc_bad(c, q->line,
				"%.*s: %s: add an index, or give a reason: scan \"…\" %.*s",
				STR_ARG(q->name), how, STR_ARG(q->name));
	}
	sqlite3_finalize(st);
	return is_fine;
}
