/* I know what was put in and what was taken out between two wordings. */
#pragma once
#include "i18n/i18n.h"

enum diff_kind { DIFF_SAME, DIFF_OUT, DIFF_IN };

struct diff_piece {
	enum diff_kind kind;
	struct str text; /* a view of one of the wordings */
};

/* The pieces in reading order: those that are not DIFF_IN are the former wording, those that are
 * not DIFF_OUT the new one. */
struct diff {
	struct diff_piece *piece;
	size_t n;
	int64_t changes; /* places where something differs */
	int64_t same;    /* bytes that both share */
};

/* diff_words(l, mem, was, is, ret): The difference by words, a longest common subsequence
 * (Hirschberg's problem, solved by the plain table). Where both differ over more than 1,000,000
 * pairs of words, that part counts as wholly replaced. ERR_NOMEM. */
int diff_words(const struct lang *l, struct arena *mem, struct str was, struct str is,
	struct diff *ret) must_use;

/* diff_alike(l, mem, a, b): How much of two wordings is the same: 0 to 100; negative on
 * failure. */
int diff_alike(const struct lang *l, struct arena *mem, struct str a, struct str b) must_use;
