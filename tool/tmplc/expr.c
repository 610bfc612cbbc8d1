#include "tool/tmplc/inner.h"

/* The byte behind the string that begins at ${i}; n + 1 if it does not end. */
static int string_end(const char *s, int n, int i)
{
	char quote = s[i++];
	for (; i < n && s[i] != quote; i++)
		if (s[i] == '\\')
			i++;
	return i + 1;
}

/* The expression as seen from outside: what stands in strings and brackets becomes 'x'. Returns
 * what opens minus what closes, or -1 if they do not match. ${to} has room for n + 1. */
static int outline(const char *s, int n, char *to)
{
	int depth = 0;
	for (int i = 0; i < n;) {
		bool is_string = s[i] == '"' || s[i] == '\'';
		int end = is_string ? string_end(s, n, i) : i + 1;
		if (end > n || (strchr(")]}", s[i]) && --depth < 0))
			return -1;
		memset(to + i, 'x', (size_t)(end - i));
		if (!depth && !is_string)
			to[i] = s[i];
		depth += strchr("([{", s[i]) != NULL;
		i = end;
	}
	to[n] = 0;
	return depth;
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
