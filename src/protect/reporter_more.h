/*
 * I let those who reported change what they allow, add files, answer a question about their name,
 * say how they see their own risk, and take all of it back.
 */
#pragma once
#include "protect/reporter.h"
#include "record/walk.h"

struct own_risk_view {
	struct frame frame;
	const struct form_result *form;
	const struct labels *labels;
	struct walk_view *walk;
	size_t n_walk;
	struct walk_faults faults;
};
