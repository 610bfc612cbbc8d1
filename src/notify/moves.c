#include "notify/moves.h"
#include "base/clock.h"
#include "notify/moves.sql.h"
#include "notify/round.h"
#include "po/messages.h"
#include "record/list.h"

enum { MOVES_AT_ONCE = 200, SETTLE = 60 /* steps right behind each other are told together */ };

/* ---- what is to be told ---- */

static int forget(const struct record_event *e)
{
	int result = moves_drop(e->by->db, e->r->id);
	if (result >= 0)
		result = moves_follow_drop(e->by->db, e->r->id);
	return result < 0 ? result : 0;
}

static int tell(const struct record_event *e)
{
	const struct def_move *m = e->moved;
	const int64_t now = e->by->now, soon = now + SETTLE, actor = e->by->account;
	const int64_t day = rhythm_next(RHYTHM_DAILY, now), week = rhythm_next(RHYTHM_WEEKLY, now);
	int result = 0;
	if (def_move_tells(m, "followers"))
		result = moves_followers(e->by->db,
			(struct moves_followers_in){ e->r->id, m->name, soon, day, week });
	else if (def_move_tells(m, "author"))
		result = moves_author(e->by->db,
			(struct moves_author_in){
				e->r->id, m->name, soon, day, week, e->r->account, actor });
	else if (m->then == DEF_THEN_NOTIFY)
		result = moves_role(e->by->db,
			(struct moves_role_in){ .record = e->r->id,
				.move = m->name,
				.soon = soon,
				.day = day,
				.week = week,
				.name = e->r->form->def->id,
				.role = m->then_what,
				.actor = actor,
				.now = now });
	return result < 0 ? result : 0;
}

int moves_watch(const struct record_event *e)
{
	if (!e->r || e->is_anew)
		return 0;
	if (!e->r->form->def->state[e->r->state].name.n)
		return forget(e);
	return e->moved ? tell(e) : 0;
}

/* ---- names ---- */

int moves_public(struct db *db, struct arena *mem, const struct shelf *shelf, struct str uid,
	struct record *ret)
{
	struct record_by anybody = {
		.db = db, .mem = mem, .now = clock_now(), .lang = lang_of(LANG_EN)->code
	};
	return record_find(&anybody, shelf, uid, ret);
}

static struct str name_of(const struct record *r)
{
	struct str title = list_title(&r->answers, &r->can.reads);
	return title.n ? title : r->ref;
}

int moves_title(struct visit *v, int64_t record, struct str *ret)
{
	struct moves_uid_row row = { 0 };
	struct record r = { 0 };
	int found = moves_uid(v->db, v->mem, record, &row);
	if (found <= 0)
		return found;
	int result = moves_public(v->db, v->mem, v->house->shelf, row.uid, &r);
	if (result < 0 && result != ERR_MISSING)
		return result;
	*ret = result == 0 ? name_of(&r) : visit_say(v, MSG_notify_moves_closed, 0);
	return 1;
}

/* ---- the letter ---- */

static int read(const struct round *r, void **ret, size_t *ret_n)
{
	struct moves_due_row *row = NULL;
	int result = moves_due(r->needs->db, r->mem, r->needs->now, MOVES_AT_ONCE, &row, ret_n);
	*ret = result < 0 ? NULL : row;
	return result;
}

static struct round_to to(const void *arg)
{
	const struct moves_due_row *row = arg;
	return (struct round_to){ row->follow, row->reader, row->address, row->lang, row->secret };
}

static void put_public(const struct round *r, struct buf *out, const struct lang *lang,
	const struct record *record, struct str move)
{
	const struct labels *l = shelf_labels(record->form, lang);
	const int at = def_move_find(record->form->def, move);
	const struct msg_arg state = msg_arg_str("state", l->state[record->state].s);
	buf_byte(out, '\n');
	buf_line(out, name_of(record));
	buf_byte(out, '\n');
	buf_line(out, l->title.s);
	buf_c(out, ". ");
	buf_str(out, msg_plain(r->mem, lang, MSG_notify_moves_state, &state, 1));
	buf_byte(out, '\n');
	if (at >= 0 && l->message[at].s.n) {
		buf_line(out, l->message[at].s);
		buf_byte(out, '\n');
	}
}

static int put(const struct round *r, struct buf *out, const struct lang *lang, const void *arg)
{
	const struct moves_due_row *row = arg;
	const struct settings *set = atomic_load(&r->needs->house->settings);
	struct record record = { 0 };
	int result = moves_public(r->needs->db, r->mem, r->needs->house->shelf, row->uid, &record);
	if (result < 0 && result != ERR_MISSING)
		return result;
	/* Who follows what everybody could read is not told where it went. */
	if (result < 0 && row->kind == FOLLOW_RECORD)
		return 0;
	if (result == 0) {
		put_public(r, out, lang, &record, row->move);
	} else {
		buf_byte(out, '\n');
		buf_str(out, msg_text(lang, MSG_notify_moves_moved, 0));
		buf_byte(out, '\n');
	}
	buf_f(out, "%.*s/%.*s/record/%.*s\n", STR_ARG(set->base_url), STR_ARG(lang->code),
		STR_ARG(row->uid));
	return 1;
}

static int told(struct db *db, const void *arg)
{
	const struct moves_due_row *row = arg;
	return moves_told(db, row->follow, row->record, row->id);
}

int moves_round(const struct digest_needs *needs)
{
	static const struct round_kind kind = { .row_size = sizeof(struct moves_due_row),
		.lead = MSG_notify_moves_lead,
		.subject = MSG_notify_moves_subject,
		.read = read,
		.to = to,
		.put = put,
		.told = told };
	return round_of(needs, &kind);
}
