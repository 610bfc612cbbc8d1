/* I am where asks are written: their list with what each lacks, the words in each language, whom
 * they are put to, and the day they become public. */
#pragma once
#include "account/fault.h"
#include "account/route.h"
#include "outcome/ask_list.h"
#include "participate/desk.h"
#include "participate/plan_whom.h"
#include "participate/question.h"

enum {
	ASK_DESK_PAGE = 20,
	ASK_READY_MAX = 500, /* published by one press */
	ASK_BODY_MAX = 4000,
	ASK_METHOD_MAX = 2000,
	ASK_REASON_MAX = 500,
	ASK_ORGS_MAX = 500,
	ASK_REPLY_DAYS =
		30, /* to say whether it reflects what one said, unless an editor says more */
};

/* What an ask lacks before it may be public: a set. */
enum ask_gap { GAP_BODY = 1, GAP_ORG = 2, GAP_DUE = 4, GAP_EVIDENCE = 8 };

enum ask_which { ASKS_ALL, ASKS_DRAFT, ASKS_PUBLIC, ASKS_GONE, ASKS_WHICH };

struct ask_desk_row {
	struct ask a;
	int64_t links;
	int gaps;
	bool is_gone;
};

struct ask_desk_theme {
	struct theme t;
	bool is_on;
};

struct ask_desk_view {
	struct frame frame;
	const struct form_result *form;
	struct space s;
	int64_t now, seen;
	bool is_saved, is_late;
	/* The list: */
	enum ask_which which;
	int64_t count[ASKS_WHICH], page, pages;
	const struct ask_desk_row *row;
	size_t n_row, n_ready;
	int64_t published; /* by the last press; 0: nothing to tell */
	const struct question_title *question;
	size_t n_question;
	struct str once, title;
	int64_t section;
	/* One of them: */
	struct ask_desk_row one;
	const struct lang *lang;
	int64_t langs; /* that have words: set of 1 << enum lang_id */
	struct str body, method, theirs_title, theirs;
	struct str asked, due, reply, sdg; /* as typed */
	int64_t org;
	const struct ask_org *orgs;
	size_t n_org;
	const struct ask_desk_theme *theme;
	size_t n_theme;
	struct str reason; /* of one that was taken back */
	int64_t gone_at;
};

extern const struct route ask_desk_routes[];
extern const struct route ask_desk_list_routes[];
extern const struct route ask_turn_routes[];
extern const struct fault_label ask_desk_labels[];

/* What it takes to begin one: section 0, of no question. */
struct ask_new {
	int64_t space, section;
	struct str lang, title, body, once;
};
/* ask_begin(v, new, ret_id): A draft with a number that is given once and belongs to it for ever.
 * 1; 0: the same ${once} began it before. In a POST's act. */
int ask_begin(struct visit *v, const struct ask_new *new, int64_t *ret_id) must_use;

/* ask_desk_find(v, p): Space and ask of "/desk/:slug/asks/:n…", public or not. */
int ask_desk_find(struct visit *v, struct ask_desk_view *p) must_use;
/* ask_desk_row_load(v, id, ret): An ask with what it lacks. */
int ask_desk_row_load(struct visit *v, int64_t id, struct ask_desk_row *ret) must_use;
/* ask_desk_show(v, p, status), ask_desk_list(v, p): The page of one ask, the list. */
int ask_desk_show(struct visit *v, struct ask_desk_view *p, int status) must_use;
int ask_desk_list(struct visit *v, struct ask_desk_view *p) must_use;

/* For the templates. */
const char *ask_desk_slot(size_t i);               /* names of the boxes of themes: "t0" … */
const char *ask_which_value(enum ask_which which); /* in addresses */
int ask_which_msg(enum ask_which which);           /* an enum msg */
