#include "notify/remind_case.h"
#include "notify/outbox.h"
#include "notify/remind.sql.h"
#include "po/messages.h"

enum { AT_ONCE = 200, ROUND_MEM = 16 << 20, HOUR = 3600, DAY_SECONDS = 86400, LATE = 2 };
enum { EACH_DAY = 4 }; /* beside what remind_desk.c writes down */

struct reminder {
	const struct remind_case_due_row *row;
	bool can; /* the address opens, and it is the hour */
	struct letter letter;
};
struct round {
	const struct digest_needs *needs;
	struct arena *mem;
	struct reminder *one;
	size_t n;
};

/* Whoever said yes later on a day begins with the next one, at the hour of all. */
static bool is_time(const struct round *r, const struct remind_case_due_row *row)
{
	return row->last_on || r->needs->now % DAY_SECONDS < (REMIND_CASE_HOUR + LATE) * HOUR;
}

static int write_letter(struct round *r, struct reminder *m)
{
	auto_buf body = { 0 };
	struct reader who = {
		.id = m->row->reader, .secret = m->row->secret, .lang = lang_by_code(m->row->lang)
	};
	m->can = is_time(r, m->row) && who.lang &&
		reader_unlock(r->needs->house->keys, r->mem, m->row->address, &who.address) == 0;
	if (!m->can)
		return 0;
	buf_init(&body, LETTER_MAX / 2);
	buf_str(&body, msg_text(who.lang, MSG_notify_daily_text, 0));
	buf_byte(&body, '\n');
	return digest_letter(r->needs, r->mem, &who,
		msg_text(who.lang, MSG_notify_daily_subject, 0), &body, &m->letter);
}

static int read_round(struct round *r)
{
	auto_tx tx = { 0 };
	struct remind_case_due_row *row = NULL;
	size_t n = 0;
	const struct digest_needs *needs = r->needs;
	int result = db_tx_begin(needs->db, &tx);
	if (result >= 0)
		result = remind_case_due(
			needs->db, r->mem, needs->now / DAY_SECONDS, AT_ONCE, &row, &n);
	r->one = result < 0 ? NULL : arena_array(r->mem, n + 1, sizeof *r->one);
	if (!r->one)
		return result < 0 ? result : ERR_NOMEM;
	for (; r->n < n && result >= 0; r->n++) {
		r->one[r->n].row = &row[r->n];
		result = write_letter(r, &r->one[r->n]);
	}
	return result < 0 ? result : (int)n;
}

/* For the writer: the letter and the word that it was written, together or not at all. */
static int keep(struct db *db, void *arg)
{
	const struct round *r = arg;
	int result = 0;
	for (size_t i = 0; i < r->n && result >= 0; i++) {
		const struct reminder *m = &r->one[i];
		result = reminded_desk_put(db,
			(struct reminded_desk_put_in){
				m->row->follow, EACH_DAY, 0, r->needs->now / DAY_SECONDS, 1 });
		if (result > 0 && m->can)
			result = outbox_put(db, r->mem, r->needs->house->keys, &m->letter);
	}
	return result < 0 ? result : 0;
}

int remind_case_round(const struct digest_needs *needs)
{
	auto_arena mem = { 0 };
	struct round r = { .needs = needs, .mem = &mem };
	if (needs->now % DAY_SECONDS < REMIND_CASE_HOUR * HOUR)
		return 0;
	arena_init(&mem, ROUND_MEM);
	int n = read_round(&r);
	int result = n > 0 ? writer_now(needs->writer, keep, &r) : n;
	return result < 0 ? result : n;
}
