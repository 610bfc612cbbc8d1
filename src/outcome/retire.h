/*
 * I bring a consultation to its end when its time is over, or when an administrator says so.
 *
 * Time: so many years after it closed, as the space or the house says. First it is warned, in the
 * house and by mail to those who follow it; it is deleted no sooner than RETIRE_WARN_DAYS after,
 * and only when the house has seen the warning stand on RETIRE_LOOKS different days, so that a
 * clock that is set wrong deletes nothing.
 *
 * From the moment it begins its pages are tombstones (participate/gone.h); what cannot be counted
 * any more afterwards is taken down in the same transaction (kept.h). Then what people said is
 * destroyed piece by piece (participate/erase.h). Asks, answers and documents stay.
 */
#pragma once
#include "account/audit.h"
#include "account/settings.h"
#include "outcome/kept.h"

enum { RETIRE_WARN_DAYS = 30, RETIRE_LOOKS = 7 };

/* retire_due(closed_at, years): The day on which it may be deleted; 0: never. */
int64_t retire_due(int64_t closed_at, int64_t years);

/* retire_house_years(house): As the house says; 0: always kept. */
int64_t retire_house_years(const struct house *house);

/* What a transaction of the writer's works on. */
struct retire {
	struct house *house;
	int64_t now;
	bool has_changed; /* something that is public */
};

/* retire_look(db, retire): A work for the writer: warn, take a warning back, begin. Once a day or
 * more often. retire_piece(db, retire): Destroy a little of what was begun: 1 while there is
 * more. */
int retire_look(struct db *db, void *retire) must_use;
int retire_piece(struct db *db, void *retire) must_use;

/* retire_begin(db, r, space, account): Now, by hand (${account}) or by time (0). ERR_CONFLICT: it
 * has begun already. */
int retire_begin(struct db *db, struct retire *r, int64_t space, int64_t account) must_use;
