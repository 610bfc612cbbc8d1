#include "tool/css.h"

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* How many bytes the comment at the front of ${s} takes. */
static size_t comment(struct str s)
{
	for (size_t i = 2; i + 1 < s.n; i++)
		if (s.p[i] == '*' && s.p[i + 1] == '/')
			return i + 2;
	return s.n;
}

/* How many bytes the quoted text at the front of ${s} takes. */
static size_t quoted(struct str s)
{
	for (size_t i = 1; i < s.n; i++) {
		if (s.p[i] == s.p[0])
			return i + 1;
		if (s.p[i] == '\\')
			i++;
	}
	return s.n;
}

/* White space counts only between two words: "a b" is not "ab", and "a :hover" is not
 * "a:hover"; around these signs nothing is lost without it. */
static bool joins(char before, char after)
{
	static const char tight_after[] = "{};:,>", tight_before[] = "{};,>";
	return !strchr(tight_after, before) && !strchr(tight_before, after);
}

void css_squeeze(struct buf *out, struct str css)
{
	bool gap = false;
	while (css.n) {
		char c = css.p[0];
		if (is_space(c) || str_starts(css, "/*")) {
			gap = true;
			css = str_from(css, is_space(c) ? 1 : comment(css));
			continue;
		}
		while (c == '}' && out->n && out->p[out->n - 1] == ';')
			out->n--;
		if (gap && out->n && joins(out->p[out->n - 1], c))
			buf_byte(out, ' ');
		gap = false;
		size_t n = c == '"' || c == '\'' ? quoted(css) : 1;
		buf_put(out, css.p, n);
		css = str_from(css, n);
	}
}
