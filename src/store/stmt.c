/* One statement on its way: bound, run, read, over. What fails first stays its result. */
#include "store/db.h"
#include "store/inner.h"
#include <limits.h>

enum { FIRST_ROWS = 16 };

/* ---- parameters ---- */

static const struct db_backend *ready(const struct db_stmt *st)
{
	return st->code == 0 ? st->db->back : NULL;
}

void db_bind_i64(struct db_stmt *st, int at, int64_t v)
{
	const struct db_backend *back = ready(st);
	if (back)
		st->code = back->bind_i64(st, at, v);
}

static void bind_null(struct db_stmt *st, int at)
{
	const struct db_backend *back = ready(st);
	if (back)
		st->code = back->bind_null(st, at);
}

void db_bind_opt_i64(struct db_stmt *st, int at, struct opt_i64 v)
{
	if (v.has)
		db_bind_i64(st, at, v.v);
	else
		bind_null(st, at);
}

/* An empty buffer has no memory, and would be taken for NULL. */
static struct str present(struct str s)
{
	return s.p ? s : STR("");
}

void db_bind_str(struct db_stmt *st, int at, struct str s)
{
	const struct db_backend *back = ready(st);
	if (back)
		st->code = back->bind_str(st, at, present(s));
}

void db_bind_opt_str(struct db_stmt *st, int at, struct str s)
{
	if (s.p)
		db_bind_str(st, at, s);
	else
		bind_null(st, at);
}

void db_bind_blob(struct db_stmt *st, int at, struct str s)
{
	const struct db_backend *back = ready(st);
	if (back)
		st->code = back->bind_blob(st, at, present(s));
}

void db_bind_opt_blob(struct db_stmt *st, int at, struct str s)
{
	if (s.p)
		db_bind_blob(st, at, s);
	else
		bind_null(st, at);
}

/* ---- columns ---- */

static bool is_null(struct db_stmt *st, int col)
{
	return st->code < 0 || st->db->back->is_null(st, col);
}

/* The header in the .sql file says that this column is never NULL. */
static bool is_there(struct db_stmt *st, int col)
{
	if (!is_null(st, col))
		return true;
	if (st->code == 0)
		st->code = err_note(ERR_BUG, "%s: column %d is NULL", st->sql->name, col + 1);
	return false;
}

static struct str keep(struct db_stmt *st, struct arena *mem, struct str s)
{
	struct str copy = arena_copy(mem, s);
	if (!copy.p && st->code == 0)
		st->code = err_note(ERR_NOMEM, "%s: the arena is full", st->sql->name);
	return copy;
}

int64_t db_i64(struct db_stmt *st, int col)
{
	return is_there(st, col) ? st->db->back->i64(st, col) : 0;
}

struct opt_i64 db_opt_i64(struct db_stmt *st, int col)
{
	if (is_null(st, col))
		return (struct opt_i64){ 0 };
	return (struct opt_i64){ .v = st->db->back->i64(st, col), .has = true };
}

struct str db_str(struct db_stmt *st, int col, struct arena *mem)
{
	return is_there(st, col) ? keep(st, mem, st->db->back->text(st, col)) : (struct str){ 0 };
}

struct str db_opt_str(struct db_stmt *st, int col, struct arena *mem)
{
	return is_null(st, col) ? (struct str){ 0 } : keep(st, mem, st->db->back->text(st, col));
}

struct str db_blob(struct db_stmt *st, int col, struct arena *mem)
{
	return is_there(st, col) ? keep(st, mem, st->db->back->blob(st, col)) : (struct str){ 0 };
}

struct str db_opt_blob(struct db_stmt *st, int col, struct arena *mem)
{
	return is_null(st, col) ? (struct str){ 0 } : keep(st, mem, st->db->back->blob(st, col));
}

int db_stmt_ok(struct db_stmt *st)
{
	return st->code;
}

/* ---- running ---- */

static int finish(struct db_stmt *st, int n)
{
	int code = st->code;
	if (st != &st->db->sad)
		st->db->back->reset(st);
	return code < 0 ? code : n;
}

int db_exec(struct db_stmt *st)
{
	int n = st->code < 0 ? st->code : st->db->back->exec(st);
	if (n < 0)
		st->code = n;
	return finish(st, n);
}

/* Whether there is a row to read. */
static bool step(struct db_stmt *st)
{
	int rc = st->code < 0 ? st->code : st->db->back->step(st);
	if (rc < 0)
		st->code = rc;
	return rc > 0;
}

int db_one(struct db_stmt *st, struct arena *mem, db_reader *read, void *row)
{
	int n = 0;
	if (step(st) && read(st, mem, row) == 0) {
		n = 1;
		/* The first row is the answer; INSERT … RETURNING succeeds only at the last step.
		 */
		(void)step(st);
	}
	return finish(st, n);
}

/* Rows double in the arena; what they outgrow is given back with it. */
static void *more_rows(struct db_stmt *st, struct arena *mem, size_t size, void *rows, size_t n)
{
	char *to = arena_array(mem, n ? n * 2 : FIRST_ROWS, size);
	if (!to)
		st->code = err_note(ERR_NOMEM, "%s: the arena is full", st->sql->name);
	else if (n)
		memcpy(to, rows, n * size);
	return to;
}

int db_many(struct db_stmt *st, struct arena *mem, size_t size, db_reader *read, void **ret,
	size_t *ret_n)
{
	char *rows = NULL;
	size_t n = 0;
	while (step(st)) {
		bool is_full = n == 0 || (n >= FIRST_ROWS && (n & (n - 1)) == 0);
		if (is_full && !(rows = more_rows(st, mem, size, rows, n)))
			break;
		if (read(st, mem, rows + n * size) == 0)
			n++;
	}
	if (st->code == 0) {
		*ret = rows;
		*ret_n = n;
	}
	return finish(st, n > INT_MAX ? INT_MAX : (int)n);
}
