#include "tool/sqlc/lex.h"
#include <ctype.h>

static bool is_name(char c)
{
	return isalnum((unsigned char)c) || c == '_' || (c & 0x80);
}

/* Past ${n} bytes, counting lines. */
static struct str take(struct lex *l, size_t n)
{
	struct str taken = { l->left.p, n };
	for (size_t i = 0; i < n; i++)
		l->line += l->left.p[i] == '\n';
	l->left = str_from(l->left, n);
	return taken;
}

static bool at(const struct lex *l, const char *z)
{
	return str_starts(l->left, z);
}

/* White space and comments; false for a comment without end. */
static bool skip(struct lex *l)
{
	for (;;) {
		size_t n = 0;
		while (n < l->left.n && isspace((unsigned char)l->left.p[n]))
			n++;
		take(l, n);
		if (at(l, "--")) {
			take(l, str_find(l->left, '\n'));
		} else if (at(l, "/*")) {
			const char *end = memmem(l->left.p + 2, l->left.n - 2, "*/", 2);
			if (!end)
				return false;
			take(l, (size_t)(end - l->left.p) + 2);
		} else {
			return true;
		}
	}
}

/* The length of a quoted thing with its quotes; 0 when it has no end. A doubled quote
 * stands for itself. */
static size_t quoted(struct str s)
{
	char quote = s.p[0];
	for (size_t n = 1; n < s.n; n++) {
		if (s.p[n] != quote)
			continue;
		if (n + 1 < s.n && s.p[n + 1] == quote)
			n++;
		else
			return n + 1;
	}
	return 0;
}

static size_t digits(struct str s)
{
	size_t n = 0;
	while (n < s.n && isdigit((unsigned char)s.p[n]))
		n++;
	return n;
}

static enum lex_kind kind_of(const struct lex *l, size_t *ret_n, int *ret_number)
{
	char c = l->left.p[0];
	size_t n = 1;
	enum lex_kind kind = LEX_SIGN;
	if (c == '\'' || c == '"') {
		n = quoted(l->left);
		kind = c == '"' ? LEX_QUOTED : LEX_TEXT;
	} else if (c == '?') {
		int64_t v = 0;
		n = 1 + digits(str_from(l->left, 1));
		kind = LEX_PARAM;
		if (n > 1 &&
			!(n <= 5 && str_i64((struct str){ l->left.p + 1, n - 1 }, &v) && v > 0))
			n = 0;
		*ret_number = (int)v;
	} else if (is_name(c)) {
		while (n < l->left.n && is_name(l->left.p[n]))
			n++;
		kind = LEX_WORD;
	} else if ((unsigned char)c < ' ' || c == 0x7f) {
		n = 0;
	}
	*ret_n = n;
	return kind;
}

void lex_next(struct lex *l, struct lex_token *t)
{
	const char *before = l->left.p;
	*t = (struct lex_token){ .kind = LEX_BAD };
	if (l->was_bad || !skip(l)) {
		l->was_bad = true;
		t->line = l->line;
		return;
	}
	t->line = l->line;
	t->has_gap = l->left.p != before;
	if (l->left.n == 0) {
		t->kind = LEX_END;
		return;
	}
	size_t n;
	enum lex_kind kind = kind_of(l, &n, &t->number);
	if (n == 0) {
		l->was_bad = true;
		return;
	}
	t->kind = kind;
	t->text = take(l, n);
}

bool lex_is(const struct lex_token *t, const char *word)
{
	return (t->kind == LEX_WORD || t->kind == LEX_SIGN) && str_eq_ascii(t->text, str_c(word));
}
