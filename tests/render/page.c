#include "tests/render/page.h"

int page_begin(void **state)
{
	struct page *p = calloc(1, sizeof *p);
	if (!p)
		return -1;
	arena_init(&p->mem, 8 << 20);
	buf_init(&p->w.out, 4 << 20);
	p->w.mem = &p->mem;
	p->w.lang = lang_of(LANG_EN);
	*state = p;
	return 0;
}

int page_end(void **state)
{
	struct page *p = *state;
	buf_done(&p->w.out);
	arena_done(&p->mem);
	free(p);
	return 0;
}
