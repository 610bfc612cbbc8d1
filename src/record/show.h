/* I show one record: its answers, where it stands, what was said and done, and what may be done
 * with it now. */
#pragma once
#include "record/fill.h"

struct show_line {
	const struct chain_line *line;
	struct str who; /* an account's name; absent: not shown */
	bool is_author;
	struct said move, state; /* that it went to */
	struct said message;     /* what a step tells its author; may be empty */
	struct said *field;      /* what was changed */
	size_t n_field;
	const struct lang *lang;
};
struct show_move {
	int move;
	struct said label;
	int lacks;
	bool needs_note;
};
struct show_link {
	struct str uid, ref;
	struct said title;
	enum record_link kind;
	bool is_from;
};
struct show_view {
	struct frame frame;
	struct record_crumb crumb;
	struct record r;
	const struct labels *labels;
	const struct form_result *form;
	struct str title;
	struct shown shown;
	bool is_saved, is_sent, is_team, has_sealed, can_change, can_say, can_note, can_follow;
	struct show_line *line;
	size_t n_line, n_word, holds;
	struct show_move move[DEF_MOVES_MAX];
	size_t n_move;
	struct show_link *link;
	size_t n_link;
	int64_t keep_days;
};
