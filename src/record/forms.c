#include "record/forms.h"

/* What src/record/meson.build makes of forms/NAME.form.md and forms/NAME.LANG.po. */
#define TEXTS(name) \
	extern const struct packed form_##name##_text, form_##name##_ar, form_##name##_zh, \
		form_##name##_fr, form_##name##_ru, form_##name##_es;
#define FORM(name) \
	{ \
		"forms/" #name ".form.md", &form_##name##_text, \
		{ \
			[LANG_AR] = &form_##name##_ar, [LANG_ZH] = &form_##name##_zh, \
			[LANG_FR] = &form_##name##_fr, [LANG_RU] = &form_##name##_ru, \
			[LANG_ES] = &form_##name##_es, \
		} \
	}

TEXTS(agreement)
TEXTS(alert)
TEXTS(barrier)
TEXTS(commitment)
TEXTS(communication)
TEXTS(focal_point)
TEXTS(good_practice)
TEXTS(incident)
TEXTS(incident_public)
TEXTS(indicator_source)
TEXTS(meeting)
TEXTS(organisation)
TEXTS(rating)
TEXTS(recommendation)
TEXTS(resource)
TEXTS(statement)
TEXTS(reprisal)
TEXTS(threat)
TEXTS(harassment)
TEXTS(support)
TEXTS(complaint)
TEXTS(own_risk)

const struct shipped_form shipped_forms[] = {
	FORM(recommendation),
	FORM(commitment),
	FORM(communication),
	FORM(agreement),
	FORM(incident_public),
	FORM(indicator_source),
	FORM(alert),
	FORM(rating),
	FORM(barrier),
	FORM(good_practice),
	FORM(statement),
	FORM(meeting),
	FORM(organisation),
	FORM(focal_point),
	FORM(resource),
	FORM(incident),
	/* Sealed as a whole, behind all others (shelf_all). */
	FORM(reprisal),
	FORM(threat),
	FORM(harassment),
	FORM(support),
	FORM(complaint),
	FORM(own_risk),
	{ 0 },
};
