#include "notify/remind.h"
#include "notify/outbox.h"
#include "notify/remind.sql.h"
#include "po/messages.h"

enum { ASKS_AT_ONCE = 200, ROUND_MEM = 32 << 20, DAY_SECONDS = 86400, LATE_STEP = 3 };

/* The rows of one address, and its letter. */
struct reminder {
	const struct remind_due_row *row;
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

static void put_ask(
	struct buf *out, struct round *r, const struct lang *lang, const struct remind_due_row *row)
{
	const struct settings *set = atomic_load(&r->needs->house->settings);
	int msg = row->step < LATE_STEP ? MSG_notify_remind_due : MSG_notify_remind_late;
	const struct msg_arg date = msg_arg_day("date", (struct day){ row->due_at });
	buf_f(out, "\n%lld.%lld ", (long long)row->section, (long long)row->number);
	buf_line(out, row->title);
	buf_byte(out, '\n');
	buf_str(out, msg_plain(r->mem, lang, msg, &date, 1));
	buf_f(out, "\n%.*s/%.*s/answers/%lld\n", STR_ARG(set->base_url), STR_ARG(lang->code),
		(long long)row->ask);
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
	buf_str(&body, msg_text(who.lang, MSG_notify_remind_lead, 0));
	buf_byte(&body, '\n');
	for (size_t i = 0; i < m->n; i++)
		put_ask(&body, r, who.lang, &m->row[i]);
	return digest_letter(r->needs, r->mem, &who,
		msg_plain(r->mem, who.lang, MSG_notify_remind_subject, &count, 1), &body,
		&m->letter);
}

static int read_round(struct round *r)
{
	auto_tx tx = { 0 };
	struct remind_due_row *row;
	size_t n = 0;
	const struct digest_needs *needs = r->needs;
	int result = db_tx_begin(needs->db, &tx);
	if (result >= 0)
		result = remind_due(
			needs->db, r->mem, needs->now / DAY_SECONDS, ASKS_AT_ONCE, &row, &n);
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
		const struct remind_due_row *row = &m->row[i];
		result = reminded_put(db, row->follow, row->ask, row->due_at, row->step);
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

int remind_round(const struct digest_needs *needs)
{
	auto_arena mem = { 0 };
	struct round r = { .needs = needs, .mem = &mem };
	arena_init(&mem, ROUND_MEM);
	int n = read_round(&r);
	int result = n > 0 ? writer_now(needs->writer, keep, &r) : n;
	return result < 0 ? result : n;
}
