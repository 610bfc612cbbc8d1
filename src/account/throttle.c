#include "account/throttle.h"
#include "crypto/crypto.h"
#include <pthread.h>

enum {
	SETS = 1024,
	WAYS = 4,
	FREE_TRIES = 3,
	WAIT_MAX = 60,
	FORGET = 15 * 60, /* seconds without a try */
};

struct entry {
	uint64_t key; /* 0: free */
	int64_t last;
	int64_t open_at;
	int tries;
};

struct throttle {
	pthread_mutex_t lock;
	struct secret key;
	struct entry entry[SETS][WAYS];
};

int throttle_open(struct throttle **ret)
{
	struct throttle *t = calloc(1, sizeof *t);
	if (!t)
		return ERR_NOMEM;
	pthread_mutex_init(&t->lock, NULL);
	random_bytes(t->key.b, sizeof t->key.b);
	*ret = t;
	return 0;
}

void throttle_close(struct throttle *t)
{
	if (!t)
		return;
	pthread_mutex_destroy(&t->lock);
	wipe(t, sizeof *t);
	free(t);
}

static uint64_t key_of(const struct throttle *t, const struct throttle_key *key)
{
	uint8_t name[HASH_BYTES + sizeof key->client], all[HASH_BYTES];
	hash_key(&t->key, key->what, key->name, name);
	memcpy(name + HASH_BYTES, &key->client, sizeof key->client);
	hash_key(&t->key, "throttle", (struct str){ (const char *)name, sizeof name }, all);
	uint64_t short_key;
	memcpy(&short_key, all, sizeof short_key);
	return short_key ? short_key : 1;
}

/* The entry of this key, or the one that was quiet for longest, emptied. */
static struct entry *find(struct throttle *t, uint64_t key, int64_t now)
{
	struct entry *set = t->entry[key % SETS], *oldest = set;
	for (int i = 0; i < WAYS; i++) {
		if (set[i].key == key && now - set[i].last < FORGET)
			return &set[i];
		if (set[i].last < oldest->last)
			oldest = &set[i];
	}
	*oldest = (struct entry){ .key = key, .last = now };
	return oldest;
}

static int64_t wait_after(int tries)
{
	if (tries <= FREE_TRIES)
		return 0;
	int64_t wait = tries - FREE_TRIES < 6 ? INT64_C(1) << (tries - FREE_TRIES) : WAIT_MAX;
	return wait < WAIT_MAX ? wait : WAIT_MAX;
}

int throttle_try(struct throttle *t, const struct throttle_key *key, int64_t now)
{
	int wait = 0;
	uint64_t k = key_of(t, key);
	pthread_mutex_lock(&t->lock);
	struct entry *e = find(t, k, now);
	if (e->open_at > now) {
		wait = (int)(e->open_at - now);
	} else {
		e->tries += e->tries < 1000;
		e->last = now;
		e->open_at = now + wait_after(e->tries);
	}
	pthread_mutex_unlock(&t->lock);
	return wait < WAIT_MAX ? wait : WAIT_MAX;
}

void throttle_passed(struct throttle *t, const struct throttle_key *key)
{
	uint64_t k = key_of(t, key);
	pthread_mutex_lock(&t->lock);
	for (int i = 0; i < WAYS; i++)
		if (t->entry[k % SETS][i].key == k)
			t->entry[k % SETS][i] = (struct entry){ 0 };
	pthread_mutex_unlock(&t->lock);
}
