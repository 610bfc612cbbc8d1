#include "tool/tmplc/inner.h"

/* The expression as seen from outside: what stands in strings and brackets becomes 'x'. Returns
 * what opens minus what closes, or -1 if they do not match. ${to} has room for n + 1. */
static int outline(const char *s, int n, char *to)
{
	int depth = 0;
	char quote = 0;
	for (int i = 0; i < n; i++) {
		bool opens = !quote && strchr("([{", s[i]), closes = !quote && strchr(")]}", s[i]);
		if (closes && --depth < 0)
			return -1;
		to[i] = depth || quote ? 'x' : s[i];
		if (opens)
			depth++;
		if (quote && s[i] == '\\' && i + 1 < n)
			to[++i] = 'x';
		else if (s[i] == quote)
			quote = 0;
		else if (!quote && (s[i] == '"' || s[i] == '\''))
			quote = s[i];
	}
	to[n] = 0;
	return quote ? -1 : depth;
}

/* A comparison's type is int, so the C compiler would print it. */
static bool is_claim(const char *line)
{
	if (strchr(line, '?'))
		return false;
	if (strstr(line, "&&") || strstr(line, "||") || strstr(line, "==") || strchr(line, '!'))
		return true;
	for (const char *p = line; (p = strpbrk(p, "<>")); p++) {
		if (p[0] == p[1])
			p++; /* a shift */
		else if (p == line || p[-1] != '-')
			return true;
	}
	return false;
}

void expr_check(struct tmplc *t, const char *s, int n)
{
	char line[EXPR + 1];
	if (outline(s, n, line) != 0)
		fail(t, "the brackets or quotes of %.*s do not match", n > 60 ? 60 : n, s);
	if (strchr(line, ';'))
		fail(t, "a value is one C expression, not a statement: %.*s", n > 60 ? 60 : n, s);
	if (is_claim(line))
		fail(t, "%.*s is true or false, not a text: use {{if (…)}}, or … ? … : …",
			n > 60 ? 60 : n, s);
}

int expr_word(const char *s, int n)
{
	char line[EXPR + 1];
	if (outline(s, n, line) < 0)
		return n;
	return (int)strcspn(line, " \t\n");
}

bool expr_is_bracketed(const char *s, int n)
{
	char line[EXPR + 1];
	return n > 2 && s[0] == '(' && outline(s, n, line) == 0 &&
		strchr(line, ')') == line + n - 1;
}
