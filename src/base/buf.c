#include "base/buf.h"
#include "base/num.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST = 512 };

void buf_init(struct buf *b, size_t max)
{
	*b = (struct buf){ .max = max };
}

void buf_done(struct buf *b)
{
	if (b->p)
		explicit_bzero(b->p, b->cap);
	free(b->p);
	*b = (struct buf){ 0 };
}

void buf_done_p(struct buf *b)
{
	buf_done(b);
}

char *buf_room(struct buf *b, size_t n)
{
	if (b->failed)
		return NULL;
	if (n > b->max - b->n) {
		b->failed = ERR_LIMIT;
		return NULL;
	}
	if (n > b->cap - b->n) {
		size_t cap = b->cap ? b->cap : FIRST;
		while (cap - b->n < n)
			if (!num_mul(cap, 2, &cap))
				cap = b->max;
		char *p = malloc(cap); /* realloc would leave what was there in freed memory */
		if (!p) {
			b->failed = ERR_NOMEM;
			return NULL;
		}
		if (b->p) {
			memcpy(p, b->p, b->n);
			explicit_bzero(b->p, b->cap);
			free(b->p);
		}
		b->p = p;
		b->cap = cap;
	}
	return b->p + b->n;
}

void buf_put(struct buf *b, const void *p, size_t n)
{
	char *to = n ? buf_room(b, n) : NULL;
	if (!to)
		return;
	memcpy(to, p, n);
	b->n += n;
}

void buf_str(struct buf *b, struct str s)
{
	buf_put(b, s.p, s.n);
}
void buf_line(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		buf_byte(b, c < ' ' || c == 127 ? ' ' : s.p[i]);
	}
}
void buf_c(struct buf *b, const char *z)
{
	buf_put(b, z, strlen(z));
}
void buf_byte(struct buf *b, char c)
{
	buf_put(b, &c, 1);
}

void buf_i64(struct buf *b, int64_t v)
{
	char digits[20];
	size_t i = sizeof digits;
	uint64_t left = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
	do {
		digits[--i] = (char)('0' + left % 10);
		left /= 10;
	} while (left);
	if (v < 0)
		buf_byte(b, '-');
	buf_put(b, digits + i, sizeof digits - i);
}

void buf_f(struct buf *b, const char *fmt, ...)
{
	va_list ap, again;
	va_start(ap, fmt);
	va_copy(again, ap);
	int n = vsnprintf(NULL, 0, fmt, ap);
	char *to = n >= 0 ? buf_room(b, (size_t)n + 1) : NULL;
	if (to) {
		vsnprintf(to, (size_t)n + 1, fmt, again);
		b->n += (size_t)n;
	}
	va_end(again);
	va_end(ap);
}

struct str buf_view(const struct buf *b)
{
	return (struct str){ b->p, b->n };
}
