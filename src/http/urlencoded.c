#include "http/urlencoded.h"
#include "base/utf8.h"
#include <string.h>

int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

int fields_add(struct fields *f, struct http_pair pair)
{
	if (f->n == f->max)
		return err_note(ERR_LIMIT, "more than %zu fields", f->max);
	f->pair[f->n++] = pair;
	return 0;
}

int fields_byte(struct fields *f, char c)
{
	if (f->used == f->cap)
		return err_note(ERR_LIMIT, "fields longer than announced");
	f->text[f->used++] = c;
	return 0;
}

int fields_bytes(struct fields *f, struct str s)
{
	if (s.n > f->cap - f->used)
		return err_note(ERR_LIMIT, "fields longer than announced");
	if (s.n)
		memcpy(f->text + f->used, s.p, s.n);
	f->used += s.n;
	return 0;
}

/* What was decoded since ${start}, which moves up. */
static struct str cut(struct urlencoded *u, struct fields *f)
{
	struct str s = { f->text + u->start, f->used - u->start };
	u->start = f->used;
	return s;
}

static int pair_end(struct urlencoded *u, struct fields *f)
{
	struct str last = cut(u, f);
	struct http_pair pair = { .name = u->name.p ? u->name : last };
	pair.value = u->name.p ? last : (struct str){ f->text + f->used, 0 };
	bool is_begun = u->is_begun;
	u->name = (struct str){ 0 };
	u->is_begun = false;
	if (!is_begun)
		return 0;
	if (pair.name.n > FIELD_NAME_MAX)
		return err_note(ERR_LIMIT, "field name too long");
	if (!utf8_ok(pair.name) || !utf8_ok(pair.value))
		return err_note(ERR_INPUT, "field is not UTF-8");
	return fields_add(f, pair);
}

static int hex_feed(struct urlencoded *u, struct fields *f, char c)
{
	int digit = hex_digit(c);
	if (digit < 0)
		return err_note(ERR_INPUT, "bad percent-encoding");
	u->hex = (unsigned char)(u->hex << 4 | digit);
	return --u->hex_left ? 0 : fields_byte(f, (char)u->hex);
}

static int byte_feed(struct urlencoded *u, struct fields *f, char c)
{
	if (u->hex_left)
		return hex_feed(u, f, c);
	if (c == '&')
		return pair_end(u, f);
	u->is_begun = true;
	if (c == '=' && !u->name.p) {
		u->name = cut(u, f);
		return 0;
	}
	if (c == '%') {
		u->hex_left = 2;
		u->hex = 0;
		return 0;
	}
	return fields_byte(f, c == '+' ? ' ' : c);
}

int urlencoded_feed(struct urlencoded *u, struct fields *f, struct str piece)
{
	for (size_t i = 0; i < piece.n; i++) {
		int st = byte_feed(u, f, piece.p[i]);
		if (st < 0)
			return st;
	}
	return 0;
}

int urlencoded_end(struct urlencoded *u, struct fields *f)
{
	if (u->hex_left)
		return err_note(ERR_INPUT, "bad percent-encoding");
	return pair_end(u, f);
}
