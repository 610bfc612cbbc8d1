/*
 * I know which cases belong together, as those who handle both said. Each of the two keeps it among
 * its private notes, sealed there, with the number of the other: keys stay apart, and the database
 * shows two notes. Whoever reads one of them alone is told that there is another, and no more.
 *
 * A tie is a note that begins with the byte 1, which no form lets in, and goes on as a sheet
 * (case_sheet.h): "case" the other, "relation" from 1, "note". Without a relation it ends the tie;
 * of several about one case the newest counts.
 */
#pragma once
#include "protect/case_desk.h"

enum { TIES_MAX = 40, TIE_CASES_MAX = 100, TIE_RELATIONS = 5 };
struct case_tie {
	struct vault_id of; /* the other */
	char id[KEEP_ID_CHARS + 1];
	int64_t relation, on_day;
	struct str note, who;
	bool is_open;     /* whoever asks reads the other, too: only then is the next filled in */
	struct str title; /* how its report begins; may be absent */
};
/* tie_is(text): A private note that is none but a tie. tie_find(v, note, n, ret, ret_n): The ties
 * among a case's private notes, the newest first. */
bool tie_is(const struct keep_shown *text);
int tie_find(struct visit *v, const struct keep_shown *note, size_t n, struct case_tie **ret,
	size_t *ret_n) must_use;
int tie_relation_msg(int64_t relation);

struct tie_choice {
	char id[KEEP_ID_CHARS + 1];
	struct str title, channel;
};
struct tie_view {
	struct frame frame;
	const struct form_result *form;
	const struct keep_case *c;
	char id[KEEP_ID_CHARS + 1];
	struct case_tie *tie;
	size_t n_tie;
	struct tie_choice *choice; /* what it can be tied to */
	size_t n_choice;
	bool is_saved, is_due;
};
/* tie_chosen(p): That one is chosen in the form, or absent. */
struct str tie_chosen(const struct tie_view *p);
extern const struct fault_label tie_labels[];
