/* I decide what becomes of words: what may follow what, and all that a decision changes. */
#pragma once
#include "participate/item.h"

/* Kept in decision.verdict: numbers never change their meaning. */
enum verdict {
	VERDICT_NONE,
	VERDICT_OK,    /* let through */
	VERDICT_BACK,  /* sent back to the author */
	VERDICT_HIDE,  /* hidden, with a reason */
	VERDICT_MERGE, /* the same as another */
	VERDICT_MOVE,  /* to another question */
	VERDICT_KEEP,  /* readers' flags put aside */
	VERDICTS
};

enum { DECIDE_WORD_MAX = 500 };

/* What a decision is about, as the moderator saw it. */
struct decide_item {
	int64_t id, seat, account, parent; /* 0: none */
	enum item_kind kind;
	enum item_status status;
	int64_t version; /* of the author's words */
	int64_t last;    /* newest decision on it, 0: none */
	int64_t flags;   /* open ones */
	bool is_own;     /* the visitor wrote it */
};

struct decide_order {
	int64_t item, last, version; /* the latter two as the moderator saw them */
	enum verdict verdict;
	int reason;     /* enum flag_reason */
	int64_t target; /* the other one, or the question; 0: none */
	struct str word;
};

/* decide_allows(i, verdict): May that follow, for an item as it stands? */
bool decide_allows(const struct decide_item *i, enum verdict verdict);

/* decide_msg(verdict): "Let through": an enum msg. */
int decide_msg(enum verdict verdict);

/* decide_look(v, space, id, ret): ERR_MISSING for what is not there, or is no matter of
 * moderation (a question). */
int decide_look(struct visit *v, int64_t space, int64_t id, struct decide_item *ret) must_use;

/* decide_other(v, i, space, number, ret): The published item of the same kind with that number,
 * not ${i} itself. decide_question(v, space, number, ret): The published question. 1 or 0. */
int decide_other(struct visit *v, const struct decide_item *i, int64_t space, int64_t number,
	int64_t *ret) must_use;
int decide_question(struct visit *v, int64_t space, int64_t number, int64_t *ret) must_use;

/* decide_do(v, space, order): In a POST's act. ERR_CONFLICT: somebody decided first, the author
 * changed the words, or it cannot follow; ERR_DENIED: the visitor's own words. */
int decide_do(struct visit *v, int64_t space, const struct decide_order *o) must_use;

/* decide_trust(v, space, seat, is_trusted): What this author writes from now on need not wait,
 * where the space's rule says so. In a POST's act. */
int decide_trust(struct visit *v, int64_t space, int64_t seat, bool is_trusted) must_use;
