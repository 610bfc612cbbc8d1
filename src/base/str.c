#include "base/str.h"
#include "base/num.h"
#include <string.h>

struct str str_c(const char *z)
{
	return (struct str){ z, z ? strlen(z) : 0 };
}

bool str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool str_is(struct str s, const char *z)
{
	return str_eq(s, str_c(z));
}

bool str_starts(struct str s, const char *with)
{
	size_t n = strlen(with);
	return s.n >= n && (n == 0 || memcmp(s.p, with, n) == 0);
}

bool str_ends(struct str s, const char *with)
{
	size_t n = strlen(with);
	return s.n >= n && (n == 0 || memcmp(s.p + s.n - n, with, n) == 0);
}

bool str_has(struct str s, struct str part)
{
	return part.n == 0 || (s.n && memmem(s.p, s.n, part.p, part.n));
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool str_eq_ascii(struct str a, struct str b)
{
	if (a.n != b.n)
		return false;
	for (size_t i = 0; i < a.n; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	return true;
}

int str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int order = n ? memcmp(a.p, b.p, n) : 0;
	if (order)
		return order;
	return a.n < b.n ? -1 : a.n > b.n;
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct str str_trim(struct str s)
{
	while (s.n && is_space(s.p[0]))
		s = str_from(s, 1);
	while (s.n && is_space(s.p[s.n - 1]))
		s.n--;
	return s;
}

struct str str_from(struct str s, size_t at)
{
	if (at >= s.n)
		return (struct str){ s.p ? s.p + s.n : NULL, 0 };
	return (struct str){ s.p + at, s.n - at };
}

size_t str_find(struct str s, char c)
{
	const char *at = s.n ? memchr(s.p, c, s.n) : NULL;
	return at ? (size_t)(at - s.p) : s.n;
}

bool str_cut(struct str *s, char sep, struct str *ret_head)
{
	if (!s->p)
		return false;
	size_t at = str_find(*s, sep);
	*ret_head = (struct str){ s->p, at };
	*s = at < s->n ? str_from(*s, at + 1) : (struct str){ 0 };
	return true;
}

bool str_i64(struct str s, int64_t *ret)
{
	bool is_negative = s.n && s.p[0] == '-';
	int64_t v = 0;
	s = str_from(s, is_negative);
	if (s.n == 0)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		int64_t digit = is_negative ? '0' - s.p[i] : s.p[i] - '0';
		if (__builtin_mul_overflow(v, 10, &v) || __builtin_add_overflow(v, digit, &v))
			return false;
	}
	*ret = v;
	return true;
}
