/* I draw how a number changes from month to month: a line with its area, from nothing upwards. */
#pragma once
#include "render/html.h"

enum { TREND_POINTS = 120 };

struct trend {
	const char *id; /* of this picture on its page; letters and digits */
	struct str title,
		desc; /* in the reader's language; desc says the finding, names the table */
	struct str first, last; /* what the ends of the line are called */
	const int64_t *n;       /* not negative; time runs from left to right in every language */
	size_t count;           /* 2 to TREND_POINTS */
};

/* trend_top(most): Where the scale ends: even, at least 2, 1, 2, 4, 6 or 8 times a power of ten,
 * not below ${most}. */
int64_t trend_top(int64_t most);
/* trend_html(w, t): The picture alone. */
void trend_html(struct html *w, const struct trend *t);
