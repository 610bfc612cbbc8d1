/*
 * I show handlers the sheets of a case: the danger somebody is in, the plan against it, check-ins,
 * what was found out and made good. Each is a table of fields here, and a sealed text in the
 * compartment of the handlers; a later sheet may change how an earlier one stands.
 */
#pragma once
#include "protect/case_desk.h"
#include "protect/case_sheet.h"

enum tool_kind {
	TOOL_LINE = 1,
	TOOL_AREA,
	TOOL_DAY,
	TOOL_NUMBER,
	TOOL_HOURS,  /* asked as a number of hours from now, kept as the hour since 1970 */
	TOOL_ONE,    /* of ${choice}, from 1 */
	TOOL_MANY,   /* of ${choice}, a bit each */
	TOOL_BODY,   /* to whom a case can be referred; kept by its name */
	TOOL_MATRIX, /* how likely * 10 + how bad, each 1 to 5 */
};
enum { TOOL_FIELDS = 10, TOOL_SLOTS = 6, TOOL_ENTRIES_MAX = 200, MATRIX = 5 };

struct tool_field {
	const char *name;
	enum tool_kind kind;
	int label, hint, slot; /* slot: in struct tool_in */
	const int *choice;     /* messages */
	int64_t n_choice;
};
struct tool {
	const char *path;  /* the last part of its address, and the field of its texts */
	const char *alarm; /* the field whose day is a deadline; NULL: none */
	int title, lead, button;
	bool is_one;      /* the newest holds, those before are history */
	const int *state; /* messages of how an entry stands, from 1; NULL: it does not */
	int64_t n_state;
	int64_t offer;    /* of these which can be set, a bit each; 0: all */
	bool is_decided;  /* by two people, see tool_decide */
	bool is_referral; /* beyond the first state the reporter must agree */
	int64_t done;     /* from this state on an alarm is silent */
	const struct form *form;
	struct tool_field field[TOOL_FIELDS + 1]; /* ends with name == NULL */
};
/* What every tool's form is read into. */
struct tool_in {
	struct str text[TOOL_SLOTS];
	struct opt_i64 n[TOOL_SLOTS];
	int64_t set;
};

struct tool_entry {
	char id[KEEP_ID_CHARS + 1];
	struct case_sheet sheet;
	struct str who;
	int64_t on_day, state, state_day;
	int64_t yes, second;     /* the accounts that agreed */
	struct str reason;       /* why it was not paid */
	bool is_broken, is_late; /* is_late: its day has passed, and it is not done */
};
struct tool_body {
	int64_t id;
	struct str name, mandate, takes, langs;
	int64_t days;
	bool is_unnamed;
	struct str public;        /* key that packages are locked to; empty: none */
	bool may_share, may_name; /* the reporter allows it, as far as whoever looks can tell */
};
struct tool_view {
	struct frame frame;
	const struct form_result *form;
	const struct tool *tool;
	const struct keep_case *c;
	char id[KEEP_ID_CHARS + 1];
	struct tool_entry *entry; /* the newest first */
	size_t n_entry;
	struct tool_body *body;
	size_t n_body;
	bool is_saved, is_due, has_fund; /* has_fund: somebody else pays, and says so */
};

/* How a request for support stands: its states. */
enum {
	SUPPORT_ASKED = 1,
	SUPPORT_ONE,
	SUPPORT_BOTH,
	SUPPORT_REFUSED,
	SUPPORT_PAID,
	SUPPORT_UNPAID
};
/* Kinds of support: how many, and their words from 0. */
int64_t tool_helps(void);
int tool_help_msg(int64_t i);
/* tool_may_go(p, i): The reporter allows that entry ${i}, a referral, goes where it says. */
bool tool_may_go(const struct tool_view *p, size_t i);
/* For the templates. tool_typed(p, f): What stands in a field: typed, or of the newest sheet.
 * tool_level(risk): 1 low to 4 critical, of a square; 0: none. tool_level_msg(level): Its word.
 * tool_is(mem, p, f, n): That number stands in a field. tool_has(p, f, i): That box is ticked. */
struct str tool_typed(struct arena *mem, const struct tool_view *p, const struct tool_field *f);
bool tool_is(struct arena *mem, const struct tool_view *p, const struct tool_field *f, int64_t n);
bool tool_has(const struct tool_view *p, const struct tool_field *f, int64_t i);
int tool_level(int64_t risk);
int tool_level_msg(int level);
int tool_likely_msg(int64_t n);
int tool_severe_msg(int64_t n);

extern const struct tool tool_risk, tool_plan, tool_check, tool_support, tool_refer, tool_remedy;
extern const struct fault_label tool_labels[];
