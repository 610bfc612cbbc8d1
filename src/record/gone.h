/* I know how a record goes: as a whole, with all that was said and done about it. What stays is
 * what it was called, when it went and why. */
#pragma once
#include "record/record.h"

/* The numbers are kept for ever. */
enum gone_why {
	GONE_TAKEN_BACK = 1, /* an import was */
	GONE_KEPT,           /* as long as its definition says */
};

/* gone(db, mem, uid, why, now): In a transaction of the caller. ERR_MISSING. */
int gone(struct db *db, struct arena *mem, struct str uid, enum gone_why why, int64_t now) must_use;
