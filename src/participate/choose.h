/* I offer the choices by which readers and editors look through what was said: question, theme,
 * language, country. */
#pragma once
#include "i18n/country.h"
#include "participate/space.h"

struct question_title {
	int64_t number;
	struct str title, lang;
};

/* choose_questions(v, space, ret, ret_n): All its published questions, named for the reader. */
int choose_questions(
	struct visit *v, int64_t space, const struct question_title **ret, size_t *ret_n) must_use;

/* choose_countries(v, space, ret, ret_n): Where its people say they are, by their names in the
 * reader's language. */
int choose_countries(
	struct visit *v, int64_t space, const struct country **ret, size_t *ret_n) must_use;
