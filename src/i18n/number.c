/* Whole numbers are grouped by ourselves with the signs ICU names: written as UTF-8 at once,
 * and no thread has to make an object first. */
#include "base/utf8.h"
#include "i18n/inner.h"
#include <pthread.h>
#include <unicode/uchar.h>
#include <unicode/unum.h>
#include <unicode/ustring.h>

enum { SIGN_MAX = 16 };
struct signs {
	char group[SIGN_MAX], minus[SIGN_MAX], point[SIGN_MAX];
	char before[SIGN_MAX], after[SIGN_MAX]; /* the digits of a percentage */
};
static pthread_once_t once = PTHREAD_ONCE_INIT;
static struct signs signs[LANG_COUNT];

static void keep(char *to, const UChar *u, int32_t n)
{
	UErrorCode st = U_ZERO_ERROR;
	u_strToUTF8(to, SIGN_MAX, NULL, u, n, &st);
	must(U_SUCCESS(st) && strlen(to) < SIGN_MAX);
}

static void symbol(char *to, const UNumberFormat *f, UNumberFormatSymbol which)
{
	UErrorCode st = U_ZERO_ERROR;
	UChar u[SIGN_MAX];
	int32_t n = unum_getSymbol(f, which, u, SIGN_MAX, &st);
	must(U_SUCCESS(st));
	keep(to, u, n);
}

/* ICU writes 50%; what stands around the digits is the same for every number. */
static void percent_signs(struct signs *s, const char *locale)
{
	UErrorCode st = U_ZERO_ERROR;
	UChar u[ICU_TEXT];
	UNumberFormat *f = unum_open(UNUM_PERCENT, NULL, 0, locale, NULL, &st);
	int32_t n = unum_formatDouble(f, 0.5, u, ICU_TEXT, NULL, &st), at = 0;
	must(U_SUCCESS(st));
	while (at < n && u[at] != '5')
		at++;
	must(at + 2 <= n && u[at + 1] == '0');
	keep(s->before, u, at);
	keep(s->after, u + at + 2, n - at - 2);
	unum_close(f);
}

/* Without ICU's data nothing here could speak; then the process does not go on. */
static void learn(void)
{
	for (enum lang_id l = 0; l < LANG_COUNT; l++) {
		UErrorCode st = U_ZERO_ERROR;
		const char *locale = lang_of(l)->icu;
		UNumberFormat *f = unum_open(UNUM_DECIMAL, NULL, 0, locale, NULL, &st);
		must(U_SUCCESS(st));
		symbol(signs[l].group, f, UNUM_GROUPING_SEPARATOR_SYMBOL);
		symbol(signs[l].minus, f, UNUM_MINUS_SIGN_SYMBOL);
		symbol(signs[l].point, f, UNUM_DECIMAL_SEPARATOR_SYMBOL);
		percent_signs(&signs[l], locale);
		unum_close(f);
	}
}

/* Writes backwards from ${end} and returns where the number starts. */
static char *put_back(char *end, const char *s)
{
	size_t n = strlen(s);
	return memcpy(end - n, s, n);
}

static char *group_back(char *end, const struct signs *s, int64_t n)
{
	uint64_t left = n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
	for (int digits = 0; left || digits == 0; digits++, left /= 10) {
		if (digits && digits % 3 == 0)
			end = put_back(end, s->group);
		*--end = (char)('0' + left % 10);
	}
	return n < 0 ? put_back(end, s->minus) : end;
}

struct str lang_number(const struct lang *l, struct arena *mem, int64_t n)
{
	char text[8 * SIGN_MAX + 20], *end = text + sizeof text;
	pthread_once(&once, learn);
	char *p = group_back(end, &signs[l->id], n);
	return arena_copy(mem, (struct str){ p, (size_t)(end - p) });
}

struct str lang_decimal(const struct lang *l, struct arena *mem, struct str s)
{
	char text[8 * SIGN_MAX + 20], *end = text + sizeof text;
	const bool is_below = str_starts(s, "-");
	const struct str all = is_below ? str_from(s, 1) : s;
	const size_t whole = str_find(all, '.');
	int64_t n = 0;
	pthread_once(&once, learn);
	const struct signs *sign = &signs[l->id];
	if (!str_i64((struct str){ all.p, whole }, &n) || n < 0)
		return s;
	char *p = group_back(end, sign, n);
	return arena_f(mem, "%s%.*s%s%.*s", is_below ? sign->minus : "", (int)(end - p), p,
		whole < all.n ? sign->point : "",
		STR_ARG(whole < all.n ? str_from(all, whole + 1) : STR("")));
}

/* In whole hundredths, halves up. */
static int64_t hundredths(int64_t part, int64_t whole)
{
	if (whole <= 0 || part <= 0)
		return 0;
	return (int64_t)(((__int128)part * 200 + whole) / ((__int128)whole * 2));
}

struct str lang_percent(const struct lang *l, struct arena *mem, int64_t part, int64_t whole)
{
	char text[10 * SIGN_MAX + 20], *end = text + sizeof text;
	pthread_once(&once, learn);
	const struct signs *s = &signs[l->id];
	char *p = group_back(put_back(end, s->after), s, hundredths(part, whole));
	p = put_back(p, s->before);
	return arena_copy(mem, (struct str){ p, (size_t)(end - p) });
}

struct str lang_year(struct arena *mem, int64_t year)
{
	return arena_f(mem, "%lld", (long long)year);
}

struct str lang_digits(struct arena *mem, struct str s)
{
	char *out = arena_take(mem, s.n + 1);
	size_t n = 0;
	if (!out)
		return (struct str){ 0 };
	for (size_t i = 0; i < s.n;) {
		size_t from = i, next = i;
		int32_t value = s.p[i] & 0x80 ? u_charDigitValue(utf8_next(s, &next)) : -1;
		i = next > from ? next : from + 1;
		if (value >= 0 && value <= 9) {
			out[n++] = (char)('0' + value);
			continue;
		}
		memcpy(out + n, s.p + from, i - from);
		n += i - from;
	}
	return (struct str){ out, n };
}
