/*
 * I let those who handle a case make covered copies of what was said in it, and read what was
 * written first, if they held the keys before it was covered: with a line in the log for each day.
 * Custodians do the same with who reported, on days on which they opened it with a reason.
 */
#pragma once
#include "protect/case_desk.h"
#include "protect/cover.h"

/* A question of the report whose words can be covered. */
struct cover_question {
	struct str name;
	struct said label;
	struct str value;
};
struct cover_view {
	struct frame frame;
	const struct form_result *form;
	bool is_name; /* at the custodians' desk */
	char id[KEEP_ID_CHARS + 1];
	struct str object; /* the text */
	bool is_report;    /* it is answers: one of them is covered at a time */
	struct cover_question *question;
	size_t n_question;
	const struct cover_question *asked; /* NULL: none was chosen yet */
	struct str was;                     /* what stands in the field */
	bool is_due, is_over, is_open;      /* is_open: today's line is in the log */
	struct told_view told;              /* of a first text: answers */
	struct str text;                    /* or words */
};
extern const struct fault_label cover_labels[];
