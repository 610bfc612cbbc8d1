/*
 * I know how to lock a few bytes so that only the same key, in the same context, opens them
 * (XChaCha20-Poly1305, a random nonce each time).
 */
#pragma once
#include "base/arena.h"
#include "crypto/crypto.h"

enum { BOX_EXTRA = 24 + 16 };

/* box_seal(key, context, plain, mem): ${plain} locked, BOX_EXTRA bytes longer; absent when
 * the arena is full. ${context} says what it belongs to and is not stored. */
struct str box_seal(
	const struct secret *key, struct str context, struct str plain, struct arena *mem) must_use;
/* box_open(key, context, box, mem, ret): ERR_INPUT: changed, or of another key or context. */
int box_open(const struct secret *key, struct str context, struct str box, struct arena *mem,
	struct str *ret) must_use;
