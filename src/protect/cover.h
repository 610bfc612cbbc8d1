/*
 * I know covered copies: a text in which names and details are covered takes the place of the one
 * that it was made of. The copy is what everybody gets who reads the case, in lists, on pages, in
 * packages, in what is counted; the first text lies under another field, where no page looks, and
 * only its author is given it in its old place.
 *
 *   FIELD ", covered"   first=ID\nmay=ACCOUNT ACCOUNT …\n\nthe copy
 *   FIELD ", first"     the text as it was written
 *
 * ID is the base64url of the first text's number, "may" who held the keys when it was covered.
 */
#pragma once
#include "protect/keep.h"

#define COVER_COPY ", covered"
#define COVER_FIRST ", first"

/* cover_settle(is_reporter, text, n): What of opened texts is shown: to a reporter the first texts
 * in the places of their copies, to everybody else the copies, as if they were of the field
 * itself. How many are left. */
size_t cover_settle(bool is_reporter, struct keep_shown *text, size_t n);
/* cover_write(v, first, may, copy, ret): What is sealed of a copy. */
int cover_write(struct visit *v, struct str first, struct str may, struct str copy,
	struct str *ret) must_use;
/* cover_may(may, account): Is it among those? cover_base(field, ret): false: neither a copy nor a
 * first text; else the field without that. */
bool cover_may(struct str may, int64_t account);
bool cover_base(struct str field, struct str *ret);
