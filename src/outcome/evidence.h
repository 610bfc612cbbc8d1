/* I am the desk where what was said is tied to what is asked: texts on one side, asks on the
 * other. */
#pragma once
#include "account/fault.h"
#include "account/route.h"
#include "outcome/ask_show.h"
#include "outcome/coverage.h"
#include "outcome/link.h"
#include "participate/desk.h"
#include "participate/question.h"

/* Texts on a page, and asks beside them. */
enum { EVIDENCE_PAGE = 10, EVIDENCE_ASKS = 20, EVIDENCE_CHANGES = 20, EVIDENCE_FIND_MAX = 100 };

enum evidence_use { USE_ANY, USE_NONE, USE_SOME, USES };

/* What an editor looks for; what is no choice of ours counts as not said. */
struct evidence_wish {
	struct str words, lang, country; /* empty: any */
	enum evidence_use use;
	enum item_kind kind;
	int64_t question; /* number; negative: any */
	int64_t theme, crowd, page;
	int64_t ask; /* chosen on the page before; 0: none */
};

/* One text, and what was typed beside it. */
struct evidence_row {
	struct post post;
	struct str words; /* how it begins */
	size_t slot;      /* number in the names of its fields */
	bool is_ticked, is_bad;
	enum ask_side side;
	struct str quote;
};

struct evidence_ask {
	struct ask a;
	int64_t n, side[SIDES];
};

struct evidence_crowd {
	int64_t id;
	struct str name;
};

/* What somebody did to an ask, as an editor is told. */
struct evidence_change {
	struct link_change c;
	struct str item; /* "C-12" */
};

struct evidence_view {
	struct frame frame;
	struct space s;
	const struct form_result *form;
	struct evidence_wish wish;
	bool is_filtered;
	struct coverage coverage;
	const struct evidence_row *row;
	size_t n_row;
	int64_t all, pages;
	const struct evidence_ask *ask;
	size_t n_ask;
	int64_t n_asks; /* in the whole space */
	const struct question_title *question;
	size_t n_question;
	const struct theme *theme;
	size_t n_theme;
	const struct country *country;
	size_t n_country;
	const struct evidence_crowd *crowd;
	size_t n_crowd;
	int64_t seen; /* the newest change when the page was made */
	/* What was just done: */
	int64_t batch, done; /* done: links made or cut; 0: nothing to tell */
	struct str done_ask; /* "2.6" */
	bool was_cut, may_undo, is_undone, is_too_late, is_themed;
	/* What somebody else did meanwhile: */
	const struct evidence_change *change;
	size_t n_change;
	struct str changed_ask;
	bool is_stopped; /* to the same texts: nothing was written */
	/* The page of one ask: */
	struct ask a;
	int64_t n_link;
	int64_t now;
};

extern const struct route evidence_routes[];
extern const struct route evidence_ask_routes[];
extern const struct fault_label evidence_labels[];

/* For the templates. */
const char *evidence_slot(size_t i, char what); /* names of fields: "i0", "r3", "w9" */
const char *evidence_use_value(enum evidence_use use);

/* evidence_ask_load(v, id, ret): An ask with its counts. */
int evidence_ask_load(struct visit *v, int64_t id, struct evidence_ask *ret) must_use;
/* evidence_rows_load(v, p): The texts that the wish finds. evidence_beside_load(v, p): the asks,
 * the choices of the filters, coverage and the newest change. */
int evidence_rows_load(struct visit *v, struct evidence_view *p) must_use;
int evidence_beside_load(struct visit *v, struct evidence_view *p) must_use;
/* evidence_row_load(v, p, item, ret): One text. */
int evidence_row_load(struct visit *v, const struct evidence_view *p, int64_t item,
	struct evidence_row *ret) must_use;
/* evidence_changes_load(v, p, above, not_by, max): What was done to the ask p->a above that id, but
 * not by the account ${not_by}, into p->change. */
int evidence_changes_load(struct visit *v, struct evidence_view *p, int64_t above, int64_t not_by,
	int64_t max) must_use;
/* evidence_batch_load(v, p): What p->batch did, if that was in this space: p->done and what stands
 * below it, and the ask into p->a. */
int evidence_batch_load(struct visit *v, struct evidence_view *p) must_use;
/* evidence_done_load(v, p): What "?did=", "?since=" and the like say was just done, into ${p}. */
int evidence_done_load(struct visit *v, struct evidence_view *p) must_use;

/* evidence_begin(v, p): Space and wish of a page of the desk. */
int evidence_begin(struct visit *v, struct evidence_view *p) must_use;
