#include "app/tidy.h"
#include "base/clock.h"
#include <pthread.h>
#include <stdlib.h>
#include <sys/resource.h>

enum { SECOND = 1000000000 };

struct tidy {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool is_over;
	struct cache *cache;
};

/* Sleep a second, or until it is over; then is it? */
static bool pause_or_end(struct tidy *t)
{
	int64_t until = clock_mono() + SECOND;
	pthread_mutex_lock(&t->lock);
	while (!t->is_over && clock_cond_wait(&t->wake, &t->lock, until))
		continue;
	bool is_over = t->is_over;
	pthread_mutex_unlock(&t->lock);
	return is_over;
}

static void *work(void *arg)
{
	struct tidy *t = arg;
	setpriority(PRIO_PROCESS, 0, 10); /* on Linux: of this thread alone */
	while (!pause_or_end(t))
		cache_polish(t->cache);
	return NULL;
}

int tidy_open(struct cache *cache, struct tidy **ret)
{
	struct tidy *t = calloc(1, sizeof *t);
	if (!t)
		return err_note(ERR_NOMEM, "tidy");
	t->cache = cache;
	pthread_mutex_init(&t->lock, NULL);
	clock_cond_init(&t->wake);
	if (pthread_create(&t->thread, NULL, work, t) != 0) {
		free(t);
		return err_note(ERR_NOMEM, "thread");
	}
	*ret = t;
	return 0;
}

void tidy_close(struct tidy *t)
{
	if (!t)
		return;
	pthread_mutex_lock(&t->lock);
	t->is_over = true;
	pthread_cond_signal(&t->wake);
	pthread_mutex_unlock(&t->lock);
	pthread_join(t->thread, NULL);
	pthread_cond_destroy(&t->wake);
	pthread_mutex_destroy(&t->lock);
	free(t);
}
