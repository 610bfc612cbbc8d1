#include "http/bucket.h"
#include <pthread.h>
#include <stdlib.h>

enum { ROWS = 4, CELLS = 2048 };

/* A count-min sketch of leaky buckets. A cell holds the time (µs) at which all that was taken
 * through it will have leaked away; that is never earlier than one client's own share of it. */
struct bucket_table {
	pthread_mutex_t lock;
	int64_t empty_at[ROWS][CELLS];
};

struct bucket_table *bucket_open(void)
{
	struct bucket_table *t = calloc(1, sizeof *t);
	if (t)
		pthread_mutex_init(&t->lock, NULL);
	return t;
}

void bucket_close(struct bucket_table *t)
{
	if (!t)
		return;
	pthread_mutex_destroy(&t->lock);
	free(t);
}

/* splitmix64's last step: every bit out depends on every bit in. */
static uint64_t mix(uint64_t x)
{
	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9;
	x = (x ^ x >> 27) * 0x94d049bb133111eb;
	return x ^ x >> 31;
}

bool bucket_take(
	struct bucket_table *t, uint64_t client, const struct bucket_rate *rate, int64_t now_ms)
{
	if (!rate->burst || !rate->per_hour)
		return false;
	uint64_t hash = mix(client + mix(rate->kind + 1ULL));
	int64_t now = now_ms * 1000, each = 3600000000LL / rate->per_hour + 1;
	int64_t *cell[ROWS], least = INT64_MAX;
	pthread_mutex_lock(&t->lock);
	for (int i = 0; i < ROWS; i++, hash >>= 11) {
		cell[i] = &t->empty_at[i][hash % CELLS];
		least = *cell[i] < least ? *cell[i] : least;
	}
	int64_t then = (least > now ? least : now) + each;
	bool is_admitted = then - now <= each * rate->burst;
	/* Only the least is surely about this client; fuller cells know already. */
	for (int i = 0; is_admitted && i < ROWS; i++)
		*cell[i] = *cell[i] > then ? *cell[i] : then;
	pthread_mutex_unlock(&t->lock);
	return is_admitted;
}
