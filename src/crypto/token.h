/*
 * I know the token that a form carries to prove that it came from our own page: a keyed
 * fingerprint of the visit's secret and the day, under a fresh mask each time, so that
 * compression cannot spell it out and no two forms carry the same one.
 */
#pragma once
#include "crypto/crypto.h"

enum { TOKEN_CHARS = 43 };

struct token {
	char z[TOKEN_CHARS + 1];
};

/* token_make(key, visit, now, ret): ${visit} is what only this browser sends (its cookie). */
void token_make(const struct secret *key, struct str visit, int64_t now, struct token *ret);
/* token_ok(key, visit, now, token): Made for this visit today or yesterday (UTC)? */
bool token_ok(const struct secret *key, struct str visit, int64_t now, struct str token) must_use;
