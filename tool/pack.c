#include "tool/pack.h"
#include <libdeflate.h>

enum { TIGHTEST = 12 };

struct str pack(struct buf *room, struct str text)
{
	struct libdeflate_compressor *c = libdeflate_alloc_compressor(TIGHTEST);
	size_t cap = c ? libdeflate_deflate_compress_bound(c, text.n) : 0;
	char *p = c ? buf_room(room, cap) : NULL;
	size_t n = p ? libdeflate_deflate_compress(c, text.p, text.n, p, cap) : 0;
	libdeflate_free_compressor(c);
	return (struct str){ n ? p : NULL, n };
}
