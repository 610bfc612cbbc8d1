#include "crypto/box.h"
#include <sodium.h>

enum { NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES };
_Static_assert(BOX_EXTRA == NONCE + crypto_aead_xchacha20poly1305_ietf_ABYTES, "box layout");

static const unsigned char *bytes(struct str s)
{
	return (const unsigned char *)s.p;
}

struct str box_seal(
	const struct secret *key, struct str context, struct str plain, struct arena *mem)
{
	must(plain.n < SIZE_MAX - BOX_EXTRA);
	unsigned char *out = arena_take(mem, plain.n + BOX_EXTRA);
	if (!out)
		return (struct str){ 0 };
	random_bytes(out, NONCE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(out + NONCE, NULL, bytes(plain), plain.n,
		bytes(context), context.n, NULL, out, key->b);
	return (struct str){ (const char *)out, plain.n + BOX_EXTRA };
}

int box_open(const struct secret *key, struct str context, struct str box, struct arena *mem,
	struct str *ret)
{
	if (box.n < BOX_EXTRA)
		return err_note(ERR_INPUT, "a box too short");
	size_t n = box.n - BOX_EXTRA;
	unsigned char *out = arena_take(mem, n + 1);
	if (!out)
		return ERR_NOMEM;
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(out, NULL, NULL, bytes(box) + NONCE,
		    box.n - NONCE, bytes(context), context.n, bytes(box), key->b) != 0)
		return err_note(ERR_INPUT, "a box that does not open");
	*ret = (struct str){ (const char *)out, n };
	return 0;
}
