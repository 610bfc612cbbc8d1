#include "form/value.h"
#include "base/utf8.h"
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 128)
			return false;
	return true;
}

/* ICU normalises UTF-16 only (from C). The longest NFC of n units has 3n (Unicode annex 15);
 * back in UTF-8 a unit takes at most 3 bytes. */
static int nfc(struct str raw, struct arena *mem, struct str *ret)
{
	UErrorCode bad = U_ZERO_ERROR;
	const UNormalizer2 *n2 = unorm2_getNFCInstance(&bad);
	if (U_FAILURE(bad))
		return err_note(ERR_BUG, "ICU has no NFC");
	if (is_ascii(raw)) {
		*ret = raw;
		return 0;
	}
	if (raw.n > INT32_MAX / 16)
		return err_note(ERR_LIMIT, "a text too long");
	int32_t n = (int32_t)raw.n, n16 = 0;
	UChar *u16 = arena_array(mem, raw.n, sizeof *u16);
	if (!u16)
		return ERR_NOMEM;
	u_strFromUTF8(u16, n, &n16, raw.p, n, &bad);
	int32_t same = unorm2_spanQuickCheckYes(n2, u16, n16, &bad);
	if (U_SUCCESS(bad) && same == n16) {
		*ret = raw;
		return 0;
	}
	UChar *composed = arena_array(mem, (size_t)n16 * 3, sizeof *composed);
	char *out = arena_array(mem, (size_t)n16 * 3, 3);
	if (!composed || !out)
		return ERR_NOMEM;
	int32_t n_composed = unorm2_normalize(n2, u16, n16, composed, n16 * 3, &bad), n_out = 0;
	u_strToUTF8(out, n16 * 9, &n_out, composed, n_composed, &bad);
	if (U_FAILURE(bad))
		return err_note(ERR_INPUT, "a text that ICU cannot read");
	*ret = (struct str){ out, (size_t)n_out };
	return 0;
}

/* Without white space of any script at both ends. */
static struct str trim(struct str s)
{
	size_t from = s.n, to = 0;
	for (size_t at = 0; at < s.n;) {
		size_t before = at;
		if (u_isUWhiteSpace(utf8_next(s, &at)))
			continue;
		if (from == s.n)
			from = before;
		to = at;
	}
	return from < to ? (struct str){ s.p + from, to - from } : STR("");
}

bool value_is_blank(struct str s)
{
	return trim(s).n == 0;
}

/* Control characters say nothing to a reader: line ends become LF (or a space in a line), a
 * tab becomes a space, the rest goes. U+2028, U+2029 and U+0085 are line ends, too. */
static int32_t plain_of(int32_t c, bool is_line)
{
	if (c == '\n' || c == 0x85 || c == 0x2028 || c == 0x2029)
		return is_line ? ' ' : '\n';
	if (c == '\t')
		return ' ';
	return u_charType(c) == U_CONTROL_CHAR ? 0 : c;
}

static struct str without_controls(struct str s, bool is_line, struct arena *mem)
{
	char *out = arena_take(mem, s.n + 1);
	size_t n = 0;
	if (!out)
		return (struct str){ 0 };
	for (size_t at = 0; at < s.n;) {
		size_t before = at;
		int32_t c = utf8_next(s, &at);
		if (c == '\r') {
			if (at < s.n && s.p[at] == '\n')
				at++;
			c = '\n';
		}
		int32_t plain = plain_of(c, is_line);
		if (plain == c && c != '\n') {
			memcpy(out + n, s.p + before, at - before);
			n += at - before;
		} else if (plain) {
			out[n++] = (char)plain;
		}
	}
	return (struct str){ out, n };
}

/* Composed last: what stood on both sides of a control character may belong together. */
int value_text(struct str raw, enum field_kind kind, struct arena *mem, struct str *ret)
{
	if (kind == FIELD_SECRET)
		return nfc(raw, mem, ret);
	struct str s = without_controls(raw, kind == FIELD_LINE, mem);
	return s.p ? nfc(trim(s), mem, ret) : ERR_NOMEM;
}

/* The digits at *at as one number, behind which *at moves; false when there are none or too
 * many. */
static bool take_number(struct str s, size_t *at, uint64_t *ret)
{
	uint64_t v = 0;
	size_t end = *at, have = 0;
	for (size_t next = end; next < s.n; end = next, have++) {
		int32_t c = utf8_next(s, &next);
		int32_t digit = c < 0 ? -1 : u_charDigitValue(c);
		if (digit < 0)
			break;
		if (__builtin_mul_overflow(v, 10u, &v) ||
			__builtin_add_overflow(v, (uint64_t)digit, &v))
			return false;
	}
	*at = end;
	*ret = v;
	return have > 0;
}

static bool is_minus(int32_t c)
{
	return c == '-' || c == 0x2212 || c == 0xff0d;
}

bool value_int(struct str s, int64_t *ret)
{
	s = trim(s);
	size_t at = 0;
	bool is_negative = is_minus(utf8_next(s, &at));
	if (!is_negative)
		at = 0;
	uint64_t v;
	if (!take_number(s, &at, &v) || at != s.n || v > INT64_MAX)
		return false;
	*ret = is_negative ? -(int64_t)v : (int64_t)v;
	return true;
}

/* Days from 1 January 1970 in the Gregorian calendar; a year begins in March here, so that
 * the leap day is its last. */
static int64_t days_of(int64_t year, int64_t month, int64_t day)
{
	int64_t y = month > 2 ? year : year - 1, m = month > 2 ? month - 3 : month + 9;
	return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 1 - 719468;
}

static int64_t month_days(int64_t year, int64_t month)
{
	return days_of(month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1) -
		days_of(year, month, 1);
}

bool value_date(struct str s, int64_t *ret)
{
	s = trim(s);
	uint64_t part[3];
	size_t at = 0;
	for (int i = 0; i < 3; i++) {
		if (i && at < s.n && !memchr("-/.", s.p[at++], 3))
			return false;
		if (!take_number(s, &at, &part[i]))
			return false;
	}
	if (at != s.n || part[0] < 1 || part[0] > 9999 || part[1] < 1 || part[1] > 12)
		return false;
	int64_t year = (int64_t)part[0], month = (int64_t)part[1];
	if (part[2] < 1 || part[2] > (uint64_t)month_days(year, month))
		return false;
	*ret = days_of(year, month, (int64_t)part[2]) * 86400;
	return true;
}
