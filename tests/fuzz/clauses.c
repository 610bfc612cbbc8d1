/* Documents from strangers: any text in; clauses are views of it in order, no clause is continued
 * twice, and a version whose headings say nothing else finds itself again. */
#include "outcome/clauses.h"
#include "base/utf8.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	auto_arena mem;
	struct clauses c;
	int match[CLAUSES_MAX];
	struct str text = { (const char *)p, n };
	arena_init(&mem, 64 << 20);
	if (n > 8192 || !utf8_ok(text) || clauses_read(&mem, text, &c) < 0)
		return 0;
	for (size_t i = 0; i < c.n; i++)
		must(!c.clause[i].body.n ||
			(c.clause[i].body.p >= text.p &&
				c.clause[i].body.p + c.clause[i].body.n <= text.p + n));
	if (c.n > 12 || clauses_match(lang_of(LANG_EN), &mem, &c, &c, match) < 0)
		return 0;
	bool is_said = false;
	for (size_t i = 0; i < c.n; i++)
		is_said |= c.clause[i].was >= 0;
	for (size_t i = 0; i < c.n; i++) {
		must(match[i] >= 0 || is_said);
		for (size_t k = 0; k < i; k++)
			must(match[i] < 0 || match[i] != match[k]);
	}
	return 0;
}
