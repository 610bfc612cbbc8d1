/* I know what is kept of answers so that records are found and counted: cells, tallies, words. */
#pragma once
#include "record/record.h"

/* cell_order(a, created): The second by which the record is ordered. */
int64_t cell_order(const struct answers *a, int64_t created);
/* cell_put(db, mem, r, order): In place of what was kept of it before, which was in state
 * ${was_state}; absent: nothing was. */
int cell_put(struct db *db, struct arena *mem, const struct record *r, int64_t order,
	struct str was_state) must_use;
