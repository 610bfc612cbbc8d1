/* Cells, tallies and words, made anew from bodies. */
#include "base/clock.h"
#include "record/blob.h"
#include "record/body.h"
#include "record/cell.h"
#include "record/record.sql.h"
#include "store/search.h"

enum { REINDEX_MEM = 64 << 20 };

/* Others make things of it, too; ${r} NULL: they forget all they have. */
static int tell(struct db *db, struct arena *mem, const struct shelf *shelf, const struct record *r)
{
	struct record_by house = { .db = db, .mem = mem, .now = clock_now(), .is_house = true };
	return shelf_tell(shelf, (struct record_event){ .by = &house, .r = r, .is_anew = true });
}

static int index_one(struct cell_batch *b, struct arena *mem, const struct shelf *shelf,
	const struct record_from_row *row)
{
	struct record r = { .id = row->id,
		.uid = row->uid,
		.ref = row->ref,
		.lang = row->lang,
		.created = row->created,
		.is_sample = row->is_sample != 0 };
	int result = shelf_of(shelf, b->db, mem, row->form, &r.form);
	if (result < 0)
		return result;
	r.state = def_state_find(r.form->def, row->state);
	if (r.state < 0)
		return err_note(ERR_BUG, "record %lld is in no state", (long long)row->id);
	answers_init(&r.answers, r.form->def, mem, row->created);
	result = body_read(row->body, &r.answers);
	if (result < 0)
		return result;
	result = blob_again(b->db, mem, r.uid, &r.answers);
	if (result < 0)
		return result;
	int64_t order = cell_order(&r.answers, row->created);
	if (order != row->ord) /* lists walk records and cells by the same order */
		result = record_order_put(b->db, r.id, order);
	if (result >= 0)
		result = cell_gather(b, mem, &r, order, false);
	return result < 0 ? result : tell(b->db, mem, shelf, &r);
}

/* Some records behind ${after}; how many there were. */
static int index_some(struct cell_batch *b, const struct shelf *shelf, int64_t *after)
{
	auto_arena mem;
	struct record_from_row *row;
	size_t n = 0;
	arena_init(&mem, REINDEX_MEM);
	int result = record_from(b->db, &mem, *after, &row, &n);
	for (size_t i = 0; i < n && result >= 0; i++) {
		result = index_one(b, &mem, shelf, &row[i]);
		*after = row[i].id;
	}
	return result < 0 ? result : (int)n;
}

int record_reindex(struct db *db, const struct shelf *shelf)
{
	auto_cells b;
	int64_t after = 0;
	cell_batch_init(&b, db);
	int n = 0, some = 1, result = record_cell_clear(db);
	if (result >= 0)
		result = record_tally_clear(db);
	if (result >= 0)
		result = tell(db, NULL, shelf, NULL);
	while (result >= 0 && some > 0) {
		result = some = index_some(&b, shelf, &after);
		if (result >= 0 && cell_batch_is_full(&b))
			result = cell_batch_flush(&b);
		n += some > 0 ? some : 0;
	}
	if (result >= 0)
		result = cell_batch_flush(&b);
	if (result >= 0)
		result = search_record_rebuild(db);
	return result < 0 ? result : n;
}
