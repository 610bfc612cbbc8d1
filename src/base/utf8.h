/* I know whether bytes are UTF-8, and how many characters they make. */
#pragma once
#include "base/str.h"

/* utf8_ok(s): ${s} is well-formed UTF-8 (Unicode 15, table 3-7: no surrogates, no
 * overlong forms) without NUL. Checked once, on entry. */
bool utf8_ok(struct str s);

/* utf8_count(s): Code points in ${s}, which is well-formed. */
size_t utf8_count(struct str s);

/* utf8_head(s, max): The longest start of ${s} with at most ${max} code points. */
struct str utf8_head(struct str s, size_t max);

/* utf8_next(s, at): The code point at *at, which moves behind it; -1 at the end or on
 * a malformed byte (which is skipped). */
int32_t utf8_next(struct str s, size_t *at);
