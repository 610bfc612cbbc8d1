#include "http/client.h"
#include "base/clock.h"
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sodium.h>
#include <string.h>

static int64_t today(void)
{
	return clock_mono() / 1000000000 / 86400;
}

int client_begin(struct client_key *k)
{
	_Static_assert(sizeof k->key == crypto_shorthash_KEYBYTES, "SipHash key");
	if (sodium_init() < 0)
		return err_note(ERR_IO, "libsodium does not start");
	pthread_mutex_init(&k->lock, NULL);
	randombytes_buf(k->key, sizeof k->key);
	k->day = today();
	return 0;
}

void client_done(struct client_key *k)
{
	sodium_memzero(k->key, sizeof k->key);
	pthread_mutex_destroy(&k->lock);
}

uint64_t client_hash(struct client_key *k, struct str what)
{
	unsigned char key[sizeof k->key], hash[crypto_shorthash_BYTES];
	uint64_t number;
	pthread_mutex_lock(&k->lock);
	if (k->day != today()) {
		randombytes_buf(k->key, sizeof k->key);
		k->day = today();
	}
	memcpy(key, k->key, sizeof key);
	pthread_mutex_unlock(&k->lock);
	crypto_shorthash(hash, (const unsigned char *)what.p, what.n, key);
	sodium_memzero(key, sizeof key);
	memcpy(&number, hash, sizeof number);
	return number;
}

uint64_t client_of_address(struct client_key *k, const struct sockaddr_storage *address)
{
	char bytes[16];
	struct str what = { bytes, 0 };
	if (address->ss_family == AF_INET) {
		struct sockaddr_in in;
		memcpy(&in, address, sizeof in);
		memcpy(bytes, &in.sin_addr, what.n = 4);
	} else if (address->ss_family == AF_INET6) {
		struct sockaddr_in6 in;
		memcpy(&in, address, sizeof in);
		bool is_v4 = IN6_IS_ADDR_V4MAPPED(&in.sin6_addr);
		what.n = is_v4 ? 4 : 8;
		memcpy(bytes, in.sin6_addr.s6_addr + (is_v4 ? 12 : 0), what.n);
	}
	return client_hash(k, what);
}

static bool is_address_of(int family, struct str s)
{
	char z[INET6_ADDRSTRLEN];
	unsigned char address[16];
	if (s.n >= sizeof z)
		return false;
	memcpy(z, s.p, s.n);
	z[s.n] = 0;
	return inet_pton(family, z, address) == 1;
}

static bool is_port(struct str s)
{
	int64_t n;
	return s.n <= 5 && str_i64(s, &n) && n >= 0 && n <= 65535;
}

/* "TCP6 source destination port port" */
static int proxy_words(struct str line, struct str *ret_source)
{
	struct str word[5];
	size_t n = 0;
	while (n < 5 && str_cut(&line, ' ', &word[n]))
		n++;
	if (n > 0 && str_is(word[0], "UNKNOWN")) {
		*ret_source = (struct str){ 0 };
		return 1;
	}
	int family = n != 5 || line.p     ? 0
		: str_is(word[0], "TCP4") ? AF_INET
		: str_is(word[0], "TCP6") ? AF_INET6
					  : 0;
	if (!family || !is_address_of(family, word[1]) || !is_address_of(family, word[2]) ||
		!is_port(word[3]) || !is_port(word[4]))
		return err_note(ERR_INPUT, "bad PROXY line");
	*ret_source = word[1];
	return 1;
}

int client_proxy(struct str bytes, struct str *ret_source, size_t *ret_used)
{
	static const char begin[] = "PROXY ";
	size_t known = bytes.n < sizeof begin - 1 ? bytes.n : sizeof begin - 1;
	if (known && memcmp(bytes.p, begin, known) != 0)
		return err_note(ERR_INPUT, "no PROXY line");
	size_t lf = str_find(bytes, '\n');
	if (lf >= CLIENT_PROXY_MAX || (lf == bytes.n && bytes.n >= CLIENT_PROXY_MAX))
		return err_note(ERR_INPUT, "PROXY line too long");
	if (lf == bytes.n)
		return 0;
	if (lf < sizeof begin || bytes.p[lf - 1] != '\r')
		return err_note(ERR_INPUT, "bad PROXY line");
	int st = proxy_words(
		(struct str){ bytes.p + sizeof begin - 1, lf - sizeof begin }, ret_source);
	if (st > 0)
		*ret_used = lf + 1;
	return st;
}
