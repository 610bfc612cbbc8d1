/*
 * I destroy cases: by hand, or when they were kept long enough. Their slots are zeroed, and with
 * them every copy of their keys; rows go, and the write-ahead log is emptied. What stays is a line
 * of what was done, and counts.
 */
#pragma once
#include "protect/case_desk.h"

enum { END_WARN_DAYS = 30, END_WITHDRAWN_DAYS = 7, END_OUTCOMES = 6 };

/* end_case(db, mem, day, account, id, channel): In a transaction: all rows of a case; its slots are
 * noted as ending (case_locks.h: locks_finish, or locks_end when a visit does it). 0 or negative.
 * end_sweep(db, now): Works for the writer: destroys what was kept long enough, or was taken back a
 * week ago, at most a few dozen. How many, or negative. Afterwards: end_finish. end_finish(db,
 * shred): Works for the writer, after that is on disk: zero the slots. */
struct end_who {
	int64_t day, account, channel;
	struct vault_id id;
};
int end_case(struct db *db, struct arena *mem, const struct end_who *who) must_use;
int end_sweep(struct db *db, int64_t now) must_use;

/* end_count(v, c, t, may_count, outcome): A case is closed with an outcome (1 to END_OUTCOMES):
 * counted, once, if its reporter agreed. ${t} is the report; without a form: it could not be read.
 * In a POST's act. */
int end_count(struct visit *v, const struct keep_case *c, const struct told *t, bool may_count,
	int64_t outcome) must_use;
int end_outcome_msg(int64_t outcome);

struct end_view {
	struct frame frame;
	const struct form_result *form;
	char id[KEEP_ID_CHARS + 1];
	int64_t on_day; /* when it is destroyed by itself */
};
struct figure {
	int64_t year;
	struct str form;
	int64_t outcome, n; /* n: 0: fewer than five */
};
extern const struct fault_label end_labels[];
