/* I keep filters of a list that somebody has named, for themselves or for all who work with it. */
#pragma once
#include "form/form.h"
#include "record/find.h"

enum { VIEWS_MAX = 30, VIEWS_TITLE = 60 };

struct view_row {
	int64_t id;
	struct str title;
	struct url to;
	bool is_own, is_shared, is_here; /* here: it is what the list shows now */
};
struct views {
	struct view_row *row;
	size_t n;
	bool is_here, can_save; /* the list is narrow, and is none of these */
	struct url save;        /* where a name for it is sent */
};
/* views_load(v, f, ret): Of this list, for whoever acts with an account; none for others. */
int views_load(struct visit *v, const struct find *f, struct views *ret) must_use;
