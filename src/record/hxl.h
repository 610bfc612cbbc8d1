/* I know tags of HXL: "#country +code +v_iso2". Case, blanks and the order of attributes mean
 * nothing. */
#pragma once
#include "base/str.h"

/* hxl_is_tag(s): "#" and a word, then attributes, each "+" and a word, and nothing else. */
bool hxl_is_tag(struct str s);
/* hxl_has(tag, part): ${tag} is of the kind of ${part} and has all its attributes, as any column
 * does that ${part} finds. Both are tags. hxl_is_same(a, b): Each has all of the other. */
bool hxl_has(struct str tag, struct str part);
bool hxl_is_same(struct str a, struct str b);
/* hxl_kind(tag): "#country". */
struct str hxl_kind(struct str tag);
