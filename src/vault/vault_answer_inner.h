/*
 * I know what vault_answer.c (accounts, sessions) and vault_answer_case.c (cases) share; nobody
 * else includes me.
 */
#pragma once
#include "vault/vault_answer.h"

/* One piece of work: what is asked of what is known, and where the answer goes. */
struct task {
	struct vault_answer_state *st;
	struct vault_answer_room *room;
	int64_t now;
	const struct vault_message *ask;
	struct vault_message *ret;
};

/* Whose session asks. */
struct asker {
	struct vault_owner owner;
	struct secret secret;
	bool is_reporter;
};
void asker_wipe(struct asker *a);
#define auto_asker __attribute__((cleanup(asker_wipe))) struct asker

/* vault_answer_begin(t, is_reporter, secret): A session for the account and cookie that ask.
 * vault_answer_who_asks(t, ret): ERR_DENIED: nobody. Both take the lock. */
int vault_answer_begin(
	const struct task *t, bool is_reporter, const struct secret *secret) must_use;
int vault_answer_who_asks(const struct task *t, struct asker *ret) must_use;

/* In vault_answer_case.c, each one kind of message. */
int vault_answer_make_case(const struct task *t) must_use;
int vault_answer_open(const struct task *t) must_use;
int vault_answer_seal(const struct task *t) must_use;
int vault_answer_give(const struct task *t) must_use; /* and VAULT_ROTATE */
int vault_answer_move(const struct task *t) must_use;
int vault_answer_mark(const struct task *t) must_use;
/* vault_answer_key(t, ret): The key of the place that is asked about. */
int vault_answer_key(const struct task *t, struct vault_key *ret) must_use;

/* In vault_answer_file.c. */
int vault_answer_card(const struct task *t) must_use;
int vault_answer_look(const struct task *t) must_use;
int vault_answer_read(const struct task *t) must_use;
int vault_answer_piece(const struct task *t) must_use;

/* In vault_answer_escrow.c. */
int vault_answer_entrust(const struct task *t) must_use;
int vault_answer_part(const struct task *t) must_use;
int vault_answer_rejoin(const struct task *t) must_use;
