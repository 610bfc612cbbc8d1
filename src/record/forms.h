/* I know the definitions that come with the program. */
#pragma once
#include "base/str.h"

struct shipped_form {
	const char *file;
	const struct str *text;
};
/* shipped_forms: Ends with file == NULL. */
extern const struct shipped_form shipped_forms[];
