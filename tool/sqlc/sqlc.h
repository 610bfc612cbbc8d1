/*
 * I know named SQL statements: I read them, check them against the schema, and make C
 * functions of them, for SQLite and PostgreSQL alike.
 *
 *   -- owns consult_ reads account_user       which tables this file may touch: names, or
 *                                             beginnings that end in _
 *   -- :one consult_by_slug (slug str) -> id i64, title str, closes_at i64?
 *   SELECT id, title, closes_at FROM consult_round WHERE slug = ?1;
 *
 * :one (the first row or none), :many (rows in the arena), :exec (number of rows changed).
 * Types: i64, str, blob; a trailing ? admits NULL. A header goes on in lines that begin
 * with "--" and two blanks. A scan of a whole table needs leave, with a reason:
 * -- :many scan "twenty rows at most" name … Where dialects part, "-- :pg" and a second
 * statement with the same parameters follow the first.
 */
#pragma once
#include "base/arena.h"
#include "base/buf.h"
#include <sqlite3.h>

enum sqlc_kind { SQLC_ONE, SQLC_MANY, SQLC_EXEC };
enum sqlc_type { SQLC_I64, SQLC_STR, SQLC_BLOB };
enum { SQLC_FIELDS = 64, SQLC_TABLES = 32, SQLC_PLAIN = 4 };

struct sqlc_field {
	struct str name;
	enum sqlc_type type;
	bool is_opt;
};

struct sqlc_stmt {
	struct str name, lite, pg; /* pg is absent where one text serves both */
	enum sqlc_kind kind;
	bool may_scan;
	int line, lite_line, pg_line;
	size_t n_in, n_out;
	struct sqlc_field in[SQLC_FIELDS], out[SQLC_FIELDS];
	struct sqlc_stmt *next;
};

/* One file being compiled. The texts must outlive it. */
struct sqlc {
	const char *path;
	sqlite3 *db; /* in memory, with the whole schema */
	struct arena mem;
	struct str owns[SQLC_TABLES], reads[SQLC_TABLES];
	size_t n_owns, n_reads;
	struct sqlc_stmt *first, *last;
	const struct sqlc_stmt *now; /* being checked */
	char error[512];             /* "path:line: why", the first one; "" while all is well */
};

/* sqlc_bad(c, line, fmt, ...): Remember why the file is refused, if nothing was before;
 * false. */
bool sqlc_bad(struct sqlc *c, int line, const char *fmt, ...) printf_like(3, 4);

/* sqlc_parse(c, text): Headers and statements into ${c}. */
bool sqlc_parse(struct sqlc *c, struct str text) must_use;
/* sqlc_check(c): Every statement against grammar of the house and the schema. */
bool sqlc_check(struct sqlc *c) must_use;
/* sqlc_emit(c, base, ret_c, ret_h): C for it all; ${base} is "consult.sql". */
void sqlc_emit(struct sqlc *c, const char *base, struct buf *ret_c, struct buf *ret_h);

/* sqlc_style(c, q): What the text alone shows: stars, missing WHERE, parameters, words of one
 * dialect. */
bool sqlc_style(struct sqlc *c, const struct sqlc_stmt *q) must_use;
/* sqlc_plan(c, q): How SQLite would run it: refuses scans. */
bool sqlc_plan(struct sqlc *c, const struct sqlc_stmt *q) must_use;

/* sqlc_open(c, path), sqlc_close(c): ${c} with an empty database. */
bool sqlc_open(struct sqlc *c, const char *path) must_use;
void sqlc_close(struct sqlc *c);

/* sqlc_register_search(c): Let the schema name our tokenizer. */
bool sqlc_register_search(struct sqlc *c) must_use;

/* sqlc_dialects(c, text, ret_lite, ret_pg): One schema step in both languages. The
 * blocks "-- :sqlite … -- :end" and "-- :pg … -- :end" are for one of them as they stand;
 * outside, INTEGER, BLOB, INTEGER PRIMARY KEY, STRICT and WITHOUT ROWID are translated. */
bool sqlc_dialects(
	struct sqlc *c, struct str text, struct buf *ret_lite, struct buf *ret_pg) must_use;
/* sqlc_step(c, text): Run a schema step on the database of ${c}. */
bool sqlc_step(struct sqlc *c, struct str lite) must_use;

/* sqlc_literal(to, sql): As C string literals, one a line. */
void sqlc_literal(struct buf *to, struct str sql);
