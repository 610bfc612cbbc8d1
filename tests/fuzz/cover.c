/* The head of a covered copy: whatever bytes stand there, nobody but its author is shown what was
 * written first, and no field is left that no page knows. */
#include "protect/cover.h"
#include "tests/fuzz/fuzz.h"

#define FIRST_ID "AAAAAAAAAAAAAAAAAAAAAQ"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
	struct str bytes = { (const char *)p, n };
	for (int reporter = 0; reporter < 2; reporter++) {
		struct keep_shown t[2] = { { .field = STR("answers" COVER_COPY), .text = bytes },
			{ .field = STR("answers" COVER_FIRST), .text = STR("\x02") } };
		memcpy(t[1].id_text, FIRST_ID, sizeof t[1].id_text);
		size_t left = cover_settle(reporter, t, 2);
		must(left >= 1 && left <= 2 && (reporter || left == 1));
		for (size_t i = 0; i < left; i++)
			must(str_is(t[i].field, "answers"));
		must(reporter || t[0].text.p != STR("\x02").p);
		must(reporter || !t[0].is_broken || t[0].text.n == 0);
		for (int64_t k = -2; k < 3; k++)
			(void)cover_may(t[0].may, k);
	}
	return 0;
}
