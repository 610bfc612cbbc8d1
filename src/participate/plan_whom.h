/* I let an organiser say what a consultation is about, and whom it wants to hear. */
#pragma once
#include "account/fault.h"
#include "participate/desk.h"

enum {
	GROUPS_MAX = 12, /* themes, and crowds */
	TARGETS_MAX = 18,
	NAME_MAX_CHARS = 100,
	PEOPLE_MAX_HOPED = 1000000,
};

struct whom_group {
	int64_t id;
	struct str name, hoped;
};
struct whom_target {
	struct str value; /* "KE", or a language: "fr" */
	struct str name, least;
};
struct whom_place {
	struct str value, name;
};

/* The forms of the page; their fields have the same names. */
enum whom_form { WHOM_NONE, WHOM_THEMES, WHOM_CROWDS, WHOM_TARGETS };

struct whom_view {
	struct frame frame;
	const struct form_result *form;
	const struct fault_label *label;
	enum whom_form sent; /* the one with the faults */
	struct space s;
	const struct lang *lang; /* in which the names are */
	struct whom_group theme[GROUPS_MAX], crowd[GROUPS_MAX];
	struct whom_target target[TARGETS_MAX];
	size_t n_theme, n_crowd; /* rows shown: those in use, and some more */
	size_t n_target, n_place;
	struct whom_place *place; /* to choose from */
	struct str sdg;
	int64_t now;
	bool is_saved;
};

/* The names of the fields of a row. */
extern const char *const whom_id[TARGETS_MAX], *const whom_name[TARGETS_MAX],
						       *const whom_hope[TARGETS_MAX];

/* whom_fault(p, form, field): What is wrong with that field of that form; NULL: nothing.
 * whom_at(w, p, form, field): Its id: the list of faults leads to "f-n0". */
const struct form_fault *whom_fault(
	const struct whom_view *p, enum whom_form form, const char *field);
struct str whom_at(
	struct html *w, const struct whom_view *p, enum whom_form form, const char *field);

/* sdg_is_fine(s): "16.7" or "16.a": one of the goals, and something like a target of it. */
bool sdg_is_fine(struct str s);
/* sdg_next(list, ret): The next target in "16.7, 16.a", taken off ${list}. False at the end. */
bool sdg_next(struct str *list, struct str *ret);

extern const struct route plan_whom_routes[];
