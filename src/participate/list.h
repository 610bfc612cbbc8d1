/* I list the consultations: open, opening soon, closed. */
#pragma once
#include "participate/space.h"

enum list_group { LIST_OPEN, LIST_SOON, LIST_OVER, LIST_GROUPS };

struct list_view {
	struct frame frame;
	const struct space *space;
	struct str *when; /* of each: "13 to 24 January 2020" */
	size_t n;
	bool has[LIST_GROUPS];
	int64_t now;
};

enum list_group list_group_of(const struct space *s, int64_t now);

/* list_load(v, ret): All that list_cards needs; the frame is the caller's. */
int list_load(struct visit *v, struct list_view *ret) must_use;

/* list_show(v): GET /c */
int list_show(struct visit *v) must_use;
