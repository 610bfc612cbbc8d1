/* I know where words begin and end, in any script. */
#pragma once
#include "i18n/i18n.h"

/* lang_words(l, mem, s, ret, ret_n): ${s}, well-formed UTF-8, cut into words and what stands
 * between them, by ICU's rules for ${l} (Chinese by its dictionary); the pieces together are
 * ${s}, and views of it. ERR_NOMEM. */
int lang_words(const struct lang *l, struct arena *mem, struct str s, struct str **ret,
	size_t *ret_n) must_use;
