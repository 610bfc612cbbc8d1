#include "base/packed.h"
#include <libdeflate.h>

int packed_into(const struct packed *p, char *room)
{
	struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
	if (!d)
		return err_note(ERR_NOMEM, "a text of the program");
	enum libdeflate_result result = libdeflate_deflate_decompress(
		d, p->p, p->n, room, p->full, NULL);
	libdeflate_free_decompressor(d);
	must(result == LIBDEFLATE_SUCCESS); /* the build packed it */
	return 0;
}

int packed_open(struct arena *mem, const struct packed *p, struct str *ret)
{
	char *text = arena_take(mem, p->full);
	if (!text)
		return err_note(ERR_NOMEM, "a text of the program");
	*ret = (struct str){ text, p->full };
	return packed_into(p, text);
}
