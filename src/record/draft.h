/* I know what somebody is filling in: kept page by page until it is sent, for DRAFT_DAYS at most.
 * A new draft's uid becomes the record's, so that one sent twice is one record. */
#pragma once
#include "record/record.h"

enum { DRAFT_DAYS = 30 };

struct draft {
	struct str uid;
	const struct shelf_form *form;
	struct answers answers;
	struct def_fields left_out; /* what answers.left_out points to */
	bool is_change;             /* of ${of}, which is theirs to change */
	struct record of;
	int64_t version; /* of it when the draft was begun */
	struct str base; /* its answers then */
	int64_t at;
};

/* draft_begin(v, f, of, ret_uid): A new one, of ${of} if that is not NULL. In a POST's act.
 * ERR_DENIED: not for them to make or change. */
int draft_begin(struct visit *v, const struct shelf_form *f, const struct record *of,
	struct str *ret_uid) must_use;
/* draft_find(v, uid, ret): Of this visitor; ${ret} must stay where it is. ERR_MISSING. */
int draft_find(struct visit *v, struct str uid, struct draft *ret) must_use;
/* draft_keep(v, d): Its answers, after those were dropped that are not asked. In a POST's act. */
int draft_keep(struct visit *v, struct draft *d) must_use;
/* draft_keep_all(v, d): The same, with all its answers, asked or not. */
int draft_keep_all(struct visit *v, struct draft *d) must_use;
int draft_forget(struct visit *v, struct str uid) must_use;
/* draft_forget_all(v): All that this participant has begun. In a POST's act. */
int draft_forget_all(struct visit *v) must_use;

/* What somebody else changed since a draft was begun. */
struct draft_turn {
	int field;
	bool is_both; /* and the draft changed it as well */
};
/* draft_turns(v, d, ret, ret_n): ERR_NOMEM; none when nobody did. */
int draft_turns(
	struct visit *v, const struct draft *d, struct draft_turn **ret, size_t *ret_n) must_use;
/* draft_merge(v, d): Take over what others changed and the draft did not. */
int draft_merge(struct visit *v, struct draft *d) must_use;
