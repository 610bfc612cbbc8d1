#include "po/messages.h"
#include "protect/case_tool.h"

enum { AREA = 3000, LINE = 200, HOURS_MAX = 720 };

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
	{ "sum", MSG_protect_support_sum },
	{ "until", MSG_protect_support_until },
	{ "why", MSG_protect_support_why },
	{ "to", MSG_protect_refer_to },
	{ "summary", MSG_protect_refer_summary },
	{ 0 },
};

/* ---- the danger somebody is in ---- */

static const int lens[] = { MSG_protect_lens_woman, MSG_protect_lens_child, MSG_protect_lens_older,
	MSG_protect_lens_indigenous, MSG_protect_lens_disability, MSG_protect_lens_lgbti,
	MSG_protect_lens_migrant, MSG_protect_lens_alone };
static const char *const lens_values[] = { "0", "1", "2", "3", "4", "5", "6", "7", NULL };

extern const struct form tool_form_risk, tool_form_plan, tool_form_check, tool_form_support,
	tool_form_refer, tool_form_remedy;
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

/* ---- emergency support ---- */

static const int helps[] = { MSG_protect_help_shelter, MSG_protect_help_travel,
	MSG_protect_help_moving, MSG_protect_help_medical, MSG_protect_help_counselling,
	MSG_protect_help_legal, MSG_protect_help_digital, MSG_protect_help_messages,
	MSG_protect_help_guarding, MSG_protect_help_family, MSG_protect_help_work };
static const char *const help_values[] = { "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10",
	NULL };
int64_t tool_helps(void)
{
	return sizeof helps / sizeof *helps;
}

int tool_help_msg(int64_t i)
{
	return helps[i];
}

/* Nobody is said to pass a test that nobody looked at. */
static const int answers[] = { MSG_protect_support_unsure, MSG_protect_support_yes,
	MSG_protect_support_no };
static const int supports[] = { MSG_protect_support_asked, MSG_protect_support_one,
	MSG_protect_support_both, MSG_protect_support_refused, MSG_protect_support_paid,
	MSG_protect_fund_unpaid };
const struct form tool_form_support = {
	.name = "support",
	.size = sizeof(struct tool_in),
	.field = { TEXT_IN("what", true, 0),
		{ "kinds", FIELD_SET, .choices = help_values, .at = offsetof(struct tool_in, set) },
		{ "sum", FIELD_INT, .is_required = true, .min = 1, .max = 1000000,
			.at = offsetof(struct tool_in, n[0]) },
		TEXT_IN("why", true, 1), NUMBER_IN("works", 1, 3, 1), NUMBER_IN("danger", 1, 3, 2),
		NUMBER_IN("lowers", 1, 3, 3),
		{ "until", FIELD_INT, .is_required = true, .min = 1, .max = HOURS_MAX,
			.at = offsetof(struct tool_in, n[4]) } },
};
const struct tool tool_support = {
	.path = "support",
	.alarm = "until",
	.title = MSG_protect_support_title,
	.lead = MSG_protect_support_lead,
	.button = MSG_protect_support_add,
	.state = supports,
	.n_state = sizeof supports / sizeof *supports,
	.offer = 1 << SUPPORT_ONE | 1 << SUPPORT_REFUSED | 1 << SUPPORT_PAID,
	.is_decided = true,
	.done = SUPPORT_BOTH,
	.form = &tool_form_support,
	.field = {
		{ "what", TOOL_AREA, MSG_protect_tool_what, 0, 0, NULL, 0 },
		{ "kinds", TOOL_MANY, MSG_protect_support_kinds, 0, 0, helps, sizeof helps / sizeof *helps },
		{ "sum", TOOL_NUMBER, MSG_protect_support_sum, 0, 0, NULL, 0 },
		{ "why", TOOL_AREA, MSG_protect_support_why, 0, 1, NULL, 0 },
		{ "works", TOOL_ONE, MSG_protect_support_works, 0, 1, answers, 3 },
		{ "danger", TOOL_ONE, MSG_protect_support_danger, 0, 2, answers, 3 },
		{ "lowers", TOOL_ONE, MSG_protect_support_lowers, 0, 3, answers, 3 },
		{ "until", TOOL_HOURS, MSG_protect_support_until, MSG_protect_support_until_hint, 4, NULL, 0 },
	},
};

/* ---- referrals ---- */

static const int stands[] = { MSG_protect_refer_draft, MSG_protect_refer_sent,
	MSG_protect_refer_received, MSG_protect_refer_acted, MSG_protect_refer_answered,
	MSG_protect_refer_over };
const struct form tool_form_refer = {
	.name = "referral",
	.size = sizeof(struct tool_in),
	.field = { { "to", FIELD_INT, .is_required = true, .at = offsetof(struct tool_in, n[0]) },
		TEXT_IN("summary", true, 0), NUMBER_IN("state", 0, 6, 1), DAY_IN("by", false, 2) },
};
const struct tool tool_refer = {
	.path = "referral",
	.alarm = "by",
	.title = MSG_protect_refer_title,
	.lead = MSG_protect_refer_lead,
	.button = MSG_protect_refer_add,
	.state = stands,
	.n_state = sizeof stands / sizeof *stands,
	.is_referral = true,
	.done = 4,
	.form = &tool_form_refer,
	.field = {
		{ "to", TOOL_BODY, MSG_protect_refer_to, 0, 0, NULL, 0 },
		{ "summary", TOOL_AREA, MSG_protect_refer_summary, MSG_protect_refer_summary_hint, 0, NULL, 0 },
		{ "by", TOOL_DAY, MSG_protect_tool_by, 0, 2, NULL, 0 },
		{ "state", TOOL_ONE, MSG_protect_tool_state, 0, 1, stands, sizeof stands / sizeof *stands },
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
