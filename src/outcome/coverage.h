/* I know how much of what was said is used: cited by an ask, or at least under a theme. */
#pragma once
#include "account/route.h"
#include "participate/post.h"

struct coverage {
	int64_t published; /* contributions to the questions */
	int64_t unused;    /* of these, neither cited nor under a theme */
};

/* coverage_load(v, space, drafts, ret): Count them. ${drafts}: asks that are not public yet cite,
 * too. */
int coverage_load(struct visit *v, int64_t space, bool drafts, struct coverage *ret) must_use;

/* coverage_share(mem, l, c): "78%" are used, rounded down, so that 100% means all of them. */
struct str coverage_share(struct arena *mem, const struct lang *l, const struct coverage *c);

struct unused_view {
	struct frame frame;
	struct space s;
	struct coverage c;
	const struct post *post;
	size_t n_post;
	int64_t page, pages;
};

/* For the templates. */
void coverage_bar(struct html *w, const struct coverage *c);

extern const struct route coverage_routes[];
