/*
 * I know noise, keys of 32 bytes and fingerprints; never whose. All of it is libsodium's.
 */
#pragma once
#include "base/err.h"
#include "base/str.h"

enum { SECRET_BYTES = 32, HASH_BYTES = 32 };

/* A key. Wiped when it goes out of scope; no printing or rendering function takes one. */
struct secret {
	uint8_t b[SECRET_BYTES];
};
void secret_wipe(struct secret *s);
#define auto_secret __attribute__((cleanup(secret_wipe))) struct secret

/* crypto_start(): Make libsodium ready; may be called again. ERR_BUG: it refuses to run. */
int crypto_start(void) must_use;

/* random_bytes(p, n): Unpredictable bytes from the kernel. Cannot fail: without them the
 * process stops. */
void random_bytes(void *p, size_t n);
/* random_below(max): Evenly from 0 to ${max} - 1. */
uint32_t random_below(uint32_t max);

/* wipe(p, n): Zeroes that the compiler does not leave out. */
void wipe(void *p, size_t n);
/* bytes_same(a, b, n): Equal? Takes the same time wherever they differ. */
bool bytes_same(const void *a, const void *b, size_t n) must_use;

/* hash_key(key, purpose, data, ret): The keyed BLAKE2b of ${data}, apart from that of every
 * other ${purpose} (a constant of at most 255 bytes). Without the key nobody can go back or
 * try values. */
void hash_key(
	const struct secret *key, const char *purpose, struct str data, uint8_t ret[HASH_BYTES]);
/* hash_open(data, ret): The BLAKE2b of ${data} without any key, which anybody can work out
 * again; for what is no secret. */
void hash_open(struct str data, uint8_t ret[HASH_BYTES]);
/* hash_purpose(purpose, data, ret): The same, apart from that of every other ${purpose}. */
void hash_purpose(const char *purpose, struct str data, uint8_t ret[HASH_BYTES]);
/* secret_derive(from, purpose, ret): A key of its own for one purpose. */
void secret_derive(const struct secret *from, const char *purpose, struct secret *ret);

/* base64_url(p, n, ret, size): URL-safe base64 without padding, NUL behind; ${size} is at
 * least BASE64_SIZE(n). */
#define BASE64_SIZE(n) (((n)*4 + 2) / 3 + 1)
void base64_url(const void *p, size_t n, char *ret, size_t size);
/* hex_text(p, n, ret): 2 * ${n} hexadecimal digits, small letters, and a NUL. */
void hex_text(const void *p, size_t n, char *ret);
/* base64_mail(p, n, ret, size): The same with the alphabet and padding of MIME, in one line;
 * ${size} is at least BASE64_MAIL_SIZE(n). */
#define BASE64_MAIL_SIZE(n) (((n) + 2) / 3 * 4 + 1)
void base64_mail(const void *p, size_t n, char *ret, size_t size);
/* base64_url_bytes(s, ret, n): Exactly ${n} bytes from such text; false for anything else. */
bool base64_url_bytes(struct str s, void *ret, size_t n) must_use;
