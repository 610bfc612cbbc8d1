/* I know a space: what it asks of whom, its phases, and what is allowed in it right now. */
#pragma once
#include "account/visit.h"

enum space_state { SPACE_DRAFT, SPACE_ANNOUNCED, SPACE_CLOSED, SPACE_ARCHIVED, SPACE_GONE };
enum space_access { SPACE_EVERYONE, SPACE_LINK, SPACE_MEMBERS };
enum space_moderation { SPACE_PRE, SPACE_POST, SPACE_TRUSTED };

/* What a phase may allow: a set. */
enum space_action {
	ACT_READ = 1,
	ACT_CONTRIBUTE = 2,
	ACT_REPLY = 4,
	ACT_VOTE = 8,
	ACT_PROPOSE = 16, /* statements */
	ACT_REPLY_TO_ASK = 32,
};

/* A minimum notice: between announcement and the first phase in which people may write. */
enum { SPACE_NOTICE_DAYS = 14, DAY = 86400 };

struct phase {
	int64_t id;
	struct str name; /* in the reader's language, else the original */
	int64_t starts;  /* 00:00 UTC of the first day */
	int64_t ends;    /* 00:00 UTC after the last day */
	int64_t actions; /* enum space_action, a set */
};

struct theme {
	int64_t id;
	struct str name;
};

/* A space as one visitor sees it. Texts are in the visitor's language where there is one. */
struct space {
	int64_t id;
	struct str uid, slug, lang; /* lang: of the original */
	enum space_state state;
	enum space_access access;
	enum space_moderation moderation;
	int64_t langs; /* set of 1 << enum lang_id */
	struct opt_i64 decided_at, answer_due, announced_at, closed_at;
	int64_t gone_at; /* when it was deleted; 0: it was not */
	bool is_sample;
	int roles; /* of the visitor in it, where desk_here has looked: a set of enum role */
	struct str title, purpose, run_by, decider, feeds, notice_reason;
	const struct lang *text_lang; /* in which those are */
	bool is_easy;                 /* in its easy words */
	struct phase *phase;
	size_t n_phase;
	const struct phase *current; /* NULL between phases */
	int64_t allowed;             /* enum space_action, a set: now */
	int64_t changes_at;          /* when the clock changes that; 0: never */
};

/* space_load(v, slug, ret): The space at /c/${slug}, if this visitor may see it; else
 * ERR_MISSING, which does not tell whether it exists. */
int space_load(struct visit *v, struct str slug, struct space *ret) must_use;

/* space_gate(v, slug, ret): The same without a word: no texts, no names. For handlers that only
 * ask what is allowed. */
int space_gate(struct visit *v, struct str slug, struct space *ret) must_use;

/* space_here(v, ret): The same for a route whose first :name is the slug. Sets
 * v->fresh_until by the space's clock. ERR_MISSING with v->gone of one that was deleted: only
 * space_kept gives that, for pages of what stays. space_gate is as strict as space_here. */
int space_kept(struct visit *v, struct space *ret) must_use;
int space_here(struct visit *v, struct space *ret) must_use;

/* space_allows(s, action): That action is open now. */
bool space_allows(const struct space *s, enum space_action action);

/* space_opens(s): Start of the first phase that allows more than reading; 0 if none. */
int64_t space_opens(const struct space *s);
/* space_ends(s): End of the last such phase; 0 if none. */
int64_t space_ends(const struct space *s);
/* space_notice_days(s): Whole days between announcement (or ${now}, while a draft) and opening. */
int64_t space_notice_days(const struct space *s, int64_t now);

/* space_themes(v, s, ret, ret_n): Its themes, named for the reader. */
int space_themes(
	struct visit *v, const struct space *s, struct theme **ret, size_t *ret_n) must_use;

/* space_listed(v, ret, ret_n): Every announced or closed space that is open to everyone, newest
 * announcement first, at most 200. */
int space_listed(struct visit *v, struct space **ret, size_t *ret_n) must_use;
