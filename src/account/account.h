/*
 * I know accounts: their names, roles, invitations and second steps, as they are kept.
 */
#pragma once
#include "account/visit.h"
#include "crypto/keys.h"
#include "crypto/totp.h"

enum {
	ACCOUNT_NAME_MIN = 2,
	ACCOUNT_NAME_MAX = 40, /* characters */
	PASSWORD_MIN = 12,
	PASSWORD_MAX = 200,
	INVITE_CHARS = 32,
	INVITE_LIFE = 7 * 86400,
	SETUP_LIFE = 3600,
	WHOLE_SITE = 0, /* in place of a space's id */
	ROLES_ALL = 63,
};

/* account_name_key(name, mem, ret): What makes two names the same (NFKC, case-folded).
 * ERR_INPUT: too short, too long, or with signs that a name does not have. */
int account_name_key(struct str name, struct arena *mem, struct str *ret) must_use;

/* account_make(db, mem, name, password, ret): ${password} is a hash. ERR_CONFLICT: the name is
 * taken. ERR_INPUT: it is not a name. */
int account_make(struct db *db, struct arena *mem, struct str name, struct str password,
	struct account_id *ret) must_use;
/* account_roles_set(db, id, space, roles): A set of enum role; 0 takes them all away. ERR_CONFLICT:
 * an account of somebody who takes part (hold.h) has none. */
int account_roles_set(struct db *db, struct account_id id, int64_t space, int roles) must_use;
/* account_is_last_admin(db, mem, id): 1: without this one nobody could look after the site. */
int account_is_last_admin(struct db *db, struct arena *mem, struct account_id id) must_use;

/* An invitation: for a new account with ${roles} in ${space}, or, with ${account}, a new
 * password for that one (and its second step is taken away). */
struct invite {
	int64_t id; /* filled in by account_invite_find */
	struct account_id account;
	int64_t space;
	int roles;
};
struct invite_token {
	char z[INVITE_CHARS + 1];
};
/* account_invite_make(db, mem, keys, what, now, ret): Good once, for seven days; the link is
 * /invite/TOKEN and cannot be found again. */
int account_invite_make(struct db *db, struct arena *mem, const struct keys *keys,
	const struct invite *what, int64_t now, struct invite_token *ret) must_use;
/* account_invite_find(db, mem, keys, token, now, ret): 1, or 0: unknown, used or too old. */
int account_invite_find(struct db *db, struct arena *mem, const struct keys *keys, struct str token,
	int64_t now, struct invite *ret) must_use;
/* account_invite_accept(db, mem, invite, name, password, ret): Use it up, and make or change
 * the account. ERR_CONFLICT: the name is taken, or somebody was faster. */
int account_invite_accept(struct db *db, struct arena *mem, const struct invite *invite,
	struct str name, struct str password, struct account_id *ret) must_use;

/* account_secret_seal(keys, id, secret, mem), account_secret_open(keys, id, box, mem, ret): The
 * second step's secret as it is kept, locked for this account alone. */
struct str account_secret_seal(const struct keys *keys, struct account_id id, struct str secret,
	struct arena *mem) must_use;
int account_secret_open(const struct keys *keys, struct account_id id, struct str box,
	struct arena *mem, struct str *ret) must_use;

/* account_recovery_put(db, keys, id, codes): These RECOVERY_COUNT codes instead of any older. */
int account_recovery_put(struct db *db, const struct keys *keys, struct account_id id,
	const struct recovery codes[RECOVERY_COUNT]) must_use;
/* account_recovery_take(db, keys, id, code): 1: it was one of them, and is none any more. */
int account_recovery_take(struct db *db, const struct keys *keys, struct account_id id,
	const struct recovery *code) must_use;
