/*
 * I know how a visit waits for the password thread: the check parks it, the thread works or has
 * the vault work, and act finds the result in v->parked. An account's password is proved and its
 * key unlocked in one run of the slow function; who has no key yet gets one.
 */
#pragma once
#include "account/key.h"
#include "crypto/password.h"

struct hashing_task {
	struct str password;
	struct str against; /* the stored hash of an account without a key; may be empty */
	struct str next;    /* the password from now on, when this one was right; or absent */
	struct account_id account;   /* whose password it is; 0: nobody's, and it will be wrong */
	const struct code *recovery; /* proves it instead of a password */
};

struct hashing {
	struct password_job job; /* result: 1 it is right, 0 it is not; hash: when one was made */
	struct hashing_task task;
	bool has_key;                 /* the account had a key before */
	bool is_made;                 /* there is a new slot to keep */
	bool is_open;                 /* a session of the vault has begun */
	struct account_key key;       /* as found; then as it is to be kept */
	uint8_t cookie[VAULT_COOKIE]; /* of that session */
	struct visit *v;
};

/* hashing_park(v, password): Make a hash of ${password}, for an account that does not exist yet.
 * hashing_park_account(v, task): Prove and unlock. A name that nobody has takes as long. Reads
 * v->db. VISIT_PARKED; or ERR_BUSY, ERR_NOMEM: not parked. */
int hashing_park(struct visit *v, struct str password) must_use;
int hashing_park_account(struct visit *v, const struct hashing_task *task) must_use;
const struct hashing *hashing_of(const struct visit *v);

/* hashing_keep(v, h): When it was right: what is new of the key into v->db, its cookie to the
 * browser. ERR_CONFLICT: the account got a key meanwhile. hashing_turn(v, h): For the session that
 * begins: the vault's turn, 0 without a key. */
int hashing_keep(struct visit *v, const struct hashing *h) must_use;
int64_t hashing_turn(struct visit *v, const struct hashing *h) must_use;
