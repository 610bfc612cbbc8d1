/*
 * I know the secret code that a person keeps on paper: 100 random bits in 20 letters and
 * digits (Crockford's base32: no I, L, O, U). Typing it is forgiving; guessing it is hopeless.
 */
#pragma once
#include "crypto/crypto.h"

enum {
	CODE_CHARS = 20, /* canonical: "7K3QW…" */
	CODE_SHOWN = 24, /* five groups of four with a space between */
};

struct code {
	char z[CODE_CHARS + 1];
};
struct code_shown {
	char z[CODE_SHOWN + 1];
};

void code_make(struct code *ret);
/* code_parse(typed, ret): Small letters, spaces and dashes of any kind, I and L for 1, O for
 * 0, digits of any script, full-width letters and Cyrillic ones of the same shape are taken.
 * ERR_INPUT: not a code. */
int code_parse(struct str typed, struct code *ret) must_use;
struct code_shown code_show(const struct code *code);
/* code_hash(key, purpose, code, ret): What may be stored of a code. Codes for taking part use
 * the purpose "participate"; nothing else does. */
void code_hash(const struct secret *key, const char *purpose, const struct code *code,
	uint8_t ret[HASH_BYTES]);

/* base32_make(ret, n): ${n} random characters of the same alphabet, NUL behind.
 * base32_parse(typed, ret, n): Exactly ${n} of them, as forgiving as code_parse. */
void base32_make(char *ret, size_t n);
int base32_parse(struct str typed, char *ret, size_t n) must_use;
