/*
 * sqlc x.sql x.sql.c x.sql.h schema/000-step.sql …    statements to C
 * sqlc --schema name x.c schema/000-step.sql …        the steps of the schema to C, as
 *                                                      const struct db_schema name
 * sqlc --pg schema/000-step.sql …                     the steps for PostgreSQL, printed
 */
#include "tool/sqlc/sqlc.h"

enum { TEXT_MAX = 4 << 20 };

static int usage(void)
{
	fputs("usage: sqlc x.sql x.sql.c x.sql.h schema.sql …\n"
	      "       sqlc --schema name x.c schema.sql …\n"
	      "       sqlc --pg schema.sql …\n",
		stderr);
	return 2;
}

static bool read_file(struct sqlc *c, const char *path, struct buf *ret)
{
	auto_file f = fopen(path, "rb");
	c->path = path;
	if (!f)
		return sqlc_bad(c, 1, "cannot be read");
	for (;;) {
		char *room = buf_room(ret, 4096);
		size_t n = room ? fread(room, 1, 4096, f) : 0;
		ret->n += n;
		if (n == 0)
			break;
	}
	return !ferror(f) && !ret->failed ? true
					  : sqlc_bad(c, 1, "cannot be read, or is too large");
}

static bool write_file(struct sqlc *c, const char *path, const struct buf *b)
{
	FILE *f = b->failed ? NULL : fopen(path, "wb");
	bool is_fine = f && fwrite(b->p, 1, b->n, f) == b->n;
	if (f && fclose(f) != 0)
		is_fine = false;
	c->path = path;
	return is_fine ? true : sqlc_bad(c, 1, "cannot be written, or is too large");
}

/* The number in front of schema/012-name.sql, and the name without .sql. */
static bool step_name(struct sqlc *c, const char *path, int64_t *ret_step, struct str *ret_name)
{
	struct str name = str_c(path), digits;
	const char *slash = strrchr(path, '/');
	name = slash ? str_c(slash + 1) : name;
	digits = (struct str){ name.p, name.n < 3 ? 0 : 3 };
	if (!str_ends(name, ".sql") || !str_i64(digits, ret_step) || name.p[3] != '-')
		return sqlc_bad(c, 1, "a step is called NNN-name.sql");
	*ret_name = (struct str){ name.p, name.n - 4 };
	return true;
}

/* One step: run it, and say it in C or for PostgreSQL. */
static bool do_step(
	struct sqlc *c, const char *path, int64_t *before, struct buf *ret_c, struct buf *ret_pg)
{
	auto_buf text, lite;
	buf_init(&text, TEXT_MAX);
	buf_init(&lite, TEXT_MAX);
	int64_t step = 0;
	struct str name = { 0 };
	size_t pg_from = ret_pg->n;
	if (!read_file(c, path, &text) || !step_name(c, path, &step, &name))
		return false;
	if (step <= *before)
		return sqlc_bad(c, 1, "step %d stands behind step %d", (int)step, (int)*before);
	*before = step;
	if (!sqlc_dialects(c, buf_view(&text), &lite, ret_pg) || !sqlc_step(c, buf_view(&lite)))
		return false;
	buf_f(ret_c, "\t{ .step = %d,\n\t.name = \"%.*s\",\n\t.lite =\n", (int)step, STR_ARG(name));
	sqlc_literal(ret_c, buf_view(&lite));
	buf_c(ret_c, ",\n\t.pg =\n");
	sqlc_literal(ret_c, str_from(buf_view(ret_pg), pg_from));
	buf_c(ret_c, " },\n");
	return true;
}

static bool do_steps(
	struct sqlc *c, char **path, const char *name, struct buf *ret_c, struct buf *ret_pg)
{
	int64_t before = -1;
	buf_c(ret_c,
		"/* Made by tool/sqlc of the schema steps. */\n#include \"store/inner.h\"\n\n"
		"static const struct db_step steps[] = {\n");
	for (; *path; path++)
		if (!do_step(c, *path, &before, ret_c, ret_pg))
			return false;
	buf_f(ret_c,
		"};\n\nconst struct db_schema %s = { .step = steps, "
		".n = sizeof steps / sizeof *steps };\n",
		name);
	return true;
}

static bool do_statements(struct sqlc *c, char **arg, struct buf *ret_c, struct buf *ret_h)
{
	auto_buf text;
	buf_init(&text, TEXT_MAX);
	if (!read_file(c, arg[0], &text))
		return false;
	if (!sqlc_parse(c, buf_view(&text)) || !sqlc_check(c))
		return false;
	const char *slash = strrchr(arg[0], '/');
	sqlc_emit(c, slash ? slash + 1 : arg[0], ret_c, ret_h);
	return write_file(c, arg[1], ret_c) && write_file(c, arg[2], ret_h);
}

static bool run(struct sqlc *c, int argc, char **argv)
{
	auto_buf made, pg, header;
	buf_init(&made, TEXT_MAX);
	buf_init(&pg, TEXT_MAX);
	buf_init(&header, TEXT_MAX);
	bool is_schema = str_is(str_c(argv[1]), "--schema"), is_pg = str_is(str_c(argv[1]), "--pg");
	if (!do_steps(c, argv + (is_pg ? 2 : 4), argv[2], &made, &pg))
		return false;
	if (is_schema)
		return write_file(c, argv[3], &made);
	if (is_pg)
		return fwrite(pg.p, 1, pg.n, stdout) == pg.n && argc > 0;
	made.n = 0;
	return do_statements(c, argv + 1, &made, &header);
}

int main(int argc, char **argv)
{
	struct sqlc c = { 0 };
	bool has_option = argc > 1 && argv[1][0] == '-';
	if (argc < (has_option ? 3 : 5))
		return usage();
	bool is_fine = sqlc_open(&c, argv[1]) && run(&c, argc, argv);
	sqlc_close(&c);
	if (!is_fine)
		fprintf(stderr, "%s\n", c.error);
	return is_fine ? 0 : 1;
}
