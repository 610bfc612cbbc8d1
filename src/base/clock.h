/* I know what time it is, and let a test decide otherwise. */
#pragma once
#include <stdint.h>

/* clock_now(): Seconds since 1970, UTC. */
int64_t clock_now(void);
/* clock_mono(): Nanoseconds that never run backwards, for deadlines and measuring. */
int64_t clock_mono(void);
/* clock_shift(seconds): Move clock_now() for tests of phases and jumps. */
void clock_shift(int64_t seconds);
