#include "vault/unlocked.h"

static struct str cookie_str(const uint8_t cookie[UNLOCKED_COOKIE])
{
	return (struct str){ (const char *)cookie, UNLOCKED_COOKIE };
}

static void session_id(const uint8_t cookie[UNLOCKED_COOKIE], uint8_t ret[HASH_BYTES])
{
	hash_purpose("vault session", cookie_str(cookie), ret);
}

static void session_key(const uint8_t cookie[UNLOCKED_COOKIE], struct secret *ret)
{
	hash_purpose("vault session key", cookie_str(cookie), ret->b);
}

/* Of a hash of the cookie: that it is looked for by how it begins tells nobody a cookie. */
static uint64_t mark_of(const uint8_t id[HASH_BYTES])
{
	uint64_t mark;
	memcpy(&mark, id, sizeof mark);
	return mark | 1;
}

static bool is_free(const struct unlocked *u, size_t i)
{
	return u->mark[i] == 0;
}

static void end(struct unlocked *u, size_t i)
{
	wipe(&u->s[i], sizeof u->s[i]);
	u->mark[i] = 0;
}

static struct unlocked_session *find(struct unlocked *u, const uint8_t id[HASH_BYTES])
{
	uint64_t mark = mark_of(id);
	for (size_t i = 0; i < UNLOCKED_MAX; i++)
		if (u->mark[i] == mark && bytes_same(u->s[i].id, id, HASH_BYTES))
			return &u->s[i];
	return NULL;
}

static size_t number_of(const struct unlocked *u, const struct unlocked_session *s)
{
	return (size_t)(s - u->s);
}

/* A place for one more, if there may be one of this kind. */
static struct unlocked_session *place(struct unlocked *u, bool is_reporter)
{
	size_t unused = UNLOCKED_MAX, reporters = 0;
	for (size_t i = 0; i < UNLOCKED_MAX; i++) {
		if (!is_free(u, i))
			reporters += u->s[i].is_reporter;
		else if (unused == UNLOCKED_MAX)
			unused = i;
	}
	if (unused == UNLOCKED_MAX || (is_reporter && reporters >= UNLOCKED_REPORTERS_MAX))
		return NULL;
	return &u->s[unused];
}

int unlocked_put(struct unlocked *u, const uint8_t cookie[UNLOCKED_COOKIE],
	const struct unlocked_session *who, const struct secret *secret, int64_t now)
{
	auto_secret key = { 0 };
	unlocked_end(u, cookie);
	unlocked_sweep(u, now);
	struct unlocked_session *s = place(u, who->is_reporter);
	if (!s)
		return err_note(ERR_BUSY, "too many sessions with keys");
	session_id(cookie, s->id);
	session_key(cookie, &key);
	u->mark[number_of(u, s)] = mark_of(s->id);
	s->owner = who->owner;
	s->is_reporter = who->is_reporter;
	s->last = now;
	sealed_secret_make(
		&key, (struct str){ (const char *)s->id, sizeof s->id }, secret, s->slot);
	return 0;
}

int unlocked_get(struct unlocked *u, const uint8_t cookie[UNLOCKED_COOKIE], int64_t now,
	const struct unlocked_session **ret_who, struct secret *ret_secret)
{
	uint8_t id[HASH_BYTES];
	auto_secret key = { 0 };
	session_id(cookie, id);
	struct unlocked_session *s = find(u, id);
	if (s && now - s->last >= UNLOCKED_IDLE) {
		end(u, number_of(u, s));
		s = NULL;
	}
	if (!s)
		return err_note(ERR_DENIED, "no session with a key");
	session_key(cookie, &key);
	int result = sealed_secret_open(
		&key, (struct str){ (const char *)id, sizeof id }, s->slot, ret_secret);
	if (result < 0)
		return result;
	s->last = now;
	*ret_who = s;
	return 0;
}

void unlocked_end(struct unlocked *u, const uint8_t cookie[UNLOCKED_COOKIE])
{
	uint8_t id[HASH_BYTES];
	session_id(cookie, id);
	struct unlocked_session *s = find(u, id);
	if (s)
		end(u, number_of(u, s));
}

void unlocked_end_all(
	struct unlocked *u, const struct vault_id *account, const uint8_t but[UNLOCKED_COOKIE])
{
	uint8_t kept[HASH_BYTES];
	session_id(but, kept);
	for (size_t i = 0; i < UNLOCKED_MAX; i++)
		if (!is_free(u, i) && !u->s[i].is_reporter &&
			bytes_same(u->s[i].owner.account.b, account->b, VAULT_ID) &&
			!bytes_same(u->s[i].id, kept, sizeof kept))
			end(u, i);
}

void unlocked_sweep(struct unlocked *u, int64_t now)
{
	for (size_t i = 0; i < UNLOCKED_MAX; i++)
		if (!is_free(u, i) && now - u->s[i].last >= UNLOCKED_IDLE)
			end(u, i);
}
