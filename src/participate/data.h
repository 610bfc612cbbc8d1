/*
 * I give the figures of a consultation away as files, with a guide to their fields.
 *
 * CSV begins with a byte order mark, because spreadsheets take UTF-8 for something else without
 * it; words that a spreadsheet would calculate get an apostrophe in front. What is hidden on the
 * page is not in the files either.
 */
#pragma once
#include "participate/results.h"

struct data_view {
	struct frame frame;
	struct space s;
	bool is_shown;  /* enough people have voted */
	bool has_votes; /* not too many for a file made on request */
};

extern const struct route data_routes[];

/* data_quote(b, s): A field of CSV. */
void data_quote(struct buf *b, struct str s);
/* data_json(f, v, ret), data_xlsx(f, words, ret): The figures as a file, in the visit's arena. */
int data_json(struct visit *v, const struct figures *f, struct str *ret) must_use;
int data_xlsx(struct visit *v, const struct figures *f, const struct words *words,
	struct str *ret) must_use;
