/* I show somebody what they filled in, and what they have begun. */
#pragma once
#include "record/fill.h"

struct mine_row {
	struct str uid, ref, title;
	const struct labels *labels;
	struct said state;
	bool is_done, may_read;
	int64_t at;
};
/* mine_records_put(v, b): All that this visitor sent in by forms, as items of a JSON list: of what
 * they may not read any more only what it is called. */
struct buf;
int mine_records_put(struct visit *v, struct buf *b) must_use;

struct mine_records_view {
	struct frame frame;
	struct record_crumb crumb;
	struct mine_row *record, *draft;
	size_t n_record, n_draft;
	struct str code; /* with which they come back; absent: they have an account */
	bool is_saved;
};
