/* The schema names the tokenizer of src/store/search_lite.c. No text is ever indexed here, so
 * one that finds no words will do. */
#include "tool/sqlc/sqlc.h"

static int create(void *context, const char **arg, int n_arg, Fts5Tokenizer **ret)
{
	static char self;
	(void)context, (void)arg, (void)n_arg;
	*ret = (Fts5Tokenizer *)&self;
	return SQLITE_OK;
}

static void drop(Fts5Tokenizer *self)
{
	(void)self;
}

static int tokenize(Fts5Tokenizer *self, void *context, int flags, const char *text, int n,
	int (*found)(void *, int, const char *, int, int, int))
{
	(void)self, (void)context, (void)flags, (void)text, (void)n, (void)found;
	return SQLITE_OK;
}

bool sqlc_register_search(struct sqlc *c)
{
	fts5_tokenizer none = { create, drop, tokenize };
	fts5_api *api = NULL;
	sqlite3_stmt *st = NULL;
	if (sqlite3_prepare_v2(c->db, "SELECT fts5(?1)", -1, &st, NULL) == SQLITE_OK) {
		sqlite3_bind_pointer(st, 1, &api, "fts5_api_ptr", NULL);
		sqlite3_step(st);
	}
	sqlite3_finalize(st);
	if (!api || api->xCreateTokenizer(api, "baraza", NULL, &none, NULL))
		return sqlc_bad(c, 1, "SQLite has no FTS5");
	return true;
}
