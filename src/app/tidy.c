#include "app/tidy.h"
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

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
	struct timespec until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec++;
	pthread_mutex_lock(&t->lock);
	for (int e = 0; !t->is_over && e != ETIMEDOUT;)
		e = pthread_cond_timedwait(&t->wake, &t->lock, &until);
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
	pthread_condattr_t monotonic;
	if (!t)
		return err_note(ERR_NOMEM, "tidy");
	t->cache = cache;
	pthread_mutex_init(&t->lock, NULL);
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&t->wake, &monotonic);
	pthread_condattr_destroy(&monotonic);
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
