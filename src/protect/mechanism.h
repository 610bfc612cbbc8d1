/* I know to whom cases can be referred: an administrator keeps the list, case workers choose from
 * it. */
#pragma once
#include "account/fault.h"
#include "protect/case_tool.h"

struct mechanism_view {
	struct frame frame;
	const struct form_result *form;
	struct tool_body *body;
	size_t n_body;
};
extern const struct fault_label mechanism_labels[];

/* mechanism_list(v, ret, ret_n): Those that cases can be referred to. Reads v->db. */
int mechanism_list(struct visit *v, struct tool_body **ret, size_t *ret_n) must_use;
