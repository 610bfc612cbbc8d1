/* I show a definition's pages to whoever fills it in, one behind the other, and take the answers;
 * what was answered is shown once more before it is sent. */
#pragma once
#include "record/draft.h"
#include "record/shown.h"
#include "render/frame.h"

/* Where a page of this room stands. */
struct record_crumb {
	const struct labels *labels; /* of the form; NULL: above all forms */
	struct str name;             /* of the form in addresses */
	struct str uid, ref;         /* of a record; absent: none */
	int here;                    /* message; MSG_NONE: the one before is this page */
};

struct fill_view {
	struct frame frame;
	struct record_crumb crumb;
	struct draft d;
	const struct labels *labels;
	struct said heading;
	struct walk_view walk;
	struct walk_faults faults;
	int page, at, n;
	struct url back, action, on; /* the page before; of the form; behind the rows */
	struct shown rows;
	bool is_more, is_checked; /* came from the check page and goes back there */
	/* The check page. */
	struct shown all;
	struct shown_line lack[DEF_FIELDS_MAX]; /* required, and not answered */
	size_t n_lack;
	struct draft_turn *turn;
	struct said *turn_now;
	size_t n_turn;
	bool is_full;
	/* Steps that its maker may take at once, where it would begin in a state of theirs. */
	int move[DEF_MOVES_MAX];
	size_t n_move;
};

/* The page before the first question. */
struct new_view {
	struct frame frame;
	struct record_crumb crumb;
	const struct shelf_form *form;
	const struct labels *labels;
	bool has_account, is_public, has_left_out;
	struct said *step;
	size_t n_step;
};

/* fill_address(v, d, page, row, ret): "/draft/UID/PAGE/ROW"; ${page} -1: the check page; ${row} -1:
 * none. Of the rows of a repeat that has none: the first one to be. */
int fill_address(
	struct visit *v, const struct draft *d, int page, int64_t row, struct url *ret) must_use;
/* fill_here(v, p): The draft and the page that the address names. */
int fill_here(struct visit *v, struct fill_view *p) must_use;

struct blob;
/* The files that came with a page: each answers a question, or has a fault. */
struct fill_files {
	struct {
		int field;
		struct str answer; /* absent: there is a fault */
		int fault;         /* message */
	} at[HTTP_FILES_MAX];
	size_t n;
};
/* fill_files_take(v, p, ret): From a request whose files are settled, into the answers of p->d. In
 * a POST's act. */
int fill_files_take(struct visit *v, struct fill_view *p, struct fill_files *ret) must_use;
/* fill_files_read(v, p, files): As walk_read, all that was typed beside them; how many faults. */
int fill_files_read(struct visit *v, struct fill_view *p, const struct fill_files *files) must_use;
/* fill_files_keep(v, files): The draft has them, though the rest of the page is at fault. */
int fill_files_keep(struct visit *v, const struct fill_files *files) must_use;
