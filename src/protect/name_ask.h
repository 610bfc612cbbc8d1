/* I let handlers ask the reporter whether the name may be opened, and why; the answer is theirs. */
#pragma once
#include "account/fault.h"
#include "protect/reporter.h"

struct name_ask_view {
	char id[KEEP_ID_CHARS + 1];
	const struct form_result *form;
	struct str asked;
	int64_t asked_on;
	enum name_word word;
	bool is_closed;
};
/* name_ask_fill(c, form, said, n): For the template name_question. */
struct name_ask_view name_ask_fill(const struct keep_case *c, const struct form_result *form,
	const struct keep_shown *said, size_t n);
