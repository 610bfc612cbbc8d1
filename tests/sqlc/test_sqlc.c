#include "tests/test.h"
#include "tool/sqlc/lex.h"
#include "tool/sqlc/sqlc.h"

static const char schema[] =
	"CREATE TABLE account_user (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;\n"
	"CREATE TABLE consult_round (id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE,\n"
	"  title TEXT NOT NULL, closes_at INTEGER, picture BLOB,\n"
	"  owner INTEGER NOT NULL REFERENCES account_user(id)) STRICT;\n"
	"CREATE TABLE consult_statement (id INTEGER PRIMARY KEY, round INTEGER NOT NULL,\n"
	"  author INTEGER NOT NULL, body TEXT NOT NULL) STRICT;\n"
	"CREATE INDEX consult_statement_round ON consult_statement(round, id);\n"
	"CREATE VIRTUAL TABLE consult_search USING fts5(text, tokenize = 'baraza');\n"
	"CREATE TABLE consultant (id INTEGER PRIMARY KEY) STRICT;\n"
	"CREATE TABLE protect_case (id INTEGER PRIMARY KEY, sealed BLOB NOT NULL) STRICT;\n";

#define OWNS "-- owns consult_ reads account_\n"

/* Compile ${text}: the complaint, or "" and what was made. */
static const char *compile(const char *text, struct buf *ret_c, struct buf *ret_h)
{
	static char error[sizeof((struct sqlc *)0)->error];
	struct sqlc c;
	buf_init(ret_c, 1 << 20);
	buf_init(ret_h, 1 << 20);
	assert_true(sqlc_open(&c, "x.sql"));
	assert_true(sqlc_step(&c, str_c(schema)));
	if (sqlc_parse(&c, str_c(text)) && sqlc_check(&c))
		sqlc_emit(&c, "x.sql", ret_c, ret_h);
	assert_int_equal(ret_c->failed | ret_h->failed, 0);
	memcpy(error, c.error, sizeof error);
	sqlc_close(&c);
	return error;
}

/* ---- refusals ---- */

static const struct {
	const char *why; /* part of the complaint, with its line */
	const char *text;
} refused[] = {
	/* columns and types */
	{ "x.sql:3: q: no such column",
		"-- :one q (a i64) -> t str\n"
		"SELECT titel FROM consult_round WHERE id = ?1;" },
	{ "x.sql:5: q: no such column",
		"-- :one q (a i64) -> t str\n"
		"SELECT\n\n  titel FROM consult_round WHERE id = ?1;" },
	{ "x.sql:3: q: no such table",
		"-- :one q (a i64) -> t str\n"
		"SELECT title FROM consult_rond WHERE id = ?1;" },
	{ "x.sql:2: q: closes_at may be NULL: write t i64?",
		"-- :one q (a i64) -> t i64\nSELECT closes_at FROM consult_round WHERE id = ?1;" },
	{ "id is INTEGER in the schema, str here",
		"-- :one q (a i64) -> t str\nSELECT id FROM consult_round WHERE id = ?1;" },
	{ "picture is BLOB in the schema, str here",
		"-- :one q (a i64) -> t str?\nSELECT picture FROM consult_round WHERE id = ?1;" },
	{ "2 columns, 1 declared",
		"-- :one q (a i64) -> t i64\nSELECT id, slug FROM consult_round WHERE id = ?1;" },
	{ "name the columns",
		"-- :one q (a i64) -> t i64\nSELECT * FROM account_user WHERE id = ?1;" },
	{ "name the columns",
		"-- :one q (a i64) -> t i64\nSELECT u.* FROM account_user u WHERE id = ?1;" },
	{ "name the columns",
		"-- :one q (a str) -> t str\nINSERT INTO consult_search (text) VALUES (?1) RETURNING *;" },
	/* parameters */
	{ "x.sql:3: q: ?1, but 0 parameters are declared",
		"-- :one q () -> t i64\nSELECT id FROM consult_round WHERE id = ?1;" },
	{ "x.sql:3: q: parameter b (?2) is not used",
		"-- :one q (a i64, b i64) -> t i64\nSELECT id FROM consult_round WHERE id = ?1;" },
	{ "number the parameters",
		"-- :one q (a i64) -> t i64\nSELECT id FROM consult_round WHERE id = ?;" },
	{ "number the parameters",
		"-- :one q (a i64) -> t i64\nSELECT id FROM consult_round WHERE id = :a;" },
	{ "number the parameters",
		"-- :one q (a i64) -> t i64\nSELECT id FROM consult_round WHERE id = @a;" },
	{ "a is named twice",
		"-- :one q (a i64, a i64) -> t i64\nSELECT id FROM consult_round WHERE id = ?1 + ?2;" },
	/* other rooms */
	{ "table protect_case belongs to another module",
		"-- :one q (a i64) -> s blob\nSELECT sealed FROM protect_case WHERE id = ?1;" },
	{ "table protect_case belongs to another module",
		"-- :one q (a i64) -> s i64\n"
		"SELECT id FROM consult_round WHERE id = ?1 AND EXISTS (SELECT 1 FROM protect_case);" },
	{ "table account_user belongs to another module",
		"-- :exec q (a str)\nUPDATE account_user SET name = ?1 WHERE id = 1;" },
	{ "table consultant belongs to another module",
		"-- :one q (a i64) -> s i64\nSELECT id FROM consultant WHERE id = ?1;" },
	/* speed */
	{ "SCAN consult_round: add an index, or give a reason",
		"-- :many q (a str) -> t i64\nSELECT id FROM consult_round WHERE title = ?1;" },
	{ "add an index", "-- :many q () -> t i64\nSELECT id FROM consult_round;" },
	{ "add an index", "-- :one q () -> n i64\nSELECT count(*) FROM consult_round;" },
	{ "AUTOMATIC",
		"-- :many q (a i64) -> t i64\n"
		"SELECT s.id FROM consult_round r JOIN consult_statement s ON s.author = r.owner "
		"WHERE r.id > ?1;" },
	{ "add an index",
		"-- :many q () -> t str?\nSELECT text FROM consult_search;\n"
		"-- :pg\nSELECT text FROM consult_search;" },
	{ "words are looked for at each row",
		"-- :one q (a str, b i64) -> n i64\n"
		"SELECT count(*) FROM consult_search f JOIN consult_statement s ON s.id = f.rowid "
		"WHERE f.consult_search MATCH ?1 AND s.round = ?2;\n"
		"-- :pg\n"
		"SELECT count(*) FROM consult_search f JOIN consult_statement s ON s.id = f.id "
		"WHERE f.words @@ ?1::tsquery AND s.round = ?2;" },
	{ "scan needs a reason", "-- :many scan q () -> t i64\nSELECT id FROM consult_round;" },
	{ "scan needs a reason",
		"-- :many scan \"\" q () -> t i64\nSELECT id FROM consult_round;" },
	/* dangerous or vague */
	{ "delete without WHERE", "-- :exec q ()\ndelete from consult_round;" },
	{ "UPDATE without WHERE", "-- :exec q (a str)\nUPDATE consult_round SET title = ?1;" },
	{ "LIMIT without ORDER BY",
		"-- :many q (a i64) -> t i64\n"
		"SELECT id FROM consult_statement WHERE round = ?1 LIMIT 5;" },
	{ "only SELECT, INSERT, UPDATE and DELETE", "-- :exec q ()\nDROP TABLE consult_round;" },
	{ "only SELECT, INSERT, UPDATE and DELETE", "-- :exec q ()\nPRAGMA user_version = 3;" },
	{ "only SELECT, INSERT, UPDATE and DELETE", "-- :exec q ()\nATTACH 'x' AS y;" },
	{ "only SELECT, INSERT, UPDATE and DELETE", "-- :exec q ()\nCOMMIT;" },
	/* what PostgreSQL would not understand */
	{ "write a -- :pg variant",
		"-- :many q (a str) -> t i64\n"
		"SELECT id FROM consult_round WHERE slug LIKE ?1;" },
	{ "write coalesce",
		"-- :one q (a i64) -> t i64\n"
		"SELECT ifnull(closes_at, 0) FROM consult_round WHERE id = ?1;" },
	{ "write ON CONFLICT",
		"-- :exec q (a i64)\nINSERT OR IGNORE INTO consult_search (rowid) VALUES (?1);" },
	{ "write INSERT", "-- :exec q (a i64)\nREPLACE INTO consult_search (rowid) VALUES (?1);" },
	{ "write IS NOT DISTINCT FROM",
		"-- :one q (a i64?) -> t i64\n"
		"SELECT id FROM consult_round WHERE id IS ?1;" },
	{ "write IS NOT DISTINCT FROM",
		"-- :one q (a i64?) -> t i64\n"
		"SELECT id FROM consult_round WHERE id IS NOT ?1;" },
	{ "write a single =",
		"-- :one q (a i64) -> t i64\nSELECT id FROM consult_round WHERE id == ?1;" },
	{ "the time is a parameter",
		"-- :exec q (a i64)\nUPDATE consult_round SET closes_at = unixepoch() WHERE id = ?1;" },
	{ "parameter a (?1) is not used",
		"-- :one q (a i64) -> t i64\n"
		"SELECT id FROM consult_round WHERE id = ?1;\n"
		"-- :pg\nSELECT id FROM consult_round;" },
	/* headers */
	{ "use :one", "-- :some q () -> t i64\nSELECT 1;" },
	{ "SQL without", "SELECT 1;" },
	{ ":exec gives no columns",
		"-- :exec q (a i64) -> t i64\nSELECT id FROM consult_round WHERE id = ?1;" },
	{ "columns missing", "-- :one q (a i64)\nSELECT id FROM consult_round WHERE id = ?1;" },
	{ "there is no bool",
		"-- :one q (a bool) -> t i64\nSELECT id FROM consult_round WHERE id = ?1;" },
	{ "type int of a",
		"-- :one q (a int) -> t i64\nSELECT id FROM consult_round WHERE id = ?1;" },
	{ "names are lower case", "-- :one Q () -> t i64\nSELECT 1;" },
	{ "choose another name", "-- :one q () -> int i64\nSELECT 1;" },
	{ "x.sql:4: q: the name is taken in line 2",
		"-- :one q () -> t i64\nSELECT 1;\n-- :one q () -> t i64\nSELECT 1;" },
	{ "( expected", "-- :one q -> t i64\nSELECT 1;" },
	{ ") or , expected", "-- :one q (a i64 b i64) -> t i64\nSELECT 1;" },
	{ "what is", "-- :one q () -> t i64 nonsense\nSELECT 1;" },
	{ "-- :pg follows a statement", "-- :pg\nSELECT 1;" },
	{ "a second", "-- owns account_\n" },
	/* statements */
	{ "; missing", "-- :one q (a i64) -> t i64\nSELECT id FROM consult_round WHERE id = ?1" },
	{ "without end", "-- :one q () -> t str\nSELECT 'abc;\n" },
	{ "without end", "-- :one q () -> t i64\nSELECT 1 /* abc;\n" },
	{ "no statement", "-- :one q () -> t i64\n;" },
	{ "one statement only", "-- :one q () -> t i64\nSELECT 1; SELECT 2;" },
	{ "SQL without", "-- :one q () -> t i64\nSELECT 1;\nSELECT 2;" },
	{ "syntax error", "-- :one q () -> t i64\nSELECT 1 FRM x;" },
	{ "only SELECT", "-- :one q () -> t i64\nSELEKT 1;" },
};

static void bad_statements_are_refused(void **state)
{
	(void)state;
	int wrong = 0;
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		auto_buf c, h, text;
		buf_init(&text, 4096);
		buf_f(&text, OWNS "%s", refused[i].text);
		buf_byte(&text, 0);
		const char *error = compile(text.p, &c, &h);
		if (!strstr(error, refused[i].why)) {
			wrong++;
			print_error("%s\n-> \"%s\", not \"%s\"\n", refused[i].text, error,
				refused[i].why);
		}
	}
	assert_int_equal(wrong, 0);
}

static void owners_must_be_named(void **state)
{
	(void)state;
	auto_buf c, h;
	assert_non_null(strstr(compile("-- :one q () -> t i64\nSELECT 1;\n", &c, &h), "-- owns"));
}

/* ---- what passes ---- */

static const char *const passes[] = {
	"-- :one q (a i64) -> id i64, closes i64?\nSELECT id, closes_at FROM consult_round WHERE id = ?1;",
	/* an expression is what the header says; count(*) and products are no stars */
	"-- :one q (a i64) -> n i64, m i64\n"
	"SELECT count(*), 2 * ?1 FROM consult_statement WHERE round = ?1;",
	"-- :many q (a i64, b i64, c i64) -> id i64, name str\n"
	"SELECT s.id, u.name FROM consult_statement s JOIN account_user u ON u.id = s.author\n"
	"WHERE s.round = ?1 AND s.id > ?2 ORDER BY s.id LIMIT ?3;",
	"-- :many scan \"a handful of rounds\" q () -> id i64\nSELECT id FROM consult_round ORDER BY id;",
	/* an index read in order, and stopped early */
	"-- :many q () -> slug str\nSELECT slug FROM consult_round ORDER BY slug LIMIT 20;",
	"-- :one q (a str, b str, c i64) -> id i64\n"
	"INSERT INTO consult_round (slug, title, owner) VALUES (?1, ?2, ?3)\n"
	"ON CONFLICT (slug) DO UPDATE SET title = excluded.title RETURNING id;",
	"-- :many q (a i64) -> n i64\n"
	"WITH RECURSIVE up(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up WHERE n < ?1) SELECT n FROM up;",
	"-- :many q (a i64) -> n i64, c i64\n"
	"SELECT author, count(*) FROM (SELECT author FROM consult_statement WHERE round = ?1) AS s "
	"GROUP BY author;",
	"-- :many q (words str, before i64) -> id i64\n"
	"SELECT rowid FROM consult_search WHERE consult_search MATCH ?1 AND rowid < ?2\n"
	"ORDER BY rowid DESC LIMIT 20;\n"
	"-- :pg\n"
	"SELECT id FROM consult_search WHERE words @@ ?1::tsquery AND id < ?2 ORDER BY id DESC LIMIT 20;",
	"-- :exec q (a i64?)\nDELETE FROM consult_statement WHERE id IS NOT DISTINCT FROM ?1;",
	"-- :one q (a i64)\n--   -> id i64,\n--   title str\nSELECT id, title FROM consult_round\n"
	"-- a comment; with a semicolon\nWHERE id = ?1 /* ; */; -- the end",
};

static void good_statements_pass(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof passes / sizeof *passes; i++) {
		auto_buf c, h, text;
		buf_init(&text, 4096);
		buf_f(&text, OWNS "%s", passes[i]);
		buf_byte(&text, 0);
		const char *error = compile(text.p, &c, &h);
		if (error[0])
			fail_msg("%s\n-> %s", passes[i], error);
		assert_true(c.n > 100 && h.n > 100);
	}
}

static bool has(const struct buf *b, const char *z)
{
	return memmem(b->p, b->n, z, strlen(z)) != NULL;
}

static void both_dialects_are_written(void **state)
{
	(void)state;
	auto_buf c, h;
	const char *error = compile(
		OWNS "-- :one q (slug str, \n" /* a header ends with its line */, &c, &h);
	assert_non_null(strstr(error, "x.sql:2: a name expected"));
	buf_done(&c);
	buf_done(&h);
	error = compile(OWNS
		"-- :one q (slug str, at i64?, raw blob) -> id i64\n"
		"SELECT id FROM consult_round -- why\n"
		"WHERE slug = ?1 AND closes_at > ?2\tAND picture = ?3 AND title <> '?1 \"x\"';\n",
		&c, &h);
	assert_string_equal(error, "");
	assert_true(has(&c, "SELECT id FROM consult_round WHERE slug = ?1 AND closes_at > ?2 AND"));
	assert_true(has(&c, "slug = $1::text AND closes_at > $2::bigint AND"));
	assert_true(has(&c, "picture = $3::bytea"));
	assert_true(has(&c, "'?1 \\\"x\\\"'"));
	assert_true(has(
		&h, "int q(struct db *db, struct arena *mem, struct str slug, struct opt_i64 at,"));
	assert_true(has(&c, "x_sql_all[] = {\n\t&q_sql,\n\tNULL,\n}"));
}

static void many_parameters_have_names(void **state)
{
	(void)state;
	auto_buf c, h;
	const char *error = compile(OWNS
		"-- :exec q (a i64, b i64, c i64, d i64, e i64)\n"
		"DELETE FROM consult_statement WHERE id IN (?1, ?2, ?3, ?4, ?5);\n",
		&c, &h);
	assert_string_equal(error, "");
	assert_true(has(&h, "int q(struct db *db, struct q_in in) must_use;"));
	assert_true(has(&c, "db_bind_i64(st, 5, in.e);"));
}

/* ---- the schema in two dialects ---- */

static void in_both(const char *text, const char *lite, const char *pg)
{
	struct sqlc c;
	auto_buf a, b;
	buf_init(&a, 10000);
	buf_init(&b, 10000);
	assert_true(sqlc_open(&c, "s.sql"));
	if (!sqlc_dialects(&c, str_c(text), &a, &b))
		fail_msg("%s", c.error);
	assert_str(str_trim(buf_view(&a)), lite);
	assert_str(str_trim(buf_view(&b)), pg);
	sqlc_close(&c);
}

static void schemas_are_translated(void **state)
{
	(void)state;
	in_both("CREATE TABLE t (id INTEGER PRIMARY KEY, n integer NOT NULL, b BLOB) STRICT;",
		"CREATE TABLE t (id INTEGER PRIMARY KEY, n integer NOT NULL, b BLOB) STRICT;",
		"CREATE TABLE t (id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, "
		"n BIGINT NOT NULL, b BYTEA);");
	in_both("CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT) STRICT, WITHOUT ROWID;",
		"CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT) STRICT, WITHOUT ROWID;",
		"CREATE TABLE t (a BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY);");
	in_both("CREATE TABLE t (a INTEGER, PRIMARY KEY (a)) WITHOUT ROWID, STRICT;",
		"CREATE TABLE t (a INTEGER, PRIMARY KEY (a)) WITHOUT ROWID, STRICT;",
		"CREATE TABLE t (a BIGINT, PRIMARY KEY (a));");
	in_both("A\n-- :sqlite\nBLOB ?\n-- :end\nB\n-- :pg\nBLOB STRICT\n-- :end\nC",
		"A\n\nBLOB ?\n\nB\n\n\n\nC", "A\nB\nBLOB STRICT\nC");
	in_both("INSERT INTO t VALUES ('INTEGER', \"BLOB\"); -- STRICT",
		"INSERT INTO t VALUES ('INTEGER', \"BLOB\"); -- STRICT",
		"INSERT INTO t VALUES ('INTEGER', \"BLOB\");");
}

static const char *step_error(const char *text)
{
	static char error[sizeof((struct sqlc *)0)->error];
	struct sqlc c;
	auto_buf a, b;
	buf_init(&a, 10000);
	buf_init(&b, 10000);
	assert_true(sqlc_open(&c, "s.sql"));
	if (sqlc_dialects(&c, str_c(text), &a, &b))
		assert_false(sqlc_step(&c, buf_view(&a)));
	memcpy(error, c.error, sizeof error);
	sqlc_close(&c);
	return error;
}

static void bad_schemas_are_refused(void **state)
{
	(void)state;
	static const struct {
		const char *why, *text;
	} bad[] = {
		{ "s.sql:1: table t is not STRICT", "CREATE TABLE t (a TEXT);" },
		{ "s.sql:3: near \"TABEL\"",
			"CREATE TABLE t (a TEXT) STRICT;\n\nCREATE TABEL u (a TEXT);" },
		{ "s.sql:5: near \"TABEL\"", "-- :pg\nx\n-- :end\n\nCREATE TABEL u (a TEXT);" },
		{ "unknown datatype", "CREATE TABLE t (a BOOL) STRICT;" },
		{ "-- :end is missing", "-- :pg\nCREATE TABLE t (a BIGINT);" },
		{ "s.sql:2: -- :pg: blocks do not nest", "-- :sqlite\n-- :pg\n" },
		{ "s.sql:1: -- :end: blocks do not nest", "-- :end\n" },
		{ "use -- :sqlite", "-- :mysql\n" },
		{ "without end", "CREATE TABLE t (a TEXT DEFAULT 'x) STRICT;" },
		{ "an empty step", "" },
	};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		const char *error = step_error(bad[i].text);
		if (!strstr(error, bad[i].why))
			fail_msg("%s\n-> \"%s\", not \"%s\"", bad[i].text, error, bad[i].why);
	}
}

/* ---- words ---- */

static void words_keep_their_line(void **state)
{
	(void)state;
	struct lex l = { .left = STR("a /* \n */ 'x''\ny' ?12 -- c\n<>"), .line = 1 };
	static const struct lex_token want[] = {
		{ LEX_WORD, { "a", 1 }, 1, 0, false },
		{ LEX_TEXT, { "'x''\ny'", 7 }, 2, 0, true },
		{ LEX_PARAM, { "?12", 3 }, 3, 12, true },
		{ LEX_SIGN, { "<", 1 }, 4, 0, true },
		{ LEX_SIGN, { ">", 1 }, 4, 0, false },
		{ .kind = LEX_END, .line = 4 },
	};
	for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
		struct lex_token t;
		lex_next(&l, &t);
		assert_int_equal(t.kind, want[i].kind);
		assert_true(str_eq(t.text, want[i].text));
		assert_int_equal(t.line, want[i].line);
		assert_int_equal(t.number, want[i].number);
		assert_int_equal(t.has_gap, want[i].has_gap);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bad_statements_are_refused),
		cmocka_unit_test(owners_must_be_named),
		cmocka_unit_test(good_statements_pass),
		cmocka_unit_test(both_dialects_are_written),
		cmocka_unit_test(many_parameters_have_names),
		cmocka_unit_test(schemas_are_translated),
		cmocka_unit_test(bad_schemas_are_refused),
		cmocka_unit_test(words_keep_their_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
