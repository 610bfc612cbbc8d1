/* What a camera wrote: one of eight answers for any bytes, and none is looked for behind the
 * picture's dots. */
#include "render/orientation.h"
#include "base/err.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct str bytes = { (const char *)p, n };
	unsigned way = orientation_of(bytes);
	must(way >= 1 && way <= 8);
	for (size_t cut = 0; cut < n && cut < 256; cut++) {
		unsigned early = orientation_of((struct str){ bytes.p, cut });
		must(early == 1 || early == way);
	}
	return 0;
}
