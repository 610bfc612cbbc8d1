/*
 * I know the sessions in which a key is unlocked: each locked under a secret that only the
 * visitor's cookie holds, so that between two requests nobody can use it, not even here.
 */
#pragma once
#include "vault/slot.h"

enum {
	UNLOCKED_MAX = 4096,
	UNLOCKED_REPORTERS_MAX = 3072, /* so that many reports do not keep handlers out */
	UNLOCKED_IDLE = 15 * 60,       /* seconds */
	UNLOCKED_COOKIE = 32,
};

struct unlocked_session {
	uint8_t id[HASH_BYTES]; /* of the cookie; zeros: free */
	uint8_t slot[SEALED_SECRET];
	struct vault_owner owner;
	int64_t last; /* used; seconds of a clock that does not go back */
	bool is_reporter;
};
/* Some hundred KiB; whoever owns it keeps it in locked memory. All zero is empty. */
struct unlocked {
	struct unlocked_session s[UNLOCKED_MAX];
	uint64_t mark[UNLOCKED_MAX]; /* how each id begins, so that few are compared; 0: free */
};

/* unlocked_put(u, cookie, who, secret, now): Begin a session of ${who->owner}, reporter or not;
 * one that the same cookie had ends. ERR_BUSY: too many. */
int unlocked_put(struct unlocked *u, const uint8_t cookie[UNLOCKED_COOKIE],
	const struct unlocked_session *who, const struct secret *secret, int64_t now) must_use;
/* unlocked_get(u, cookie, now, ret_who, ret_secret): ERR_DENIED: no session, or idle too long.
 * ${ret_who} is valid until the next call. */
int unlocked_get(struct unlocked *u, const uint8_t cookie[UNLOCKED_COOKIE], int64_t now,
	const struct unlocked_session **ret_who, struct secret *ret_secret) must_use;
/* unlocked_end(u, cookie), unlocked_end_all(u, account, but), unlocked_sweep(u, now): End one,
 * those of an account but the one of cookie ${but}, those idle too long. */
void unlocked_end(struct unlocked *u, const uint8_t cookie[UNLOCKED_COOKIE]);
void unlocked_end_all(
	struct unlocked *u, const struct vault_id *account, const uint8_t but[UNLOCKED_COOKIE]);
void unlocked_sweep(struct unlocked *u, int64_t now);
