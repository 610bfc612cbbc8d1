/* I know the made-up records of the sample, and who of its people has which role with records. */
#pragma once
#include "record/record.h"

struct record_demo_staff {
	struct account_id lead, reviewer, monitor, focal;
};
/* record_demo(db, mem, shelf, staff, now): In the transaction of the caller. */
int record_demo(struct db *db, struct arena *mem, const struct shelf *shelf,
	const struct record_demo_staff *staff, int64_t now) must_use;
