/*
 * I know how the log stood when it was last looked at, and how many wrong passwords came in
 * this hour; in memory only.
 *
 * What was looked at once need not be looked at again to see whether new lines fit: so a page
 * costs only what is new. That the old lines are still the same is seen by a look at all.
 */
#pragma once
#include "account/audit.h"

struct audit_watch;
int audit_watch_open(struct audit_watch **ret) must_use;
/* audit_watch_close(w): NULL is allowed, here and below. */
void audit_watch_close(struct audit_watch *w);

struct audit_seen {
	struct audit_verdict verdict;
	int64_t whole_at; /* when all lines were looked at */
};
/* audit_watch_look(w, db, now, is_whole, ret): Look at the lines that are new; at all of them
 * with ${is_whole}, and the first time. 0 or negative. */
int audit_watch_look(struct audit_watch *w, struct db *db, int64_t now, bool is_whole,
	struct audit_seen *ret) must_use;

/* audit_watch_night(w, db, now): Look at all, without holding anybody up; for a thread that has
 * the time. audit_watch_last(w, ret): What was seen last, without a look; false: nothing yet. */
int audit_watch_night(struct audit_watch *w, struct db *db, int64_t now) must_use;
bool audit_watch_last(struct audit_watch *w, struct audit_seen *ret);

/* audit_watch_wrong(w, account, now): A wrong password or code; ${account} 0: of a name that
 * nobody has. */
void audit_watch_wrong(struct audit_watch *w, struct account_id account, int64_t now);
/* audit_watch_tell(w, db, now, is_all): A line for each account that had too many of them in an
 * hour that is over, or, with ${is_all}, in this one too: however many tries, few lines. */
int audit_watch_tell(struct audit_watch *w, struct db *db, int64_t now, bool is_all) must_use;
