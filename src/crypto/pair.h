/*
 * I know pairs of keys (X25519): whoever has the public half can seal, only the secret half
 * opens. A sealed box says nothing about where it belongs, so what is wrapped here carries a
 * hash of its context, and opening checks it.
 */
#pragma once
#include "crypto/crypto.h"

struct public_key {
	uint8_t b[32];
};

enum {
	PAIR_EXTRA = 32 + 16, /* a fresh public key, and the proof that nothing was changed */
	PAIR_WRAP = HASH_BYTES + SECRET_BYTES + PAIR_EXTRA,
};

/* pair_make(ret_secret, ret_public): A new pair. */
void pair_make(struct secret *ret_secret, struct public_key *ret_public);
/* pair_public(secret, ret): The other half. */
void pair_public(const struct secret *secret, struct public_key *ret);
/* pair_is(secret, public): Do the two halves belong together? */
bool pair_is(const struct secret *secret, const struct public_key *public) must_use;

/* pair_seal(to, plain, ret): plain.n + PAIR_EXTRA bytes that only the owner of ${to} opens
 * (libsodium's sealed box with XChaCha20-Poly1305). ERR_INPUT: ${to} is no usable key.
 * pair_open(secret, public, sealed, ret): sealed.n - PAIR_EXTRA bytes. ERR_INPUT: changed, or for
 * somebody else; ${ret} is untouched then. */
int pair_seal(const struct public_key *to, struct str plain, uint8_t *ret) must_use;
int pair_open(const struct secret *secret, const struct public_key *public, struct str sealed,
	uint8_t *ret) must_use;

/* pair_wrap(to, purpose, context, inside, ret), pair_unwrap(secret, public, purpose, context,
 * wrap, ret): A key for the owner of ${to}, tied to ${purpose} and ${context}. ERR_INPUT also
 * when it was wrapped for another purpose or context. */
struct pair_context {
	const char *purpose;
	struct str context;
};
int pair_wrap(const struct public_key *to, struct pair_context at, const struct secret *inside,
	uint8_t ret[PAIR_WRAP]) must_use;
int pair_unwrap(const struct secret *secret, const struct public_key *public,
	struct pair_context at, const uint8_t wrap[PAIR_WRAP], struct secret *ret) must_use;
