#include "i18n/inner.h"

/* "a, b, and c": the comma before "and" is that of plain en, not of en-001. */
static const char *list_locale(const struct lang *l)
{
	return l->id == LANG_EN ? "en" : l->icu;
}

static UListFormatter *formatter(const struct lang *l)
{
	struct icu *icu = icu_mine();
	UErrorCode st = U_ZERO_ERROR;
	if (icu && !icu->list[l->id])
		icu->list[l->id] = ulistfmt_open(list_locale(l), &st);
	return icu ? icu->list[l->id] : NULL;
}

/* ICU formats places, "{0}, {1}, and {2}" as it were; how it joins may depend on how the
 * next word begins (Spanish e before i), so it sees the words themselves. */
struct str lang_list(const struct lang *l, struct arena *mem, const struct str *s, size_t n)
{
	UListFormatter *f = formatter(l);
	UErrorCode st = U_ZERO_ERROR;
	const UChar **word = arena_array(mem, n + 1, sizeof *word);
	int32_t *units = arena_array(mem, n + 1, sizeof *units);
	size_t room = 16;
	if (!f || !word || !units || n > INT16_MAX)
		return (struct str){ 0 };
	for (size_t i = 0; i < n; i++) {
		word[i] = icu_units(mem, s[i], &units[i]);
		if (!word[i])
			return (struct str){ 0 };
		room += (size_t)units[i] + 8;
	}
	UChar *u = arena_array(mem, room, sizeof *u);
	if (!u || room > INT32_MAX)
		return (struct str){ 0 };
	int32_t got = ulistfmt_format(f, word, units, (int32_t)n, u, (int32_t)room, &st);
	return U_SUCCESS(st) ? icu_text(mem, u, got) : (struct str){ 0 };
}
