/* C for statements that have passed. */
#include "tool/sqlc/lex.h"
#include "tool/sqlc/sqlc.h"

static const char *c_type(const struct sqlc_field *f)
{
	if (f->type == SQLC_I64)
		return f->is_opt ? "struct opt_i64" : "int64_t";
	return "struct str";
}

/* The middle of db_bind_… and db_…. */
static const char *access_name(const struct sqlc_field *f)
{
	static const char *const plain[] = { "i64", "str", "blob" };
	static const char *const opt[] = { "opt_i64", "opt_str", "opt_blob" };
	return f->is_opt ? opt[f->type] : plain[f->type];
}

static bool has_struct(const struct sqlc_stmt *q)
{
	return q->n_in > SQLC_PLAIN;
}

/* The statement without comments and with single blanks. For PostgreSQL the parameters
 * carry their types: it would have to guess otherwise. */
static void put_sql(struct buf *to, const struct sqlc_stmt *q, struct str sql, bool is_pg)
{
	static const char *const cast[] = { "bigint", "text", "bytea" };
	struct lex l = { .left = sql };
	struct lex_token t;
	for (lex_next(&l, &t); t.kind != LEX_END && t.kind != LEX_BAD; lex_next(&l, &t)) {
		if (t.has_gap && to->n)
			buf_byte(to, ' ');
		if (t.kind == LEX_PARAM && is_pg)
			buf_f(to, "$%d::%s", t.number, cast[q->in[t.number - 1].type]);
		else
			buf_str(to, t.text);
	}
}

void sqlc_literal(struct buf *to, struct str sql)
{
	size_t in_line = 0;
	buf_c(to, "\t\"");
	for (size_t i = 0; i < sql.n; i++) {
		unsigned char byte = (unsigned char)sql.p[i];
		if (byte == '\n')
			buf_c(to, "\\n");
		else if (byte == '"' || byte == '\\')
			buf_f(to, "\\%c", byte);
		else if (byte < ' ' || byte >= 0x7f)
			buf_f(to, "\\%03o", byte);
		else
			buf_byte(to, (char)byte);
		if (++in_line > 80 && (byte == ' ' || byte == '\n')) {
			buf_c(to, "\"\n\t\"");
			in_line = 0;
		}
	}
	buf_byte(to, '"');
}

static void put_fields(struct buf *to, const char *kind, const struct sqlc_stmt *q,
	const struct sqlc_field *f, size_t n)
{
	buf_f(to, "\nstruct %.*s_%s {\n", STR_ARG(q->name), kind);
	for (size_t i = 0; i < n; i++)
		buf_f(to, "\t%s %.*s;\n", c_type(&f[i]), STR_ARG(f[i].name));
	buf_c(to, "};\n");
}

static void put_signature(struct buf *to, const struct sqlc_stmt *q)
{
	buf_f(to, "int %.*s(struct db *db", STR_ARG(q->name));
	if (q->n_out)
		buf_c(to, ", struct arena *mem");
	if (has_struct(q))
		buf_f(to, ", struct %.*s_in in", STR_ARG(q->name));
	else
		for (size_t i = 0; i < q->n_in; i++)
			buf_f(to, ", %s %.*s", c_type(&q->in[i]), STR_ARG(q->in[i].name));
	if (q->kind == SQLC_ONE)
		buf_f(to, ", struct %.*s_row *ret", STR_ARG(q->name));
	if (q->kind == SQLC_MANY)
		buf_f(to, ", struct %.*s_row **ret, size_t *ret_n", STR_ARG(q->name));
	buf_byte(to, ')');
}

static void put_text(struct buf *to, const struct sqlc_stmt *q)
{
	auto_buf sql;
	buf_init(&sql, 1 << 20);
	buf_f(to, "\nstatic const struct db_sql %.*s_sql = {\n\t.name = \"%.*s\",\n\t.lite =\n",
		STR_ARG(q->name), STR_ARG(q->name));
	put_sql(&sql, q, q->lite, false);
	sqlc_literal(to, buf_view(&sql));
	buf_c(to, ",\n\t.pg =\n");
	sql.n = 0;
	put_sql(&sql, q, q->pg.p ? q->pg : q->lite, true);
	sqlc_literal(to, buf_view(&sql));
	buf_f(to, ",\n\t.n_in = %zu,\n\t.n_out = %zu,\n};\n", q->n_in, q->n_out);
	if (sql.failed)
		to->failed = sql.failed;
}

static void put_reader(struct buf *to, const struct sqlc_stmt *q)
{
	buf_f(to,
		"\nstatic int %.*s_read(struct db_stmt *st, struct arena *mem, void *to)\n"
		"{\n\tstruct %.*s_row *row = to;\n\t(void)mem;\n",
		STR_ARG(q->name), STR_ARG(q->name));
	for (size_t i = 0; i < q->n_out; i++)
		buf_f(to, "\trow->%.*s = db_%s(st, %zu%s);\n", STR_ARG(q->out[i].name),
			access_name(&q->out[i]), i, q->out[i].type == SQLC_I64 ? "" : ", mem");
	buf_c(to, "\treturn db_stmt_ok(st);\n}\n");
}

static void put_function(struct buf *to, const struct sqlc_stmt *q)
{
	buf_byte(to, '\n');
	put_signature(to, q);
	buf_c(to, "\n{\n");
	if (q->kind == SQLC_MANY)
		buf_c(to, "\tvoid *rows = NULL;\n\tsize_t n = 0;\n");
	buf_f(to, "\tstruct db_stmt *st = db_begin(db, &%.*s_sql);\n", STR_ARG(q->name));
	for (size_t i = 0; i < q->n_in; i++)
		buf_f(to, "\tdb_bind_%s(st, %zu, %s%.*s);\n", access_name(&q->in[i]), i + 1,
			has_struct(q) ? "in." : "", STR_ARG(q->in[i].name));
	if (q->kind == SQLC_EXEC)
		buf_c(to, "\treturn db_exec(st);\n}\n");
	else if (q->kind == SQLC_ONE)
		buf_f(to, "\treturn db_one(st, mem, %.*s_read, ret);\n}\n", STR_ARG(q->name));
	else
		buf_f(to,
			"\tint rc = db_many(st, mem, sizeof **ret, %.*s_read, &rows, &n);\n"
			"\tif (rc >= 0) {\n\t\t*ret = rows;\n\t\t*ret_n = n;\n\t}\n\treturn rc;\n}\n",
			STR_ARG(q->name));
}

static void put_declaration(struct buf *to, const struct sqlc_stmt *q)
{
	if (has_struct(q))
		put_fields(to, "in", q, q->in, q->n_in);
	if (q->n_out)
		put_fields(to, "row", q, q->out, q->n_out);
	buf_byte(to, '\n');
	put_signature(to, q);
	buf_c(to, " must_use;\n");
}

void sqlc_emit(struct sqlc *c, const char *base, struct buf *ret_c, struct buf *ret_h)
{
	struct str stem = str_c(base);
	stem.n = str_find(stem, '.');
	buf_f(ret_h, "/* Made by tool/sqlc of %s. */\n#pragma once\n#include \"store/db.h\"\n",
		base);
	buf_f(ret_c, "/* Made by tool/sqlc of %s. */\n#include \"%s.h\"\n", base, base);
	for (const struct sqlc_stmt *q = c->first; q; q = q->next) {
		put_declaration(ret_h, q);
		put_text(ret_c, q);
		if (q->n_out)
			put_reader(ret_c, q);
		put_function(ret_c, q);
	}
	buf_f(ret_h,
		"\n/* Every statement above; ends with NULL. */\n"
		"extern const struct db_sql *const %.*s_sql_all[];\n",
		STR_ARG(stem));
	buf_f(ret_c, "\nconst struct db_sql *const %.*s_sql_all[] = {\n", STR_ARG(stem));
	for (const struct sqlc_stmt *q = c->first; q; q = q->next)
		buf_f(ret_c, "\t&%.*s_sql,\n", STR_ARG(q->name));
	buf_c(ret_c, "\tNULL,\n};\n");
}
