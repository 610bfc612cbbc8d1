#include "outcome/retire.h"
#include "notify/news.h"
#include "notify/reader.sql.h"
#include "outcome/retire.sql.h"
#include "participate/board.h"
#include "participate/erase.h"

enum { ROWS = 500, LOOK_MEM = 1 << 20 };

int64_t retire_due(int64_t closed_at, int64_t years)
{
	return years > 0 ? (closed_at / DAY + years * 36525 / 100 + 1) * DAY : 0;
}

int64_t retire_house_years(const struct house *house)
{
	const struct settings *set = atomic_load(&house->settings);
	int64_t years;
	bool is = str_i64(set->keep_years, &years) && years > 0 && years <= KEEP_YEARS_MAX;
	return is ? years : 0;
}

/* ---- by time ---- */

static int tell(struct db *db, const struct retire *r, int64_t space, int64_t due_at)
{
	if (!r->house->post)
		return 0;
	return news_add_of(db,
		(struct news_add_of_in){ .kind = NEWS_GOING,
			.item = space,
			.n = due_at,
			.space = space,
			.now = r->now });
}

static int warn(struct db *db, struct retire *r, int64_t space, int64_t due_at)
{
	int result = retire_warn(db, space, due_at, r->now, r->now / DAY);
	r->has_changed = true;
	return result < 0 ? result : tell(db, r, space, due_at);
}

/* Never sooner than was warned; later when somebody gave it more time. */
static int go_on(struct db *db, struct retire *r, const struct retire_closed_row *row, int64_t due)
{
	int result = retire_saw(db, row->id, r->now / DAY);
	int64_t looks = row->looks + (result > 0);
	if (result >= 0 && due != row->due_at) {
		result = retire_move(db, row->id, due);
		r->has_changed = true;
		return result < 0 ? result : tell(db, r, row->id, due);
	}
	if (result < 0 || r->now < due || looks < RETIRE_LOOKS)
		return result;
	return retire_begin(db, r, row->id, 0);
}

static int look_at(struct db *db, struct retire *r, const struct retire_closed_row *row)
{
	int64_t years = row->has_own ? row->keep_years : retire_house_years(r->house);
	int64_t due = retire_due(row->closed_at, years);
	int64_t warned = row->is_warned ? row->warned_at : r->now;
	int64_t fair = (warned / DAY + RETIRE_WARN_DAYS + 1) * DAY;
	if (!due || due - (RETIRE_WARN_DAYS + 1) * DAY > r->now) {
		if (!row->is_warned)
			return 0;
		r->has_changed = true;
		return retire_spare(db, row->id);
	}
	due = due < fair ? fair : due;
	return row->is_warned ? go_on(db, r, row, due) : warn(db, r, row->id, due);
}

int retire_look(struct db *db, void *retire)
{
	struct retire *r = retire;
	auto_arena mem = { 0 };
	struct retire_closed_row *row;
	size_t n = 0;
	arena_init(&mem, LOOK_MEM);
	r->has_changed = false;
	int result = retire_closed(db, &mem, &row, &n);
	for (size_t i = 0; i < n && result >= 0; i++)
		result = look_at(db, r, &row[i]);
	return result < 0 ? result : 0;
}

/* ---- its end ---- */

int retire_begin(struct db *db, struct retire *r, int64_t space, int64_t account)
{
	auto_arena mem = { 0 };
	struct retire_contributions_row had = { 0 };
	arena_init(&mem, 4096);
	int result = retire_state(db, space, r->now);
	if (result == 0)
		return err_note(ERR_CONFLICT, "deleted already");
	if (result > 0)
		result = retire_end(db, space, r->now, r->now / DAY, account);
	if (result >= 0)
		result = retire_contributions(db, &mem, space, &had);
	if (result >= 0) {
		const struct figures *f = board_hold(r->house->take_part, space);
		result = kept_take(db, space, f);
		figures_release(f);
	}
	if (result >= 0)
		result = audit_put(db, r->now,
			&(struct audit_line){ .what = AUDIT_SPACE_DELETED,
				.account = { account },
				.space = space,
				.n = had.n,
				.is_public = true });
	r->has_changed = true;
	atomic_store(&r->house->is_erasing, true);
	return result < 0 ? result : 0;
}

static int piece_of(struct db *db, int64_t space)
{
	int result = retire_replies(db, space, ROWS);
	if (result == 0)
		result = retire_replies_past(db, space, ROWS);
	if (result == 0)
		result = retire_quotes(db, space, ROWS);
	if (result == 0)
		result = retire_clauses(db, space, ROWS);
	return result ? result : erase_piece(db, space);
}

int retire_piece(struct db *db, void *retire)
{
	struct retire *r = retire;
	auto_arena mem = { 0 };
	struct retire_begun_row row;
	arena_init(&mem, 4096);
	int found = retire_begun(db, &mem, &row);
	if (found <= 0)
		return found;
	int result = piece_of(db, row.space);
	if (result != 0)
		return result < 0 ? result : 1;
	result = retire_done(db, row.space, r->now);
	if (result > 0)
		result = audit_put(db, r->now,
			&(struct audit_line){ .what = AUDIT_SPACE_ERASED,
				.space = row.space,
				.is_public = true });
	return result < 0 ? result : 1;
}
