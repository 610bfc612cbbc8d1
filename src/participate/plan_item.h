/* I let an organiser write the questions of a consultation and the statements it begins with, in
 * each language, put questions in order, and take either back. */
#pragma once
#include "participate/item.h"
#include "participate/plan.h"

enum { PLAN_ITEMS_MAX = 500 };

struct plan_item {
	int64_t id, number, votes;
	enum item_status status;
	struct str words, lang; /* title or text in the reader's language, else the original */
	int64_t langs;          /* set of 1 << enum lang_id: written in these */
};

struct plan_item_view {
	struct frame frame;
	const struct form_result *form;
	struct space s;
	enum item_kind kind;
	const char *path; /* "questions" or "statements" */
	int tab;
	struct plan_item *item;
	size_t n_item;
	struct str once;
	int64_t now;
	bool may_move, is_saved;
	/* one of them, in one language */
	struct item one;
	const struct lang *lang;
	struct str title, body;
	bool is_original, is_fixed; /* is_fixed: people have voted on these words */
};

extern const struct route plan_item_routes[];
