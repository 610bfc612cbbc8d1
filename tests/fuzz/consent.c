/* A reporter's consent as it is opened: any bytes in; it is cut into what is marked and the mark,
 * which together are all of it; what is allowed to a body stands there as a word of its own. */
#include "protect/consent.h"
#include "tests/fuzz/fuzz.h"
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct str said = { (const char *)p, n }, text = { 0 }, mark = { 0 };
	auto_arena mem;
	arena_init(&mem, 1 << 16);
	if (consent_cut(said, &text, &mark)) {
		must(mark.n == CONSENT_MARK_CHARS && text.n + mark.n + 6 == n);
		must(!memcmp(p, text.p, text.n) && !memcmp(p + text.n, " mark:", 6));
		must(str_eq((struct str){ said.p + n - mark.n, mark.n }, mark));
	}
	for (int64_t body = 0; body < 20; body++) {
		struct str word = consent_word(&mem, CONSENT_SHARE, body);
		bool may = consent_body(&mem, said, CONSENT_SHARE, body);
		must(!may || str_has(said, word));
		must(!may || n >= word.n);
	}
	struct keep_shown one = { .field = STR(KEEP_CONSENT), .text = said };
	must(consent_count(&one, 1) == 1);
	struct allow a = allow_find(&one, 1);
	for (enum allow_step i = 0; i < ALLOW_STEPS; i++)
		must(!a.is_on[i] || str_has(said, str_c(allow_name(i))));
	return 0;
}
