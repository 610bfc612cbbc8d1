/* A file of statements: whatever it holds, it is compiled or refused with a reason; and the
 * same bytes as a step of the schema. The schema step is never run: it could write files. */
#include "tool/sqlc/sqlc.h"
#include "tests/fuzz/fuzz.h"

static const char schema[] =
	"CREATE TABLE account_user (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;"
	"CREATE TABLE consult_round (id INTEGER PRIMARY KEY, slug TEXT NOT NULL UNIQUE,"
	"  title TEXT NOT NULL, closes_at INTEGER, picture BLOB) STRICT;"
	"CREATE VIRTUAL TABLE consult_search USING fts5(text, tokenize = 'baraza');";

static void statements(struct str text)
{
	struct sqlc c;
	auto_buf made, header;
	buf_init(&made, 4 << 20);
	buf_init(&header, 4 << 20);
	must(sqlc_open(&c, "x.sql") && sqlc_step(&c, str_c(schema)));
	bool is_fine = sqlc_parse(&c, text) && sqlc_check(&c);
	must(is_fine == !c.error[0]);
	if (is_fine)
		sqlc_emit(&c, "x.sql", &made, &header);
	must(!is_fine || !c.first || made.n > 0);
	sqlc_close(&c);
}

static void step(struct str text)
{
	struct sqlc c;
	auto_buf lite, pg;
	buf_init(&lite, 4 << 20);
	buf_init(&pg, 4 << 20);
	must(sqlc_open(&c, "s.sql"));
	bool is_fine = sqlc_dialects(&c, text, &lite, &pg);
	must(is_fine == !c.error[0]);
	sqlc_close(&c);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct str text = { (const char *)p, n };
	statements(text);
	step(text);
	return 0;
}
