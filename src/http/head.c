#include "http/head.h"
#include "base/utf8.h"
#include "http/target.h"
#include <string.h>

static bool is_version(struct str v)
{
	return v.n == 8 && str_starts(v, "HTTP/") && v.p[5] >= '0' && v.p[5] <= '9' &&
		v.p[6] == '.' && v.p[7] >= '0' && v.p[7] <= '9';
}

static bool is_token(struct str s)
{
	static const char others[] = "!#$%&'*+-.^_`|~";
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i], low = (char)(c | 0x20);
		if (!(low >= 'a' && low <= 'z') && !(c >= '0' && c <= '9') &&
			(!c || !strchr(others, c)))
			return false;
	}
	return s.n > 0;
}

/* "METHOD target HTTP/1.1", single spaces. */
static int request_line(struct str line)
{
	struct str method, target, version = line;
	if (!str_cut(&version, ' ', &method) || !version.p || !is_token(method) ||
		!str_cut(&version, ' ', &target) || !version.p || !target.n || !is_version(version))
		return 400;
	return str_is(version, "HTTP/1.1") || str_is(version, "HTTP/1.0") ? 0 : 505;
}

/* A line without its LF: CR at its end and nowhere else, no control characters, no folding,
 * no space before the colon. */
static int line_check(struct str line, bool is_first)
{
	if (!line.n || line.p[line.n - 1] != '\r')
		return 400;
	line.n--;
	for (size_t i = 0; i < line.n; i++) {
		unsigned char c = (unsigned char)line.p[i];
		if ((c < 0x20 && c != '\t') || c == 0x7f)
			return 400;
	}
	if (is_first)
		return request_line(line);
	size_t colon = str_find(line, ':');
	return colon < line.n && is_token((struct str){ line.p, colon }) ? 0 : 400;
}

/* Somebody who speaks TLS, say, need not wait until the time for a head is over. */
static bool may_begin(char c)
{
	return c == '\r' || is_token((struct str){ &c, 1 });
}

/* A line, whole or not, that ends at ${end}. Half of what a head may have is room enough for a
 * target. */
static int size_check(const struct head_scan *s, size_t end, size_t max)
{
	return !s->lines && end - s->at > max / 2 ? 414 : end > max ? 431 : 0;
}

int head_scan(struct head_scan *s, struct str bytes, size_t max)
{
	for (;;) {
		const char *from = bytes.p + s->at;
		if (!s->lines && s->at < bytes.n && !may_begin(*from))
			return 400;
		const char *lf = s->at < bytes.n ? memchr(from, '\n', bytes.n - s->at) : NULL;
		size_t end = lf ? (size_t)(lf - bytes.p) + 1 : bytes.n;
		int status = size_check(s, end, max);
		if (status || !lf)
			return status;
		struct str line = { from, end - 1 - s->at };
		s->at = end;
		if (str_is(line, "\r")) {
			if (s->lines)
				return 1;
			s->start = end;
			continue;
		}
		if ((status = line_check(line, !s->lines)))
			return status;
		if (++s->lines > HEAD_FIELDS_MAX + 1)
			return 431;
	}
}

/* A head being read. */
struct head {
	const struct head_text *text;
	struct http_request *req;
	struct head_facts *facts;
	struct str host;
	int n_host, n_length, n_coding;
	bool is_bad;
};

static void forward_take(struct head *h, struct str name, struct str value)
{
	if (!h->text->is_front)
		return;
	if (str_is(name, "x-forwarded-proto")) {
		h->req->is_tls = str_eq_ascii(value, STR("https"));
	} else if (str_is(name, "x-forwarded-for")) {
		struct str part;
		while (str_cut(&value, ',', &part))
			h->facts->forward = str_trim(part);
	}
}

/* Fields that say where somebody is never reach a handler: what nobody sees, nobody keeps. */
static bool is_address(struct str name)
{
	static const char *const names[] = { "x-forwarded-for", "x-forwarded-proto", "x-real-ip",
		"forwarded", "true-client-ip", "cf-connecting-ip", "via" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_is(name, names[i]))
			return true;
	return false;
}

static void framing_take(struct head *h, struct str name, struct str value)
{
	if (str_is(name, "host")) {
		h->n_host++;
		h->host = value;
	} else if (str_is(name, "content-length")) {
		h->n_length++;
	} else if (str_is(name, "transfer-encoding")) {
		h->n_coding++;
		h->is_bad |= !str_eq_ascii(value, STR("chunked"));
	} else if (str_is(name, "expect")) {
		h->facts->expects = str_eq_ascii(value, STR("100-continue"));
		h->is_bad |= !h->facts->expects;
	}
}

static int on_field(void *ctx, struct str name, struct str value)
{
	struct head *h = ctx;
	char *p = h->text->text + (name.p - h->text->text);
	for (size_t i = 0; i < name.n; i++)
		if (p[i] >= 'A' && p[i] <= 'Z')
			p[i] = (char)(p[i] | 0x20);
	if (!value.p)
		value = (struct str){ name.p + name.n, 0 };
	framing_take(h, name, value);
	if (is_address(name))
		forward_take(h, name, value);
	else if (utf8_ok(value) && h->req->n_head < h->text->lines)
		h->req->head[h->req->n_head++] = (struct http_pair){ .name = name, .value = value };
	return 0;
}

/* A length must be said once and in one way, and only by those who may send a body. */
static int framing_check(const struct head *h, const struct grammar *g)
{
	bool has_body = g->is_chunked || g->length;
	if (h->is_bad || h->n_length > 1 || h->n_coding > 1 || (h->n_coding && h->n_length) ||
		(h->n_coding && h->facts->is_10) || (has_body && h->req->method != HTTP_POST))
		return 400;
	h->facts->has_body = has_body;
	h->facts->expects &= has_body && !h->facts->is_10;
	return 0;
}

static int host_check(struct head *h, struct str authority)
{
	if (h->n_host > 1 || (!h->n_host && !h->facts->is_10) ||
		(h->n_host && !target_host_ok(h->host)))
		return 400;
	for (size_t i = 0; authority.p && i < h->req->n_head; i++)
		if (str_is(h->req->head[i].name, "host"))
			h->req->head[i].value = authority;
	return 0;
}

static enum http_method method_of(struct str s)
{
	return str_is(s, "GET")     ? HTTP_GET
		: str_is(s, "HEAD") ? HTTP_HEAD
		: str_is(s, "POST") ? HTTP_POST
				    : 0;
}

int head_parse(struct grammar *g, const struct head_text *head, struct http_request *req,
	struct head_facts *ret)
{
	static const struct grammar_watch watch = { .field = on_field };
	*ret = (struct head_facts){ 0 };
	struct head h = { .text = head, .req = req, .facts = ret };
	struct str bytes = { head->text, head->n }, line = bytes, method, target, authority;
	size_t used;
	if (!str_cut(&line, ' ', &method) || !str_cut(&line, ' ', &target))
		return 400;
	if (!(req->method = method_of(method)))
		return grammar_knows(method) ? 405 : 501;
	ret->is_10 = str_starts(line, "HTTP/1.0");
	if (!(req->head = arena_array(req->mem, head->lines, sizeof *req->head)))
		return 500;
	grammar_begin(g, &watch, &h);
	enum grammar_event event = grammar_feed(g, bytes, &used);
	if ((event != GRAMMAR_HEAD && event != GRAMMAR_WHOLE) || used != bytes.n)
		return 400;
	int status = framing_check(&h, g);
	if (!status)
		status = target_parse(target, req->mem, req, &authority);
	return status ? status : host_check(&h, authority);
}
