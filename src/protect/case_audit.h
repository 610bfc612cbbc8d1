/* I show auditors what was done with the cases of their channels, day by day, and whether the chain
 * of it holds. */
#pragma once
#include "protect/case_log.h"
#include "render/frame.h"

struct audit_case_row {
	int64_t day, number;
	int msg;             /* what was done */
	struct str who, ref; /* who: empty: the house */
	char code[9];        /* how the case's id begins */
};
/* case_timeline(v, c, ret, ret_n): What was done with one case, the newest first; codes are empty.
 */
int case_timeline(struct visit *v, const struct keep_case *c, struct audit_case_row **ret,
	size_t *ret_n) must_use;

struct case_audit_view {
	struct frame frame;
	struct audit_case_row *row; /* the newest first */
	size_t n_row;
	int64_t lines, broken;
};
