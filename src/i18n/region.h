/* I know in which region of the world a country lies, as the UN's statisticians group them (M49).
 */
#pragma once
#include "base/str.h"

/* region_of(country): The M49 code ("002") of an alpha-2 code; a country in no region stands for
 * itself, and the empty code, "not said", too. */
struct str region_of(struct str country);
/* region_codes(ret_n): The codes of all regions. Static. */
const struct str *region_codes(size_t *ret_n);
