#include "crypto/pair.h"
#include <sodium.h>

_Static_assert(PAIR_EXTRA == crypto_box_curve25519xchacha20poly1305_SEALBYTES, "sealed box");
_Static_assert(sizeof(struct public_key) == crypto_box_curve25519xchacha20poly1305_PUBLICKEYBYTES,
	"public key");
_Static_assert(SECRET_BYTES == crypto_box_curve25519xchacha20poly1305_SECRETKEYBYTES, "secret key");

void pair_make(struct secret *ret_secret, struct public_key *ret_public)
{
	random_bytes(ret_secret->b, sizeof ret_secret->b);
	must(crypto_scalarmult_base(ret_public->b, ret_secret->b) == 0);
}

void pair_public(const struct secret *secret, struct public_key *ret)
{
	must(crypto_start() == 0 && crypto_scalarmult_base(ret->b, secret->b) == 0);
}

bool pair_is(const struct secret *secret, const struct public_key *public)
{
	struct public_key made;
	pair_public(secret, &made);
	return bytes_same(made.b, public->b, sizeof made.b);
}

int pair_seal(const struct public_key *to, struct str plain, uint8_t *ret)
{
	must(crypto_start() == 0);
	if (crypto_box_curve25519xchacha20poly1305_seal(
		    ret, (const uint8_t *)plain.p, plain.n, to->b) != 0)
		return err_note(ERR_INPUT, "a public key that cannot be used");
	return 0;
}

int pair_open(const struct secret *secret, const struct public_key *public, struct str sealed,
	uint8_t *ret)
{
	if (sealed.n < PAIR_EXTRA ||
		crypto_box_curve25519xchacha20poly1305_seal_open(
			ret, (const uint8_t *)sealed.p, sealed.n, public->b, secret->b) != 0)
		return err_note(ERR_INPUT, "sealed for somebody else, or changed");
	return 0;
}

int pair_wrap(const struct public_key *to, struct pair_context at, const struct secret *inside,
	uint8_t ret[PAIR_WRAP])
{
	uint8_t plain[HASH_BYTES + SECRET_BYTES];
	hash_purpose(at.purpose, at.context, plain);
	memcpy(plain + HASH_BYTES, inside->b, SECRET_BYTES);
	int result = pair_seal(to, (struct str){ (const char *)plain, sizeof plain }, ret);
	wipe(plain, sizeof plain);
	return result;
}

int pair_unwrap(const struct secret *secret, const struct public_key *public,
	struct pair_context at, const uint8_t wrap[PAIR_WRAP], struct secret *ret)
{
	uint8_t plain[HASH_BYTES + SECRET_BYTES], want[HASH_BYTES];
	int result = pair_open(
		secret, public, (struct str){ (const char *)wrap, PAIR_WRAP }, plain);
	if (result < 0)
		return result;
	hash_purpose(at.purpose, at.context, want);
	if (bytes_same(want, plain, sizeof want))
		memcpy(ret->b, plain + HASH_BYTES, SECRET_BYTES);
	else
		result = err_note(ERR_INPUT, "a key wrapped for another place");
	wipe(plain, sizeof plain);
	return result;
}
