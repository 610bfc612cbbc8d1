/*
 * I give the figures of a consultation away as files, with a guide to their fields.
 *
 * CSV begins with a byte order mark, because spreadsheets take UTF-8 for something else without
 * it; words that a spreadsheet would calculate get an apostrophe in front. What is hidden on the
 * page is not in the files either. A file may be of any size (account/parcel.h).
 */
#pragma once
#include "account/parcel.h"
#include "participate/results.h"

struct data_view {
	struct frame frame;
	struct space s;
	bool is_shown; /* enough people have voted */
};

extern const struct route data_routes[];

/* The files, one a function: see account/parcel.h. */
typedef int data_put(struct visit *v, const struct figures *f, struct parcel_out *o);
data_put data_statements, data_votes, data_contributions, data_json, data_xlsx;

/* The words of statements, in the order of f->statement, a piece of them at a time. */
struct data_words {
	struct arena mem;
	struct data_texts_row *row;
	size_t n, at;
	bool is_end; /* of all */
};
/* data_words_of(v, f, w, i, ret): Those of statement ${i}, which is not before the one asked for
 * last; absent if it has been hidden meanwhile. They stay until the next call. */
int data_words_of(struct visit *v, const struct figures *f, struct data_words *w, size_t i,
	struct words *ret) must_use;
void data_words_done(struct data_words *w);
#define auto_words __attribute__((cleanup(data_words_done))) struct data_words

/* data_trace(v): Files that somebody of this space's desk takes leave a line in the log; what
 * visitors take does not. For a check, once the space is known. */
int data_trace(struct visit *v) must_use;
