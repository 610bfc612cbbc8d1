/* I show what is wrong with a form: a list above it, and a line beside each field. The
 * templates are in fault.html. */
#pragma once
#include "form/form.h"
#include "render/html.h"

/* What a field is called above the form. Ends with a NULL field. */
struct fault_label {
	const char *field;
	int msg;
};
/* fault_label(list, field): Its label, or 0: a fault of the page itself. */
int fault_label(const struct fault_label *list, const char *field);

/* One text or password field. ${hint} 0: none. */
struct field_view {
	const char *name;
	int label, hint;
	struct str typed;
	const char *complete; /* autocomplete= */
	const struct form_result *form;
};
