/*
 * I know who is signed in at the moment: in memory only, so a restart signs everybody out and
 * a seized disk says nothing.
 */
#pragma once
#include "account/throttle.h"
#include "base/arena.h"

enum {
	SESSION_TOKEN_CHARS = 43,
	SESSION_POCKET_MAX = 128,
	SESSION_LIFE = 12 * 3600, /* seconds, whatever happens */
	SESSION_IDLE = 30 * 60,   /* without a request */
	SESSION_IDLE_SHORT = 15 * 60,
	SESSION_HALF_LIFE = 10 * 60, /* between the password and the second step */
	SESSIONS_MAX = 4096,
	SESSIONS_OF_ACCOUNT_MAX = 16,
};

struct session {
	int64_t account;
	int64_t epoch; /* of the account when it began; an older one has ended */
	bool is_half;  /* the second step is still to come: nobody yet */
	int64_t turn;  /* of the vault in which its key was unlocked; 0: it has none */
	bool is_short; /* not the person's own device */
	int64_t began_at, seen_at;
};

struct sessions;
int sessions_open(struct sessions **ret) must_use;
/* sessions_close(s): NULL is allowed. */
void sessions_close(struct sessions *s);
struct throttle *sessions_throttle(struct sessions *s);

/* sessions_start(s, what, now, ret_token): Begin one (times are filled in); the browser keeps
 * the token, nobody else. When there are too many, the one idle for longest ends. ERR_NOMEM. */
int sessions_start(struct sessions *s, const struct session *what, int64_t now,
	char ret_token[SESSION_TOKEN_CHARS + 1]) must_use;
/* sessions_find(s, token, now, ret): Is it under way? Counts as a request. */
bool sessions_find(struct sessions *s, struct str token, int64_t now, struct session *ret);
void sessions_end(struct sessions *s, struct str token);
/* sessions_end_all(s, account, but): All of an account, except the one of token ${but}
 * (absent: none). */
void sessions_end_all(struct sessions *s, int64_t account, struct str but);
int sessions_count(struct sessions *s);

/* A session has one small pocket for what must not touch the disk and is shown or checked on
 * the next page. put: false when there is no such session or it is too large. get: a copy;
 * false when the pocket holds nothing of this kind. kind: a constant. */
bool sessions_pocket_put(struct sessions *s, struct str token, const char *kind, struct str what);
bool sessions_pocket_get(
	struct sessions *s, struct str token, const char *kind, struct arena *mem, struct str *ret);
void sessions_pocket_empty(struct sessions *s, struct str token);
