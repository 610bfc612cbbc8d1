#include "record/term.h"
#include "account/audit.h"
#include "base/clock.h"
#include "record/term.sql.h"

enum { TERM_MEM = 16 << 20, DAY = 86400 };

static int end_some(
	const struct record_by *by, const struct shelf *shelf, const struct shelf_form *f)
{
	struct term_due_row *row;
	size_t n = 0;
	int result = term_due(by->db, by->mem, f->def->id, f->def->state[f->def->keep_state].name,
		by->now - f->def->keep_days * DAY, &row, &n);
	for (size_t i = 0; i < n && result >= 0; i++)
		result = vanish(by, shelf, row[i].uid, VANISH_KEPT);
	if (result >= 0 && n)
		result = audit_put(by->db, by->now,
			&(struct audit_line){
				.what = AUDIT_RECORDS_ENDED, .n = (int64_t)n, .ref = f->id });
	return result < 0 ? result : (int)n;
}

int term_round(struct db *db, void *arg)
{
	const struct house *house = arg;
	auto_arena mem;
	arena_init(&mem, TERM_MEM);
	struct record_by by = {
		.db = db, .mem = &mem, .now = clock_now(), .is_house = true, .lang = STR("en")
	};
	size_t n;
	const struct shelf_form *all = shelf_all(house->shelf, &n);
	int ended = 0, result = 0;
	for (size_t i = 0; i < n && result >= 0; i++) {
		result = all[i].def->keep_days ? end_some(&by, house->shelf, &all[i]) : 0;
		ended += result > 0 ? result : 0;
	}
	return result < 0 ? result : ended;
}
