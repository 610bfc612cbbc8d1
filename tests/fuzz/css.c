/* The stylesheet's squeezer: any bytes in, never more bytes out, and a second squeeze of the
 * same changes nothing. */
#include "tool/css.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	auto_buf once, twice;
	buf_init(&once, 16 << 20);
	buf_init(&twice, 16 << 20);
	css_squeeze(&once, (struct str){ (const char *)p, n });
	css_squeeze(&twice, buf_view(&once));
	must(once.n <= n);
	must(str_eq(buf_view(&once), buf_view(&twice)));
	return 0;
}
