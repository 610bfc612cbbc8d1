#include "notify/remind_desk.h"
#include "notify/remind.sql.h"
#include "notify/round.h"
#include "po/messages.h"

enum { AT_ONCE = 200, DAY_SECONDS = 86400, OVER_STEP = 3 };
enum desk_what { DESK_SUMMARY = 1, DESK_REVIEW, DESK_END };

static int read(const struct round *r, void **ret, size_t *ret_n)
{
	struct remind_desk_due_row *row = NULL;
	int result = remind_desk_due(
		r->needs->db, r->mem, r->needs->now / DAY_SECONDS, AT_ONCE, &row, ret_n);
	*ret = result < 0 ? NULL : row;
	return result;
}

static struct round_to to(const void *arg)
{
	const struct remind_desk_due_row *row = arg;
	return (struct round_to){ row->follow, row->reader, row->address, row->lang, row->secret };
}

static int msg_of(const struct remind_desk_due_row *row)
{
	switch ((enum desk_what)row->what) {
	case DESK_SUMMARY: return MSG_notify_runs_summary;
	case DESK_END: return MSG_notify_news_going;
	case DESK_REVIEW: break;
	}
	return row->step < OVER_STEP ? MSG_notify_runs_review : MSG_notify_runs_reviewed;
}

static int put(const struct round *r, struct buf *out, const struct lang *lang, const void *arg)
{
	const struct remind_desk_due_row *row = arg;
	const struct settings *set = atomic_load(&r->needs->house->settings);
	const struct msg_arg date = msg_arg_day("date", (struct day){ row->due_at });
	buf_byte(out, '\n');
	if (row->what == DESK_REVIEW)
		buf_f(out, "%lld.%lld ", (long long)row->section, (long long)row->number);
	buf_line(out, row->title);
	buf_byte(out, '\n');
	buf_str(out, msg_plain(r->mem, lang, msg_of(row), &date, 1));
	buf_f(out, "\n%.*s/%.*s/", STR_ARG(set->base_url), STR_ARG(lang->code));
	if (row->what == DESK_REVIEW)
		buf_f(out, "c/%.*s/asks/%lld.%lld\n", STR_ARG(row->slug), (long long)row->section,
			(long long)row->number);
	else
		buf_f(out, "desk/%.*s%s\n", STR_ARG(row->slug),
			row->what == DESK_END ? "/keep" : "/asks");
	return 1;
}

static int told(struct db *db, const void *arg)
{
	const struct remind_desk_due_row *row = arg;
	return reminded_desk_put(db,
		(struct reminded_desk_put_in){
			row->follow, row->what, row->ref, row->due_at, row->step });
}

int remind_desk_round(const struct digest_needs *needs)
{
	static const struct round_kind kind = { .row_size = sizeof(struct remind_desk_due_row),
		.lead = MSG_notify_runs_lead,
		.subject = MSG_notify_runs_subject,
		.read = read,
		.to = to,
		.put = put,
		.told = told };
	return round_of(needs, &kind);
}
