/*
 * I know how often somebody may do something, without knowing who: token buckets in a table of
 * fixed size, by a hash that cannot be turned back. For any number of threads.
 */
#pragma once
#include "base/err.h"
#include <stdbool.h>
#include <stdint.h>

/* ${burst} at once, and ${per_hour} an hour in the long run. */
struct bucket_rate {
	uint16_t kind; /* which rate this is: the same client has a bucket for each */
	uint16_t burst;
	uint32_t per_hour;
};

struct bucket_table;

/* bucket_open(): 64 KiB, nobody has taken anything; NULL without memory. */
struct bucket_table *bucket_open(void) must_use;
void bucket_close(struct bucket_table *t);
/* bucket_take(t, client, rate, now_ms): Take a token; false when there is none, which changes
 * nothing. Never admits more than burst + rate·time for one client and kind. The table has four
 * rows of 2048 cells; somebody is wrongly refused only when others have emptied all four cells:
 * with h who take all they may, (1 − e^(−h/2048))⁴, less than 1 in 10,000 for h = 200. */
bool bucket_take(struct bucket_table *t, uint64_t client, const struct bucket_rate *rate,
	int64_t now_ms) must_use;
