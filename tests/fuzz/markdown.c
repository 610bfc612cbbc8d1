/* Markdown from strangers: any bytes in; what comes out has no tag but ours. */
#include "render/markdown.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	auto_arena mem;
	arena_init(&mem, 16 << 20);
	struct safe_html html;
	int r = markdown_html(&mem, (struct str){ (const char *)p, n }, &html);
	must(r == 0 || r == ERR_LIMIT || r == ERR_NOMEM);
	must(r < 0 || !memmem(html.s.p, html.s.n, "<script", 7));
	must(r < 0 || !memmem(html.s.p, html.s.n, "<img", 4));
	return 0;
}
