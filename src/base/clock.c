#include "base/clock.h"
#include <errno.h>
#include <stdatomic.h>
#include <time.h>

static _Atomic int64_t shift;

int64_t clock_now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec + atomic_load_explicit(&shift, memory_order_relaxed);
}

int64_t clock_mono(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

void clock_cond_init(pthread_cond_t *c)
{
	pthread_condattr_t attr;
	pthread_condattr_init(&attr);
	pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
	pthread_cond_init(c, &attr);
	pthread_condattr_destroy(&attr);
}

bool clock_cond_wait(pthread_cond_t *c, pthread_mutex_t *lock, int64_t until)
{
	struct timespec t = { .tv_sec = until / 1000000000, .tv_nsec = until % 1000000000 };
	return pthread_cond_timedwait(c, lock, &t) != ETIMEDOUT;
}

void clock_shift(int64_t seconds)
{
	atomic_store(&shift, seconds);
}
