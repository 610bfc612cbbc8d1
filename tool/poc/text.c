/* Checks 5, 6, 9 and 12: spaces, quotes, marks of punctuation. */
#include "tool/poc/text.h"
#include "base/utf8.h"
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

static bool is_nfc(struct subject *s)
{
	UErrorCode st = U_ZERO_ERROR;
	UChar u[2 * LETTERS_MAX];
	int32_t n = 0;
	u_strFromUTF8(u, 2 * LETTERS_MAX, &n, s->text.p, (int32_t)s->text.n, &st);
	const UNormalizer2 *nfc = unorm2_getNFCInstance(&st);
	return U_SUCCESS(st) && unorm2_isNormalized(nfc, u, n, &st) && U_SUCCESS(st);
}

static bool is_blank(int32_t c)
{
	return c == ' ' || c == 0xa0 || c == 0x202f || c == 0x3000;
}

void check_spaces(struct subject *s)
{
	bool has_double = false, has_odd = false;
	if (s->n && (is_blank(s->letter[0]) || is_blank(s->letter[s->n - 1])))
		find_error(s, "5: a space at an end");
	for (size_t i = 0; i < s->n; i++) {
		int32_t c = s->letter[i];
		has_double |= i && is_blank(c) && is_blank(s->letter[i - 1]);
		has_odd |= c < ' ' || c == 0x7f || c == 0xfeff || c == 0xfffd || c == 0xad;
	}
	if (has_double)
		find_error(s, "5: two spaces in a row");
	if (has_odd)
		find_error(s, "5: a tab, line end, soft hyphen, U+FEFF or U+FFFD");
	if (s->entry->is_wrapped)
		find_error(s, "5: a string goes on in the next line");
	if (!is_nfc(s))
		find_error(s, "5: not in normal form C");
}

struct quote {
	int32_t open, close;
};
/* Which pairs a language uses. ’ is an apostrophe too in English and French. */
static const struct {
	struct quote pair[3];
	bool has_apostrophe;
} quotes[LANG_COUNT] = {
	[LANG_AR] = { { { 0xab, 0xbb } }, false },
	[LANG_ZH] = { { { 0x201c, 0x201d }, { 0x2018, 0x2019 } }, false },
	[LANG_EN] = { { { 0x201c, 0x201d }, { 0x2018, 0 } }, true },
	[LANG_FR] = { { { 0xab, 0xbb }, { 0x201c, 0x201d } }, true },
	[LANG_RU] = { { { 0xab, 0xbb }, { 0x201e, 0x201c } }, false },
	[LANG_ES] = { { { 0x201c, 0x201d }, { 0x2018, 0x2019 } }, false },
};

static bool is_quote(int32_t c)
{
	return c == 0xab || c == 0xbb || (c >= 0x2018 && c <= 0x201f) || c == 0x2039 ||
		c == 0x203a || (c >= 0x300c && c <= 0x300f);
}

static bool is_ours(enum lang_id lang, int32_t c)
{
	if (c == 0x2019 && quotes[lang].has_apostrophe)
		return true;
	for (size_t i = 0; i < 3; i++)
		if (c == quotes[lang].pair[i].open || c == quotes[lang].pair[i].close)
			return true;
	return false;
}

static size_t count(const struct subject *s, int32_t c)
{
	size_t n = 0;
	for (size_t i = 0; i < s->n; i++)
		n += s->letter[i] == c;
	return n;
}

void check_quotes(struct subject *s)
{
	for (size_t i = 0; i < s->n; i++) {
		int32_t c = s->letter[i];
		if (c == '"' || c == '\'')
			find_error(s, "6: a straight quote or apostrophe");
		else if (is_quote(c) && !is_ours(s->lang, c))
			find_error(s, "6: U+%04X is no quote of %s", (unsigned)c,
				tongues[s->lang].code);
	}
	for (size_t i = 0; i < 3; i++) {
		struct quote q = quotes[s->lang].pair[i];
		if (q.open && q.close && count(s, q.open) != count(s, q.close))
			find_error(s, "6: quotes do not pair");
	}
	if (s->lang == LANG_ES &&
		(count(s, 0xbf) != count(s, '?') || count(s, 0xa1) != count(s, '!')))
		find_error(s, "6: ¿ or ¡ without its partner");
}

static bool is_han(const struct subject *s, size_t i)
{
	UErrorCode st = U_ZERO_ERROR;
	return i < s->n && uscript_getScript(s->letter[i], &st) == USCRIPT_HAN;
}

/* How a sentence ends: a full stop, a question, a colon, an ellipsis, or not at all. */
static char end_mark(struct str text)
{
	static const struct {
		const char *mark;
		char kind;
	} marks[] = { { ".", '.' }, { "。", '.' }, { "?", '?' }, { "؟", '?' }, { "？", '?' },
		{ ":", ':' }, { "：", ':' }, { "…", '~' }, { "!", '!' }, { "！", '!' } };
	static const char *const closing[] = { "{/link}", "”", "»", "’", "“", ")", "）" };
	for (size_t i = 0; i < sizeof closing / sizeof closing[0]; i++)
		if (str_ends(text, closing[i])) {
			text.n -= strlen(closing[i]);
			i = SIZE_MAX;
		}
	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
		if (str_ends(text, marks[i].mark))
			return marks[i].kind;
	return ' ';
}

void check_marks(struct subject *s)
{
	const char *wrong = s->lang == LANG_ZH ? ",;:?!()" : s->lang == LANG_AR ? ",;?" : "";
	for (size_t i = 0; i < s->n; i++) {
		int32_t c = s->letter[i];
		bool counts = s->lang == LANG_AR || is_han(s, i + 1) || (i && is_han(s, i - 1));
		if (c > ' ' && c < 0x7f && strchr(wrong, c) && counts)
			find_error(s, "9: %c is not a mark of %s", (char)c, tongues[s->lang].code);
	}
	char mine = end_mark(s->text), theirs = end_mark(s->english);
	if (mine != theirs)
		find_error(s, "9: ends with '%c', English with '%c'", mine, theirs);
}

static bool is_invisible(int32_t c)
{
	return c == 0x61c || (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
		(c >= 0x2066 && c <= 0x2069);
}

void check_hidden(struct subject *s)
{
	for (size_t i = 0; i < s->n; i++) {
		int32_t c = s->letter[i], next = i + 1 < s->n ? s->letter[i + 1] : 0;
		if (is_invisible(c))
			find_error(s, "12: an invisible mark, U+%04X", (unsigned)c);
		if (s->lang == LANG_FR && c == ' ' &&
			((next && next < 0x7f && strchr(";:!?%", next)) || next == 0xbb))
			find_error(
				s, "12: a plain space before %s", next == 0xbb ? "»" : "; : ! ? %");
		if (s->lang == LANG_FR && c == 0xab && next == ' ')
			find_error(s, "12: a plain space after «");
	}
}
