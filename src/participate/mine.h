/* I show people their own words and what became of them, and let them correct them, take them
 * back, take their data away or delete it all. A secret code is all they need. */
#pragma once
#include "account/fault.h"
#include "account/hold.h"
#include "crypto/code.h"
#include "participate/profile.h"
#include "participate/thing.h"

/* What the room above shows of it; that room knows what is in there. */
struct mine_more {
	void (*show)(struct html *w, const void *of);
	const void *of;
};

/* One thing that somebody wrote. */
struct my_word {
	struct item item;
	struct safe_html html;
	struct str slug; /* of its space */
	bool has_verdict;
	int reason;      /* why it was sent back or hidden: enum flag_reason */
	struct str said; /* the moderator's word to its author */
	bool may_correct, may_withdraw;
	struct mine_more more;
};

/* One space in which they have a seat. */
struct mine_space {
	struct space s;
	struct seat seat;
	int64_t votes;
};

struct mine_view {
	struct frame frame;
	const struct form_result *form;
	bool has_code, is_known; /* the code has written or voted */
	struct hold hold;        /* in an account */
	char code[CODE_SHOWN + 1];
	struct str code_end;
	const struct mine_space *space;
	size_t n_space;
	struct my_word *word;
	size_t n_word;
	int64_t all, page, pages, votes;
	struct mine_more more; /* above them all */
	bool is_first;         /* the first thing was sent just now */
	int note;              /* enum msg: what has just been done; 0: nothing */

	struct my_word one; /* to be corrected or taken back */
	struct str body;
	struct mine_space here; /* whose profile is shown */
	struct profile who;
	struct str lang;
};

extern const struct fault_label mine_labels[];
extern const struct route mine_routes[];

/* mine_show(v, load): The page of one's words, to which ${load} adds what came of them; it is
 * called for somebody who has written, once all is loaded. */
int mine_show(struct visit *v, int (*load)(struct visit *v, struct mine_view *p)) must_use;
/* mine_more(w, m): For the templates. */
void mine_more(struct html *w, const struct mine_more *m);
/* delete_act(v): Take away everything that the visitor wrote. */
int delete_act(struct visit *v) must_use;

/* ---- for mine*.c ---- */

/* mine_find(v, ret): The item at :id, if the visitor wrote it; else ERR_MISSING. */
int mine_find(struct visit *v, struct thing *ret) must_use;
/* mine_load(v, t, ret): The same with all that its author may know. */
int mine_load(struct visit *v, const struct thing *t, struct my_word *ret) must_use;
/* mine_spaces(v, ret, ret_n): Where they have a seat and may look. */
int mine_spaces(struct visit *v, struct mine_space **ret, size_t *ret_n) must_use;
/* mine_may_correct(s, i): Words on which others have voted stay as they are. */
bool mine_may_correct(const struct space *s, const struct item *i);
/* mine_end(v, p, title, page, status): Show ${page}. */
int mine_end(struct visit *v, struct mine_view *p, int title,
	void (*page)(struct html *, const struct mine_view *), int status) must_use;

extern const struct form correct_form, profile_form;
int correct_show(struct visit *v);
int correct_check(struct visit *v);
int correct_act(struct visit *v);
int withdraw_show(struct visit *v);
int withdraw_act(struct visit *v);
int delete_show(struct visit *v);
int profile_show(struct visit *v);
int profile_form_check(struct visit *v);
int profile_act(struct visit *v);
int mine_data(struct visit *v);
