/* I know the made-up records of the sample, and who of its people has which role with records. */
#pragma once
#include "record/record.h"

struct record_demo_staff {
	struct account_id lead, reviewer, monitor, focal;
};
struct record_demo_house {
	const struct shelf *shelf;
	struct blobs *blobs;
};
/* record_demo(db, mem, house, staff, now): In the transaction of the caller. */
int record_demo(struct db *db, struct arena *mem, const struct record_demo_house *house,
	const struct record_demo_staff *staff, int64_t now) must_use;
