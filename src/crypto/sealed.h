/*
 * I know how to seal a text so that only one key opens it, in one context, and so that its
 * stored size tells little: padding inside, a commitment to the key outside (a box that opens
 * under two keys to two texts cannot be made).
 *
 *   nonce 24 | commitment 32 | XChaCha20-Poly1305 (nonce, context as additional data)
 */
#pragma once
#include "crypto/crypto.h"

enum {
	SEALED_EXTRA = 24 + 32 + 16,
	SEALED_ROOM_MIN = 256,     /* the smallest room a text is given */
	SEALED_ROOM_MAX = 1 << 18, /* and the largest */
	SEALED_TEXT_MAX = SEALED_ROOM_MAX - 4,
	SEALED_SECRET = SECRET_BYTES + SEALED_EXTRA,
};

/* sealed_size(n): How long ${n} bytes (at most SEALED_TEXT_MAX) become: a power of two and
 * SEALED_EXTRA. */
size_t sealed_size(size_t n);

/* sealed_make(key, context, text, ret): ${text} sealed into the sealed_size(text.n) bytes at
 * ${ret}. ${context} says what it belongs to and is not stored. */
void sealed_make(const struct secret *key, struct str context, struct str text, uint8_t *ret);
/* sealed_open(key, context, box, room, ret): The text in ${box}, a view into ${room}, which has
 * at least box.n bytes and is the caller's to wipe. ERR_INPUT: changed, cut, or of another key
 * or context; ${room} is wiped then. */
int sealed_open(const struct secret *key, struct str context, struct str box, uint8_t *room,
	struct str *ret) must_use;

/* sealed_secret_make, sealed_secret_open: The same for a key, whose size is no secret and which
 * is not padded. */
void sealed_secret_make(const struct secret *key, struct str context, const struct secret *inside,
	uint8_t ret[SEALED_SECRET]);
int sealed_secret_open(const struct secret *key, struct str context,
	const uint8_t box[SEALED_SECRET], struct secret *ret) must_use;

/* sealed_pad(text, room): Write the length, ${text} and zeros into ${room}; returns how many
 * bytes, as sealed_size without SEALED_EXTRA. sealed_unpad(room, ret): the text of a room that is
 * padded exactly so; ERR_INPUT for any other bytes. The two inner halves of the above. */
size_t sealed_pad(struct str text, uint8_t *room);
int sealed_unpad(struct str room, struct str *ret) must_use;
