#include "account/sessions.h"
#include "crypto/crypto.h"
#include <pthread.h>

enum { BUCKETS = 1024 };

struct entry {
	struct entry *next;
	uint8_t hash[HASH_BYTES]; /* of the token, so that a leak of memory is not a key */
	struct session session;
	const char *pocket_kind; /* NULL: empty */
	size_t pocket_n;
	uint8_t pocket[SESSION_POCKET_MAX];
};

struct sessions {
	pthread_mutex_t lock;
	struct secret key;
	struct throttle *throttle;
	int count;
	struct entry *bucket[BUCKETS];
};

int sessions_open(struct sessions **ret)
{
	struct sessions *s = calloc(1, sizeof *s);
	if (!s)
		return ERR_NOMEM;
	int st = throttle_open(&s->throttle);
	if (st) {
		free(s);
		return st;
	}
	pthread_mutex_init(&s->lock, NULL);
	random_bytes(s->key.b, sizeof s->key.b);
	*ret = s;
	return 0;
}

struct throttle *sessions_throttle(struct sessions *s)
{
	return s->throttle;
}

/* Takes out what ${at} points to. */
static void drop(struct sessions *s, struct entry **at)
{
	struct entry *e = *at;
	*at = e->next;
	wipe(e, sizeof *e);
	free(e);
	s->count--;
}

void sessions_close(struct sessions *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < BUCKETS; i++)
		while (s->bucket[i])
			drop(s, &s->bucket[i]);
	throttle_close(s->throttle);
	pthread_mutex_destroy(&s->lock);
	wipe(s, sizeof *s);
	free(s);
}

static bool has_ended(const struct session *s, int64_t now)
{
	int64_t idle = s->is_short ? SESSION_IDLE_SHORT : SESSION_IDLE;
	int64_t life = s->is_half ? SESSION_HALF_LIFE : SESSION_LIFE;
	return now - s->began_at >= life || now - s->seen_at >= idle;
}

static struct entry **bucket_of(struct sessions *s, const uint8_t hash[HASH_BYTES])
{
	uint16_t i;
	memcpy(&i, hash, sizeof i);
	return &s->bucket[i % BUCKETS];
}

/* Where the entry of a token hangs, or NULL. The lock is held. */
static struct entry **find(struct sessions *s, struct str token)
{
	uint8_t hash[HASH_BYTES];
	if (token.n != SESSION_TOKEN_CHARS)
		return NULL;
	hash_key(&s->key, "session", token, hash);
	for (struct entry **at = bucket_of(s, hash); *at; at = &(*at)->next)
		if (bytes_same((*at)->hash, hash, sizeof hash))
			return at;
	return NULL;
}

/* What a walk over all sessions looks for: those that ended, and the idlest. */
struct census {
	int64_t account;
	int of_account;
	struct entry **idlest, **idlest_of_account;
};

static bool is_idler(struct entry **a, struct entry **b)
{
	return !b || (*a)->session.seen_at < (*b)->session.seen_at;
}

static void sweep(struct sessions *s, int64_t now)
{
	for (size_t i = 0; i < BUCKETS; i++)
		for (struct entry **at = &s->bucket[i]; *at;) {
			if (has_ended(&(*at)->session, now))
				drop(s, at);
			else
				at = &(*at)->next;
		}
}

static struct census look(struct sessions *s, int64_t account)
{
	struct census c = { .account = account };
	for (size_t i = 0; i < BUCKETS; i++)
		for (struct entry **at = &s->bucket[i]; *at; at = &(*at)->next) {
			if (is_idler(at, c.idlest))
				c.idlest = at;
			if ((*at)->session.account != account)
				continue;
			c.of_account++;
			if (is_idler(at, c.idlest_of_account))
				c.idlest_of_account = at;
		}
	return c;
}

static void make_room(struct sessions *s, int64_t account, int64_t now)
{
	sweep(s, now);
	struct census c = look(s, account);
	if (c.of_account >= SESSIONS_OF_ACCOUNT_MAX)
		drop(s, c.idlest_of_account);
	else if (s->count >= SESSIONS_MAX)
		drop(s, c.idlest);
}

int sessions_start(struct sessions *s, const struct session *what, int64_t now,
	char ret_token[SESSION_TOKEN_CHARS + 1])
{
	uint8_t token[SECRET_BYTES];
	struct entry *e = calloc(1, sizeof *e);
	if (!e)
		return ERR_NOMEM;
	e->session = *what;
	e->session.began_at = e->session.seen_at = now;
	random_bytes(token, sizeof token);
	base64_url(token, sizeof token, ret_token, SESSION_TOKEN_CHARS + 1);
	wipe(token, sizeof token);
	hash_key(&s->key, "session", (struct str){ ret_token, SESSION_TOKEN_CHARS }, e->hash);
	pthread_mutex_lock(&s->lock);
	make_room(s, what->account, now);
	struct entry **bucket = bucket_of(s, e->hash);
	e->next = *bucket;
	*bucket = e;
	s->count++;
	pthread_mutex_unlock(&s->lock);
	return 0;
}

bool sessions_find(struct sessions *s, struct str token, int64_t now, struct session *ret)
{
	bool is_there = false;
	pthread_mutex_lock(&s->lock);
	struct entry **at = find(s, token);
	if (at && has_ended(&(*at)->session, now)) {
		drop(s, at);
	} else if (at) {
		(*at)->session.seen_at = now;
		*ret = (*at)->session;
		is_there = true;
	}
	pthread_mutex_unlock(&s->lock);
	return is_there;
}

void sessions_end(struct sessions *s, struct str token)
{
	pthread_mutex_lock(&s->lock);
	struct entry **at = find(s, token);
	if (at)
		drop(s, at);
	pthread_mutex_unlock(&s->lock);
}

void sessions_end_all(struct sessions *s, int64_t account, struct str but)
{
	pthread_mutex_lock(&s->lock);
	struct entry **kept = find(s, but);
	const struct entry *keep = kept ? *kept : NULL;
	for (size_t i = 0; i < BUCKETS; i++)
		for (struct entry **at = &s->bucket[i]; *at;) {
			if ((*at)->session.account == account && *at != keep)
				drop(s, at);
			else
				at = &(*at)->next;
		}
	pthread_mutex_unlock(&s->lock);
}

int sessions_count(struct sessions *s)
{
	pthread_mutex_lock(&s->lock);
	int n = s->count;
	pthread_mutex_unlock(&s->lock);
	return n;
}

bool sessions_pocket_put(struct sessions *s, struct str token, const char *kind, struct str what)
{
	pthread_mutex_lock(&s->lock);
	struct entry **at = what.n <= SESSION_POCKET_MAX ? find(s, token) : NULL;
	if (at) {
		wipe((*at)->pocket, sizeof(*at)->pocket);
		memcpy((*at)->pocket, what.p, what.n);
		(*at)->pocket_n = what.n;
		(*at)->pocket_kind = kind;
	}
	pthread_mutex_unlock(&s->lock);
	return at != NULL;
}

bool sessions_pocket_get(
	struct sessions *s, struct str token, const char *kind, struct arena *mem, struct str *ret)
{
	bool is_there = false;
	pthread_mutex_lock(&s->lock);
	struct entry **at = find(s, token);
	if (at && (*at)->pocket_kind && strcmp((*at)->pocket_kind, kind) == 0) {
		struct str copy = arena_copy(
			mem, (struct str){ (const char *)(*at)->pocket, (*at)->pocket_n });
		is_there = copy.p != NULL;
		if (is_there)
			*ret = copy;
	}
	pthread_mutex_unlock(&s->lock);
	return is_there;
}

void sessions_pocket_empty(struct sessions *s, struct str token)
{
	pthread_mutex_lock(&s->lock);
	struct entry **at = find(s, token);
	if (at) {
		wipe((*at)->pocket, sizeof(*at)->pocket);
		(*at)->pocket_kind = NULL;
	}
	pthread_mutex_unlock(&s->lock);
}
