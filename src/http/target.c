#include "http/target.h"
#include "base/utf8.h"
#include "http/urlencoded.h"
#include <string.h>

bool target_host_ok(struct str host)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789.-_:[]";
	for (size_t i = 0; i < host.n; i++)
		if (!host.p[i] || !strchr(allowed, host.p[i]))
			return false;
	return host.n > 0 && host.n <= 255;
}

/* Percent-decode ${s} into ${to}. A slash or a control character in disguise is refused:
 * nothing behind us may see another path than a front server saw. -1 or the length. */
static ptrdiff_t path_decode(struct str s, char *to)
{
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '%') {
			int high = i + 2 < s.n ? hex_digit(s.p[i + 1]) : -1;
			int low = i + 2 < s.n ? hex_digit(s.p[i + 2]) : -1;
			if (high < 0 || low < 0)
				return -1;
			c = (char)(high << 4 | low);
			i += 2;
			if (c == '/')
				return -1;
		}
		if ((unsigned char)c < 0x20 || c == 0x7f || c == '\\')
			return -1;
		to[n++] = c;
	}
	return (ptrdiff_t)n;
}

/* Resolve "." and ".." and merge slashes, in place. -1 when it climbs above the root. */
static ptrdiff_t path_resolve(char *p, size_t n)
{
	size_t to = 0;
	for (size_t i = 0; i < n;) {
		size_t end = i + 1;
		while (end < n && p[end] != '/')
			end++;
		struct str segment = { p + i + 1, end - i - 1 };
		bool is_last = end == n;
		if (str_is(segment, "..")) {
			if (!to)
				return -1;
			while (p[--to] != '/')
				;
		} else if (segment.n && !str_is(segment, ".")) {
			memmove(p + to, p + i, end - i);
			to += end - i;
			is_last = false;
		}
		if (is_last)
			p[to++] = '/';
		i = end;
	}
	return (ptrdiff_t)to;
}

static int path_parse(struct str raw, struct arena *mem, struct str *ret)
{
	char *p = arena_take(mem, raw.n + 1);
	if (!p)
		return 500;
	ptrdiff_t n = path_decode(raw, p);
	if (n > 0)
		n = path_resolve(p, (size_t)n);
	struct str path = { p, n > 0 ? (size_t)n : 0 };
	if (!path.n || !utf8_ok(path))
		return 400;
	*ret = path;
	return 0;
}

static int query_parse(struct str raw, struct arena *mem, struct http_request *req)
{
	size_t max = 1;
	for (size_t i = 0; i < raw.n; i++)
		max += raw.p[i] == '&';
	if (max > FIELDS_MAX)
		return 400;
	struct fields f = { .pair = arena_array(mem, max, sizeof *f.pair),
		.max = max,
		.text = arena_take(mem, raw.n + 1),
		.cap = raw.n };
	struct urlencoded u = { 0 };
	if (!f.pair || !f.text)
		return 500;
	if (urlencoded_feed(&u, &f, raw) < 0 || urlencoded_end(&u, &f) < 0)
		return 400;
	req->query = f.pair;
	req->n_query = f.n;
	return 0;
}

/* "http://host/path" → host, "/path". */
static bool absolute_cut(struct str *target, struct str *ret_host)
{
	static const char *const schemes[] = { "http://", "https://" };
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
		size_t n = strlen(schemes[i]);
		if (target->n < n || !str_eq_ascii((struct str){ target->p, n }, str_c(schemes[i])))
			continue;
		struct str rest = str_from(*target, n);
		size_t slash = str_find(rest, '/');
		*ret_host = (struct str){ rest.p, slash };
		*target = slash < rest.n ? str_from(rest, slash) : STR("/");
		return target_host_ok(*ret_host);
	}
	return false;
}

int target_parse(
	struct str target, struct arena *mem, struct http_request *req, struct str *ret_host)
{
	struct str host = { 0 };
	if (!str_starts(target, "/") && !absolute_cut(&target, &host))
		return 400;
	if (str_find(target, '#') < target.n)
		return 400;
	size_t mark = str_find(target, '?');
	int status = path_parse((struct str){ target.p, mark }, mem, &req->path);
	if (!status && mark < target.n)
		status = query_parse(str_from(target, mark + 1), mem, req);
	if (status)
		return status;
	req->target = target;
	*ret_host = host;
	return 0;
}
