/* I know the votes of one space, kept in memory in the shape that arithmetic wants. */
#pragma once
#include "crypto/crypto.h"
#include "opinion/opinion.h"
#include "store/db.h"

/* One vote after its commit. */
struct board_vote {
	int64_t space, seat, item;
	int value;
};

/* Which row or column an id of the database is: places are given in the order of asking. */
struct places_of {
	int64_t *id; /* by place */
	uint32_t *slot;
	size_t n, cap; /* cap: slots, a power of two */
};
struct ballot {
	int64_t space;
	const struct secret *secret; /* decides between equals that are hidden; NULL: in tests */
	struct opinion *opinion;
	struct places_of seat, item;
};

/* ballot_open(space, ret): No votes yet. ERR_NOMEM. */
int ballot_open(int64_t space, struct ballot **ret) must_use;
void ballot_close(struct ballot *b); /* NULL is allowed */

/* ballot_load(b, db): All votes of the space, read piece by piece. A vote that commits in the
 * meantime may be missed: whoever calls has it in a queue and adds it then. */
int ballot_load(struct ballot *b, struct db *db) must_use;

/* ballot_add(b, v): A vote, new or changed. ballot_column(b, item, ret): Where a statement
 * stands; it gets a place if it has none. */
int ballot_add(struct ballot *b, const struct board_vote *v) must_use;
int ballot_column(struct ballot *b, int64_t item, size_t *ret) must_use;
