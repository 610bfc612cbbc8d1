/* I let people vote on statements: one at a time, or all in a list; and change their mind. */
#pragma once
#include "account/route.h"
#include "participate/item.h"

/* One statement with the visitor's own vote. */
struct vote_row {
	struct item item;
	struct opt_i64 mine;
};

struct vote_view {
	struct frame frame;
	struct space s;
	bool has_next;
	struct item next;           /* one at a time */
	const struct vote_row *row; /* the list */
	size_t n_row;
	int64_t done, all;   /* statements voted on, of how many */
	int64_t page, pages; /* of the list, from 1 */
	bool wants_original;
};

extern const struct route vote_routes[];
