/* I am where documents are written: their list, the next version in each language, the look
 * before it is public, and what becomes of comments. */
#pragma once
#include "account/fault.h"
#include "account/route.h"
#include "outcome/doc.h"
#include "outcome/doc_show.h"

enum { DOC_COMMENTS = 20 };

/* One language of a draft. */
struct doc_draft {
	const struct lang *lang;
	struct str body;
	struct clauses clauses;
	bool is_uneven; /* not as many clauses as the original */
};

struct doc_desk_view {
	struct frame frame;
	const struct form_result *form;
	struct space s;
	struct document d;
	const struct document *all;
	size_t n_all;
	int64_t now, seen;
	bool is_saved;
	/* One language: */
	const struct lang *lang;
	struct str title, lead, body, theirs; /* theirs: what somebody else saved meanwhile */
	bool is_late;
	int64_t langs; /* that have a draft or a version: set of 1 << enum lang_id */
	/* The look before: */
	const struct doc_draft *draft; /* the original first */
	size_t n_draft;
	const int *match; /* of the original's clauses, into ${before} */
	struct clause_list before;
	int64_t dropped;
	bool may_publish;
	/* Comments: */
	const struct doc_comment *comment;
	const int64_t *clause; /* of each: its number now, 0: dropped */
	size_t n_comment;
	int64_t open, page, pages, only; /* only: one comment; 0: all */
	struct str once;
};

extern const struct route doc_desk_routes[];
extern const struct route doc_publish_routes[];
extern const struct route doc_answer_routes[];
extern const struct fault_label doc_desk_labels[];

/* For the template: what was typed about a comment, when the page is shown again. */
struct str doc_answer_typed(const struct doc_desk_view *p, const struct doc_comment *c);
bool doc_answer_chosen(
	const struct doc_desk_view *p, const struct doc_comment *c, enum doc_verdict verdict);

/* doc_desk_find(v, p): Space and document of "/desk/:slug/documents/:n…". */
int doc_desk_find(struct visit *v, struct doc_desk_view *p) must_use;

/* doc_desk_body(v, d, lang, ret): The draft in ${lang}; without one, the newest version as
 * Markdown; else empty. */
int doc_desk_body(
	struct visit *v, const struct document *d, struct str lang, struct str *ret) must_use;
