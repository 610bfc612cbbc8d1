/* I show the records of a form to whoever may read them, and which forms there are. */
#pragma once
#include "record/fill.h"
#include "record/find.h"
#include "record/views.h"

enum { LIST_PAGE = FIND_MOST - 1, LIST_COLUMNS = 4 };

struct list_row {
	struct str uid, ref, title, title_lang;
	struct said state, cell[LIST_COLUMNS];
	bool is_done, is_sample;
	int64_t ord, id;
};
struct list_view {
	struct frame frame;
	struct record_crumb crumb;
	const struct shelf_form *form;
	const struct labels *labels;
	struct find find;
	struct find_facet *facet;
	size_t n_facet;
	int64_t total; /* -1: not counted */
	struct url first, next, no_words, no_days, data;
	bool may_take, may_bring, has_ticks; /* has_ticks: all rows are ticked */
	struct views views;
	int move[DEF_MOVES_MAX]; /* that they may make with several at a time */
	size_t n_move;
	struct url all;
	struct url all_moves; /* with all that the filter shows */
	bool is_narrow;
	int column[LIST_COLUMNS]; /* fields */
	size_t n_column;
	struct list_row *row;
	size_t n_row;
	bool is_first, has_more;
};

struct forms_row {
	const struct shelf_form *form;
	const struct labels *labels;
	bool may_read, may_make;
};
struct forms_view {
	struct frame frame;
	struct record_crumb crumb;
	struct forms_row *row;
	size_t n;
	bool is_known; /* who may have filled in something */
};

/* list_title(a, ret): The answer that names a record: the first open text; "" for none. */
struct str list_title(const struct answers *a, const struct def_fields *sees);
