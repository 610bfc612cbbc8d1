/* I know which asks came out of a document: a comment that was adopted becomes one by one press,
 * with the comment as its evidence and the clause as the place it comes from. */
#pragma once
#include "account/route.h"
#include "base/arena.h"

/* A clause that an ask comes from: /clause/… finds it in every version. */
struct ask_clause {
	int64_t item;
	struct str title, lang;
};

/* doc_adopted(v, comment, wants_drafts, ret): The address of the ask that ${comment} became, empty
 * without one; of one that nobody may read yet only if wanted. */
int doc_adopted(struct visit *v, int64_t comment, bool wants_drafts, struct str *ret) must_use;

/* doc_adopted_from(v, ask, ret, ret_n): The clauses that ${ask} comes from. */
int doc_adopted_from(
	struct visit *v, int64_t ask, const struct ask_clause **ret, size_t *ret_n) must_use;

extern const struct route doc_adopt_routes[];
