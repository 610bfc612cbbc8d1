#include "base/packed.h"
#include <libdeflate.h>

int packed_open(struct arena *mem, const struct packed *p, struct str *ret)
{
	char *text = arena_take(mem, p->full);
	struct libdeflate_decompressor *d = text ? libdeflate_alloc_decompressor() : NULL;
	if (!d)
		return err_note(ERR_NOMEM, "a text of the program");
	enum libdeflate_result result = libdeflate_deflate_decompress(
		d, p->p, p->n, text, p->full, NULL);
	libdeflate_free_decompressor(d);
	must(result == LIBDEFLATE_SUCCESS); /* the build packed it */
	*ret = (struct str){ text, p->full };
	return 0;
}
