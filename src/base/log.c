#include "base/log.h"
#include "base/buf.h"
#include <unistd.h>

static enum log_level most = LOG_LEVEL_NOTICE;

void log_quiet(enum log_level max)
{
	most = max;
}

/* A space, quote or line end in a constant would forge a second pair or event. */
static void put_constant(struct buf *b, const char *z)
{
	buf_byte(b, '"');
	for (; *z; z++)
		buf_byte(b, *z < ' ' || *z == '"' || *z == 0x7f ? '?' : *z);
	buf_byte(b, '"');
}

void log_pairs(enum log_level level, const char *event, const struct log_pair *pairs)
{
	if (level > most)
		return;
	auto_buf line;
	buf_init(&line, 1024);
	buf_f(&line, "<%d>%s", (int)level, event);
	for (; pairs->key; pairs++) {
		buf_f(&line, " %s=", pairs->key);
		if (pairs->constant)
			put_constant(&line, pairs->constant);
		else
			buf_i64(&line, pairs->n);
	}
	buf_byte(&line, '\n');
	if (line.failed)
		return;
	ssize_t sent = write(STDERR_FILENO, line.p, line.n);
	(void)sent; /* nowhere left to complain */
}
