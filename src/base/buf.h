/*
 * I know bytes that grow. Every buffer says at birth how large it may become;
 * the first failure (memory, or the maximum) sticks, later writes do nothing, and
 * one look at ${failed} at the end is enough.
 */
#pragma once
#include "base/err.h"
#include "base/str.h"

struct buf {
	char *p;
	size_t n, cap, max;
	int failed; /* 0, ERR_NOMEM or ERR_LIMIT */
};

/* buf_init(b, max): An empty buffer that may hold ${max} bytes; takes no memory yet. */
void buf_init(struct buf *b, size_t max);
/* buf_done(b): Wipe and free; an all-zero buf is allowed. */
void buf_done(struct buf *b);
void buf_done_p(struct buf *b);
#define auto_buf __attribute__((cleanup(buf_done_p))) struct buf

/* buf_room(b, n): ${n} more bytes to write at the end, uninitialised, not yet
 * counted; NULL after a failure. Count them with b->n += …. */
char *buf_room(struct buf *b, size_t n);
void buf_put(struct buf *b, const void *p, size_t n);
void buf_str(struct buf *b, struct str s);
/* buf_line(b, s): Somebody else's words, as one line: control characters become blanks. */
void buf_line(struct buf *b, struct str s);
void buf_c(struct buf *b, const char *z);
void buf_byte(struct buf *b, char c);
void buf_i64(struct buf *b, int64_t v);
void buf_f(struct buf *b, const char *fmt, ...) printf_like(2, 3);
struct str buf_view(const struct buf *b);
