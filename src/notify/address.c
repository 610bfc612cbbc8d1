#include "notify/address.h"
#include <ctype.h>
#include <string.h>

enum { LOCAL_MAX = 64, LABEL_MAX = 63 };

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* RFC 5321's dot-string. */
static bool is_local(struct str s)
{
	if (!s.n || s.n > LOCAL_MAX || s.p[0] == '.' || s.p[s.n - 1] == '.')
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (!c || (!is_letter(c) && !strchr(".!#$%&'*+-/=?^_`{|}~", c)))
			return false;
		if (c == '.' && s.p[i - 1] == '.')
			return false;
	}
	return true;
}

static bool is_label(struct str s)
{
	if (!s.n || s.n > LABEL_MAX || s.p[0] == '-' || s.p[s.n - 1] == '-')
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!is_letter(s.p[i]) && s.p[i] != '-')
			return false;
	return true;
}

static bool is_host(struct str s)
{
	struct str label = { 0 };
	size_t n = 0;
	while (str_cut(&s, '.', &label)) {
		if (!is_label(label))
			return false;
		n++;
	}
	return n >= 2 && !isdigit((unsigned char)label.p[0]);
}

bool address_ok(struct str s)
{
	size_t at = str_find(s, '@');
	return s.n <= ADDRESS_MAX && at < s.n && is_local((struct str){ s.p, at }) &&
		is_host(str_from(s, at + 1));
}

void address_key(const struct secret *key, struct str s, uint8_t ret[HASH_BYTES])
{
	char small[ADDRESS_MAX];
	must(s.n <= sizeof small);
	for (size_t i = 0; i < s.n; i++)
		small[i] = (char)tolower((unsigned char)s.p[i]);
	hash_key(key, "address", (struct str){ small, s.n }, ret);
	wipe(small, sizeof small);
}
