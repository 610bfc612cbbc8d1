/* I read a document of numbered clauses from Markdown, and find its clauses again in the next
 * version. */
#pragma once
#include "i18n/i18n.h"

enum { CLAUSES_MAX = 300, CLAUSE_TITLE_MAX = 200, CLAUSE_BODY_MAX = 20000 }; /* characters */

struct clause_words {
	struct str title, body; /* title without number; body is Markdown */
	int64_t line;           /* of the heading, from 1 */
	int64_t was;            /* number of the clause it continues: 0 none, negative: not said */
};

enum clauses_fault {
	CLAUSES_FINE,
	CLAUSES_EMPTY,      /* no heading at all */
	CLAUSES_NO_HEADING, /* text before the first heading */
	CLAUSES_NO_TITLE,   /* a heading without words */
	CLAUSES_TITLE_LONG,
	CLAUSES_BODY_LONG,
	CLAUSES_TOO_MANY,
};

struct clauses {
	struct clause_words *clause;
	size_t n;
	enum clauses_fault fault; /* the first; then ${line} says where */
	int64_t line;
};

/* clauses_read(mem, text, ret): Each heading ("# …" to "###### …") begins a clause. Digits and a
 * dot or bracket at its front are left out: numbers come from the order. "[new]" or "[was 7]" at
 * its end says which clause of the version before it continues. What a person got wrong is a
 * value in ${ret}. ERR_NOMEM. */
int clauses_read(struct arena *mem, struct str text, struct clauses *ret) must_use;

/* clauses_match(l, mem, was, is, ret): For each clause of ${is} which of ${was} it continues: an
 * index, or -1 for a new one. First what the headings say, then the same titles, then at least half
 * of the words the same, best first. No clause is continued twice. ${ret} holds is->n. ERR_NOMEM.
 */
int clauses_match(const struct lang *l, struct arena *mem, const struct clauses *was,
	const struct clauses *is, int *ret) must_use;
