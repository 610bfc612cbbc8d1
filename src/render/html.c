#include "render/html.h"

void html_lit(struct html *w, const char *p, size_t n)
{
	buf_put(&w->out, p, n);
}

/* What a byte becomes in text and in quoted attributes; NULL: itself. */
static const char *const escape[256] = {
	[0] = "\xEF\xBF\xBD",
	['&'] = "&amp;",
	['<'] = "&lt;",
	['>'] = "&gt;",
	['"'] = "&#34;",
	['\''] = "&#39;",
	['`'] = "&#96;",
};

void html_text_str(struct html *w, struct str s)
{
	size_t from = 0;
	for (size_t i = 0; i < s.n; i++) {
		const char *e = escape[(unsigned char)s.p[i]];
		if (!e)
			continue;
		buf_put(&w->out, s.p + from, i - from);
		buf_c(&w->out, e);
		from = i + 1;
	}
	if (from < s.n)
		buf_put(&w->out, s.p + from, s.n - from);
}

void html_text_c(struct html *w, const char *z)
{
	html_text_str(w, str_c(z));
}

void html_text_i64(struct html *w, int64_t v)
{
	buf_i64(&w->out, v);
}

void html_text_u64(struct html *w, uint64_t v)
{
	if (v >= 10)
		html_text_u64(w, v / 10);
	buf_byte(&w->out, (char)('0' + v % 10));
}

void html_text_safe(struct html *w, struct safe_html h)
{
	buf_str(&w->out, h.s);
}

void html_text_day(struct html *w, struct day d)
{
	html_text_str(w, lang_date(w->lang, w->mem, d.at));
}

void html_text_moment(struct html *w, struct moment m)
{
	html_text_str(w, lang_time(w->lang, w->mem, m.at));
}

void html_url(struct html *w, struct url u)
{
	html_text_str(w, u.s);
}

static bool is_unreserved(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		c == '-' || c == '.' || c == '_' || c == '~';
}

/* "." and ".." would climb the path, percent-encoded or not: they become "_". */
static bool is_dot_segment(struct str s)
{
	return str_is(s, ".") || str_is(s, "..");
}

void url_part(struct buf *to, struct str s)
{
	static const char hex[] = "0123456789ABCDEF";
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (is_unreserved(s.p[i]))
			buf_byte(to, s.p[i]);
		else
			buf_put(to, (char[]){ '%', hex[c >> 4], hex[c & 15] }, 3);
	}
}

void html_urlpart_str(struct html *w, struct str s)
{
	if (is_dot_segment(s))
		buf_put(&w->out, "__", s.n);
	else
		url_part(&w->out, s);
}

void html_urlpart_c(struct html *w, const char *z)
{
	html_urlpart_str(w, str_c(z));
}

void html_csrf(struct html *w)
{
	buf_c(&w->out, "<input type=\"hidden\" name=\"csrf\" value=\"");
	html_text_str(w, w->csrf);
	buf_c(&w->out, "\">");
}

struct msg_arg msg_arg_str(const char *name, struct str s)
{
	return (struct msg_arg){ .name = name, .kind = ARG_STR, .s = s };
}

struct msg_arg msg_arg_c(const char *name, const char *z)
{
	return msg_arg_str(name, str_c(z));
}

struct msg_arg msg_arg_i64(const char *name, int64_t v)
{
	return (struct msg_arg){ .name = name, .kind = ARG_I64, .n = v };
}

struct msg_arg msg_arg_u64(const char *name, uint64_t v)
{
	return msg_arg_i64(name, v > INT64_MAX ? INT64_MAX : (int64_t)v);
}

struct msg_arg msg_arg_day(const char *name, struct day d)
{
	return (struct msg_arg){ .name = name, .kind = ARG_DAY, .n = d.at };
}

struct msg_arg msg_arg_moment(const char *name, struct moment m)
{
	return (struct msg_arg){ .name = name, .kind = ARG_MOMENT, .n = m.at };
}

struct msg_arg msg_arg_url(const char *name, struct url u)
{
	return (struct msg_arg){ .name = name, .kind = ARG_URL, .s = u.s };
}

static bool is_printable(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c <= 0x20 || c == 0x7f || c == '\\')
			return false;
	}
	return true;
}

int url_local(struct str s, struct url *ret)
{
	if (!str_starts(s, "/") || str_starts(s, "//") || !is_printable(s))
		return err_note(ERR_INPUT, "not a path on this site");
	*ret = (struct url){ s };
	return 0;
}

int url_web(struct str s, struct url *ret)
{
	static const char *const ok[] = { "https://", "http://", "mailto:" };
	for (size_t i = 0; i < sizeof ok / sizeof *ok; i++)
		if (s.n > strlen(ok[i]) && str_starts(s, ok[i]) && is_printable(s)) {
			*ret = (struct url){ s };
			return 0;
		}
	return err_note(ERR_INPUT, "not an address on the web");
}
