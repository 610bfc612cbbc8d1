#include "i18n/split.h"
#include <stdint.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

/* Counts the pieces when ${piece} is NULL, else fills it. */
static size_t walk(UBreakIterator *b, struct str s, struct str *piece)
{
	size_t n = 0;
	int32_t from = ubrk_first(b);
	for (int32_t to = ubrk_next(b); to != UBRK_DONE; from = to, to = ubrk_next(b), n++)
		if (piece)
			piece[n] = (struct str){ s.p + from, (size_t)(to - from) };
	return n;
}

int lang_words(
	const struct lang *l, struct arena *mem, struct str s, struct str **ret, size_t *ret_n)
{
	UErrorCode st = U_ZERO_ERROR;
	if (s.n == 0 || s.n > INT32_MAX / 2) {
		*ret = NULL;
		*ret_n = 0;
		return s.n ? err_note(ERR_LIMIT, "words of a text") : 0;
	}
	UText *text = utext_openUTF8(NULL, s.p, (int64_t)s.n, &st);
	UBreakIterator *b = ubrk_open(UBRK_WORD, l->icu, NULL, 0, &st);
	ubrk_setUText(b, text, &st);
	size_t n = U_SUCCESS(st) ? walk(b, s, NULL) : 0;
	struct str *piece = n ? arena_array(mem, n, sizeof *piece) : NULL;
	if (piece)
		walk(b, s, piece);
	ubrk_close(b);
	utext_close(text);
	if (!piece)
		return err_note(ERR_NOMEM, "words of a text");
	*ret = piece;
	*ret_n = n;
	return 0;
}
