/* I show what is wrong with a form: a list above it, and a line beside each field. The
 * templates are in fault.html. */
#pragma once
#include "form/form.h"
#include "render/html.h"

/* One text or password field. ${hint} 0: none. */
struct field_view {
	const char *name;
	int label, hint;
	struct str typed;
	const char *complete; /* autocomplete= */
	const struct form_result *form;
};
