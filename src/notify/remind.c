#include "notify/remind.h"
#include "notify/remind.sql.h"
#include "notify/round.h"
#include "po/messages.h"

enum { ASKS_AT_ONCE = 200, DAY_SECONDS = 86400, LATE_STEP = 3 };

static int read(const struct round *r, void **ret, size_t *ret_n)
{
	struct remind_due_row *row = NULL;
	int result = remind_due(
		r->needs->db, r->mem, r->needs->now / DAY_SECONDS, ASKS_AT_ONCE, &row, ret_n);
	*ret = result < 0 ? NULL : row;
	return result;
}

static struct round_to to(const void *arg)
{
	const struct remind_due_row *row = arg;
	return (struct round_to){ row->follow, row->reader, row->address, row->lang, row->secret };
}

static int put(const struct round *r, struct buf *out, const struct lang *lang, const void *arg)
{
	const struct remind_due_row *row = arg;
	const struct settings *set = atomic_load(&r->needs->house->settings);
	int msg = row->step < LATE_STEP ? MSG_notify_remind_due : MSG_notify_remind_late;
	const struct msg_arg date = msg_arg_day("date", (struct day){ row->due_at });
	buf_f(out, "\n%lld.%lld ", (long long)row->section, (long long)row->number);
	buf_line(out, row->title);
	buf_byte(out, '\n');
	buf_str(out, msg_plain(r->mem, lang, msg, &date, 1));
	buf_f(out, "\n%.*s/%.*s/answers/%lld\n", STR_ARG(set->base_url), STR_ARG(lang->code),
		(long long)row->ask);
	return 1;
}

static int told(struct db *db, const void *arg)
{
	const struct remind_due_row *row = arg;
	return reminded_put(db, row->follow, row->ask, row->due_at, row->step);
}

int remind_round(const struct digest_needs *needs)
{
	static const struct round_kind kind = { .row_size = sizeof(struct remind_due_row),
		.lead = MSG_notify_remind_lead,
		.subject = MSG_notify_remind_subject,
		.read = read,
		.to = to,
		.put = put,
		.told = told };
	return round_of(needs, &kind);
}
