/*
 * I know how the vault answers: what is asked, the sessions, and the pepper in; a text, a
 * sealed thing, or a refusal out, and never a key. Pure but for random bytes.
 */
#pragma once
#include "vault/message.h"
#include "vault/unlocked.h"
#include <pthread.h>

/* A file that is being read, piece by piece, in a session. */
struct vault_reading {
	struct vault_id handle; /* random; zeros: free */
	uint8_t session[HASH_BYTES];
	struct vault_id file;
	struct stream stream;
	uint64_t size, at;
	int64_t last; /* read; seconds */
};
enum { VAULT_READINGS_MAX = 64, VAULT_READING_IDLE = 120 };

/* All that the vault knows; in locked memory. */
struct vault_answer_state {
	struct secret pepper;
	struct unlocked unlocked;
	struct vault_reading reading[VAULT_READINGS_MAX];
	pthread_mutex_t lock; /* around ${unlocked} and ${reading} */
};
/* Where one answer is put together; one for each thread, in locked memory. */
struct vault_answer_room {
	uint8_t open[VAULT_BOX_MAX]; /* what a box held */
	uint8_t seal[VAULT_BOX_MAX]; /* a new box */
	uint8_t holders[VAULT_LIST_MAX * VAULT_HOLDER];
	uint8_t wraps[VAULT_LIST_MAX * PAIR_WRAP];
};

/* vault_answer_state_init(st, pepper): ${st} is zeroed memory. */
void vault_answer_state_init(struct vault_answer_state *st, const struct secret *pepper);
/* vault_answer(st, room, now, ask, ret): What to say to ${ask}; its texts are views into ${room}. A
 * refusal is an answer, too: ret->result is ERR_DENIED (no session, may not), ERR_INPUT (does
 * not open, or cannot be), ERR_MISSING (destroyed), ERR_BUSY or ERR_NOMEM. Takes ${st->lock},
 * but not while it works on a password. */
void vault_answer(struct vault_answer_state *st, struct vault_answer_room *room, int64_t now,
	const struct vault_message *ask, struct vault_message *ret);
/* vault_answer_room_wipe(room, ask): When the answer to ${ask} is sent: all that it can have left
 * there, which is far less than there is room for. */
void vault_answer_room_wipe(struct vault_answer_room *room, const struct vault_message *ask);
/* vault_answer_is_slow(kind): Does it work on a password? */
bool vault_answer_is_slow(enum vault_kind kind);
