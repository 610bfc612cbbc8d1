#include "record/gone.h"
#include "record/gone.sql.h"
#include "record/record.sql.h"
#include "store/search.h"

/* What stands on the record goes before it. */
static int drop_all(struct db *db, int64_t id)
{
	static int (*const drops[])(struct db * db, int64_t record) = { gone_cells, gone_links_from,
		gone_links_to, gone_drafts, gone_sources, search_record_drop, gone_entries,
		gone_drop };
	int result = 0;
	for (size_t i = 0; i < sizeof drops / sizeof *drops && result >= 0; i++)
		result = drops[i](db, id);
	return result < 0 ? result : 0;
}

static int settle_tallies(struct db *db, struct arena *mem, int64_t id, struct str state)
{
	struct record_cells_row *row;
	size_t n = 0;
	int result = record_cells(db, mem, id, &row, &n);
	for (size_t i = 0; i < n && result >= 0; i++)
		if (row[i].nth == 0)
			result = record_tally_add(db, row[i].field, row[i].val, state, -1);
	return result < 0 ? result : 0;
}

int gone(struct db *db, struct arena *mem, struct str uid, enum gone_why why, int64_t now)
{
	struct gone_record_row row;
	int result = gone_record(db, mem, uid, &row);
	if (result == 0)
		return err_note(ERR_MISSING, "no such record");
	if (result > 0)
		result = gone_add(
			db, (struct gone_add_in){ row.id, uid, row.name, row.ref, why, now });
	if (result >= 0)
		result = settle_tallies(db, mem, row.id, row.state);
	return result < 0 ? result : drop_all(db, row.id);
}
