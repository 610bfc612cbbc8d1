/* I know shares: whole per cents that add up to a hundred, and the bar that shows them. */
#pragma once
#include "render/html.h"

enum { BAR_PARTS = 6 };

/* bar_shares(n, count, ret): Whole per cents of each ${n} in their sum; they add up to 100,
 * the largest remainders are rounded up. All 0 when the sum is. Negative counts as 0. At most
 * BAR_PARTS of them. */
void bar_shares(const int64_t *n, size_t count, int *ret);

struct bar_part {
	const char *look; /* class of the stylesheet: "b-y", "b-0", "b-n", "b-b" … */
	int64_t n;
};
struct bar {
	struct str label; /* all that the bar says, in words; absent: the words stand beside it */
	struct bar_part part[BAR_PARTS];
	size_t n_part;
	bool is_big;
};

/* bar_html(w, b): A bar of HTML, which every browser shows, each part as wide as its share. */
void bar_html(struct html *w, const struct bar *b);
