/* I make one move with all records that a list's filter shows: first I count what would happen,
 * then I do it with those that can, or with none where one cannot, as it was chosen. */
#pragma once
#include "record/bulk.h"

enum { BULK_ALL_SHOWN = 20 }; /* records that cannot, by name */

struct bulk_all_view {
	struct bulk_view bulk; /* of it frame, crumb, form, labels, move, words */
	struct find find;
	struct url back, action;
	int move[DEF_MOVES_MAX];
	size_t n_move;
	int64_t n, n_moves, n_agrees, n_lacks, n_not;
	bool is_first_some; /* there are more than are done at a time */
	bool is_whole;      /* chosen: all or nothing */
	bool is_looked;     /* a move was chosen, and the numbers say what would happen */
	bool is_stopped;    /* all or nothing, and one cannot */
	struct bulk_row not_row[BULK_ALL_SHOWN];
	size_t n_not_row;
};
