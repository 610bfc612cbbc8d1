/* I know the definitions that come with the program. */
#pragma once
#include "base/str.h"
#include "i18n/i18n.h"

struct shipped_form {
	const char *file;
	const struct str *text;
	const struct str *po[LANG_COUNT]; /* its translations */
};
/* shipped_forms: Ends with file == NULL. */
extern const struct shipped_form shipped_forms[];
