/* Accept-Language, and whatever else of i18n is fed from outside: always one of the six. */
#include "i18n/i18n.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	auto_arena mem;
	struct str s = { (const char *)p, n };
	const struct lang *l = lang_negotiate(s, lang_of(LANG_RU));
	must(l == lang_of(l->id));
	arena_init(&mem, 1 << 20);
	struct str digits = lang_digits(&mem, s);
	must(digits.n <= n);
	(void)lang_country(l, &mem, s);
	(void)lang_language(l, &mem, s);
	must(lang_compare(l, s, s) == 0);
	arena_done(&mem);
	return 0;
}
