/*
 * I draw people as marks, those who voted alike close together, each group with a shape and
 * an outline of its own. Who is who cannot be read from it: marks are in the order of their
 * places, and those that fall on one another are one.
 */
#pragma once
#include "render/html.h"

enum { SCATTER_GROUPS = 5 };

struct scatter {
	const char *id;         /* of this picture on its page; letters */
	struct str title, desc; /* in the reader's language; desc says where the groups are */
	const double *x, *y;    /* places of ${n} people; not finite: not drawn */
	const int8_t *group;    /* 0 to SCATTER_GROUPS - 1; anything else: not drawn */
	size_t n;
	struct str label[SCATTER_GROUPS]; /* "A: 112 people"; absent: that group is not drawn */
};

/* scatter_html(w, s): The picture alone. Shapes by group: circle, square, triangle, diamond,
 * ring; the same as the swatches .sw.ga to .sw.ge of the stylesheet. */
void scatter_html(struct html *w, const struct scatter *s);
