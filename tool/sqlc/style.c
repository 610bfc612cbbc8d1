/* What the text of a statement shows without asking the database. */
#include "tool/sqlc/lex.h"
#include "tool/sqlc/sqlc.h"

/* What was seen of one text. Only words outside of parentheses count as clauses. */
struct seen {
	struct sqlc *c;
	const struct sqlc_stmt *q;
	bool is_pg, is_shared; /* shared: this text serves PostgreSQL too */
	int depth;
	bool may_verb, has_where, has_order, has_limit;
	struct str verb;
	bool param[SQLC_FIELDS];
	struct lex_token before, before2;
};

static bool bad_word(struct seen *s, const struct lex_token *t, const char *why)
{
	return sqlc_bad(
		s->c, t->line, "%.*s: %.*s: %s", STR_ARG(s->q->name), STR_ARG(t->text), why);
}

static bool is_one_of(const struct lex_token *t, const char *const *word)
{
	for (; *word; word++)
		if (lex_is(t, *word))
			return true;
	return false;
}

static void note_clause(struct seen *s, const struct lex_token *t)
{
	static const char *const verb[] = { "select", "insert", "update", "delete", "replace",
		"values", NULL };
	if (t->kind == LEX_SIGN) {
		s->depth += (t->text.p[0] == '(') - (t->text.p[0] == ')');
		return;
	}
	if (t->kind != LEX_WORD || s->depth)
		return;
	bool is_first = !s->before.text.p;
	s->may_verb |= is_first && (lex_is(t, "with") || is_one_of(t, verb));
	if (s->may_verb && !s->verb.p && is_one_of(t, verb))
		s->verb = t->text;
	s->has_where |= lex_is(t, "where");
	s->has_order |= lex_is(t, "order");
	s->has_limit |= lex_is(t, "limit");
}

static bool check_param(struct seen *s, const struct lex_token *t)
{
	if (t->number == 0)
		return bad_word(s, t, "number the parameters: ?1, ?2 …");
	if ((size_t)t->number > s->q->n_in)
		return sqlc_bad(s->c, t->line, "%.*s: %.*s, but %zu parameters are declared",
			STR_ARG(s->q->name), STR_ARG(t->text), s->q->n_in);
	s->param[t->number - 1] = true;
	return true;
}

/* A star is a column list, not a product or count(*), by what stands before it. */
static bool check_star(struct seen *s, const struct lex_token *t)
{
	static const char *const before[] = { "select", "distinct", "all", "returning", ",", ".",
		NULL };
	if (lex_is(t, "*") && is_one_of(&s->before, before))
		return bad_word(s, t, "name the columns");
	return true;
}

/* Words that SQLite knows and PostgreSQL does not, or understands otherwise. */
static const struct {
	const char *word, *why;
} lite_only[] = {
	{ "like", "the databases disagree about capitals; write a -- :pg variant" },
	{ "glob", "only SQLite has it" },
	{ "match", "only SQLite has it; write a -- :pg variant" },
	{ "rowid", "only SQLite has it; name the key" },
	{ "ifnull", "write coalesce" },
	{ "iif", "write CASE" },
	{ "total", "write coalesce(sum(…), 0)" },
	{ "group_concat", "write a -- :pg variant with string_agg" },
	{ "instr", "write a -- :pg variant with strpos" },
	{ "unixepoch", "the time is a parameter" },
	{ "strftime", "the time is a parameter" },
	{ "datetime", "the time is a parameter" },
	{ "julianday", "the time is a parameter" },
	{ "random", "the databases disagree; chance is a parameter" },
	{ "nocase", "only SQLite has it" },
	{ "last_insert_rowid", "write RETURNING id" },
	{ "`", "quote names with \"…\"" },
	{ "[", "quote names with \"…\"" },
	{ "@", "number the parameters: ?1, ?2 …" },
	{ "$", "number the parameters: ?1, ?2 …" },
	{ ":", "number the parameters: ?1, ?2 …" },
};

static bool check_shared(struct seen *s, const struct lex_token *t)
{
	static const char *const after_is[] = { "null", "not", "distinct", "true", "false", NULL };
	static const char *const writes[] = { "insert", "update", NULL };
	for (size_t i = 0; i < sizeof lite_only / sizeof *lite_only; i++)
		if (lex_is(t, lite_only[i].word))
			return bad_word(s, t, lite_only[i].why);
	if (lex_is(t, "or") && is_one_of(&s->before, writes))
		return bad_word(s, t, "write ON CONFLICT (…) DO …");
	if (lex_is(t, "replace") && (!s->before.text.p || lex_is(&s->before, ")")))
		return bad_word(s, t, "write INSERT … ON CONFLICT (…) DO UPDATE");
	if (lex_is(t, "=") && lex_is(&s->before, "=") && !t->has_gap)
		return bad_word(s, t, "write a single =");
	bool is_after_is = lex_is(&s->before, "is") ||
		(lex_is(&s->before, "not") && lex_is(&s->before2, "is"));
	if (is_after_is && !is_one_of(t, after_is))
		return bad_word(s, t, "after IS: write IS NOT DISTINCT FROM, or IS DISTINCT FROM");
	return true;
}

static bool check_whole(struct seen *s)
{
	const struct sqlc_stmt *q = s->q;
	int line = s->is_pg ? q->pg_line : q->lite_line;
	if (!s->verb.p)
		return sqlc_bad(s->c, line, "%.*s: only SELECT, INSERT, UPDATE and DELETE",
			STR_ARG(q->name));
	for (size_t i = 0; i < q->n_in; i++)
		if (!s->param[i])
			return sqlc_bad(s->c, line, "%.*s: parameter %.*s (?%zu) is not used",
				STR_ARG(q->name), STR_ARG(q->in[i].name), i + 1);
	bool changes = str_eq_ascii(s->verb, STR("update")) || str_eq_ascii(s->verb, STR("delete"));
	if (changes && !s->has_where)
		return sqlc_bad(s->c, line, "%.*s: %.*s without WHERE changes every row",
			STR_ARG(q->name), STR_ARG(s->verb));
	if (q->kind == SQLC_MANY && s->has_limit && !s->has_order)
		return sqlc_bad(s->c, line, "%.*s: LIMIT without ORDER BY gives any rows at all",
			STR_ARG(q->name));
	return true;
}

static bool check_text(struct sqlc *c, const struct sqlc_stmt *q, bool is_pg)
{
	struct seen s = { .c = c, .q = q, .is_pg = is_pg, .is_shared = !is_pg && !q->pg.p };
	struct lex l = { .left = is_pg ? q->pg : q->lite,
		.line = is_pg ? q->pg_line : q->lite_line };
	struct lex_token t;
	for (lex_next(&l, &t); t.kind != LEX_END; lex_next(&l, &t)) {
		if (t.kind == LEX_BAD)
			return sqlc_bad(c, t.line, "%.*s: what is this?", STR_ARG(q->name));
		if (t.kind == LEX_PARAM && !check_param(&s, &t))
			return false;
		if (!check_star(&s, &t) || (s.is_shared && !check_shared(&s, &t)))
			return false;
		note_clause(&s, &t);
		s.before2 = s.before;
		s.before = t;
	}
	return check_whole(&s);
}

bool sqlc_style(struct sqlc *c, const struct sqlc_stmt *q)
{
	return check_text(c, q, false) && (!q->pg.p || check_text(c, q, true));
}
