/* I show one contribution or reply: who wrote it, the words, and what stands below it. */
#pragma once
#include "participate/flag.h"
#include "participate/item.h"

/* Who looks, and where. */
struct post_eyes {
	const struct space *s;
	struct seat seat; /* all zero: nobody, or never wrote here */
	bool wants_original;
	struct str back; /* a path here to which a mark leads back */
};

struct post {
	struct item item;
	struct safe_html html; /* of the body */
	struct str country;    /* its name, or absent */
	int reason;            /* of a hidden one: enum flag_reason */
	bool is_team;          /* the organising team wrote it */
	bool is_mine;
	bool is_gone;   /* a line stands in its place */
	bool is_useful; /* the looker marked it */
	bool may_reply, may_mark, may_flag, has_code;
	struct str back;
	const struct post *reply;
	size_t n_reply;
	bool has_more; /* replies than are shown */
};

/* post_load(v, eyes, id, ret): One item without what stands below it. Whether it may be seen
 * is for the caller. */
int post_load(struct visit *v, const struct post_eyes *eyes, int64_t id, struct post *ret) must_use;

/* post_load_replies(v, eyes, max, p): At most ${max} replies below ${p}, oldest first; those
 * that wait are seen by their author only. */
int post_load_replies(
	struct visit *v, const struct post_eyes *eyes, int64_t max, struct post *p) must_use;
