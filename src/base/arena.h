/*
 * I know the memory of one request: taken piecemeal, wiped and given back all at
 * once. Not for two threads at a time.
 */
#pragma once
#include "base/err.h"
#include "base/str.h"

struct arena {
	struct arena_block *last;
	size_t used, max;
	bool has_failed; /* sticky */
};

/* arena_init(a, max): An arena that may hand out ${max} bytes in all; takes none yet. */
void arena_init(struct arena *a, size_t max);
/* arena_done(a): Wipe and free everything; all zero is allowed, and left behind. */
void arena_done(struct arena *a);
#define auto_arena __attribute__((cleanup(arena_done))) struct arena

/* arena_take(a, n): ${n} zeroed bytes, aligned for anything; NULL past the maximum. */
void *arena_take(struct arena *a, size_t n) must_use;
/* arena_array(a, count, size): Zeroed room for ${count} things; NULL also when the
 * product does not fit. */
void *arena_array(struct arena *a, size_t count, size_t size) must_use;
/* arena_copy(a, s): A copy with a NUL behind it (not counted); absent on failure. */
struct str arena_copy(struct arena *a, struct str s) must_use;
/* arena_f(a, fmt, ...): Formatted text, NUL behind it (not counted); absent on failure. */
struct str arena_f(struct arena *a, const char *fmt, ...) printf_like(2, 3) must_use;
/* arena_z(a, s): ${s} as a C string; "" on failure, which the arena remembers. */
const char *arena_z(struct arena *a, struct str s) must_use;
