#include "notify/remind_desk.h"
#include "notify/outbox.h"
#include "notify/remind.sql.h"
#include "po/messages.h"

enum { AT_ONCE = 200, ROUND_MEM = 32 << 20, DAY_SECONDS = 86400, OVER_STEP = 3 };
enum desk_what { DESK_SUMMARY = 1, DESK_REVIEW, DESK_END };

/* The rows of one address, and its letter. */
struct reminder {
	const struct remind_desk_due_row *row;
	size_t n;
	bool can; /* the address opens */
	struct letter letter;
};
struct round {
	const struct digest_needs *needs;
	struct arena *mem;
	struct reminder *one;
	size_t n;
};

static int msg_of(const struct remind_desk_due_row *row)
{
	switch ((enum desk_what)row->what) {
	case DESK_SUMMARY: return MSG_notify_runs_summary;
	case DESK_END: return MSG_notify_news_going;
	case DESK_REVIEW: break;
	}
	return row->step < OVER_STEP ? MSG_notify_runs_review : MSG_notify_runs_reviewed;
}

static void put_one(struct buf *out, struct round *r, const struct lang *lang,
	const struct remind_desk_due_row *row)
{
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
}

static int write_letter(struct round *r, struct reminder *m)
{
	const struct msg_arg count = msg_arg_i64("count", (int64_t)m->n);
	auto_buf body;
	struct reader who = {
		.id = m->row->reader, .secret = m->row->secret, .lang = lang_by_code(m->row->lang)
	};
	m->can = who.lang &&
		reader_unlock(r->needs->house->keys, r->mem, m->row->address, &who.address) == 0;
	if (!m->can)
		return 0;
	buf_init(&body, LETTER_MAX / 2);
	buf_str(&body, msg_text(who.lang, MSG_notify_runs_lead, 0));
	buf_byte(&body, '\n');
	for (size_t i = 0; i < m->n; i++)
		put_one(&body, r, who.lang, &m->row[i]);
	return digest_letter(r->needs, r->mem, &who,
		msg_plain(r->mem, who.lang, MSG_notify_runs_subject, &count, 1), &body, &m->letter);
}

static int read_round(struct round *r)
{
	auto_tx tx = { 0 };
	struct remind_desk_due_row *row;
	size_t n = 0;
	const struct digest_needs *needs = r->needs;
	int result = db_tx_begin(needs->db, &tx);
	if (result >= 0)
		result = remind_desk_due(
			needs->db, r->mem, needs->now / DAY_SECONDS, AT_ONCE, &row, &n);
	r->one = result < 0 ? NULL : arena_array(r->mem, n + 1, sizeof *r->one);
	if (!r->one)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < n; i++) {
		if (i == 0 || row[i].follow != row[i - 1].follow)
			r->one[r->n++].row = &row[i];
		r->one[r->n - 1].n++;
	}
	for (size_t i = 0; i < r->n && result >= 0; i++)
		result = write_letter(r, &r->one[i]);
	return result < 0 ? result : (int)n;
}

/* For the writer. */
static int keep_one(struct db *db, const struct round *r, const struct reminder *m)
{
	int result = 0;
	bool is_ours = false;
	for (size_t i = 0; i < m->n && result >= 0; i++) {
		const struct remind_desk_due_row *row = &m->row[i];
		result = reminded_desk_put(db,
			(struct reminded_desk_put_in){
				row->follow, row->what, row->ref, row->due_at, row->step });
		is_ours |= result > 0;
	}
	if (result < 0 || !is_ours || !m->can)
		return result;
	return outbox_put(db, r->mem, r->needs->house->keys, &m->letter);
}

static int keep(struct db *db, void *arg)
{
	const struct round *r = arg;
	int result = 0;
	for (size_t i = 0; i < r->n && result >= 0; i++)
		result = keep_one(db, r, &r->one[i]);
	return result < 0 ? result : 0;
}

int remind_desk_round(const struct digest_needs *needs)
{
	auto_arena mem = { 0 };
	struct round r = { .needs = needs, .mem = &mem };
	arena_init(&mem, ROUND_MEM);
	int n = read_round(&r);
	int result = n > 0 ? writer_now(needs->writer, keep, &r) : n;
	return result < 0 ? result : n;
}
