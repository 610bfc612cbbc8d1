/* I end records whose time is over: "keep" of a definition says for how many days one is kept after
 * it came into a state. */
#pragma once
#include "account/house.h"
#include "record/vanish.h"

/* term_round(db, house): For the writer: some of those that are due go as a whole. Above 0: there
 * may be more; 0: none is due. */
int term_round(struct db *db, void *house) must_use;
