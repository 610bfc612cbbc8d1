/*
 * I know how to seal a file piece by piece, as it comes, so that no piece can be changed, left
 * out, repeated or put elsewhere, and an end that is missing is noticed (libsodium's
 * secretstream, pieces of 64 KiB, each tied to the file's id).
 *
 *   header 24 | piece | piece | … | last piece          each 17 bytes longer than what it holds
 *
 * All pieces but the last are full. What is sealed is the file and zeros behind it, so that the
 * stored size says little (Padmé: at most 12 % more).
 */
#pragma once
#include "crypto/crypto.h"

enum {
	STREAM_HEAD = 24,
	STREAM_EXTRA = 17,
	STREAM_PIECE = 1 << 16,
	STREAM_SEALED = STREAM_PIECE + STREAM_EXTRA,
};

struct stream {
	uint8_t state[64]; /* libsodium's */
	bool is_over;      /* the last piece was seen */
};

/* stream_room(n): How long a file of ${n} bytes is made before it is sealed: at least one piece.
 * ${n} is at most 2^53. */
uint64_t stream_room(uint64_t n);

/* stream_seal_start(key, ret_head, ret): Begin to seal under a key that seals nothing else.
 * stream_seal(s, id, piece, is_last, ret): piece.n + STREAM_EXTRA bytes. Only the last piece may
 * be shorter than STREAM_PIECE. */
void stream_seal_start(const struct secret *key, uint8_t ret_head[STREAM_HEAD], struct stream *ret);
void stream_seal(struct stream *s, struct str id, struct str piece, bool is_last, uint8_t *ret);

/* stream_open_start(key, head, ret), stream_open(s, id, piece, ret): The other way; opens
 * piece.n - STREAM_EXTRA bytes. ERR_INPUT: changed, out of turn, of another file, or something
 * behind the last piece. The file is whole only once ${s->is_over}. */
int stream_open_start(
	const struct secret *key, const uint8_t head[STREAM_HEAD], struct stream *ret) must_use;
int stream_open(struct stream *s, struct str id, struct str piece, uint8_t *ret) must_use;
