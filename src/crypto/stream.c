#include "crypto/stream.h"
#include <sodium.h>

typedef crypto_secretstream_xchacha20poly1305_state state;
_Static_assert(sizeof(state) <= sizeof((struct stream *)0)->state, "room for the state");
_Static_assert(_Alignof(state) == 1, "a state may stand anywhere");
_Static_assert(STREAM_HEAD == crypto_secretstream_xchacha20poly1305_HEADERBYTES, "header");
_Static_assert(STREAM_EXTRA == crypto_secretstream_xchacha20poly1305_ABYTES, "piece");

static state *state_of(struct stream *s)
{
	return (state *)s->state;
}

/* Padmé: as many low bits are zero as a float of the size's own length could not hold. */
uint64_t stream_room(uint64_t n)
{
	must(n <= (uint64_t)1 << 53);
	if (n <= STREAM_PIECE)
		return STREAM_PIECE;
	unsigned e = 63u - (unsigned)__builtin_clzll(n);
	unsigned kept = 32u - (unsigned)__builtin_clz(e);
	uint64_t mask = ((uint64_t)1 << (e - kept)) - 1;
	return (n + mask) & ~mask;
}

void stream_seal_start(const struct secret *key, uint8_t ret_head[STREAM_HEAD], struct stream *ret)
{
	must(crypto_start() == 0);
	ret->is_over = false;
	crypto_secretstream_xchacha20poly1305_init_push(state_of(ret), ret_head, key->b);
}

void stream_seal(struct stream *s, struct str id, struct str piece, bool is_last, uint8_t *ret)
{
	must(!s->is_over && piece.n <= STREAM_PIECE && (is_last || piece.n == STREAM_PIECE));
	s->is_over = is_last;
	crypto_secretstream_xchacha20poly1305_push(state_of(s), ret, NULL, (const uint8_t *)piece.p,
		piece.n, (const uint8_t *)id.p, id.n,
		is_last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
			: crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
}

int stream_open_start(const struct secret *key, const uint8_t head[STREAM_HEAD], struct stream *ret)
{
	must(crypto_start() == 0);
	ret->is_over = false;
	if (crypto_secretstream_xchacha20poly1305_init_pull(state_of(ret), head, key->b) != 0)
		return err_note(ERR_INPUT, "the head of a sealed file");
	return 0;
}

int stream_open(struct stream *s, struct str id, struct str piece, uint8_t *ret)
{
	uint8_t tag = 0;
	if (s->is_over)
		return err_note(ERR_INPUT, "something stands behind the end of a sealed file");
	if (piece.n < STREAM_EXTRA || piece.n > STREAM_SEALED ||
		crypto_secretstream_xchacha20poly1305_pull(state_of(s), ret, NULL, &tag,
			(const uint8_t *)piece.p, piece.n, (const uint8_t *)id.p, id.n) != 0)
		return err_note(ERR_INPUT, "a piece of a sealed file was changed or moved");
	bool is_last = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
	if (!is_last &&
		(tag != crypto_secretstream_xchacha20poly1305_TAG_MESSAGE ||
			piece.n != STREAM_SEALED)) {
		wipe(ret, piece.n - STREAM_EXTRA);
		return err_note(ERR_INPUT, "a piece of a sealed file has a wrong size or mark");
	}
	s->is_over = is_last;
	return 0;
}
