/* I make one move with several records of a list, in one go: first I show what would happen to
 * each, then I do it, and say what came of each. Each is checked as if it were alone. */
#pragma once
#include "record/list.h"

enum { BULK_MAX = LIST_PAGE, BULK_ALL_MAX = 1000 };

enum bulk_end {
	BULK_MOVES = 'm',  /* it moves, or has moved */
	BULK_AGREES = 'a', /* it waits for a second person */
	BULK_LACKS = 'l',  /* something is missing */
	BULK_NOT = 'n',    /* not a move from where it stands, or not theirs */
	BULK_GONE = 'g',   /* not theirs to read (any more) */
};

struct bulk_row {
	struct str uid, ref, title, title_lang;
	struct said state;
	bool is_done;
	int lacks;
	enum bulk_end end;
};
struct bulk_view {
	struct frame frame;
	struct record_crumb crumb;
	const struct shelf_form *form;
	const struct labels *labels;
	struct said move;
	struct str move_name, words;
	bool is_over;     /* it was done; else it would be */
	bool needs_words; /* a reason is missing */
	bool is_empty;    /* nothing was ticked */
	struct bulk_row *row;
	size_t n, n_go;
};

/* bulk_end_msg(end, is_over): In words. */
int bulk_end_msg(enum bulk_end end, bool is_over);
/* bulk_moves(f, ret): The moves of the form that they may make in some state in which they read;
 * places in def->move. How many. */
size_t bulk_moves(const struct find *f, int ret[DEF_MOVES_MAX]);
/* bulk_find(v, p), bulk_name_move(p, name): The form that the address names, and a move of it:
 * ERR_MISSING, ERR_INPUT. */
int bulk_find(struct visit *v, struct bulk_view *p) must_use;
int bulk_name_move(struct bulk_view *p, struct str name) must_use;
/* bulk_look(v, p, uid, ret): What would happen to one record. */
int bulk_look(struct visit *v, struct bulk_view *p, struct str uid, struct bulk_row *ret) must_use;
/* bulk_move(v, p, row, ret_id): Make the move; row->end says what came of it. A transaction of its
 * own, in that of the act. */
int bulk_move(
	struct visit *v, const struct bulk_view *p, struct bulk_row *row, int64_t *ret_id) must_use;
