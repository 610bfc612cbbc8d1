/* I show a document: its contents, one clause with what people say about it, and what changed
 * between two versions. */
#pragma once
#include "account/route.h"
#include "outcome/diff.h"
#include "outcome/doc.h"
#include "participate/post.h"

enum { CLAUSE_COMMENTS = 20 };
enum clause_change { CLAUSE_SAME, CLAUSE_CHANGED, CLAUSE_NEW, CLAUSE_DROPPED, CLAUSE_CHANGES };

struct doc_row {
	struct clause c;
	int64_t comments;
	enum clause_change change; /* against the version before */
	struct safe_html html;
};

struct doc_version {
	int64_t version, at;
};

struct doc_comment {
	struct post post;
	int64_t version; /* of the document, when it was written; 0: not known */
	bool is_older;   /* and the clause has other words now */
	struct str quote;
	struct diff wording; /* against the clause; n 0: none proposed */
	enum doc_verdict verdict;
	struct str reason, reason_lang;
	int64_t verdict_id, verdict_at; /* verdict_id: of the disposition, 0: none yet */
	struct str ask;                 /* that it became: its address; empty: none */
};

/* A clause in two versions. */
struct doc_pair {
	const struct clause *was, *is; /* one of them may be NULL */
	enum clause_change change;
	struct diff title, body;
};

struct doc_show_view {
	struct frame frame;
	struct space s;
	struct document d;
	int64_t version; /* that is shown */
	const struct doc_row *row;
	size_t n_row;
	const struct doc_version *versions; /* newest first */
	size_t n_version;
	int64_t comments, verdicts[DOC_VERDICTS], answered;
	struct str people;
	bool may_comment, is_whole; /* is_whole: all clauses on one page */
	/* One clause: */
	const struct doc_row *one, *before, *after;
	struct safe_html easy; /* of that clause, in easy words */
	bool has_easy;
	const struct doc_comment *comment;
	size_t n_comment;
	int64_t page, pages;
	/* Two versions: */
	int64_t from, to, n_change[CLAUSE_CHANGES];
	const struct doc_pair *pair;
	size_t n_pair;
	bool wants_all;
};

extern const struct route doc_show_routes[];

/* For the templates: the pieces of a difference; what was done to a clause. */
void doc_diff(struct html *w, const struct diff *d);
int clause_change_msg(enum clause_change change);
void doc_verdict_bar(struct html *w, const struct doc_show_view *p);
