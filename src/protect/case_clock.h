/*
 * I know when something about a case is due, who is asked when it is late, and how well promises
 * were kept. A clock tells how fast an answer was promised, and nothing of what was said.
 */
#pragma once
#include "protect/keep.h"

/* How fast a reply is promised; the numbers are in the database. */
enum clock_pace {
	CLOCK_CRITICAL = 1, /* two hours in which the office works */
	CLOCK_HIGH,         /* 24 hours, by the wall */
	CLOCK_CALM,         /* as many days as the channel says */
};
enum clock_promise { CLOCK_FIRST = 1, CLOCK_NEWS, CLOCK_CLOSING, CLOCK_PROMISES };
enum { CLOCK_CLOSING_DAYS = 90 };

/* When an office works: from the hour ${opens} to before ${closes}, UTC, on these days (bit 0:
 * Monday). */
struct clock_office {
	int64_t opens, closes, days;
};
/* clock_after(o, hour, hours): The first hour (since 1970) before which ${hours} have passed in
 * which the office works, from ${hour} on. An office that never works counts as always open. */
int64_t clock_after(const struct clock_office *o, int64_t hour, int64_t hours);

/* All in a POST's act. clock_said(v, c): The handlers wrote: the promise was kept or not, and the
 * next begins. clock_heard(v, id): The reporter wrote: a reply is due. clock_pace_set(v, c, pace):
 * So fast from now on. clock_next_set(v, c, hour): What the handlers set themselves next; 0:
 * nothing. clock_closed(v, c): Closed, within three months or not. */
int clock_said(struct visit *v, const struct keep_case *c) must_use;
int clock_heard(struct visit *v, const struct vault_id *id) must_use;
int clock_pace_set(struct visit *v, const struct keep_case *c, enum clock_pace pace) must_use;
int clock_next_set(struct visit *v, const struct keep_case *c, int64_t hour) must_use;
int clock_closed(struct visit *v, const struct keep_case *c) must_use;

/* clock_raise(db, now): Works for the writer: what is late is handed to another who holds the key,
 * and again after a day, of what is critical after an hour. How many, or negative. */
int clock_raise(struct db *db, int64_t now) must_use;

/* How a kind of promise was kept in the last four quarters and this one. */
struct clock_kept {
	int64_t kept, of; /* of: kept, late, and late by now */
};
/* clock_kept_read(v, ret): For all channels together. Reads v->db. */
int clock_kept_read(struct visit *v, struct clock_kept ret[CLOCK_PROMISES]) must_use;
