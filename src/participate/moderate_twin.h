/* I notice when two short texts say nearly the same in nearly the same words. */
#pragma once
#include "account/visit.h"

enum { TWIN_MAX = 500 }; /* published statements that are looked at, the newest */

/* The words of one text, as the search sees them: sorted, each once. */
struct twin_words {
	struct str *word;
	size_t n;
};

/* twin_likeness(a, b): 0 (nothing in common) to 100 (the same words): twice the common words
 * among all of both. */
int twin_likeness(const struct twin_words *a, const struct twin_words *b);

struct twin {
	int64_t number; /* of the published statement; 0: none is close */
	struct str body;
};

/* Published statements of one language, cut into words once for a page. */
struct twin_pool {
	struct str lang;
	struct twin *twin;
	struct twin_words *words;
	size_t n;
};

/* twin_fill(v, space, lang, ret): ERR_NOMEM, ERR_IO. */
int twin_fill(struct visit *v, int64_t space, struct str lang, struct twin_pool *ret) must_use;
/* twin_find(pool, mem, number, body, ret): The closest that is close enough to ask about; never
 * statement ${number} itself. */
int twin_find(const struct twin_pool *pool, struct arena *mem, int64_t number, struct str body,
	struct twin *ret) must_use;
