/* I take what readers say of others' words with one press: that they are useful, or that the
 * moderators should look. */
#pragma once
#include "account/fault.h"
#include "participate/thing.h"

struct mark_view {
	struct frame frame;
	const struct form_result *form;
	struct thing t;
	struct safe_html html;
	bool is_closed, is_useful;
	int64_t reason; /* chosen: index into flag_values; -1 none */
};

extern const struct fault_label mark_labels[];
extern const struct route mark_routes[];
