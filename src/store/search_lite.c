#include "store/search.h"
#include "store/search_cut.h"
#include <sqlite3.h>

/* The tokenizer has no state of its own; its address stands for it. */
static int create(void *context, const char **args, int n_args, Fts5Tokenizer **ret)
{
	static char nothing;
	(void)context;
	(void)args;
	(void)n_args;
	*ret = (Fts5Tokenizer *)&nothing;
	return SQLITE_OK;
}

static void destroy(Fts5Tokenizer *tokenizer)
{
	(void)tokenizer;
}

struct taker {
	void *context;
	int (*take)(void *context, int flags, const char *p, int n, int start, int end);
};

/* Where a token stood in the text is not told: search_item keeps no positions, and folding
 * moves them. */
static int pass_on(void *arg, struct str token, bool is_sign)
{
	struct taker *t = arg;
	(void)is_sign;
	return t->take(t->context, 0, token.p, (int)token.n, 0, 0);
}

/* A question's words are tokens already (search_query_lite) and pass as they are: cutting one
 * in two would make it a phrase, which an index without positions answers with an error. */
static int tokenize(Fts5Tokenizer *tokenizer, void *context, int flags, const char *p, int n,
	int (*take)(void *context, int flags, const char *p, int n, int start, int end))
{
	struct taker t = { context, take };
	struct str text = { p, n > 0 ? (size_t)n : 0 };
	(void)tokenizer;
	if (flags & FTS5_TOKENIZE_QUERY)
		return text.n ? pass_on(&t, text, false) : SQLITE_OK;
	int stop = search_cut(text, SEARCH_INDEX, pass_on, &t);
	return stop < 0 ? SQLITE_ERROR : stop;
}

static fts5_api *api_of(sqlite3 *lite)
{
	fts5_api *api = NULL;
	sqlite3_stmt *st = NULL;
	if (sqlite3_prepare_v2(lite, "SELECT fts5(?1)", -1, &st, NULL) == SQLITE_OK) {
		sqlite3_bind_pointer(st, 1, &api, "fts5_api_ptr", NULL);
		(void)sqlite3_step(st);
	}
	sqlite3_finalize(st);
	return api;
}

int search_register(struct sqlite3 *lite)
{
	fts5_tokenizer ours = { create, destroy, tokenize };
	fts5_api *api = api_of(lite);
	if (!api || api->iVersion < 2)
		return err_note(ERR_IO, "this SQLite is built without FTS5");
	if (api->xCreateTokenizer(api, "baraza", NULL, &ours, NULL) != SQLITE_OK)
		return err_note(ERR_NOMEM, "registering the tokenizer");
	return 0;
}

int search_words(struct sqlite3 *lite)
{
	const char *make = "CREATE VIRTUAL TABLE temp.search_word USING "
			   "fts5vocab(main, search_record, row)";
	return sqlite3_exec(lite, make, NULL, NULL, NULL) == SQLITE_OK
		? 0
		: err_note(ERR_IO, "the words of the index: %s", sqlite3_errmsg(lite));
}
