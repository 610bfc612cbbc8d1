/* I know the words behind a command that are the command's own; what I leave over is
 * configuration. */
#pragma once
#include "account/audit.h"
#include "app/config.h"

struct words {
	int n;
	char **word;
};

/* words_value(w, name): Take "--name value" out and return the value; NULL when it is not
 * there, "" when no value stands behind it. */
const char *words_value(struct words *w, const char *name);
/* words_flag(w, name): Take "--name" out; true if it was there. */
bool words_flag(struct words *w, const char *name);
/* words_next(w): Take out and return the first word, unless it begins with "--"; else NULL. */
const char *words_next(struct words *w);

/* words_db(w, mode, ret): What is left is configuration: open its database; for writing, bring
 * it to the newest schema. The exit status, 0 or said on stderr. */
int words_db(const struct words *w, enum db_mode mode, struct db **ret);

/* words_trace(w, what, space): A line in the log of what was done, into the database as it is: its
 * schema stays. The exit status, as words_db. */
int words_trace(const struct words *w, enum audit_what what, int64_t space);

/* words_fault(result): Say why it failed on stderr; EXIT_FAULT. words_usage(text): Say how it
 * is written; EXIT_USAGE. */
int words_fault(int result);
int words_usage(const char *text);

/* words_is_slug(s): Fit to stand in an address: 2 to 60 of a–z, 0–9 and -. */
bool words_is_slug(struct str s);
