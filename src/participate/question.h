/* I show one question and what people answer: newest first, or most useful, or what a reader
 * looks for. */
#pragma once
#include "account/route.h"
#include "participate/choose.h"
#include "participate/post.h"

/* What a reader looks for; all zero: everything. */
struct question_wish {
	struct str words, lang, country; /* empty: any */
	int64_t theme;
	bool by_useful;
	int64_t page; /* from 1 */
};

struct question_view {
	struct frame frame;
	struct space s;
	struct item q;
	struct safe_html html;
	struct question_wish wish;
	bool is_filtered;
	const struct question_title *question; /* all of them */
	size_t n_question;
	const struct theme *theme;
	size_t n_theme;
	const struct country *country;
	size_t n_country;
	const struct post *own; /* of the reader, still waiting */
	size_t n_own;
	const struct post *post;
	size_t n_post;
	int64_t all, pages;
	bool may_write;
};

/* question_find(v, s, number, ret): The published question of that number. ERR_MISSING. */
int question_find(
	struct visit *v, const struct space *s, struct str number, struct item *ret) must_use;

extern const struct route question_routes[];
