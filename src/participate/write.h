/* I take what people write: a contribution to a question, a reply to a contribution, or a
 * statement for others to vote on. */
#pragma once
#include "account/fault.h"
#include "participate/profile.h"
#include "participate/thing.h"

struct write_view {
	struct frame frame;
	const struct form_result *form;
	const struct fault_label *labels;
	struct space s;
	enum item_kind kind;
	struct item above; /* the question, or the contribution that is replied to */
	struct safe_html above_html;
	struct url action;
	struct str once, body, lang;
	const struct theme *theme;
	size_t n_theme;
	int64_t theme_chosen;
	struct profile who;
	bool is_team, is_closed, is_public_at_once;
};

extern const struct route write_routes[];
