/* I know the definitions that come with the program. */
#pragma once
#include "base/packed.h"
#include "i18n/i18n.h"

struct shipped_form {
	const char *file;
	const struct packed *text;
	const struct packed
		*po[LANG_COUNT]; /* its translations; NULL: it is written in that language */
};
/* shipped_forms: Ends with file == NULL. */
extern const struct shipped_form shipped_forms[];
