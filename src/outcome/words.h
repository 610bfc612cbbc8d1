/* I show people what became of their words: where they are used, what was answered, and whether
 * they may still say that it reflects them. */
#pragma once
#include "outcome/ask_list.h"
#include "outcome/doc.h"
#include "outcome/reply.h"
#include "participate/mine.h"

enum { WORDS_ASKED_MAX = 20 };

/* One ask that uses one's words. */
struct words_cite {
	struct ask_card card;
	struct str slug, quote; /* of its space; what is quoted, may be empty */
	struct reply own;
	bool may_reply;
	int64_t now;
};
struct words_of {
	const struct words_cite *cite;
	size_t n_cite;
	enum doc_verdict verdict; /* on a comment on a clause; DOC_OPEN: none */
	struct str reason, reason_lang;
	int64_t verdict_at;
};

/* Above them all. */
struct words_above {
	int64_t all, used, answered;
	const struct ask *asked; /* that wait for a reply */
	size_t n_asked;
};

extern const struct route outcome_words_routes[];
