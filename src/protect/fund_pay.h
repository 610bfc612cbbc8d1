/* I ask those who reported how they can be paid, where only they and fund officers read, and show
 * them what became of it. */
#pragma once
#include "protect/fund.h"

/* fund_said(v, text, n, p): What officers said, the newest first, into ${p}. */
int fund_said(
	struct visit *v, const struct keep_shown *text, size_t n, struct fund_view *p) must_use;
