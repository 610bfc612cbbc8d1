#include "base/buf.h"
#include "store/search.h"
#include "store/search_cut.h"

int search_query(const struct db *db, struct str text, struct arena *mem, struct str *ret)
{
	return db_is_pg(db) ? search_query_pg(text, mem, ret) : search_query_lite(text, mem, ret);
}

/* Two indexes of one shape. */
#define PUT_SQL(table) \
	{ \
		.name = #table "_put", \
		.lite = "INSERT INTO " #table " (rowid, words) VALUES (?1, ?2)", \
		.pg = "INSERT INTO " #table " (id, words) VALUES ($1, $2::text::tsvector)", \
		.n_in = 2, \
	}
#define DROP_SQL(table) \
	{ \
		.name = #table "_drop", .lite = "DELETE FROM " #table " WHERE rowid = ?1", \
		.pg = "DELETE FROM " #table " WHERE id = $1", .n_in = 1, \
	}
#define TIDY_SQL(table) \
	{ \
		.name = #table "_tidy", \
		.lite = "INSERT INTO " #table " (" #table ") VALUES ('optimize')" \
	}
#define KEPT_SQL(table) \
	{ \
		.name = #table "_kept", \
		.lite = "SELECT 1 FROM " #table " WHERE rowid = ?1 AND words = ?2", .n_in = 2, \
		.n_out = 1, \
	}
static const struct index_sql {
	struct db_sql put, drop, tidy, kept;
} items = { PUT_SQL(search_item), DROP_SQL(search_item), TIDY_SQL(search_item),
	KEPT_SQL(search_item) },
  records = { PUT_SQL(search_record), DROP_SQL(search_record), TIDY_SQL(search_record),
	  KEPT_SQL(search_record) };
static const struct db_sql rebuild_records = {
	.name = "search_record_rebuild",
	.lite = "INSERT INTO search_record (search_record) VALUES ('rebuild')",
};

/* ---- which words there are ---- */

static const struct db_sql words_from = {
	.name = "search_words_from",
	.lite = "SELECT term FROM temp.search_word WHERE term >= ?1 AND term < ?2 LIMIT ?3",
	.n_in = 3,
	.n_out = 1,
};

static int read_word(struct db_stmt *st, struct arena *mem, void *row)
{
	*(struct str *)row = db_str(st, 0, mem);
	return db_stmt_ok(st);
}

/* No letter or digit is behind the byte 0xff. */
static int ways(void *arg, struct str word, struct arena *mem, struct str *ret)
{
	struct str *found = NULL;
	size_t n = 0;
	struct str end = arena_f(mem, "%.*s\xff", STR_ARG(word));
	if (!end.p)
		return ERR_NOMEM;
	struct db_stmt *st = db_begin(arg, &words_from);
	db_bind_str(st, 1, word);
	db_bind_str(st, 2, end);
	db_bind_i64(st, 3, SEARCH_WAYS_MAX + 1);
	int result = db_many(st, mem, sizeof *found, read_word, (void **)&found, &n);
	if (result < 0 || n > SEARCH_WAYS_MAX)
		return result < 0 ? result : 0;
	for (size_t i = 0; i < n; i++)
		ret[i] = found[i];
	return (int)n;
}

int search_record_query(struct db *db, struct str text, struct arena *mem, struct str *ret)
{
	return db_is_pg(db) ? search_query_pg(text, mem, ret)
			    : search_query_ways(text, ways, db, mem, ret);
}

/* ---- writing ---- */

static int drop(struct db *db, const struct index_sql *sql, int64_t id)
{
	struct db_stmt *st = db_begin(db, &sql->drop);
	db_bind_i64(st, 1, id);
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

static int add(
	struct db *db, const struct index_sql *sql, int64_t id, struct str text, struct arena *mem)
{
	struct str words = search_head(text);
	int bad = db_is_pg(db) ? vector(text, mem, &words) : 0;
	if (bad)
		return bad;
	struct db_stmt *st = db_begin(db, &sql->put);
	db_bind_i64(st, 1, id);
	db_bind_str(st, 2, words);
	int n = db_exec(st);
	return n < 0 ? n : 0;
}

static int read_nothing(struct db_stmt *st, struct arena *mem, void *row)
{
	(void)mem, (void)row;
	return db_stmt_ok(st);
}

/* 1: exactly this text stands there. FTS5 keeps it, and reads it faster than it writes. */
static int is_kept(struct db *db, const struct index_sql *sql, int64_t id, struct str text)
{
	if (db_is_pg(db))
		return 0;
	struct db_stmt *st = db_begin(db, &sql->kept);
	db_bind_i64(st, 1, id);
	db_bind_str(st, 2, search_head(text));
	return db_one(st, NULL, read_nothing, NULL);
}

static int put(
	struct db *db, const struct index_sql *sql, int64_t id, struct str text, struct arena *mem)
{
	int bad = is_kept(db, sql, id, text);
	if (bad)
		return bad < 0 ? bad : 0;
	bad = drop(db, sql, id);
	return bad ? bad : add(db, sql, id, text, mem);
}

int search_put(struct db *db, int64_t item, struct str text, struct arena *mem)
{
	return put(db, &items, item, text, mem);
}

int search_drop(struct db *db, int64_t item)
{
	return drop(db, &items, item);
}

int search_record_put(struct db *db, int64_t record, struct str text, struct arena *mem)
{
	return put(db, &records, record, text, mem);
}

int search_record_add(struct db *db, int64_t record, struct str text, struct arena *mem)
{
	return add(db, &records, record, text, mem);
}

int search_record_drop(struct db *db, int64_t record)
{
	return drop(db, &records, record);
}

/* PostgreSQL does this by itself. */
int search_tidy(struct db *db)
{
	int n = db_is_pg(db) ? 0 : db_exec(db_begin(db, &items.tidy));
	if (n >= 0 && !db_is_pg(db))
		n = db_exec(db_begin(db, &records.tidy));
	return n < 0 ? n : 0;
}

int search_record_rebuild(struct db *db)
{
	int n = db_is_pg(db) ? 0 : db_exec(db_begin(db, &rebuild_records));
	return n < 0 ? n : 0;
}
