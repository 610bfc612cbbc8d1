#include "openrosa/devices.h"
#include "openrosa/openrosa.h"
#include "openrosa/openrosa.sql.h"
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { HASH_CHARS = 2 * HASH_BYTES, LOAD_MEM = 8 << 20 };

struct known {
	char hash[HASH_CHARS];
};

struct devices {
	pthread_mutex_t lock;
	struct known *known; /* sorted */
	size_t n, room;
};

int devices_open(struct devices **ret)
{
	struct devices *d = calloc(1, sizeof *d);
	if (!d)
		return err_note(ERR_NOMEM, "devices");
	pthread_mutex_init(&d->lock, NULL);
	*ret = d;
	return 0;
}

void devices_close(struct devices *d)
{
	if (!d)
		return;
	pthread_mutex_destroy(&d->lock);
	free(d->known);
	free(d);
}

static int compare(const void *a, const void *b)
{
	return memcmp(a, b, sizeof(struct known));
}

/* Behind the others; the lock is held. */
static bool put(struct devices *d, struct str hash)
{
	if (d->n == d->room) {
		size_t room = d->room ? 2 * d->room : 64;
		struct known *more = realloc(d->known, room * sizeof *more);
		if (!more)
			return false;
		d->known = more;
		d->room = room;
	}
	memcpy(d->known[d->n++].hash, hash.p, HASH_CHARS);
	return true;
}

int devices_load(struct devices *d, struct db *db)
{
	auto_arena mem;
	struct openrosa_key_hashes_row *row = NULL;
	size_t n = 0;
	bool is_whole = true;
	arena_init(&mem, LOAD_MEM);
	int result = openrosa_key_hashes(db, &mem, &row, &n);
	if (result < 0)
		return result;
	pthread_mutex_lock(&d->lock);
	d->n = 0;
	for (size_t i = 0; i < n && is_whole; i++)
		is_whole = row[i].hash.n != HASH_CHARS || put(d, row[i].hash);
	if (d->n)
		qsort(d->known, d->n, sizeof *d->known, compare);
	pthread_mutex_unlock(&d->lock);
	return is_whole ? 0 : err_note(ERR_NOMEM, "devices");
}

/* NULL: not there. The lock is held. */
static struct known *find(const struct devices *d, const char *hash)
{
	return d->n ? bsearch(hash, d->known, d->n, sizeof *d->known, compare) : NULL;
}

bool devices_know(struct devices *d, struct str key)
{
	char hash[HASH_CHARS + 1];
	if (key.n != OPENROSA_KEY_CHARS)
		return false;
	device_key_hash(key, hash);
	pthread_mutex_lock(&d->lock);
	bool is_there = find(d, hash) != NULL;
	pthread_mutex_unlock(&d->lock);
	return is_there;
}

/* Where there is no memory for it, it is known once the house begins anew. */
void devices_begin(struct house *house, const void *hash)
{
	struct devices *d = house->devices;
	struct str s = str_c(hash);
	pthread_mutex_lock(&d->lock);
	if (s.n == HASH_CHARS && !find(d, s.p) && put(d, s))
		qsort(d->known, d->n, sizeof *d->known, compare);
	pthread_mutex_unlock(&d->lock);
}

void devices_end(struct house *house, const void *hash)
{
	struct devices *d = house->devices;
	struct str s = str_c(hash);
	pthread_mutex_lock(&d->lock);
	struct known *at = s.n == HASH_CHARS ? find(d, s.p) : NULL;
	if (at) {
		d->n--;
		memmove(at, at + 1, (size_t)(d->known + d->n - at) * sizeof *at);
	}
	pthread_mutex_unlock(&d->lock);
}
