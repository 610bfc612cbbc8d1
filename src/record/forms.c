#include "record/forms.h"

extern const struct str form_incident_text, form_incident_public_text, form_meeting_text,
	form_recommendation_text, form_statement_text;

const struct shipped_form shipped_forms[] = {
	{ "forms/incident.form.md", &form_incident_text },
	{ "forms/incident_public.form.md", &form_incident_public_text },
	{ "forms/meeting.form.md", &form_meeting_text },
	{ "forms/recommendation.form.md", &form_recommendation_text },
	{ "forms/statement.form.md", &form_statement_text },
	{ 0 },
};
