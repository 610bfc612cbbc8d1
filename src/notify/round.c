#include "notify/round.h"
#include "notify/outbox.h"

enum { ROUND_MEM = 32 << 20 };

/* The rows of one address, and its letter. */
struct bundle {
	const char *row; /* the first */
	size_t n;
	bool has_letter;
	struct letter letter;
};
struct work {
	struct round round;
	const struct round_kind *kind;
	struct bundle *one;
	size_t n;
};

static const void *row_at(const struct work *w, const struct bundle *b, size_t i)
{
	return b->row + i * w->kind->row_size;
}

/* How many of its rows stand in the body. */
static int put_rows(
	const struct work *w, const struct bundle *b, const struct lang *lang, struct buf *body)
{
	int result = 0, n = 0;
	buf_str(body, msg_text(lang, w->kind->lead, 0));
	buf_byte(body, '\n');
	for (size_t i = 0; i < b->n && result >= 0; i++) {
		result = w->kind->put(&w->round, body, lang, row_at(w, b, i));
		n += result > 0;
	}
	return result < 0 ? result : n;
}

static int write_letter(const struct work *w, struct bundle *b)
{
	const struct round_to to = w->kind->to(b->row);
	const struct digest_needs *needs = w->round.needs;
	auto_buf body = { 0 };
	struct reader who = { .id = to.reader, .secret = to.secret, .lang = lang_by_code(to.lang) };
	/* After the key was changed nobody can be told any more; the others can. */
	if (!who.lang ||
		reader_unlock(needs->house->keys, w->round.mem, to.address, &who.address) < 0)
		return 0;
	buf_init(&body, LETTER_MAX / 2);
	int n = put_rows(w, b, who.lang, &body);
	if (n <= 0)
		return n;
	const struct msg_arg count = msg_arg_i64("count", n);
	int result = digest_letter(needs, w->round.mem, &who,
		msg_plain(w->round.mem, who.lang, w->kind->subject, &count, 1), &body, &b->letter);
	b->has_letter = result == 0;
	return result;
}

static int read_round(struct work *w)
{
	auto_tx tx = { 0 };
	void *rows = NULL;
	size_t n = 0;
	int64_t follow = 0;
	int result = db_tx_begin(w->round.needs->db, &tx);
	if (result >= 0)
		result = w->kind->read(&w->round, &rows, &n);
	w->one = result < 0 ? NULL : arena_array(w->round.mem, n + 1, sizeof *w->one);
	if (!w->one)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < n; i++) {
		const char *row = (const char *)rows + i * w->kind->row_size;
		const int64_t this = w->kind->to(row).follow;
		if (i == 0 || this != follow)
			w->one[w->n++] = (struct bundle){ .row = row };
		follow = this;
		w->one[w->n - 1].n++;
	}
	for (size_t i = 0; i < w->n && result >= 0; i++)
		result = write_letter(w, &w->one[i]);
	return result < 0 ? result : (int)n;
}

static int keep_one(struct db *db, const struct work *w, const struct bundle *b)
{
	int result = 0;
	bool is_ours = false;
	for (size_t i = 0; i < b->n && result >= 0; i++) {
		result = w->kind->told(db, row_at(w, b, i));
		is_ours |= result > 0;
	}
	if (result < 0 || !is_ours || !b->has_letter)
		return result;
	return outbox_put(db, w->round.mem, w->round.needs->house->keys, &b->letter);
}

/* For the writer. */
static int keep(struct db *db, void *arg)
{
	const struct work *w = arg;
	int result = 0;
	for (size_t i = 0; i < w->n && result >= 0; i++)
		result = keep_one(db, w, &w->one[i]);
	return result < 0 ? result : 0;
}

int round_of(const struct digest_needs *needs, const struct round_kind *kind)
{
	auto_arena mem = { 0 };
	struct work w = { .round = { needs, &mem }, .kind = kind };
	arena_init(&mem, ROUND_MEM);
	int n = read_round(&w);
	int result = n > 0 ? writer_now(needs->writer, keep, &w) : n;
	return result < 0 ? result : n;
}
