#include "crypto/crypto.h"
#include <pthread.h>
#include <sodium.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int started = -1;

static void start(void)
{
	started = sodium_init();
}

int crypto_start(void)
{
	pthread_once(&once, start);
	return started < 0 ? err_note(ERR_BUG, "libsodium does not start") : 0;
}

void secret_wipe(struct secret *s)
{
	sodium_memzero(s, sizeof *s);
}

void random_bytes(void *p, size_t n)
{
	must(crypto_start() == 0);
	randombytes_buf(p, n);
}

uint32_t random_below(uint32_t max)
{
	must(crypto_start() == 0);
	return randombytes_uniform(max);
}

void wipe(void *p, size_t n)
{
	sodium_memzero(p, n);
}

bool bytes_same(const void *a, const void *b, size_t n)
{
	return sodium_memcmp(a, b, n) == 0;
}

/* The purpose goes first with its length, so that no two pairs make the same bytes. */
static void hash_apart(
	const struct secret *key, const char *purpose, struct str data, uint8_t ret[HASH_BYTES])
{
	size_t n = strlen(purpose);
	must(n <= 255);
	uint8_t length = (uint8_t)n;
	crypto_generichash_state st;
	crypto_generichash_init(&st, key ? key->b : NULL, key ? sizeof key->b : 0, HASH_BYTES);
	crypto_generichash_update(&st, &length, 1);
	crypto_generichash_update(&st, (const uint8_t *)purpose, n);
	if (data.n)
		crypto_generichash_update(&st, (const uint8_t *)data.p, data.n);
	crypto_generichash_final(&st, ret, HASH_BYTES);
	sodium_memzero(&st, sizeof st);
}

void hash_key(
	const struct secret *key, const char *purpose, struct str data, uint8_t ret[HASH_BYTES])
{
	must(key);
	hash_apart(key, purpose, data, ret);
}

void hash_purpose(const char *purpose, struct str data, uint8_t ret[HASH_BYTES])
{
	hash_apart(NULL, purpose, data, ret);
}

void hash_open(struct str data, uint8_t ret[HASH_BYTES])
{
	crypto_generichash(ret, HASH_BYTES, (const uint8_t *)data.p, data.n, NULL, 0);
}

void secret_derive(const struct secret *from, const char *purpose, struct secret *ret)
{
	hash_key(from, purpose, STR("derive"), ret->b);
}

void base64_url(const void *p, size_t n, char *ret, size_t size)
{
	sodium_bin2base64(ret, size, p, n, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
}

void base64_mail(const void *p, size_t n, char *ret, size_t size)
{
	sodium_bin2base64(ret, size, p, n, sodium_base64_VARIANT_ORIGINAL);
}

/* libsodium takes bytes above 0x7f for letters. */
static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] > 0x7f)
			return false;
	return true;
}

bool base64_url_bytes(struct str s, void *ret, size_t n)
{
	size_t got = 0;
	if (s.n != BASE64_SIZE(n) - 1 || !is_ascii(s))
		return false;
	return sodium_base642bin(ret, n, s.p, s.n, NULL, &got, NULL,
		       sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0 &&
		got == n;
}

void hex_text(const void *p, size_t n, char *ret)
{
	static const char digit[] = "0123456789abcdef";
	const uint8_t *byte = p;
	for (size_t i = 0; i < n; i++) {
		ret[2 * i] = digit[byte[i] >> 4];
		ret[2 * i + 1] = digit[byte[i] & 15];
	}
	ret[2 * n] = 0;
}
