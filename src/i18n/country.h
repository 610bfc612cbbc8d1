/* I know the countries in the order of a reader's language. */
#pragma once
#include "i18n/i18n.h"

struct country {
	struct str code, name;
};

/* country_list(l, ret_n): All of them, made once for each language; kept as long as the program
 * runs. Empty only when memory is short. */
const struct country *country_list(const struct lang *l, size_t *ret_n);

/* country_is(code): An alpha-2 code that country_list has. */
bool country_is(struct str code);
