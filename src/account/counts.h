/* I keep numbers that cost much to count, for as long as nothing public changes: what the page
 * cache does for whole pages, for those that are made for one person. In memory only. */
#pragma once
#include "account/visit.h"

/* What a number is of: ${what} is a static text, known by its address. */
struct counts_key {
	const char *what;
	int64_t of, more;
};

enum { COUNTS_BYTES = 1024 };

struct counts;
int counts_open(struct counts **ret) must_use;
/* counts_close(c): NULL is allowed; a house without one counts anew each time. */
void counts_close(struct counts *c);

/* counts_find(v, key, ret, n): The ${n} bytes that were kept since the house's version of this
 * visit. Not in a POST's act, which sees its own writing. */
bool counts_find(struct visit *v, struct counts_key key, void *ret, size_t n);
/* counts_keep(v, key, value, n): At most COUNTS_BYTES; another number may have to leave. */
void counts_keep(struct visit *v, struct counts_key key, const void *value, size_t n);
