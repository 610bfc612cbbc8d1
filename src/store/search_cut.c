#include "store/search_cut.h"
#include "base/utf8.h"
#include "store/search.h"
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/utf16.h>
#include <unicode/utf8.h>

/* Text is folded by the piece; no code unit becomes more than 18 by folding. */
enum { PIECE = 256, FOLDED = PIECE * 18 };

struct cutter {
	const UNormalizer2 *fold, *parts;
	enum search_use use;
	search_take *take;
	void *arg;
	int stop; /* what take returned, if it wants no more */
	char word[SEARCH_TOKEN_MAX];
	size_t n;
	bool is_long;    /* the word goes on, but no more of it fits */
	UChar32 sign;    /* the sign before, 0: none */
	bool has_paired; /* it was the second of a pair */
};

/* Letters that stand for others: those which Unicode does not take apart, and those which
 * Arabic writers and keyboards use for one another. Sorted by the first. */
static const struct letter {
	UChar32 from;
	const char *to;
} letters[] = {
	{ 0x00e6, "ae" },       /* æ */
	{ 0x00f0, "d" },        /* ð */
	{ 0x00f8, "o" },        /* ø */
	{ 0x0111, "d" },        /* đ */
	{ 0x0127, "h" },        /* ħ */
	{ 0x0131, "i" },        /* ı */
	{ 0x0142, "l" },        /* ł */
	{ 0x0153, "oe" },       /* œ */
	{ 0x0629, "\xd9\x87" }, /* ta marbuta: ha */
	{ 0x0649, "\xd9\x8a" }, /* alif maqsura: ya */
	{ 0x0671, "\xd8\xa7" }, /* alif wasla: alif */
	{ 0x06a9, "\xd9\x83" }, /* Persian kaf */
	{ 0x06be, "\xd9\x87" }, /* Urdu ha */
	{ 0x06c1, "\xd9\x87" }, /* Urdu ha goal */
	{ 0x06cc, "\xd9\x8a" }, /* Persian ya */
	{ 0x06d5, "\xd9\x87" }, /* Kurdish ae */
};

static int letter_order(const void *key, const void *row)
{
	const UChar32 *c = key;
	const struct letter *at = row;
	return *c < at->from ? -1 : *c > at->from;
}

/* Arabic writes "the", "and", "by", "for" and "like" onto the word. Taken off again and again,
 * so that what looks like an article but belongs to the word goes from both the text and the
 * question; two letters must stay, three after a lone "and". God's name is left whole: what
 * would stay of it means "his". */
static const struct affix {
	struct str letters;
	size_t keep; /* bytes; an Arabic letter has two */
} affixes[] = {
	{ STR("\xd9\x88\xd8\xa7\xd9\x84"), 4 }, /* wal */
	{ STR("\xd8\xa8\xd8\xa7\xd9\x84"), 4 }, /* bal */
	{ STR("\xd9\x83\xd8\xa7\xd9\x84"), 4 }, /* kal */
	{ STR("\xd9\x81\xd8\xa7\xd9\x84"), 4 }, /* fal */
	{ STR("\xd8\xa7\xd9\x84"), 4 },         /* al */
	{ STR("\xd9\x84\xd9\x84"), 4 },         /* lil */
	{ STR("\xd9\x88"), 6 },                 /* wa */
};

static struct str article_off(struct str word)
{
	if (str_ends(word, "\xd9\x84\xd9\x84\xd9\x87"))
		return word;
	for (size_t i = 0; i < sizeof affixes / sizeof *affixes; i++) {
		struct str a = affixes[i].letters;
		if (word.n >= a.n + affixes[i].keep && !memcmp(word.p, a.p, a.n)) {
			word = str_from(word, a.n);
			i = SIZE_MAX; /* from the beginning */
		}
	}
	return word;
}

static void hand_over(struct cutter *k, struct str token, bool is_sign)
{
	if (!k->stop)
		k->stop = k->take(k->arg, token, is_sign);
}

static void word_end(struct cutter *k)
{
	if (k->n)
		hand_over(k, article_off((struct str){ k->word, k->n }), false);
	k->n = 0;
	k->is_long = false;
}

static void word_add(struct cutter *k, struct str letter)
{
	if (letter.n > sizeof k->word - k->n)
		k->is_long = true;
	if (k->is_long)
		return;
	memcpy(k->word + k->n, letter.p, letter.n);
	k->n += letter.n;
}

/* ${c} in UTF-8 at ${to}; how many bytes. */
static size_t point_write(char *to, UChar32 c)
{
	uint8_t bytes[U8_MAX_LENGTH];
	uint32_t point = (uint32_t)c;
	size_t n = 0;
	U8_APPEND_UNSAFE(bytes, n, point);
	memcpy(to, bytes, n);
	return n;
}

/* The next code point of well-formed UTF-16. */
static UChar32 point_read(const UChar *p, int32_t *at)
{
	UChar unit = p[(*at)++];
	return U16_IS_LEAD(unit) ? U16_GET_SUPPLEMENTARY(unit, p[(*at)++]) : unit;
}

static void word_add_point(struct cutter *k, UChar32 c)
{
	char bytes[U8_MAX_LENGTH];
	word_add(k, (struct str){ bytes, point_write(bytes, c) });
}

/* The run of signs is over: its last one alone. */
static void signs_end(struct cutter *k)
{
	char bytes[U8_MAX_LENGTH];
	if (k->sign && !(k->use == SEARCH_QUERY && k->has_paired))
		hand_over(k, (struct str){ bytes, point_write(bytes, k->sign) }, true);
	k->sign = 0;
	k->has_paired = false;
}

static void sign_add(struct cutter *k, UChar32 c)
{
	char bytes[2 * U8_MAX_LENGTH];
	word_end(k);
	if (k->sign) {
		size_t n = point_write(bytes, k->sign);
		n += point_write(bytes + n, c);
		hand_over(k, (struct str){ bytes, n }, false);
		k->has_paired = true;
	}
	k->sign = c;
}

/* Numbers that are letters (the Chinese zero) count as letters. */
static bool is_letter(UChar32 c)
{
	return (U_GET_GC_MASK(c) & (U_GC_L_MASK | U_GC_ND_MASK | U_GC_NL_MASK)) != 0;
}

static bool is_sign(UChar32 c)
{
	if (c < 0x1100)
		return false;
	UErrorCode bad = U_ZERO_ERROR;
	UScriptCode script = uscript_getScript(c, &bad);
	return (script == USCRIPT_HAN || script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA ||
		       script == USCRIPT_HANGUL || script == USCRIPT_BOPOMOFO || c == 0x30fc) &&
		is_letter(c);
}

/* A mark joins the word or the sign before it and begins none. */
static bool is_mark(UChar32 c)
{
	return (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
}

/* Marks over and under Latin, Greek, Cyrillic, Hebrew and Arabic letters, the bar that only
 * stretches an Arabic word, and what writers put for hamza and ayn in names. In other scripts
 * a mark is a vowel, and stays. */
static bool is_ornament(UChar32 c)
{
	static const struct {
		UChar32 from, to;
	} blocks[] = { { 0x0300, 0x06ff }, { 0x0898, 0x08ff }, { 0x1ab0, 0x1aff },
		{ 0x1dc0, 0x1dff }, { 0x20d0, 0x20ff }, { 0xfe20, 0xfe2f } };
	if (c < 0x0300 || c == 0x0640)
		return (c >= 0x02b9 && c <= 0x02df) || c == 0x0640;
	for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
		if (c >= blocks[i].from && c <= blocks[i].to)
			return is_mark(c);
	return false;
}

static void letter_add(struct cutter *k, UChar32 c)
{
	UChar parts[32];
	UErrorCode bad = U_ZERO_ERROR;
	if (c < 0x80) {
		word_add_point(k, c);
		return;
	}
	if (u_isdigit(c)) {
		word_add_point(k, '0' + u_charDigitValue(c));
		return;
	}
	/* Without its accents. The Russian short i is a letter of its own. */
	if (c != 0x0439 && (c < 0x0700 || (c >= 0x1e00 && c < 0x2000))) {
		int32_t n = unorm2_getDecomposition(k->parts, c, parts, 32, &bad);
		int32_t at = 0;
		if (n > 0 && U_SUCCESS(bad))
			c = point_read(parts, &at);
	}
	const struct letter *l = bsearch(
		&c, letters, sizeof letters / sizeof *letters, sizeof *letters, letter_order);
	if (l)
		word_add(k, str_c(l->to));
	else
		word_add_point(k, c);
}

static void point_add(struct cutter *k, UChar32 c)
{
	if (is_ornament(c))
		return;
	if (is_sign(c)) {
		sign_add(k, c);
	} else if (is_letter(c)) {
		signs_end(k);
		letter_add(k, c);
	} else if (!is_mark(c)) {
		signs_end(k);
		word_end(k);
	} else if (k->n) {
		word_add_point(k, c);
	}
}

/* Fill ${to} from ${text} and move *at behind it, if possible up to a place where folding one
 * side does not depend on the other. */
static int32_t piece_take(const struct cutter *k, struct str text, size_t *at, UChar *to)
{
	int32_t n = 0;
	while (*at < text.n && n < PIECE - 1) {
		size_t next = *at;
		UChar32 c = utf8_next(text, &next);
		if (c < 0)
			c = ' ';
		if (n > PIECE / 2 && unorm2_hasBoundaryBefore(k->fold, c))
			break;
		U16_APPEND_UNSAFE(to, n, c);
		*at = next;
	}
	return n;
}

int search_cut(struct str text, enum search_use use, search_take *take, void *arg)
{
	UErrorCode bad = U_ZERO_ERROR;
	struct cutter k = { .fold = unorm2_getNFKCCasefoldInstance(&bad),
		.parts = unorm2_getNFDInstance(&bad),
		.use = use,
		.take = take,
		.arg = arg };
	if (U_FAILURE(bad))
		return err_note(ERR_BUG, "ICU without its folding data");
	UChar piece[PIECE], folded[FOLDED];
	for (size_t at = 0; at < text.n && !k.stop;) {
		int32_t n = piece_take(&k, text, &at, piece);
		int32_t n_folded = unorm2_normalize(k.fold, piece, n, folded, FOLDED, &bad);
		if (U_FAILURE(bad))
			return err_note(ERR_BUG, "folding: %s", u_errorName(bad));
		for (int32_t i = 0; i < n_folded && !k.stop;)
			point_add(&k, point_read(folded, &i));
	}
	signs_end(&k);
	word_end(&k);
	return k.stop;
}

struct str search_head(struct str text)
{
	return (struct str){ text.p, text.n < SEARCH_TEXT_MAX ? text.n : SEARCH_TEXT_MAX };
}
