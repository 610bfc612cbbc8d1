#include "i18n/i18n.h"
#include "po/messages.h"

/* Which text of a plural message: the categories a language has, in CLDR order. */
static const uint32_t form_at[LANG_COUNT][PLURAL_OTHER + 1] = {
	[LANG_AR] = { 0, 1, 2, 3, 4, 5 },
	[LANG_ZH] = { 0, 0, 0, 0, 0, 0 },
	[LANG_EN] = { 1, 0, 1, 1, 1, 1 },
	[LANG_FR] = { 2, 0, 2, 2, 1, 2 },
	[LANG_RU] = { 2, 0, 2, 1, 2, 2 },
	[LANG_ES] = { 2, 0, 2, 2, 1, 2 },
};

struct str msg_text(const struct lang *l, int m, int64_t n)
{
	must(m > MSG_NONE && m < MSG_COUNT);
	const struct msg_book *b = &msg_books[l->id];
	uint32_t i = b->first[m];
	if (b->first[m + 1] - i > 1)
		i += form_at[l->id][lang_plural(l, n)];
	return (struct str){ b->text + b->at[i], b->at[i + 1] - b->at[i] };
}
