/* I show the way in: name and password, the second step, a code from paper. */
#pragma once
#include "account/fault.h"
#include "render/frame.h"

struct sign_in_view {
	struct frame frame;
	const struct form_result *form;
	struct str to; /* where to go afterwards; may be empty */
	struct url own_words;
	bool is_short;
};

extern const struct fault_label sign_in_labels[];
