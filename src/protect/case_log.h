/*
 * I know what was done with cases, by whom and on which day; never what was said, and nothing of
 * who reported.
 *
 * Lines are only ever added, and stay when a case is destroyed. Each carries a mark: the BLAKE2b
 * of the mark before it and of the line, as in account/audit.h. Hashed are these letters:
 *
 *   MARK NUMBER DAY ACCOUNT CHANNEL WHAT CASE REF
 *
 * with the mark before as 64 hexadecimal digits (of the first line: zeros), the case as 32, the
 * others in decimal, one blank between them.
 */
#pragma once
#include "protect/keep.h"

/* What was done. The numbers are kept for ever: add new ones behind, change none. */
enum case_what {
	CASE_TAKEN = 1,
	CASE_ADDED,     /* ref: who was given keys */
	CASE_LEFT,      /* ref: who left */
	CASE_TAKEN_OUT, /* ref: who was taken out */
	CASE_CONFLICT,  /* ref: who is shut out for good */
	CASE_HANDED,    /* ref: who handles it now */
	CASE_ROUTED,    /* to the channel of this line */
	CASE_LOCKED,    /* the locks were changed */
	CASE_CLOSED,
	CASE_REOPENED,
	CASE_DESTROYED,
	CASE_NAME_OPENED, /* by its custodian */
	CASE_NAME_GIVEN,  /* ref: to which handler */
	CASE_RAISED,      /* a promise was late; ref: who is asked now */
	CASE_DECIDED,     /* on support */
	CASE_REFERRED,
	CASE_PAID,      /* by a fund officer, as is the next */
	CASE_UNPAID,    /* they said why not */
	CASE_WITHDRAWN, /* by its reporter, for a week */
	CASE_KEPT_ON,   /* who took that back */
	CASE_TIED,      /* to another case, which the lines do not name */
	CASE_UNTIED,
	CASE_COVERED,   /* a covered copy took the place of a text */
	CASE_UNCOVERED, /* somebody read what was written first */
	CASE_WHATS,     /* one more than the last */
};

/* case_log_add(v, c, what, ref): One more line, in a POST's act, by whoever visits.
 * case_log_put(db, mem, day, account, c, what, ref): The same without a visit. 0 or negative. */
int case_log_add(
	struct visit *v, const struct keep_case *c, enum case_what what, int64_t ref) must_use;
struct case_log_line {
	int64_t day, account, channel;
	enum case_what what;
	struct vault_id of;
	int64_t ref;
};
int case_log_put(struct db *db, struct arena *mem, const struct case_log_line *line) must_use;

/* case_log_check(db, ret_lines, ret_broken): Walk along the chain: how many lines hold, and the
 * number of the first that does not; 0: all hold. */
int case_log_check(struct db *db, int64_t *ret_lines, int64_t *ret_broken) must_use;
