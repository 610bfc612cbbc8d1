/* I fill an empty house with a sample: three consultations, with people, words and votes that
 * are all made up, and the same every time. */
#pragma once
#include "account/visit.h"

/* Who wrote, translated and decided. */
struct demo_staff {
	struct account_id organiser, moderator, translator;
};

/* demo_is_due(db, mem): 1: the house holds no space yet. */
int demo_is_due(struct db *db, struct arena *mem) must_use;

/* demo_fill(db, mem, staff, now, ret): Write the sample as if today were its eleventh open day,
 * inside the caller's transaction. ${ret}: the space in which the staff work. */
int demo_fill(struct db *db, struct arena *mem, const struct demo_staff *staff, int64_t now,
	int64_t *ret) must_use;
