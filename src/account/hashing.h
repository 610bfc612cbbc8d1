/*
 * I know how a visit waits for the password thread: the check parks it, the thread works, and
 * act finds the result in v->parked.
 */
#pragma once
#include "account/visit.h"
#include "crypto/password.h"

struct hashing {
	struct password_job job;
	struct str next; /* another password, to be hashed when this one was right; or absent */
	struct visit *v;
};

/* A hash that no password has: for names that nobody has, so that they take as long. */
extern const char hashing_nobody[];

/* hashing_park(v, password, against, next): Compare ${password} with a hash, or make one when
 * ${against} is NULL; ${next} as above. VISIT_PARKED; or ERR_BUSY, ERR_NOMEM: not parked.
 * Afterwards hashing_of(v)->job says how it went: result as password_check_now, and hash. */
struct hashing_task {
	struct str password;
	const char *against;
	struct str next;
};
int hashing_park(struct visit *v, const struct hashing_task *task) must_use;
const struct hashing *hashing_of(const struct visit *v);
