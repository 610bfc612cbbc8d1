#include "base/arena.h"
#include "base/num.h"
#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct arena_block {
	struct arena_block *before;
	size_t cap, used;
	alignas(max_align_t) char data[];
};

enum { BLOCK = 16384 - 64 };

void arena_init(struct arena *a, size_t max)
{
	*a = (struct arena){ .max = max };
}

void arena_done(struct arena *a)
{
	for (struct arena_block *b = a->last, *before; b; b = before) {
		before = b->before;
		explicit_bzero(b->data, b->used);
		free(b);
	}
	*a = (struct arena){ .max = a->max };
}

static struct arena_block *block_add(struct arena *a, size_t room)
{
	size_t cap = room > BLOCK ? room : BLOCK, all;
	struct arena_block *b = num_add(sizeof *b, cap, &all) ? malloc(all) : NULL;
	if (!b)
		return NULL;
	*b = (struct arena_block){ .before = a->last, .cap = cap };
	a->last = b;
	return b;
}

void *arena_take(struct arena *a, size_t n)
{
	enum { ALIGN = alignof(max_align_t) };
	size_t room;
	void *p;
	struct arena_block *b = a->last;
	if (a->has_failed || !num_add(n, ALIGN - 1, &room))
		goto fail;
	room &= ~(size_t)(ALIGN - 1);
	if (room > a->max - a->used)
		goto fail;
	if ((!b || b->cap - b->used < room) && !(b = block_add(a, room)))
		goto fail;
	p = b->data + b->used;
	b->used += room;
	a->used += room;
	return memset(p, 0, room);
fail:
	a->has_failed = true;
	return NULL;
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
	size_t all;
	if (!num_mul(count, size, &all)) {
		a->has_failed = true;
		return NULL;
	}
	return arena_take(a, all);
}

struct str arena_copy(struct arena *a, struct str s)
{
	char *to = s.n == SIZE_MAX ? NULL : arena_take(a, s.n + 1);
	if (!to)
		return (struct str){ 0 };
	if (s.n)
		memcpy(to, s.p, s.n);
	return (struct str){ to, s.n };
}

struct str arena_f(struct arena *a, const char *fmt, ...)
{
	va_list ap, again;
	struct str made = { 0 };
	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	char *to = n >= 0 ? arena_take(a, (size_t)n + 1) : NULL;
	if (to) {
		vsnprintf(to, (size_t)n + 1, fmt, again);
		made = (struct str){ to, (size_t)n };
	}
	va_end(again);
	va_end(ap);
	return made;
}

const char *arena_z(struct arena *a, struct str s)
{
	struct str z = arena_copy(a, s);
	return z.p ? z.p : "";
}
