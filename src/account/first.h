/*
 * I know the first start: a code on the console proves who may make the first account.
 */
#pragma once
#include "account/account.h"
#include "crypto/code.h"

/* first_start(db, keys): While nobody has an account, draw a set-up code (good for an hour and
 * once; older ones end) and print it on the console. ${db} writes. 0 or negative. */
int first_start(struct db *db, const struct keys *keys) must_use;

/* first_is_due(db, mem): 1: there is no account yet. */
int first_is_due(struct db *db, struct arena *mem) must_use;
/* first_code(db, keys, now, ret): A new set-up code; only its hash is kept. */
int first_code(
	struct db *db, const struct keys *keys, int64_t now, struct code_shown *ret) must_use;
/* first_code_ok(db, mem, keys, code, now): 1: this is the set-up code (canonical). */
int first_code_ok(struct db *db, struct arena *mem, const struct keys *keys, struct str code,
	int64_t now) must_use;
/* first_admin(db, mem, keys, what, ret): Use up the code and make the administrator, all or
 * nothing: in a transaction. ERR_CONFLICT: the code was used, or there is an account. */
struct first_admin {
	struct str code, name, password; /* canonical; as typed; a hash */
};
int first_admin(struct db *db, struct arena *mem, const struct keys *keys,
	const struct first_admin *what, struct account_id *ret) must_use;
