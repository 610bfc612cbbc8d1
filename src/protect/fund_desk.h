/* I show fund officers what they are asked to pay, and take their word whether it was paid; and
 * finance what was paid in sum. */
#pragma once
#include "protect/fund.h"

/* In which money a channel pays, and how much for one case at most (0: no limit). */
struct fund_money {
	struct str name;
	int64_t ceiling;
};
int fund_money(struct visit *v, const struct keep_case *c, struct fund_money *ret) must_use;
