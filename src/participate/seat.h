/* I know a participant's place in one space. */
#pragma once
#include "participate/space.h"

struct seat {
	int64_t id, number;
	struct str alias, lang, country;
	bool is_trusted;
};

/* seat_find(v, space, ret): The seat of whoever visits; 1 or 0 (nobody, or never wrote here). */
int seat_find(struct visit *v, int64_t space, struct seat *ret) must_use;

/* seat_mine(v, seat, ret): That seat, if the account that is signed in holds its code; 1 or 0. */
int seat_mine(struct visit *v, int64_t seat, struct seat *ret) must_use;

/* seat_take(v, space, ret): The same, made if it is missing. Only in a POST's act, for a visit
 * with a code. */
int seat_take(struct visit *v, int64_t space, struct seat *ret) must_use;
