/* What a value of a file is once its dress is taken off. */
#include "base/buf.h"
#include "base/csv.h"
#include "record/mapping.h"
#include "record/walk.h"
#include <stdlib.h>
#include <string.h>
#include <unicode/ustring.h>

extern const struct str upr_sessions_text;

enum { ENTITY_MAX = 10 };

/* ---- marks of web pages ---- */

static const struct {
	const char *name;
	uint32_t letter;
} entities[] = {
	{ "amp", '&' },
	{ "lt", '<' },
	{ "gt", '>' },
	{ "quot", '"' },
	{ "apos", '\'' },
	{ "nbsp", ' ' },
	{ "ndash", 0x2013 },
	{ "mdash", 0x2014 },
	{ "lsquo", 0x2018 },
	{ "rsquo", 0x2019 },
	{ "ldquo", 0x201c },
	{ "rdquo", 0x201d },
	{ "hellip", 0x2026 },
	{ "eacute", 0xe9 },
	{ "egrave", 0xe8 },
	{ "ocirc", 0xf4 },
	{ "uuml", 0xfc },
	{ "ouml", 0xf6 },
	{ "auml", 0xe4 },
	{ "ccedil", 0xe7 },
};

static void put_letter(struct buf *to, uint32_t letter)
{
	UChar unit[2];
	char bytes[8];
	int32_t n = 0, m = 0;
	UErrorCode st = U_ZERO_ERROR;
	int32_t code = (int32_t)(letter < ' ' || letter == 0xa0 ? ' ' : letter);
	u_strFromUTF32(unit, 2, &n, &code, 1, &st);
	u_strToUTF8(bytes, sizeof bytes, &m, unit, n, &st);
	if (U_SUCCESS(st))
		buf_put(to, bytes, (size_t)m);
}

/* "&#8217;", "&#x2019;" or "&amp;" at the front of ${s}: its length; 0: it is none. */
static size_t entity(struct str s, struct buf *to)
{
	size_t end = 1;
	char text[ENTITY_MAX + 1] = "";
	while (end < s.n && end <= ENTITY_MAX && s.p[end] != ';')
		end++;
	if (end >= s.n || s.p[end] != ';' || end < 3)
		return 0;
	memcpy(text, s.p + 1, end - 1);
	if (text[0] == '#') {
		char *last;
		bool is_hex = text[1] == 'x' || text[1] == 'X';
		unsigned long letter = strtoul(text + (is_hex ? 2 : 1), &last, is_hex ? 16 : 10);
		if (*last || letter > 0x10ffff)
			return 0;
		put_letter(to, (uint32_t)letter);
		return end + 1;
	}
	for (size_t i = 0; i < sizeof entities / sizeof *entities; i++)
		if (!strcmp(text, entities[i].name)) {
			put_letter(to, entities[i].letter);
			return end + 1;
		}
	return 0;
}

/* "<p class=x>" at the front of ${s}: its length; 0: a "<" that means less than. */
static size_t mark(struct str s)
{
	bool is_mark = s.n > 2 &&
		(s.p[1] == '/' || (s.p[1] >= 'a' && s.p[1] <= 'z') ||
			(s.p[1] >= 'A' && s.p[1] <= 'Z'));
	size_t end = str_find(s, '>');
	return is_mark && end < s.n ? end + 1 : 0;
}

static void unmark(struct str s, struct buf *to)
{
	for (size_t i = 0; i < s.n;) {
		struct str rest = str_from(s, i);
		size_t n = s.p[i] == '&' ? entity(rest, to) : s.p[i] == '<' ? mark(rest) : 0;
		if (n && s.p[i] == '<')
			buf_c(to, " ");
		if (!n)
			buf_byte(to, s.p[i]);
		i += n ? n : 1;
	}
}

struct str mapping_plain(struct str s, int as, struct arena *mem)
{
	auto_buf to;
	if (as & MAP_HTML) {
		buf_init(&to, 4 * ROWS_CELL_MAX);
		unmark(s, &to);
		s = to.failed ? (struct str){ 0 } : arena_copy(mem, str_trim(buf_view(&to)));
	} else {
		buf_init(&to, 1);
	}
	if (as & MAP_DASH && str_starts(s, "- "))
		s = str_trim(str_from(s, 2));
	return s;
}

/* ---- days ---- */

/* The first day of a session, as forms/upr_sessions.csv has it. */
static struct str session_day(struct str s, struct arena *mem)
{
	auto_csv rows;
	int64_t n, number;
	csv_init(&rows, upr_sessions_text, 2);
	while (str_i64(s, &n) && csv_next(&rows) > 0)
		if (rows.n == 2 && str_i64(rows.field[0], &number) && number == n)
			return arena_copy(mem, rows.field[1]);
	return (struct str){ 0 };
}

/* Three numbers parted by "/", "." or "-", put into the order year, month, day. */
static struct str turned(struct str s, int as, struct arena *mem)
{
	struct str part[3] = { 0 };
	size_t n = 0, from = 0;
	for (size_t i = 0; i <= s.n && n < 3; i++)
		if (i == s.n || s.p[i] == '/' || s.p[i] == '.' || s.p[i] == '-') {
			part[n++] = (struct str){ s.p + from, i - from };
			from = i + 1;
		}
	if (n < 3 || part[2].n != 4)
		return s;
	struct str day = part[as & MAP_MDY ? 1 : 0], month = part[as & MAP_MDY ? 0 : 1];
	return arena_f(mem, "%.*s-%.*s-%.*s", STR_ARG(part[2]), STR_ARG(month), STR_ARG(day));
}

bool mapping_day(struct str s, int as, bool is_month, struct arena *mem, struct str *ret)
{
	s = str_trim(s);
	if (as & MAP_SESSION)
		s = session_day(s, mem);
	else if (as & (MAP_DMY | MAP_MDY))
		s = turned(s, as, mem);
	/* "2026-06-09T00:00:00" */
	if (s.n > 10 && (s.p[10] == 'T' || s.p[10] == ' '))
		s.n = 10;
	return s.p && walk_day(mem, s, is_month, ret);
}
