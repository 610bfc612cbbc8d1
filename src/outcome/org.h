/* I show what was asked of one organisation: what is late first, and how well it answers. */
#pragma once
#include "account/route.h"
#include "outcome/ask_list.h"
#include "outcome/rate.h"

enum { ORG_PAGE = 20 };

struct org_ask {
	struct ask a;
	struct str slug; /* of its space */
	int64_t late;    /* whole days */
};

struct org_view {
	struct frame frame;
	struct rate rate;
	struct str slug, name, focal_point;
	const struct org_ask *ask;
	size_t n_ask;
	int64_t page, pages;
};

extern const struct route org_routes[];
