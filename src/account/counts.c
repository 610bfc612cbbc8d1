#include "account/counts.h"
#include <pthread.h>
#include <stdlib.h>

enum { PLACES = 256 };

struct place {
	struct counts_key key; /* what NULL: empty */
	uint64_t version;
	size_t n;
	unsigned char value[COUNTS_BYTES];
};

struct counts {
	pthread_mutex_t lock;
	struct place place[PLACES];
};

int counts_open(struct counts **ret)
{
	struct counts *c = calloc(1, sizeof *c);
	if (!c)
		return err_note(ERR_NOMEM, "counts");
	pthread_mutex_init(&c->lock, NULL);
	*ret = c;
	return 0;
}

void counts_close(struct counts *c)
{
	if (!c)
		return;
	pthread_mutex_destroy(&c->lock);
	free(c);
}

static struct place *place_of(struct counts *c, struct counts_key key)
{
	uint64_t hash = (uintptr_t)key.what >> 3;
	hash = (hash ^ (uint64_t)key.of) * UINT64_C(0x9e3779b97f4a7c15);
	hash = (hash ^ (uint64_t)key.more) * UINT64_C(0x9e3779b97f4a7c15);
	return &c->place[(hash >> 32) % PLACES];
}

static bool is_same(struct counts_key a, struct counts_key b)
{
	return a.what == b.what && a.of == b.of && a.more == b.more;
}

bool counts_find(struct visit *v, struct counts_key key, void *ret, size_t n)
{
	struct counts *c = v->house->counts;
	if (!c)
		return false;
	pthread_mutex_lock(&c->lock);
	const struct place *p = place_of(c, key);
	bool is_there = is_same(p->key, key) && p->version == v->version && p->n == n;
	if (is_there)
		memcpy(ret, p->value, n);
	pthread_mutex_unlock(&c->lock);
	return is_there;
}

/* What was counted for a later version stays. */
void counts_keep(struct visit *v, struct counts_key key, const void *value, size_t n)
{
	struct counts *c = v->house->counts;
	must(n <= COUNTS_BYTES);
	if (!c)
		return;
	pthread_mutex_lock(&c->lock);
	struct place *p = place_of(c, key);
	if (!is_same(p->key, key) || p->version <= v->version) {
		p->key = key;
		p->version = v->version;
		p->n = n;
		memcpy(p->value, value, n);
	}
	pthread_mutex_unlock(&c->lock);
}
