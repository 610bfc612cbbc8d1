#include "crypto/code.h"
#include "base/utf8.h"
#include <unicode/uchar.h>

static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

void base32_make(char *ret, size_t n)
{
	random_bytes(ret, n);
	for (size_t i = 0; i < n; i++)
		ret[i] = alphabet[(uint8_t)ret[i] & 31];
	ret[n] = 0;
}

/* Cyrillic letters that look the same on paper, as a Russian keyboard would write them. */
static int32_t latin_of(int32_t c)
{
	static const struct {
		int32_t from;
		char to;
	} same[] = { { 0x410, 'A' }, { 0x412, 'B' }, { 0x421, 'C' }, { 0x415, 'E' }, { 0x41d, 'H' },
		{ 0x41a, 'K' }, { 0x41c, 'M' }, { 0x41e, '0' }, { 0x420, 'P' }, { 0x422, 'T' },
		{ 0x425, 'X' }, { 0x423, 'Y' } };
	for (size_t i = 0; i < sizeof same / sizeof *same; i++)
		if (same[i].from == c)
			return same[i].to;
	return c;
}

static bool separates(int32_t c)
{
	int8_t type = u_charType(c);
	return u_isUWhiteSpace(c) || type == U_DASH_PUNCTUATION || type == U_FORMAT_CHAR ||
		c == 0x2212 || c == '_' || c == '.';
}

/* The character of the alphabet that is meant, 0 for one that only separates, -1 for none. */
static int32_t meant(int32_t c)
{
	int32_t digit = u_charDigitValue(c);
	if (digit >= 0)
		return '0' + digit;
	if (c >= 0xff21 && c <= 0xff5a)
		c -= 0xff21 - 'A';
	c = latin_of(u_toupper(c));
	if (c == 'O')
		return '0';
	if (c == 'I' || c == 'L')
		return '1';
	if (c > 0 && c < 128 && memchr(alphabet, c, sizeof alphabet - 1))
		return c;
	return separates(c) ? 0 : -1;
}

int base32_parse(struct str typed, char *ret, size_t n)
{
	char got[64] = "";
	must(n < sizeof got);
	size_t have = 0;
	bool ok = true;
	for (size_t at = 0; ok && at < typed.n;) {
		int32_t c = meant(utf8_next(typed, &at));
		if (c > 0 && have < n)
			got[have++] = (char)c;
		else
			ok = c == 0;
	}
	ok = ok && have == n;
	if (ok) {
		memcpy(ret, got, n);
		ret[n] = 0;
	}
	wipe(got, sizeof got);
	return ok ? 0 : ERR_INPUT;
}

void code_make(struct code *ret)
{
	base32_make(ret->z, CODE_CHARS);
}

int code_parse(struct str typed, struct code *ret)
{
	return base32_parse(typed, ret->z, CODE_CHARS);
}

struct code_shown code_show(const struct code *code)
{
	struct code_shown shown;
	size_t n = 0;
	for (size_t i = 0; i < CODE_CHARS; i++) {
		if (i && i % 4 == 0)
			shown.z[n++] = ' ';
		shown.z[n++] = code->z[i];
	}
	shown.z[n] = 0;
	return shown;
}

void code_hash(const struct secret *key, const char *purpose, const struct code *code,
	uint8_t ret[HASH_BYTES])
{
	hash_key(key, purpose, (struct str){ code->z, CODE_CHARS }, ret);
}
