/*
 * I know to whom a case may go: what its reporter allows, body by body; and make the package that
 * goes, locked to the receiver's key, or to be printed where there is none.
 */
#pragma once
#include "protect/case_entry.h"

struct refer_view {
	struct frame frame;
	const struct tool_body *body;
	struct case_sheet sheet;
	struct str *line; /* of the summary */
	size_t n_line;
	struct told_view name; /* where it goes along */
	char id[KEEP_ID_CHARS + 1];
	int64_t day;
};
/* refer_bodies(v, c, ret, ret_n): mechanism_list, and what the reporter allows for each, as a
 * handler reads it. refer_may(body, n, id): 1: the case may go there: shared, and with its name
 * where the body takes none without; 0. */
int refer_bodies(
	struct visit *v, const struct keep_case *c, struct tool_body **ret, size_t *ret_n) must_use;
int refer_may(const struct tool_body *body, size_t n, int64_t id) must_use;
