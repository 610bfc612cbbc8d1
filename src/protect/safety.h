/* I am a page to fill in and print: risk, plan, whom to call. What is written there is never sent.
 */
#pragma once
#include "protect/quiet.h"
#include "record/walk.h"

enum { PLAN_STEPS = 6, PLAN_PEOPLE = 3, PLAN_BAG = 6 };
struct safety_view {
	struct frame frame;
	const struct labels *labels;
	struct walk_view *walk; /* the questions of one's own risk */
	size_t n_walk;
};
/* safety_bag(i): What belongs into a bag. */
int safety_bag(size_t i);
