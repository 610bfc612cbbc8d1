/* What a keyboard lacks and a language demands: no-break spaces and apostrophes. */
#include "tool/poc/poc.h"

#define NNBSP "\xe2\x80\xaf"
#define NBSP "\xc2\xa0"
#define APOSTROPHE "\xe2\x80\x99"

static const char *space_before(struct str rest)
{
	if (rest.n && strchr(";!?", rest.p[0]))
		return NNBSP;
	if (str_starts(rest, "»"))
		return NNBSP;
	if (rest.n && strchr(":%", rest.p[0]))
		return NBSP;
	return " ";
}

struct str typeset(struct arena *mem, enum lang_id lang, struct str s)
{
	auto_buf out = { .max = FILE_MAX };
	for (size_t i = 0; i < s.n; i++) {
		bool is_after = i >= 2 && str_starts(str_from(s, i - 2), "«");
		if (s.p[i] == '\'' && (lang == LANG_FR || lang == LANG_EN))
			buf_c(&out, APOSTROPHE);
		else if (s.p[i] == ' ' && lang == LANG_FR)
			buf_c(&out, is_after ? NNBSP : space_before(str_from(s, i + 1)));
		else
			buf_byte(&out, s.p[i]);
	}
	return arena_copy(mem, buf_view(&out));
}
