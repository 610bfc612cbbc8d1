/* I give the sample its closing summary: asks on what was said, who is asked, and what was
 * answered. All of it is made up, and the same every time. */
#pragma once
#include "account/visit.h"

/* Who made the asks, and who answers for everybody that is asked. */
struct demo_outcome_staff {
	struct account_id editor, responder;
};

/* demo_outcome(db, mem, staff, space, now): Write it below what demo_fill has written in ${space},
 * inside the caller's transaction. */
int demo_outcome(struct db *db, struct arena *mem, struct demo_outcome_staff staff, int64_t space,
	int64_t now) must_use;
