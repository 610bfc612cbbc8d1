/* The template compiler: any text in; it is compiled, or refused with a reason. */
#include "tool/tmplc/tmplc.h"
#include "tests/fuzz/fuzz.h"

static const char keys[] = "site.nav.help\t-\t\nvote.done.count\tplural\tcount\n"
			   "vote.done.by\t-\tname,link\n";

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	auto_buf text, c, h, err;
	buf_init(&text, 1 << 20);
	buf_init(&c, 16 << 20);
	buf_init(&h, 16 << 20);
	buf_init(&err, 4096);
	if (memchr(p ? p : (const uint8_t *)"", 0, n))
		return 0;
	buf_put(&text, p, n);
	buf_byte(&text, 0);
	struct tmplc_job job = { "t.html", text.p, "t.html.h", keys };
	int r = tmplc_compile(&job, &c, &h, &err);
	must(r == 0 || r == ERR_INPUT || r == ERR_NOMEM);
	must((r == ERR_INPUT) == (err.n > 0));
	return 0;
}
