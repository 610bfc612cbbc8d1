/* ICU's header-only macros know the grammar; nothing is linked for them. */
#include "base/utf8.h"
#include <unicode/utf8.h>

/* U8_NEXT narrows inside; its values are in range. */
#ifndef __clang__
#pragma GCC diagnostic ignored "-Warith-conversion"
#endif
#pragma GCC diagnostic ignored "-Wconversion"

int32_t utf8_next(struct str s, size_t *at)
{
	const uint8_t *byte = (const uint8_t *)s.p;
	size_t i = *at;
	UChar32 c = -1;
	if (i < s.n)
		U8_NEXT(byte, i, s.n, c);
	*at = i;
	return c;
}

bool utf8_ok(struct str s)
{
	for (size_t at = 0; at < s.n;)
		if (utf8_next(s, &at) <= 0)
			return false;
	return true;
}

size_t utf8_count(struct str s)
{
	size_t count = 0;
	for (size_t i = 0; i < s.n; i++)
		count += !U8_IS_TRAIL((uint8_t)s.p[i]);
	return count;
}

struct str utf8_head(struct str s, size_t max)
{
	size_t at = 0;
	while (max-- && at < s.n)
		utf8_next(s, &at);
	return (struct str){ s.p, at };
}
