/* I let an organiser write what a consultation is: its purpose and addressee, its phases, its
 * door, its languages; and say what still keeps it from opening. */
#pragma once
#include "participate/desk.h"

enum { PHASES_MAX = 6, PLAN_GAPS_MAX = 16, PLAN_TEXT_MAX = 2000, PLAN_LINE_MAX = 200 };

/* Something that is there, or is missing before a space can be announced. */
struct plan_row {
	int label;         /* what it is about */
	int gap;           /* what to do about it; 0: nothing */
	const char *field; /* where */
};

/* plan_rows(s, now, ret): What it takes to open ${s}, in the order of the form: at most
 * PLAN_GAPS_MAX rows, and how many there are. A date of 0 in a phase is one not given. */
size_t plan_rows(const struct space *s, int64_t now, struct plan_row ret[PLAN_GAPS_MAX]);
/* plan_gaps(s, now): How many of them are missing. */
size_t plan_gaps(const struct space *s, int64_t now);

/* plan_is_short(s, now): Announced now, its notice would be shorter than the rule. */
bool plan_is_short(const struct space *s, int64_t now);
/* plan_fair_day(now): The first day that keeps the rule. */
int64_t plan_fair_day(int64_t now);
/* plan_shift(s, now): By how much all dates move, so that it opens on that day, or later when a
 * phase of reading before it would have begun already. plan_move(s, now): Move them. */
int64_t plan_shift(const struct space *s, int64_t now);
void plan_move(struct space *s, int64_t now);

/* plan_date(at, mem): "2026-06-09"; empty for 0. */
struct str plan_date(int64_t at, struct arena *mem);

/* plan_load(v, lang, ret): The space of the page in one language (its original's texts where it
 * has none), whatever the reader's. */
int plan_load(struct visit *v, const struct lang *lang, struct space *ret) must_use;

/* What stands in the fields of the form. Dates as they are typed. */
struct plan_phase {
	int64_t id; /* 0: not kept yet */
	struct str name, from, to;
	int64_t actions; /* enum space_action, a set */
};
struct plan_view {
	struct frame frame;
	const struct form_result *form;
	struct space s;     /* as it would be, in its first language */
	struct space shown; /* as it is, for the tabs */
	struct str decided, due, slug;
	struct plan_phase phase[PHASES_MAX];
	size_t n_phase;
	struct plan_row row[PLAN_GAPS_MAX];
	size_t n_row, n_gap;
	int64_t now, fair_day, notice_days;
	bool is_saved, is_short;
};

/* The choices of a phase: values of the form, the action, its word. */
struct plan_act {
	const char *value;
	enum space_action action;
	int msg;
};
enum { PLAN_ACTS = 6 };
extern const struct plan_act plan_acts[PLAN_ACTS];

/* What the fields of a phase are called in the form. */
extern const char *const plan_name[PHASES_MAX], *const plan_from[PHASES_MAX],
							*const plan_to[PHASES_MAX];

/* A choice with a hint (0: none). */
struct plan_choice {
	const char *value;
	int label, hint;
};
extern const struct plan_choice plan_doors[3], plan_checks[3];

extern const struct route plan_routes[];
