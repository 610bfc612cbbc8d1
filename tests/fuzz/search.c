/* The words of a text and of a question: any bytes in, and FTS5 understands every question;
 * a text that has words is found by them. */
#include "store/search.h"
#include "base/arena.h"
#include "tests/fuzz/fuzz.h"
#include <sqlite3.h>

static sqlite3 *open_index(void)
{
	sqlite3 *lite;
	must(sqlite3_open(":memory:", &lite) == SQLITE_OK && search_register(lite) == 0);
	must(sqlite3_exec(lite,
		     "CREATE VIRTUAL TABLE search_item USING fts5"
		     " (words, detail=none, tokenize=baraza)",
		     NULL, NULL, NULL) == SQLITE_OK);
	return lite;
}

/* Run ${sql} with ${text}; how many rows. */
static int run(sqlite3 *lite, const char *sql, struct str text)
{
	sqlite3_stmt *st;
	int rc, n = 0;
	must(sqlite3_prepare_v2(lite, sql, -1, &st, NULL) == SQLITE_OK);
	sqlite3_bind_text64(st, 1, text.p, text.n, SQLITE_STATIC, SQLITE_UTF8);
	while ((rc = sqlite3_step(st)) == SQLITE_ROW)
		n++;
	must(rc == SQLITE_DONE);
	sqlite3_finalize(st);
	return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	static sqlite3 *lite;
	struct str text = { n ? (const char *)p : "", n }, words;
	auto_arena mem;
	arena_init(&mem, 16 << 20);
	if (!lite)
		lite = open_index();
	run(lite, "INSERT OR REPLACE INTO search_item (rowid, words) VALUES (1, ?1)", text);
	must(search_query_pg(text, &mem, &words) >= 0);
	int asked = search_query_lite(text, &mem, &words);
	must(asked >= 0);
	int found = run(lite, "SELECT rowid FROM search_item WHERE search_item MATCH ?1", words);
	must(found == (asked > 0));
	return 0;
}
