/* I know how an ask was worded before, as far as anybody could read it. */
#pragma once
#include "account/route.h"
#include "outcome/diff.h"

enum { ASK_PAST_MAX = 50 };

struct ask_past {
	int64_t until; /* when other words took its place */
	struct diff title, body;
};

struct ask_past_list {
	const struct ask_past *past; /* newest first */
	size_t n;
	struct str lang;
};

/* ask_past_load(v, ask, lang, ret): Each public wording in ${lang} with what the next one changed;
 * at most ASK_PAST_MAX. What was written before the ask was public is nobody's business. */
int ask_past_load(
	struct visit *v, int64_t ask, struct str lang, struct ask_past_list *ret) must_use;
