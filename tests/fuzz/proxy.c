/* A PROXY line: any cut gives the same, and the source stands inside the line. */
#include "http/client.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct str bytes = { (const char *)p, n }, source = { 0 };
	size_t used = 0;
	int got = client_proxy(bytes, &source, &used);
	for (size_t cut = 0; cut < n && cut < 2 * CLIENT_PROXY_MAX; cut++) {
		struct str early;
		size_t n_early;
		int st = client_proxy((struct str){ bytes.p, cut }, &early, &n_early);
		must(st == 0 || st == got);
	}
	must(got != 1 || (used <= n && source.n < used));
	return 0;
}
