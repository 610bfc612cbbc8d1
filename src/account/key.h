/*
 * I know which slots are kept of an account's key, and how a visit has the vault work with it: the
 * cookie "k" holds what a session's key is locked under, and nothing here can open one without.
 */
#pragma once
#include "account/visit.h"
#include "vault/vault.h"

enum { KEY_COOKIE_CHARS = 43 };

/* An account's key as the vault wants it: the fields account, key, salt, verifier, slot and, if a
 * code was kept, recovery. */
struct account_key {
	struct account_id of;
	struct vault_message slots;
	bool has_recovery;
};
/* account_key_find(db, mem, account, ret): 1, or 0: it has none yet. ERR_BUG: the row is none.
 * account_key_keep(db, key): With a new password's slot; the one of a recovery code stays, unless
 * the key is another one. The hash of a password, if there was one, goes.
 * account_key_recovery_keep(db, account, slot): The slot of a new recovery code. */
int account_key_find(struct db *db, struct arena *mem, struct account_id account,
	struct account_key *ret) must_use;
int account_key_keep(struct db *db, const struct account_key *key) must_use;
int account_key_recovery_keep(
	struct db *db, struct account_id account, const uint8_t slot[SEALED_SECRET]) must_use;
/* account_key_any(db): 1: some account has a key; 0: none has. */
int account_key_any(struct db *db) must_use;
/* account_key_nobody(ret): Slots that no password opens, for names that nobody has. */
void account_key_nobody(struct account_key *ret);

/* key_cookie(v, ret): What this browser brought; false: nothing that could be it.
 * key_cookie_give(v, cookie): Give it to the browser. key_cookie_take(v): Have it forgotten. */
bool key_cookie(const struct visit *v, uint8_t ret[VAULT_COOKIE]);
void key_cookie_give(struct visit *v, const uint8_t cookie[VAULT_COOKIE]);
void key_cookie_take(struct visit *v);

/* key_ask(v, ask, ret): vault_ask for the session of this visit. ERR_DENIED: it has no key, or not
 * any more; ERR_BUSY: the vault had died. */
int key_ask(struct visit *v, struct vault_message *ask, struct vault_message *ret) must_use;
/* key_end(v): Lock the key of this visit. key_end_all(v, account, but): Lock all sessions of an
 * account, but the one of cookie ${but}; NULL: none. What has no key is passed over. */
void key_end(struct visit *v);
void key_end_all(struct visit *v, struct account_id account, const uint8_t but[VAULT_COOKIE]);
