#include "record/hxl.h"
#include <ctype.h>

static struct str pass(struct str s)
{
	while (s.n && isspace((unsigned char)s.p[0]))
		s = str_from(s, 1);
	return s;
}

/* "#word" or "+word" at the front of ${s}: its length; 0: it is none. */
static size_t piece(struct str s, char sign)
{
	size_t n = 2;
	if (s.n < 2 || s.p[0] != sign || !isalpha((unsigned char)s.p[1]))
		return 0;
	while (n < s.n && (isalnum((unsigned char)s.p[n]) || s.p[n] == '_'))
		n++;
	return n;
}

/* The next attribute off the front of ${s}; false: there is none. */
static bool next(struct str *s, struct str *ret)
{
	*s = pass(*s);
	size_t n = piece(*s, '+');
	*ret = (struct str){ s->p, n };
	*s = str_from(*s, n);
	return n > 0;
}

struct str hxl_kind(struct str tag)
{
	tag = pass(tag);
	return (struct str){ tag.p, piece(tag, '#') };
}

static struct str attributes(struct str tag)
{
	tag = pass(tag);
	return str_from(tag, piece(tag, '#'));
}

bool hxl_is_tag(struct str s)
{
	struct str rest = attributes(s), one;
	if (!hxl_kind(s).n)
		return false;
	while (next(&rest, &one))
		;
	return rest.n == 0;
}

static bool has_attribute(struct str tag, struct str part)
{
	struct str rest = attributes(tag), one;
	while (next(&rest, &one))
		if (str_eq_ascii(one, part))
			return true;
	return false;
}

bool hxl_has(struct str tag, struct str part)
{
	struct str rest = attributes(part), one;
	if (!str_eq_ascii(hxl_kind(tag), hxl_kind(part)))
		return false;
	while (next(&rest, &one))
		if (!has_attribute(tag, one))
			return false;
	return true;
}

bool hxl_is_same(struct str a, struct str b)
{
	return hxl_has(a, b) && hxl_has(b, a);
}
