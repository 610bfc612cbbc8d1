/* I show everybody how well promises to those who report are kept: shares of five and more, over
 * all offices. */
#pragma once
#include "protect/case_clock.h"
#include "render/frame.h"

enum { PROMISE_FEW = 5 };
struct promise_view {
	struct frame frame;
	struct clock_kept kept[CLOCK_PROMISES];
	struct str share[CLOCK_PROMISES]; /* in the reader's language; absent: too few */
};
int promise_msg(int kind);
