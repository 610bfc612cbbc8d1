/*
 * I read the sample's texts, which are written for people:
 *
 *	# a comment
 *	statement theme=2 lean=+-0
 *	en: Meetings need no permission.
 *	fr.body: …
 *		a line that begins with a tab goes on in a new line of the text
 *
 * A block ends with an empty line.
 */
#pragma once
#include "base/arena.h"

enum { DEMO_ARGS = 16, DEMO_LINES = 48 };

struct demo_arg {
	struct str name, value;
};
struct demo_line {
	struct str lang, field, text; /* field is absent when there is none */
};
struct demo_block {
	struct str kind;
	size_t n_arg, n_line;
	int line; /* where it begins, from 1 */
	struct demo_arg arg[DEMO_ARGS];
	struct demo_line row[DEMO_LINES];
};

struct demo_reader {
	struct str rest;
	int line;
	struct arena *mem; /* for texts of several lines */
};

/* demo_next(r, ret): 1 and the next block, 0 at the end, ERR_BUG with the line at fault. */
int demo_next(struct demo_reader *r, struct demo_block *ret) must_use;

/* demo_arg(b, name), demo_number(b, name, otherwise): What the block's head says of ${name};
 * absent, or ${otherwise}, when it says nothing. */
struct str demo_arg(const struct demo_block *b, const char *name);
int64_t demo_number(const struct demo_block *b, const char *name, int64_t otherwise);

/* demo_text(b, lang, field): The text in one language; absent if there is none. ${field} NULL:
 * the line that names none. */
struct str demo_text(const struct demo_block *b, struct str lang, const char *field);
