/* I know how a record goes: as a whole, with all that was said and done about it. What stays is
 * what it was called, when it went and why. */
#pragma once
#include "record/record.h"

/* The numbers are kept for ever. */
enum vanish_why {
	VANISH_TAKEN_BACK = 1, /* an import was */
	VANISH_KEPT,           /* as long as its definition says */
};

/* vanish(house, shelf, uid, why): In a transaction of the caller; ${house} is the house
 * (record_by.is_house). ERR_MISSING. */
int vanish(const struct record_by *house, const struct shelf *shelf, struct str uid,
	enum vanish_why why) must_use;
