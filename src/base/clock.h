/* I know what time it is, and let a test decide otherwise. */
#pragma once
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

/* clock_now(): Seconds since 1970, UTC. */
int64_t clock_now(void);
/* clock_mono(): Nanoseconds that never run backwards, for deadlines and measuring. */
int64_t clock_mono(void);
/* clock_cond_init(c): A condition that clock_cond_wait can wait for.
 * clock_cond_wait(c, lock, until): As pthread_cond_wait, at most to ${until} by clock_mono; false:
 * that has come. */
void clock_cond_init(pthread_cond_t *c);
bool clock_cond_wait(pthread_cond_t *c, pthread_mutex_t *lock, int64_t until);
/* clock_shift(seconds): Move clock_now() for tests of phases and jumps. */
void clock_shift(int64_t seconds);
