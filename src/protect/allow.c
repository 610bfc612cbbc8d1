#include "protect/allow.h"
#include "po/messages.h"
#include "record/answers.h"

static const struct {
	const char *name;
	int label, hint;
} steps[ALLOW_STEPS] = {
	[ALLOW_CONTACT] = { "contact", MSG_protect_allow_contact, MSG_protect_allow_contact_hint },
	[ALLOW_ACT] = { "act", MSG_protect_allow_act, MSG_protect_allow_act_hint },
	[ALLOW_SHARE] = { "share", MSG_protect_allow_share, MSG_protect_allow_share_hint },
	[ALLOW_STATE] = { "state", MSG_protect_allow_state, MSG_protect_allow_state_hint },
	[ALLOW_NAMED] = { "named", MSG_protect_allow_named, MSG_protect_allow_named_hint },
	[ALLOW_COUNT] = { "count", MSG_protect_allow_count, MSG_protect_allow_count_hint },
};

const char *allow_name(enum allow_step step)
{
	return steps[step].name;
}

int allow_label(enum allow_step step)
{
	return steps[step].label;
}

int allow_hint(enum allow_step step)
{
	return steps[step].hint;
}

struct allow allow_find(const struct keep_shown *said, size_t n)
{
	struct allow a = { 0 };
	for (size_t i = 0; i < n; i++) {
		if (!str_is(said[i].field, KEEP_CONSENT))
			continue;
		a.is_broken = said[i].is_broken;
		a.text = a.is_broken ? STR("") : said[i].text;
		for (size_t k = 0; k < ALLOW_STEPS; k++) {
			bool is_on = !a.is_broken &&
				answers_has_choice(said[i].text, str_c(steps[k].name));
			if (is_on != a.is_on[k] || (is_on && !a.since[k]))
				a.since[k] = said[i].on_day;
			a.is_on[k] = is_on;
		}
	}
	return a;
}
