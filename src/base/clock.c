#include "base/clock.h"
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

void clock_shift(int64_t seconds)
{
	atomic_store(&shift, seconds);
}
