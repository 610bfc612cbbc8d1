/* I know a document of numbered clauses, in each of its versions. */
#pragma once
#include "outcome/clauses.h"
#include "participate/item.h"

enum doc_kind { DOC_SUMMARY = 1, DOC_LAW, DOC_PLAN, DOC_MINUTES, DOC_KINDS };

/* What becomes of a comment. */
enum doc_verdict { DOC_OPEN, DOC_ADOPTED, DOC_PARTLY, DOC_NOT, DOC_VERDICTS };

enum { DOC_LEAD_MAX = 1000, DOC_DRAFT_MAX = 200000 /* characters */ };

struct document {
	int64_t id, space, number, version, edits; /* version 0: nothing is public yet */
	enum doc_kind kind;
	struct str lang;        /* of the original */
	struct str title, lead; /* in the reader's language, else the original */
	struct str text_lang;   /* in which these are */
};

/* A clause as it stands in one version. */
struct clause {
	int64_t ord, item, wording; /* wording: its number in ${lang} */
	struct str title, body, lang;
};
struct clause_list {
	struct clause *clause;
	size_t n;
};

/* doc_find(v, space, number, ret): The document, public or not. ERR_MISSING. */
int doc_find(struct visit *v, int64_t space, struct str number, struct document *ret) must_use;

/* doc_here(v, s, ret): The public one of a route "/c/:slug/d/:n…". ERR_MISSING. */
int doc_here(struct visit *v, struct space *s, struct document *ret) must_use;

/* doc_list(v, space, wants_drafts, ret, ret_n): All of a space, by number. */
int doc_list(struct visit *v, int64_t space, bool wants_drafts, struct document **ret,
	size_t *ret_n) must_use;

/* doc_clauses(v, d, version, lang, ret): The clauses of one version in order, in ${lang} where a
 * clause has words in it, else in the original. */
int doc_clauses(struct visit *v, const struct document *d, int64_t version, struct str lang,
	struct clause_list *ret) must_use;

/* doc_clause_of(list, item): NULL when that clause is not in it. */
const struct clause *doc_clause_of(const struct clause_list *list, int64_t item);

int doc_kind_msg(enum doc_kind kind); /* an enum msg */
int doc_verdict_msg(enum doc_verdict verdict);
extern const char *const doc_kinds[DOC_KINDS]; /* for forms; ends with NULL */
