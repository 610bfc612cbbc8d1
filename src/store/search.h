/*
 * I know how texts are found again: the index of words, and how a question to it is put.
 *
 * One table, search_item, keyed by the item's id; its text is all that the item says in all
 * its languages. A room calls search_put when an item becomes public or changes and
 * search_drop when it is hidden or gone, in the same transaction. It asks in its own x.sql,
 * with the words made by search_query, newest first:
 *
 *   -- :many hits (words str, before i64) -> id i64
 *   SELECT rowid FROM search_item WHERE search_item MATCH ?1 AND rowid < ?2
 *   ORDER BY rowid DESC LIMIT 20;
 *   -- :pg
 *   SELECT id FROM (SELECT id FROM search_item WHERE words @@ ?1::text::tsquery AND id < ?2
 *   OFFSET 0) hit ORDER BY id DESC LIMIT 20;
 *
 * (OFFSET 0 keeps PostgreSQL from walking all items by id when a word is rare.)
 * Joined with the room's own tables:
 *
 *   SELECT i.id, … FROM search_item s JOIN item i ON i.id = s.rowid
 *   WHERE s.search_item MATCH ?1 AND i.space = ?2 ORDER BY s.rowid DESC LIMIT 20;
 *
 * On SQLite the table is FTS5 with the tokenizer "baraza" of search_lite.c and detail=none
 * (no positions: a word is there or not). It keeps its text, which SQLite 3.40 needs for
 * deleting: a table without content cannot delete, and one that borrows another table's
 * content breaks silently when somebody changes that table first. On PostgreSQL it is a
 * tsvector of the same tokens with a GIN index.
 */
#pragma once
#include "base/arena.h"
#include "base/str.h"
#include "store/db.h"

/* No more than this of an item's text is looked at, kept as tokens (PostgreSQL takes a
 * megabyte), and asked for as words. */
enum {
	SEARCH_TEXT_MAX = 256 * 1024,
	SEARCH_TOKENS_SIZE_MAX = 512 * 1024,
	SEARCH_ASKED_MAX = 24,
	SEARCH_WAYS_MAX = 24, /* words that begin like the last one, asked for by themselves */
};

struct sqlite3;

/* search_register(lite): Teach a SQLite connection the tokenizer "baraza"; needed before any
 * statement that names search_item. ERR_IO. */
int search_register(struct sqlite3 *lite) must_use;

/* search_tokens(text, mem, ret, ret_n): The different tokens under which ${text} is found,
 * sorted by bytes: letters, marks and digits only, none longer than 64 bytes. ERR_NOMEM. */
int search_tokens(struct str text, struct arena *mem, struct str **ret, size_t *ret_n) must_use;

/* search_query_lite(text, mem, ret): What a person typed as a MATCH string: every word must
 * occur, the last one at least as a beginning. Returns the number of words; 0 means that
 * there is nothing to look for, and the string finds nothing. Never a syntax error, whatever
 * ${text} holds. ERR_NOMEM. */
int search_query_lite(struct str text, struct arena *mem, struct str *ret) must_use;
/* search_query_pg(text, mem, ret): The same as a tsquery. */
int search_query_pg(struct str text, struct arena *mem, struct str *ret) must_use;
/* search_query(db, text, mem, ret): One of these two, as ${db} needs it. */
int search_query(const struct db *db, struct str text, struct arena *mem, struct str *ret) must_use;

/* search_record_query(db, text, mem, ret): As search_query, for search_record. FTS5 goes through
 * all records of all words that begin like the last one before it gives the first; it need not
 * where there are few such words, because each is then asked for by itself. */
int search_record_query(
	struct db *db, struct str text, struct arena *mem, struct str *ret) must_use;
/* search_query_ways(text, find, arg, mem, ret): For SQLite, with the words that ${find} knows to
 * begin with the last one: it returns how many (at most SEARCH_WAYS_MAX; 0: too many, or none). */
typedef int search_ways(void *arg, struct str word, struct arena *mem, struct str *ret);
int search_query_ways(
	struct str text, search_ways *find, void *arg, struct arena *mem, struct str *ret) must_use;
/* search_words(lite): Let a connection see which words stand in search_record. ERR_IO. */
int search_words(struct sqlite3 *lite) must_use;

/* search_put(db, item, text, mem): From now on ${item} is found by the words of ${text} and by
 * no others. search_drop(db, item): It is not found; it need not have been there. */
int search_put(struct db *db, int64_t item, struct str text, struct arena *mem) must_use;
int search_drop(struct db *db, int64_t item) must_use;

/* search_record_put(db, record, text, mem): The same for a record, in an index of its own,
 * search_record: who may read an item's words is another question than who may read a record's. */
int search_record_put(struct db *db, int64_t record, struct str text, struct arena *mem) must_use;
/* search_record_add(db, record, text, mem): Where ${record} is new, so that nothing stands there.
 */
int search_record_add(struct db *db, int64_t record, struct str text, struct arena *mem) must_use;
int search_record_drop(struct db *db, int64_t record) must_use;
/* search_record_rebuild(db): Cut all texts that the index keeps into words anew. */
int search_record_rebuild(struct db *db) must_use;

/* search_tidy(db): Rewrite both indexes so that words of dropped texts are physically gone from
 * it and it is small again. Slow on a large one: a nightly job of the writer. */
int search_tidy(struct db *db) must_use;
