/* I show an organiser how a consultation stands, and take it from draft to announced, closed
 * and archived; or begin another one from it. */
#pragma once
#include "participate/plan.h"

enum { ORGANISE_ROWS = 40, FEW = 5 }; /* fewer people than FEW are not counted out */

struct organise_lang {
	const struct lang *lang;
	int64_t done[5]; /* by enum item_kind: published items with a text in it */
	int64_t left;
};

/* Somebody the space hopes to hear: of a crowd, a share; of a country or language, a number. */
struct organise_hope {
	struct str name;
	int64_t got, hoped;
	bool is_share;
	int percent; /* of what is hoped for, at most 100 */
};

struct organise_view {
	struct frame frame;
	const struct form_result *form;
	struct space s;
	int64_t now, people, countries, waiting, flagged, untranslated;
	int64_t published[5]; /* by enum item_kind */
	struct str *phase_when, whole_time;
	int *phase_skip, *phase_long; /* per cents of the whole time */
	struct organise_lang lang[LANG_COUNT];
	size_t n_lang;
	struct organise_hope hope[ORGANISE_ROWS];
	size_t n_hope;
	struct url page_in[LANG_COUNT]; /* the public page */
	int64_t role[5];                /* how many, by bit of enum role */
	size_t n_gap;
	int64_t copy_days; /* until a copy opens; 0: it has no phases */
	const struct organise_step *step;
	bool is_organiser, may_copy;
};

/* A step in the life of a space, with the page that asks before it. */
struct organise_step {
	const char *path;
	enum space_state from, to;
	int title, text;
};
extern const struct organise_step organise_steps[3];

extern const struct route organise_routes[];
