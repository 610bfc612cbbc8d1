#include "record/forms.h"

extern const struct str form_meeting_text, form_statement_text;

const struct shipped_form shipped_forms[] = {
	{ "forms/meeting.form.md", &form_meeting_text },
	{ "forms/statement.form.md", &form_statement_text },
	{ 0 },
};
