#include "notify/outbox.h"
#include "crypto/box.h"
#include "notify/outbox.sql.h"
#include <string.h>

enum { CLAIM = 15 * 60, WAIT_LEAST = 60, WAIT_MOST = 4 * 3600 };

#define CONTEXT STR("letter")

int outbox_put(struct db *db, struct arena *mem, const struct keys *keys, const struct letter *l)
{
	auto_buf plain;
	struct outbox_add_row row;
	buf_init(&plain, LETTER_MAX);
	buf_str(&plain, l->to);
	buf_byte(&plain, '\n');
	letter_put(&plain, l);
	if (plain.failed)
		return err_note(plain.failed, "letter");
	struct str box = box_seal(&keys->mail, CONTEXT, buf_view(&plain), mem);
	if (!box.p)
		return ERR_NOMEM;
	int result = outbox_add(
		db, mem, (struct opt_i64){ l->reader, l->reader != 0 }, box, l->at, &row);
	return result < 0 ? result : 0;
}

/* One that does not open any more, after the key was changed, can never be sent. */
static void unlock(
	const struct outbox_batch *b, const struct outbox_due_row *row, struct outbox_letter *ret)
{
	struct str plain = { 0 };
	*ret = (struct outbox_letter){ .id = row->id, .tries = row->tries, .at = row->at };
	if (box_open(&b->keys->mail, CONTEXT, row->box, b->mem, &plain) < 0 ||
		!str_cut(&plain, '\n', &ret->to) || !plain.n)
		ret->end = OUTBOX_BROKEN;
	else
		ret->text = plain;
	ret->to.p = arena_z(b->mem, ret->to);
}

int outbox_take(struct db *db, void *batch)
{
	struct outbox_batch *b = batch;
	struct outbox_due_row *row;
	size_t n = 0;
	int result = outbox_due(db, b->mem, b->now, OUTBOX_AT_ONCE, &row, &n);
	b->n = 0;
	for (size_t i = 0; i < n && result >= 0; i++) {
		result = outbox_claim(db, row[i].id, row[i].next_at, b->now + CLAIM);
		if (result > 0)
			unlock(b, &row[i], &b->letter[b->n++]);
	}
	if (result >= 0 && b->mem->has_failed)
		return err_note(ERR_NOMEM, "letters");
	return result < 0 ? result : 0;
}

static int64_t wait_after(int64_t tries)
{
	int64_t wait = tries < 8 ? (int64_t)WAIT_LEAST << tries : WAIT_MOST;
	return wait < WAIT_MOST ? wait : WAIT_MOST;
}

static int settle(struct db *db, const struct outbox_letter *l, int64_t now)
{
	bool is_over = l->end == OUTBOX_REFUSED && now - l->at > OUTBOX_LIFE;
	if (l->end == OUTBOX_SENT || l->end == OUTBOX_BROKEN || is_over)
		return outbox_drop(db, l->id);
	if (l->end == OUTBOX_WAITS)
		return outbox_later(db, l->id, l->tries, now);
	return outbox_later(db, l->id, l->tries + 1, now + wait_after(l->tries));
}

int outbox_settle(struct db *db, void *batch)
{
	const struct outbox_batch *b = batch;
	int result = 0;
	for (size_t i = 0; i < b->n && result >= 0; i++)
		result = settle(db, &b->letter[i], b->now);
	return result < 0 ? result : 0;
}
