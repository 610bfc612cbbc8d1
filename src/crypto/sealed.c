#include "crypto/sealed.h"
#include <sodium.h>

enum {
	NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES,
	MAC = crypto_aead_xchacha20poly1305_ietf_ABYTES,
	HEAD = NONCE + HASH_BYTES,
	LENGTH = 4,
	CONTEXT_MAX = 256,
};
_Static_assert(SEALED_EXTRA == HEAD + MAC, "sealed layout");

static size_t room_size(size_t n)
{
	must(n <= SEALED_TEXT_MAX);
	size_t size = SEALED_ROOM_MIN;
	while (size < n + LENGTH)
		size *= 2;
	return size;
}

size_t sealed_size(size_t n)
{
	return room_size(n) + SEALED_EXTRA;
}

size_t sealed_pad(struct str text, uint8_t *room)
{
	size_t size = room_size(text.n);
	for (size_t i = 0; i < LENGTH; i++)
		room[i] = (uint8_t)(text.n >> 8 * i);
	if (text.n)
		memcpy(room + LENGTH, text.p, text.n);
	memset(room + LENGTH + text.n, 0, size - LENGTH - text.n);
	return size;
}

/* Nothing is guessed from how the end looks: the length says where the text ends, the rest is
 * zeros, and there are exactly as many as the length asks for. */
int sealed_unpad(struct str room, struct str *ret)
{
	if (room.n < SEALED_ROOM_MIN || room.n > SEALED_ROOM_MAX)
		return err_note(ERR_INPUT, "a sealed room of an impossible size");
	size_t n = 0;
	for (size_t i = 0; i < LENGTH; i++)
		n |= (size_t)(uint8_t)room.p[i] << 8 * i;
	if (n > SEALED_TEXT_MAX || room_size(n) != room.n)
		return err_note(ERR_INPUT, "a sealed length that does not fit its room");
	uint8_t rest = 0;
	for (size_t i = LENGTH + n; i < room.n; i++)
		rest |= (uint8_t)room.p[i];
	if (rest)
		return err_note(ERR_INPUT, "a sealed room with something behind the text");
	*ret = (struct str){ room.p + LENGTH, n };
	return 0;
}

static void commit(const struct secret *key, const uint8_t nonce[NONCE], struct str context,
	uint8_t ret[HASH_BYTES])
{
	char data[NONCE + CONTEXT_MAX];
	must(context.n <= CONTEXT_MAX);
	memcpy(data, nonce, NONCE);
	if (context.n)
		memcpy(data + NONCE, context.p, context.n);
	hash_key(key, "commit", (struct str){ data, NONCE + context.n }, ret);
}

/* In place: the ${n} plain bytes stand behind the head already. */
static void lock(const struct secret *key, struct str context, size_t n, uint8_t *box)
{
	random_bytes(box, NONCE);
	commit(key, box, context, box + NONCE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(box + HEAD, NULL, box + HEAD, n,
		(const uint8_t *)context.p, context.n, NULL, box, key->b);
}

/* ${room} has n - SEALED_EXTRA bytes; libsodium leaves zeros there when the box was changed. */
static int unlock(
	const struct secret *key, struct str context, const uint8_t *box, size_t n, uint8_t *room)
{
	uint8_t want[HASH_BYTES];
	commit(key, box, context, want);
	bool is_ours = bytes_same(want, box + NONCE, sizeof want);
	wipe(want, sizeof want);
	if (!is_ours)
		return err_note(ERR_INPUT, "sealed with another key or for another place");
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(room, NULL, NULL, box + HEAD, n - HEAD,
		    (const uint8_t *)context.p, context.n, box, key->b) != 0)
		return err_note(ERR_INPUT, "sealed bytes that were changed");
	return 0;
}

void sealed_make(const struct secret *key, struct str context, struct str text, uint8_t *ret)
{
	lock(key, context, sealed_pad(text, ret + HEAD), ret);
}

int sealed_open(const struct secret *key, struct str context, struct str box, uint8_t *room,
	struct str *ret)
{
	if (box.n < SEALED_EXTRA + SEALED_ROOM_MIN || box.n > SEALED_EXTRA + SEALED_ROOM_MAX)
		return err_note(ERR_INPUT, "sealed bytes of an impossible size");
	size_t n = box.n - SEALED_EXTRA;
	int result = unlock(key, context, (const uint8_t *)box.p, box.n, room);
	if (result == 0)
		result = sealed_unpad((struct str){ (const char *)room, n }, ret);
	if (result < 0)
		wipe(room, n);
	return result;
}

void sealed_secret_make(const struct secret *key, struct str context, const struct secret *inside,
	uint8_t ret[SEALED_SECRET])
{
	memcpy(ret + HEAD, inside->b, sizeof inside->b);
	lock(key, context, sizeof inside->b, ret);
}

int sealed_secret_open(const struct secret *key, struct str context,
	const uint8_t box[SEALED_SECRET], struct secret *ret)
{
	auto_secret got = { 0 };
	int result = unlock(key, context, box, SEALED_SECRET, got.b);
	if (result == 0)
		*ret = got;
	return result;
}
