#include "po/messages.h"
#include "protect/case_tool.h"

enum { AREA = 3000, LINE = 200 };

#define TEXT_IN(name, is_needed, i) \
	{ \
		name, FIELD_TEXT, .is_required = (is_needed), .max = AREA, \
				  .at = offsetof(struct tool_in, text[i]) \
	}
#define LINE_IN(name, i) \
	{ \
		name, FIELD_LINE, .max = LINE, .at = offsetof(struct tool_in, text[i]) \
	}
#define DAY_IN(name, is_needed, i) \
	{ \
		name, FIELD_DATE, .is_required = (is_needed), .at = offsetof(struct tool_in, n[i]) \
	}
#define NUMBER_IN(name, lowest, highest, i) \
	{ \
		name, FIELD_INT, .min = (lowest), .max = (highest), \
				 .at = offsetof(struct tool_in, n[i]) \
	}

const struct fault_label tool_labels[] = {
	{ "threats", MSG_protect_risk_threats },
	{ "exposure", MSG_protect_risk_exposure },
	{ "capacity", MSG_protect_risk_capacity },
	{ "lens_how", MSG_protect_risk_lens_how },
	{ "risk", MSG_protect_risk_square },
	{ "review", MSG_protect_risk_review },
	{ "reader", MSG_protect_risk_reader },
	{ "what", MSG_protect_tool_what },
	{ "who", MSG_protect_tool_who },
	{ "by", MSG_protect_tool_by },
	{ "when", MSG_protect_check_when },
	{ "how", MSG_protect_check_how },
	{ "step", MSG_protect_remedy_step },
	{ 0 },
};

/* ---- the danger somebody is in ---- */

static const int lens[] = { MSG_protect_lens_woman, MSG_protect_lens_child, MSG_protect_lens_older,
	MSG_protect_lens_indigenous, MSG_protect_lens_disability, MSG_protect_lens_lgbti,
	MSG_protect_lens_migrant, MSG_protect_lens_alone };
static const char *const lens_values[] = { "0", "1", "2", "3", "4", "5", "6", "7", NULL };

extern const struct form tool_form_risk, tool_form_plan, tool_form_check, tool_form_remedy;
const struct form tool_form_risk = {
	.name = "risk",
	.size = sizeof(struct tool_in),
	.field = { TEXT_IN("threats", true, 0), TEXT_IN("exposure", false, 1),
		TEXT_IN("capacity", false, 2),
		{ "lens", FIELD_SET, .choices = lens_values, .at = offsetof(struct tool_in, set) },
		TEXT_IN("lens_how", false, 3), NUMBER_IN("risk", 0, 55, 0), LINE_IN("reader", 4),
		DAY_IN("review", false, 1) },
};
const struct tool tool_risk = {
	.path = "risk",
	.alarm = "review",
	.title = MSG_protect_risk_title,
	.lead = MSG_protect_risk_lead,
	.button = MSG_protect_risk_save,
	.is_one = true,
	.form = &tool_form_risk,
	.field = {
		{ "threats", TOOL_AREA, MSG_protect_risk_threats, MSG_protect_risk_threats_hint, 0, NULL, 0 },
		{ "exposure", TOOL_AREA, MSG_protect_risk_exposure, MSG_protect_risk_exposure_hint, 1, NULL, 0 },
		{ "capacity", TOOL_AREA, MSG_protect_risk_capacity, MSG_protect_risk_capacity_hint, 2, NULL, 0 },
		{ "lens", TOOL_MANY, MSG_protect_risk_lens, MSG_protect_risk_lens_hint, 0, lens, sizeof lens / sizeof *lens },
		{ "lens_how", TOOL_AREA, MSG_protect_risk_lens_how, 0, 3, NULL, 0 },
		{ "risk", TOOL_MATRIX, MSG_protect_risk_square, 0, 0, NULL, 0 },
		{ "reader", TOOL_LINE, MSG_protect_risk_reader, 0, 4, NULL, 0 },
		{ "review", TOOL_DAY, MSG_protect_risk_review, MSG_protect_risk_review_hint, 1, NULL, 0 },
	},
};

/* How likely in rows, how bad in columns: 1 low to 4 critical. */
int tool_level(int64_t risk)
{
	static const uint8_t level[MATRIX][MATRIX] = { { 1, 1, 1, 1, 2 }, { 1, 1, 2, 2, 3 },
		{ 1, 2, 2, 3, 3 }, { 1, 2, 3, 3, 4 }, { 2, 3, 3, 4, 4 } };
	int64_t likely = risk / 10, severe = risk % 10;
	if (likely < 1 || likely > MATRIX || severe < 1 || severe > MATRIX)
		return 0;
	return level[likely - 1][severe - 1];
}

int tool_level_msg(int level)
{
	static const int msg[] = { MSG_protect_level_none, MSG_protect_level_low,
		MSG_protect_level_medium, MSG_protect_level_high, MSG_protect_level_critical };
	return msg[level >= 0 && level <= 4 ? level : 0];
}

int tool_likely_msg(int64_t n)
{
	static const int msg[] = { MSG_protect_likely_1, MSG_protect_likely_2, MSG_protect_likely_3,
		MSG_protect_likely_4, MSG_protect_likely_5 };
	return msg[n >= 1 && n <= MATRIX ? n - 1 : 0];
}

int tool_severe_msg(int64_t n)
{
	static const int msg[] = { MSG_protect_severe_1, MSG_protect_severe_2, MSG_protect_severe_3,
		MSG_protect_severe_4, MSG_protect_severe_5 };
	return msg[n >= 1 && n <= MATRIX ? n - 1 : 0];
}

/* ---- the plan ---- */

static const int steps[] = { MSG_protect_plan_open, MSG_protect_plan_consent,
	MSG_protect_plan_under_way, MSG_protect_plan_done, MSG_protect_plan_dropped };
const struct form tool_form_plan = {
	.name = "plan",
	.size = sizeof(struct tool_in),
	.field = { TEXT_IN("what", true, 0), LINE_IN("who", 1), DAY_IN("by", false, 0),
		NUMBER_IN("state", 0, 5, 1) },
};
const struct tool tool_plan = {
	.path = "plan",
	.alarm = "by",
	.title = MSG_protect_plan_title,
	.lead = MSG_protect_plan_lead,
	.button = MSG_protect_plan_add,
	.state = steps,
	.n_state = sizeof steps / sizeof *steps,
	.done = 4,
	.form = &tool_form_plan,
	.field = {
		{ "what", TOOL_AREA, MSG_protect_tool_what, 0, 0, NULL, 0 },
		{ "who", TOOL_LINE, MSG_protect_tool_who, 0, 1, NULL, 0 },
		{ "by", TOOL_DAY, MSG_protect_tool_by, 0, 0, NULL, 0 },
		{ "state", TOOL_ONE, MSG_protect_tool_state, 0, 1, steps, sizeof steps / sizeof *steps },
	},
};

/* ---- check-ins ---- */

static const int checks[] = { MSG_protect_check_waits, MSG_protect_check_well,
	MSG_protect_check_missed, MSG_protect_check_dropped };
const struct form tool_form_check = {
	.name = "checkin",
	.size = sizeof(struct tool_in),
	.field = { DAY_IN("when", true, 0), LINE_IN("how", 0), TEXT_IN("what", false, 1) },
};
const struct tool tool_check = {
	.path = "checkin",
	.alarm = "when",
	.title = MSG_protect_check_title,
	.lead = MSG_protect_check_lead,
	.button = MSG_protect_check_add,
	.state = checks,
	.n_state = sizeof checks / sizeof *checks,
	.done = 2,
	.form = &tool_form_check,
	.field = {
		{ "when", TOOL_DAY, MSG_protect_check_when, 0, 0, NULL, 0 },
		{ "how", TOOL_LINE, MSG_protect_check_how, MSG_protect_check_how_hint, 0, NULL, 0 },
		{ "what", TOOL_AREA, MSG_protect_check_if, MSG_protect_check_if_hint, 1, NULL, 0 },
	},
};

/* ---- what was found out, and made good ---- */

static const int kinds[] = { MSG_protect_remedy_talk, MSG_protect_remedy_visit,
	MSG_protect_remedy_papers, MSG_protect_remedy_letter, MSG_protect_remedy_court,
	MSG_protect_remedy_finding, MSG_protect_remedy_offer, MSG_protect_remedy_given };
const struct form tool_form_remedy = {
	.name = "remedy",
	.size = sizeof(struct tool_in),
	.field = { NUMBER_IN("step", 1, 8, 2), TEXT_IN("what", true, 0), LINE_IN("who", 1),
		DAY_IN("by", false, 0), NUMBER_IN("state", 0, 5, 1) },
};
const struct tool tool_remedy = {
	.path = "remedy",
	.alarm = "by",
	.title = MSG_protect_remedy_title,
	.lead = MSG_protect_remedy_lead,
	.button = MSG_protect_remedy_add,
	.state = steps,
	.n_state = sizeof steps / sizeof *steps,
	.done = 4,
	.form = &tool_form_remedy,
	.field = {
		{ "step", TOOL_ONE, MSG_protect_remedy_step, 0, 2, kinds, sizeof kinds / sizeof *kinds },
		{ "what", TOOL_AREA, MSG_protect_tool_what, 0, 0, NULL, 0 },
		{ "who", TOOL_LINE, MSG_protect_tool_who, 0, 1, NULL, 0 },
		{ "by", TOOL_DAY, MSG_protect_tool_by, 0, 0, NULL, 0 },
		{ "state", TOOL_ONE, MSG_protect_tool_state, 0, 1, steps, sizeof steps / sizeof *steps },
	},
};
