#include "crypto/token.h"

enum { HALF = 16, DAY = 86400 };

static void fingerprint(
	const struct secret *key, struct str visit, int64_t day, uint8_t ret[HASH_BYTES])
{
	uint8_t inner[HASH_BYTES + sizeof day];
	hash_key(key, "token visit", visit, inner);
	memcpy(inner + HASH_BYTES, &day, sizeof day);
	hash_key(key, "token", (struct str){ (const char *)inner, sizeof inner }, ret);
	wipe(inner, sizeof inner);
}

void token_make(const struct secret *key, struct str visit, int64_t now, struct token *ret)
{
	uint8_t mac[HASH_BYTES], out[2 * HALF];
	fingerprint(key, visit, now / DAY, mac);
	random_bytes(out, HALF);
	for (size_t i = 0; i < HALF; i++)
		out[HALF + i] = mac[i] ^ out[i];
	base64_url(out, sizeof out, ret->z, sizeof ret->z);
	wipe(mac, sizeof mac);
}

bool token_ok(const struct secret *key, struct str visit, int64_t now, struct str token)
{
	uint8_t in[2 * HALF], mac[HASH_BYTES];
	if (!base64_url_bytes(token, in, sizeof in))
		return false;
	for (size_t i = 0; i < HALF; i++)
		in[HALF + i] ^= in[i];
	bool ok = false;
	for (int64_t back = 0; back < 2; back++) {
		fingerprint(key, visit, now / DAY - back, mac);
		ok |= bytes_same(mac, in + HALF, HALF);
	}
	wipe(mac, sizeof mac);
	return ok;
}
