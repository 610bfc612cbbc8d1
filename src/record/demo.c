#include "record/demo.h"
#include "base/packed.h"
#include "record/blob.h"
#include "record/body.h"
#include "record/by.sql.h"
#include <time.h>

extern const struct packed record_demo_text;
extern const struct str record_demo_cover;

static int grant_all(
	struct db *db, const struct shelf *shelf, const char *role, struct account_id who)
{
	size_t n;
	const struct shelf_form *f = shelf_all(shelf, &n);
	int result = 0;
	for (size_t i = 0; i < n && result >= 0; i++)
		if (def_role_find(f[i].def, str_c(role)) >= 0)
			result = by_grant(
				db, f[i].def->id, str_c(role), who.v, (struct opt_i64){ 0 });
	return result < 0 ? result : 0;
}

static int move_on(const struct record_by *by, const struct shelf *shelf,
	const struct shelf_form *f, struct str uid, struct str moves)
{
	struct str one;
	struct record_done done;
	int result = 0;
	while (result == 0 && !str_is(moves, "-") && str_cut(&moves, ',', &one))
		result = record_write(by, shelf,
			&(struct record_job){ .what = CHAIN_MOVED,
				.uid = uid,
				.move = def_move_find(f->def, one),
				.words = STR("Sample") },
			&done);
	return result;
}

/* "@45": the day that was so many days ago. */
static void put_day(struct buf *to, struct str days, int64_t now)
{
	struct tm day = { 0 };
	int64_t n = 0;
	time_t at = (time_t)(now - (str_i64(days, &n) ? n : 0) * 86400);
	if (gmtime_r(&at, &day))
		buf_f(to, "%04d-%02d-%02d", day.tm_year + 1900, day.tm_mon + 1, day.tm_mday);
}

static int with_days(const struct record_by *by, struct str body, struct str *ret)
{
	struct str before, days;
	auto_buf to;
	buf_init(&to, BODY_MAX);
	while (str_cut(&body, '@', &before)) {
		buf_str(&to, before);
		if (body.p && str_cut(&body, '"', &days)) {
			put_day(&to, days, by->now);
			buf_byte(&to, '"');
		}
	}
	*ret = to.failed ? (struct str){ 0 } : arena_copy(by->mem, buf_view(&to));
	return ret->p ? 0 : ERR_NOMEM;
}

/* A file is a real one, taken like any other; where pictures cannot be made anew there is none. */
static int hold(const struct record_by *by, struct blobs *blobs, struct str uid, struct str *answer)
{
	struct blob *blob = NULL;
	int result = blob_make(blobs, *answer, record_demo_cover, &blob);
	if (result == 0 && blob_fault(blob, DEF_IMAGE))
		*answer = STR("");
	else if (result == 0)
		result = blob_hold(by->db, by->mem, blob, uid, answer);
	blob_drop(blob);
	return result;
}

static int hold_all(
	const struct record_by *by, struct blobs *blobs, struct str uid, struct answers *a)
{
	int result = 0;
	for (int i = 0; i < (int)a->def->n_field && result == 0; i++)
		if (a->def->field[i].kind == DEF_FILE && answers_get(a, i, 0).n)
			result = hold(by, blobs, uid, &a->at[i][0]);
	return result;
}

/* "meeting send,show en" and its answers. */
static int add_one(struct record_by *by, const struct record_demo_house *house, struct str head,
	struct str body)
{
	const struct shelf *shelf = house->shelf;
	struct str name, moves, uid;
	struct record_done done;
	struct answers a;
	if (!str_cut(&head, ' ', &name) || !str_cut(&head, ' ', &moves))
		return err_note(ERR_BUG, "a sample record without a head");
	const struct shelf_form *f = shelf_find(shelf, name);
	if (!f)
		return err_note(ERR_BUG, "a sample record of no form");
	by->lang = head;
	answers_init(&a, f->def, by->mem, by->now);
	int result = with_days(by, body, &body);
	if (result == 0)
		result = body_read(body, &a);
	if (result == 0)
		result = record_uid(by->mem, &uid);
	if (result == 0)
		result = hold_all(by, house->blobs, uid, &a);
	if (result == 0)
		result = record_write(by, shelf,
			&(struct record_job){ .what = CHAIN_MADE,
				.form = f,
				.uid = uid,
				.answers = &a,
				.is_sample = true },
			&done);
	return result == 0 ? move_on(by, shelf, f, uid, moves) : result;
}

int record_demo(struct db *db, struct arena *mem, const struct record_demo_house *house,
	const struct record_demo_staff *staff, int64_t now)
{
	const struct shelf *shelf = house->shelf;
	struct record_by by = { .db = db, .mem = mem, .now = now, .is_house = true };
	struct str rest = { 0 }, head, body;
	int result = packed_open(mem, &record_demo_text, &rest);
	if (result == 0)
		result = grant_all(db, shelf, "lead", staff->lead);
	if (result == 0)
		result = grant_all(db, shelf, "reviewer", staff->reviewer);
	if (result == 0)
		result = grant_all(db, shelf, "monitor", staff->monitor);
	if (result == 0)
		result = grant_all(db, shelf, "focal", staff->focal);
	if (result == 0)
		result = grant_all(db, shelf, "society", staff->monitor);
	while (result == 0 && str_cut(&rest, '\n', &head)) {
		if (!head.n || head.p[0] == '#')
			continue;
		if (!str_cut(&rest, '\n', &body))
			return err_note(ERR_BUG, "a sample record without answers");
		result = add_one(&by, house, head, body);
	}
	return result;
}
