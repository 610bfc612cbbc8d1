#include "tests/tmplc/parse.h"
#include <ctype.h>
#include <strings.h>

struct walk {
	struct parse *p;
	struct str left;
	const char *rcdata; /* the element whose end alone is read, or "" */
};

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static char next(struct walk *k)
{
	char c = k->left.n ? *k->left.p : 0;
	if (k->left.n)
		k->left = str_from(k->left, 1);
	return c;
}

/* The references that we write, and those of the sample's literal text. */
static bool reference(struct walk *k, struct buf *to)
{
	static const struct {
		const char *name;
		char c;
	} known[] = { { "&amp;", '&' }, { "&lt;", '<' }, { "&gt;", '>' }, { "&#34;", '"' },
		{ "&#39;", '\'' }, { "&#96;", '`' } };
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (str_starts(k->left, known[i].name)) {
			buf_byte(to, known[i].c);
			k->left = str_from(k->left, strlen(known[i].name));
			return true;
		}
	return false;
}

static void put(struct walk *k, struct buf *to)
{
	if (!reference(k, to))
		buf_byte(to, next(k));
}

static void value(struct walk *k, struct buf *to)
{
	while (k->left.n && is_space(*k->left.p))
		next(k);
	char quote = k->left.n && (*k->left.p == '"' || *k->left.p == '\'') ? next(k) : 0;
	while (k->left.n) {
		char c = *k->left.p;
		if (quote ? c == quote : is_space(c) || c == '>')
			break;
		put(k, to);
	}
	if (quote)
		next(k);
}

static void attribute(struct walk *k, struct str tag)
{
	auto_buf name, val;
	buf_init(&name, 1 << 20);
	buf_init(&val, 1 << 20);
	do
		buf_byte(&name, (char)tolower((unsigned char)next(k)));
	while (k->left.n && !is_space(*k->left.p) && !strchr("/>=", *k->left.p));
	buf_byte(&k->p->shape, ' ');
	buf_str(&k->p->shape, buf_view(&name));
	while (k->left.n && is_space(*k->left.p))
		next(k);
	if (k->left.n && *k->left.p == '=') {
		next(k);
		value(k, &val);
	}
	k->p->attr(k->p->ctx, tag, buf_view(&name), buf_view(&val));
}

static void tag(struct walk *k, bool is_end)
{
	auto_buf name;
	buf_init(&name, 1 << 20);
	while (k->left.n && !is_space(*k->left.p) && !strchr("/>", *k->left.p))
		buf_byte(&name, (char)tolower((unsigned char)next(k)));
	if (is_end)
		buf_byte(&k->p->shape, '/');
	buf_str(&k->p->shape, buf_view(&name));
	while (k->left.n && *k->left.p != '>') {
		if (is_space(*k->left.p) || *k->left.p == '/')
			next(k);
		else
			attribute(k, buf_view(&name));
	}
	next(k);
	buf_byte(&k->p->shape, '\n');
	k->rcdata = is_end                            ? ""
		: str_is(buf_view(&name), "title")    ? "title"
		: str_is(buf_view(&name), "textarea") ? "textarea"
						      : "";
}

static void declaration(struct walk *k)
{
	bool comment = str_starts(k->left, "<!--");
	const char *end = comment ? "-->" : ">";
	while (k->left.n && !str_starts(k->left, end))
		next(k);
	k->left = str_from(k->left, strlen(end));
	buf_c(&k->p->shape, "!\n");
}

static bool opens_end_tag(const struct walk *k)
{
	size_t n = strlen(k->rcdata);
	return str_starts(k->left, "</") && k->left.n > n + 2 &&
		strncasecmp(k->left.p + 2, k->rcdata, n) == 0;
}

void parse_page(struct parse *p, struct str html)
{
	struct walk k = { .p = p, .left = html, .rcdata = "" };
	while (k.left.n) {
		char after = k.left.n > 1 ? k.left.p[1] : 0;
		if (*k.left.p != '<' || (k.rcdata[0] && !opens_end_tag(&k))) {
			put(&k, &p->text);
		} else if (after == '!' || after == '?') {
			declaration(&k);
		} else if (after == '/' && k.left.n > 2 && isalpha((unsigned char)k.left.p[2])) {
			k.left = str_from(k.left, 2);
			tag(&k, true);
		} else if (isalpha((unsigned char)after)) {
			next(&k);
			tag(&k, false);
		} else {
			put(&k, &p->text);
		}
	}
}
