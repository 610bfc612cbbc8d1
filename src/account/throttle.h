/*
 * I know who tried too often, for a while and in memory only. Waiting grows to a minute and
 * no further, and counts only tries from the same visitor: nobody can shut another person out.
 */
#pragma once
#include "base/err.h"
#include "base/str.h"

struct throttle;
int throttle_open(struct throttle **ret) must_use;
/* throttle_close(t): NULL is allowed. */
void throttle_close(struct throttle *t);

/* What is tried: ${name} (what for) by ${client} (0: whoever). */
struct throttle_key {
	const char *what;
	struct str name;
	uint64_t client;
};

/* throttle_try(t, key, now): 0: go on, and the try is counted at once, so that many at the
 * same time do not slip through. Else the seconds still to wait; this is not counted. */
int throttle_try(struct throttle *t, const struct throttle_key *key, int64_t now) must_use;
/* throttle_passed(t, key): It was right; forget the tries. */
void throttle_passed(struct throttle *t, const struct throttle_key *key);
