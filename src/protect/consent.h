/*
 * I know how a reporter's consent is marked, so that they know it again: those who handle the case
 * share the key that it is sealed with, and could write one; the mark they cannot make.
 *
 *   contact act share share:12 name:12 n:3 mark:UbE…
 *
 * n says the how manieth consent it is; the mark (43 letters of base64url) covers all in front of
 * it.
 */
#pragma once
#include "protect/allow.h"

/* consent_write(v, seat, steps, n, ret): ${steps} with its mark, as the session of ${seat}, the
 * reporter's. ${n}: the how manieth, from 1.
 * consent_is_theirs(v, seat, said, n, ret): Is the newest consent among the opened texts of a
 * report the reporter's own? True also when there is none. */
int consent_write(struct visit *v, const struct keep_seat *seat, struct str steps, size_t n,
	struct str *ret) must_use;
int consent_is_theirs(struct visit *v, const struct keep_seat *seat, const struct keep_shown *said,
	size_t n, bool *ret) must_use;
/* consent_cut(said, ret_text, ret_mark): What is marked, and its mark. false: it has none. */
enum { CONSENT_MARK_CHARS = 43 };
bool consent_cut(struct str said, struct str *ret_text, struct str *ret_mark);
/* consent_count(said, n): How many there are. */
size_t consent_count(const struct keep_shown *said, size_t n);
/* consent_body(text, step, body): Does the newest one allow it for one body? ${step} is
 * CONSENT_SHARE or CONSENT_NAME. consent_word(mem, step, body): As it stands there. */
#define CONSENT_SHARE "share"
#define CONSENT_NAME "name"
struct str consent_word(struct arena *mem, const char *step, int64_t body);
bool consent_body(struct arena *mem, struct str text, const char *step, int64_t body);
