#include "notify/digest.h"
#include "notify/news.h"
#include "notify/outbox.h"
#include "notify/reader.sql.h"
#include "po/messages.h"

enum {
	SETTLE = 60, /* an ask that is taken back at once was never told */
	READERS_AT_ONCE = 32,
	NEWS_MAX = 100, /* in one letter */
	ROUND_MEM = 32 << 20,
	DAY_SECONDS = 86400,
	WISH_LIFE = 7 * DAY_SECONDS,
	NEWS_LIFE = 60 * DAY_SECONDS,
};

/* One reader's turn: a letter, or only the word that nothing is to be told. */
struct turn {
	int64_t reader, was, seen, next_at;
	bool has_letter;
	struct letter letter;
};
struct round {
	const struct digest_needs *needs;
	struct arena *mem;
	size_t n;
	struct turn turn[READERS_AT_ONCE];
};

static const int state_msg[] = { 0, MSG_ask_state_acknowledged, MSG_ask_state_accepted,
	MSG_ask_state_partly, MSG_ask_state_declined, MSG_ask_state_begun, MSG_ask_state_done };

/* ---- the text ---- */

static void put_alert(struct buf *out, struct round *r, const struct lang *lang,
	const struct news_of_row *row, struct str base)
{
	buf_str(out, news_say(r->mem, lang, NEWS_ALERT, 0));
	buf_byte(out, '\n');
	buf_line(out, row->title);
	buf_f(out, "\n%.*s/%.*s/record/%.*s\n", STR_ARG(base), STR_ARG(lang->code),
		STR_ARG(row->slug));
}

/* A document, a phase or a whole consultation. */
static void put_of_space(struct buf *out, struct round *r, const struct lang *lang,
	const struct news_of_row *row, struct str base)
{
	enum news_what what = (enum news_what)row->what;
	if (what == NEWS_ALERT) {
		put_alert(out, r, lang, row, base);
		return;
	}
	buf_byte(out, '\n');
	buf_line(out, row->title.n ? row->title : row->space_title);
	buf_byte(out, '\n');
	buf_str(out, news_say(r->mem, lang, what, row->state));
	buf_f(out, "\n%.*s/%.*s/c/%.*s", STR_ARG(base), STR_ARG(lang->code), STR_ARG(row->slug));
	if (what == NEWS_VERSION || what == NEWS_COMMENTS)
		buf_f(out, "/d/%lld", (long long)row->section);
	else if (what == NEWS_CLOSED)
		buf_c(out, "/results");
	buf_byte(out, '\n');
}

static void put_one(struct buf *out, struct round *r, const struct lang *lang,
	const struct news_of_row *row, struct str base)
{
	bool is_answer = row->what == NEWS_ANSWER;
	if (row->what >= NEWS_VERSION && row->what < NEWS_WHATS) {
		put_of_space(out, r, lang, row, base);
		return;
	}
	buf_f(out, "\n%lld.%lld ", (long long)row->section, (long long)row->number);
	buf_line(out, row->title);
	buf_byte(out, '\n');
	bool is_known = row->state > 0 && (size_t)row->state < sizeof state_msg / sizeof *state_msg;
	if (is_answer && is_known) {
		const struct msg_arg arg[] = { msg_arg_str("org", row->org),
			msg_arg_str("state", msg_text(lang, state_msg[row->state], 0)) };
		buf_str(out, msg_plain(r->mem, lang, MSG_notify_digest_answer, arg, 2));
	} else {
		buf_str(out, msg_text(lang, MSG_notify_digest_ask, 0));
	}
	buf_f(out, "\n%.*s/%.*s/c/%.*s/asks/%lld.%lld", STR_ARG(base), STR_ARG(lang->code),
		STR_ARG(row->slug), (long long)row->section, (long long)row->number);
	if (is_answer)
		buf_f(out, "#n%lld", (long long)row->item);
	buf_byte(out, '\n');
}

static void put_foot(struct buf *out, struct arena *mem, const struct settings *set,
	const struct reader *who, const char *token)
{
	const struct msg_arg site = msg_arg_str("site", set->name);
	buf_c(out, "\n-- \n");
	buf_str(out, msg_plain(mem, who->lang, MSG_notify_digest_why, &site, 1));
	buf_byte(out, '\n');
	buf_str(out, reader_link(mem, set->base_url, who, token, ""));
	buf_byte(out, '\n');
	buf_str(out, msg_text(who->lang, MSG_notify_digest_stop, 0));
	buf_byte(out, '\n');
	buf_str(out, reader_link(mem, set->base_url, who, token, "/stop"));
	buf_byte(out, '\n');
}

int digest_letter(const struct digest_needs *needs, struct arena *mem, const struct reader *who,
	struct str subject, struct buf *body, struct letter *ret)
{
	const struct settings *set = atomic_load(&needs->house->settings);
	char token[READER_TOKEN], *id = arena_take(mem, LETTER_ID_CHARS + 1);
	reader_token(needs->house->keys, who, token);
	put_foot(body, mem, set, who, token);
	if (!id || body->failed || !subject.p)
		return err_note(ERR_NOMEM, "digest");
	struct letter l = { .reader = who->id,
		.lang = who->lang,
		.to = who->address,
		.from = needs->from,
		.site = set->name,
		.subject = subject,
		.body = arena_copy(mem, buf_view(body)),
		.id = letter_id(id),
		.leave = reader_link(mem, set->base_url, who, token, "/stop"),
		.at = needs->now };
	if (mem->has_failed)
		return err_note(ERR_NOMEM, "digest");
	*ret = l;
	return 0;
}

static int write_letter(struct round *r, const struct reader *who, const struct news_of_row *row,
	size_t n, struct turn *t)
{
	const struct settings *set = atomic_load(&r->needs->house->settings);
	const struct msg_arg count = msg_arg_i64("count", (int64_t)n);
	auto_buf body;
	buf_init(&body, LETTER_MAX / 2);
	for (size_t i = 0; i < n; i++) {
		if (i == 0 || row[i].space != row[i - 1].space) {
			buf_c(&body, i ? "\n\n" : "");
			buf_line(&body, row[i].space_title);
			buf_byte(&body, '\n');
		}
		put_one(&body, r, who->lang, &row[i], set->base_url);
	}
	int result = digest_letter(r->needs, r->mem, who,
		msg_plain(r->mem, who->lang, MSG_notify_digest_subject, &count, 1), &body,
		&t->letter);
	t->has_letter = result == 0;
	return result;
}

/* ---- a round ---- */

static int look(struct round *r, const struct readers_due_row *due, int64_t newest)
{
	const struct digest_needs *needs = r->needs;
	struct turn *t = &r->turn[r->n++];
	struct news_of_row *row;
	size_t n = 0;
	struct reader who = { .id = due->id,
		.secret = due->secret,
		.rhythm = (enum rhythm)due->rhythm,
		.lang = lang_by_code(due->lang) };
	*t = (struct turn){ .reader = due->id,
		.was = due->seen,
		.seen = newest > due->seen ? newest : due->seen,
		.next_at = rhythm_next(who.rhythm, needs->now) };
	/* After the key was changed nobody can be told any more; the others can. */
	if (!who.lang || reader_unlock(needs->house->keys, r->mem, due->address, &who.address) < 0)
		return 0;
	int result = news_of(needs->db, r->mem,
		(struct news_of_in){ .reader = due->id,
			.seen = due->seen,
			.newest = newest,
			.lang = due->lang,
			.max = NEWS_MAX },
		&row, &n);
	if (result < 0)
		return result;
	if (n == 0 && who.rhythm == RHYTHM_INSTANT)
		t->next_at = needs->now;
	return n ? write_letter(r, &who, row, n, t) : 0;
}

/* For the writer: the letter and the word that it was told, together or not at all. */
static int keep(struct db *db, void *arg)
{
	struct round *r = arg;
	int result = 0;
	for (size_t i = 0; i < r->n && result >= 0; i++) {
		const struct turn *t = &r->turn[i];
		result = reader_told(db, t->reader, t->was, t->seen, t->next_at);
		if (result > 0 && t->has_letter)
			result = outbox_put(db, r->mem, r->needs->house->keys, &t->letter);
	}
	return result < 0 ? result : 0;
}

static int read_round(struct round *r)
{
	auto_tx tx = { 0 };
	struct news_newest_row newest;
	struct readers_due_row *due;
	size_t n = 0;
	const struct digest_needs *needs = r->needs;
	int result = db_tx_begin(needs->db, &tx);
	if (result >= 0)
		result = news_newest(needs->db, r->mem, needs->now - SETTLE, &newest);
	if (result >= 0)
		result = readers_due(
			needs->db, r->mem, needs->now, newest.id, READERS_AT_ONCE, &due, &n);
	for (size_t i = 0; i < n && result >= 0; i++)
		result = look(r, &due[i], newest.id);
	return result;
}

int digest_round(const struct digest_needs *needs)
{
	auto_arena mem = { 0 };
	struct round *r;
	arena_init(&mem, ROUND_MEM);
	r = arena_take(&mem, sizeof *r);
	if (!r)
		return ERR_NOMEM;
	r->needs = needs;
	r->mem = &mem;
	int result = read_round(r);
	if (result >= 0 && r->n)
		result = writer_now(needs->writer, keep, r);
	return result < 0 ? result : (int)r->n;
}

/* ---- forgetting ---- */

/* News that nobody makes: the clock does. */
static int tell_time(struct db *db, int64_t now)
{
	int result = news_opened(db, now);
	if (result >= 0)
		result = news_closing(db, now);
	return result < 0 ? result : news_closed(db, now);
}

static int sweep(struct db *db, void *arg)
{
	const struct digest_needs *needs = arg;
	auto_arena mem = { 0 };
	struct reader_idle_row *row;
	size_t n = 0;
	arena_init(&mem, 1 << 20);
	int result = tell_time(db, needs->now);
	if (result >= 0)
		result = follow_sweep(db, needs->now - WISH_LIFE);
	if (result >= 0)
		result = news_sweep(db, needs->now - NEWS_LIFE);
	if (result >= 0)
		result = reader_idle(db, &mem, 1000, &row, &n);
	for (size_t i = 0; i < n && result >= 0; i++)
		result = reader_forget(db, row[i].id);
	return result < 0 ? result : 0;
}

int digest_sweep(const struct digest_needs *needs)
{
	struct digest_needs copy = *needs;
	return writer_now(needs->writer, sweep, &copy);
}
