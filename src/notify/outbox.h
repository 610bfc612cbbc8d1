/*
 * I know the letters that wait. Each is locked as a whole, so that a copy of the database tells
 * nobody's address; the order to send it is one line in the writer's transaction, and it is gone
 * once it was sent.
 */
#pragma once
#include "crypto/keys.h"
#include "notify/letter.h"
#include "store/writer.h"

enum {
	OUTBOX_AT_ONCE = 16,
	OUTBOX_LIFE = 5 * 86400, /* a letter that the mail server refuses for so long is dropped */
};

/* outbox_put(db, mem, keys, l): Leave the letter to the post, inside the writer's transaction. */
int outbox_put(
	struct db *db, struct arena *mem, const struct keys *keys, const struct letter *l) must_use;

/* A letter that was taken out. */
struct outbox_letter {
	int64_t id, tries, at;
	struct str to, text;
	/* Not tried; taken; refused; met a server that is gone; cannot be opened any more. */
	enum { OUTBOX_WAITS, OUTBOX_SENT, OUTBOX_REFUSED, OUTBOX_AWAY, OUTBOX_BROKEN } end;
};
struct outbox_batch {
	const struct keys *keys;
	struct arena *mem;
	int64_t now;
	size_t n;
	struct outbox_letter letter[OUTBOX_AT_ONCE];
};

/* outbox_take(db, batch), outbox_settle(db, batch): Works for the writer: take out what is due, and
 * nobody else sends it for a quarter of an hour; then write down how each ended. A refused
 * letter is tried again after one minute, two, four … four hours. 0 or negative. */
int outbox_take(struct db *db, void *batch) must_use;
int outbox_settle(struct db *db, void *batch) must_use;
