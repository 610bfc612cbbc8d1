#include "base/buf.h"
#include "store/search.h"
#include "store/search_cut.h"

int search_query(const struct db *db, struct str text, struct arena *mem, struct str *ret)
{
	return db_is_pg(db) ? search_query_pg(text, mem, ret) : search_query_lite(text, mem, ret);
}

static const struct db_sql put_sql = {
	.name = "search_put",
	.lite = "INSERT INTO search_item (rowid, words) VALUES (?1, ?2)",
	.pg = "INSERT INTO search_item (id, words) VALUES ($1, $2::text::tsvector)",
	.n_in = 2,
};

static const struct db_sql drop_sql = {
	.name = "search_drop",
	.lite = "DELETE FROM search_item WHERE rowid = ?1",
	.pg = "DELETE FROM search_item WHERE id = $1",
	.n_in = 1,
};

static const struct db_sql tidy_sql = {
	.name = "search_tidy",
	.lite = "INSERT INTO search_item (search_item) VALUES ('optimize')",
};

int search_drop(struct db *db, int64_t item)
{
	struct db_stmt *st = db_begin(db, &drop_sql);
	db_bind_i64(st, 1, item);
	int n = db_exec(st);
	return n < 0 ? n : 0;
}

/* 'one' 'two': a tsvector without positions. */
static int vector(struct str text, struct arena *mem, struct str *ret)
{
	struct str *token;
	size_t n;
	int bad = search_tokens(text, mem, &token, &n);
	if (bad)
		return bad;
	auto_buf b;
	buf_init(&b, SEARCH_TOKENS_SIZE_MAX * 4);
	for (size_t i = 0; i < n; i++) {
		buf_c(&b, "'");
		buf_str(&b, token[i]);
		buf_c(&b, "' ");
	}
	struct str made = b.failed ? (struct str){ 0 } : arena_copy(mem, buf_view(&b));
	if (!made.p)
		return err_note(ERR_NOMEM, "words of a text");
	*ret = made;
	return 0;
}

int search_put(struct db *db, int64_t item, struct str text, struct arena *mem)
{
	struct str words = search_head(text);
	int bad = search_drop(db, item);
	if (!bad && db_is_pg(db))
		bad = vector(text, mem, &words);
	if (bad)
		return bad;
	struct db_stmt *st = db_begin(db, &put_sql);
	db_bind_i64(st, 1, item);
	db_bind_str(st, 2, words);
	int n = db_exec(st);
	return n < 0 ? n : 0;
}

/* PostgreSQL does this by itself. */
int search_tidy(struct db *db)
{
	int n = db_is_pg(db) ? 0 : db_exec(db_begin(db, &tidy_sql));
	return n < 0 ? n : 0;
}
