/*
 * I know a round of letters: rows that wait, put together by address into one letter each, and
 * written down with the word that they were told, together or not at all.
 */
#pragma once
#include "notify/digest.h"

/* Whose row it is. Rows of one ${follow} stand side by side. */
struct round_to {
	int64_t follow, reader;
	struct str address, lang, secret;
};
struct round {
	const struct digest_needs *needs;
	struct arena *mem; /* for as long as the round lasts */
};
struct round_kind {
	size_t row_size;
	int lead, subject; /* messages; ${subject} takes {count} */
	/* Rows of row_size, and how many; a number that is not 0 lets another round follow. */
	int (*read)(const struct round *r, void **ret, size_t *ret_n);
	struct round_to (*to)(const void *row);
	/* Write what it says: 1, or 0 where nothing is to be said of it. */
	int (*put)(
		const struct round *r, struct buf *out, const struct lang *lang, const void *row);
	/* For the writer: it was told. 1, or 0: another house was faster. */
	int (*told)(struct db *db, const void *row);
};

/* round_of(needs, kind): Letters for all whose time has come. The number of rows: while it is not
 * 0 there may be more. */
int round_of(const struct digest_needs *needs, const struct round_kind *kind) must_use;
