/* Polis keeps its texts as HTML: "Iwi &amp; land owners". */
#include "participate/polis_inner.h"

static const struct {
	const char *name;
	int32_t sign;
} names[] = {
	{ "amp", '&' },
	{ "lt", '<' },
	{ "gt", '>' },
	{ "quot", '"' },
	{ "apos", '\'' },
	{ "nbsp", 0xa0 },
	{ "ndash", 0x2013 },
	{ "mdash", 0x2014 },
	{ "lsquo", 0x2018 },
	{ "rsquo", 0x2019 },
	{ "ldquo", 0x201c },
	{ "rdquo", 0x201d },
	{ "hellip", 0x2026 },
};

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : 99;
}

/* "#39" or "#x27"; -1 for what is no character that a text may hold. */
static int32_t by_number(struct str s)
{
	int base = s.n > 1 && (s.p[1] | 0x20) == 'x' ? 16 : 10;
	size_t i = base == 16 ? 2 : 1;
	int32_t sign = 0;
	if (i >= s.n || s.n > 9)
		return -1;
	for (; i < s.n; i++) {
		if (digit(s.p[i]) >= base)
			return -1;
		sign = sign * base + digit(s.p[i]);
		if (sign > 0x10ffff)
			return -1;
	}
	bool is_control = sign < 32 && sign != '\n' && sign != '\t';
	return is_control || (sign >= 0xd800 && sign < 0xe000) ? -1 : sign;
}

static int32_t sign_of(struct str name)
{
	if (str_starts(name, "#"))
		return by_number(name);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_is(name, names[i].name))
			return names[i].sign;
	return -1;
}

static void put_sign(struct buf *b, int32_t c)
{
	if (c < 0x80) {
		buf_byte(b, (char)c);
		return;
	}
	if (c < 0x800) {
		buf_byte(b, (char)(0xc0 | c >> 6));
	} else {
		if (c < 0x10000) {
			buf_byte(b, (char)(0xe0 | c >> 12));
		} else {
			buf_byte(b, (char)(0xf0 | c >> 18));
			buf_byte(b, (char)(0x80 | (c >> 12 & 0x3f)));
		}
		buf_byte(b, (char)(0x80 | (c >> 6 & 0x3f)));
	}
	buf_byte(b, (char)(0x80 | (c & 0x3f)));
}

/* Read once: "&amp;lt;" is the text "&lt;". */
struct str polis_plain(struct arena *mem, struct str text)
{
	auto_buf out;
	buf_init(&out, text.n + 1);
	for (size_t i = 0; i < text.n; i++) {
		struct str name = str_from(text, i + 1);
		size_t n = text.p[i] == '&' ? str_find(name, ';') : name.n;
		name.n = n < name.n && n < 12 ? n : 0;
		int32_t sign = name.n ? sign_of(name) : -1;
		if (sign >= 0) {
			put_sign(&out, sign);
			i += n + 1;
		} else {
			buf_byte(&out, text.p[i]);
		}
	}
	return out.failed ? (struct str){ 0 } : arena_copy(mem, buf_view(&out));
}
