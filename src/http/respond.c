#include "http/respond.h"
#include <time.h>

#define POLICY \
	"Content-Security-Policy: default-src 'none'; style-src 'self'; img-src 'self'; " \
	"form-action 'self'; base-uri 'none'; frame-ancestors "
#define REST \
	"Referrer-Policy: no-referrer\r\n" \
	"X-Content-Type-Options: nosniff\r\n" \
	"Cross-Origin-Opener-Policy: same-origin\r\n" \
	"Cross-Origin-Resource-Policy: same-origin\r\n" \
	"Permissions-Policy: accelerometer=(), autoplay=(), browsing-topics=(), camera=(), " \
	"display-capture=(), fullscreen=(), geolocation=(), gyroscope=(), hid=(), " \
	"idle-detection=(), magnetometer=(), microphone=(), midi=(), payment=(), " \
	"publickey-credentials-get=(), screen-wake-lock=(), serial=(), usb=(), " \
	"xr-spatial-tracking=()\r\n" \
	"\r\n"

struct str respond_fixed(void)
{
	return STR(POLICY "'none'\r\nX-Frame-Options: DENY\r\n" REST);
}

struct str respond_framed(void)
{
	return STR(REST);
}

static const char *reason(int status)
{
	static const struct {
		int status;
		const char *reason;
	} list[] = { { 200, "OK" }, { 201, "Created" }, { 202, "Accepted" }, { 204, "No Content" },
		{ 301, "Moved Permanently" }, { 302, "Found" }, { 303, "See Other" },
		{ 304, "Not Modified" }, { 307, "Temporary Redirect" },
		{ 308, "Permanent Redirect" }, { 400, "Bad Request" }, { 401, "Unauthorized" },
		{ 403, "Forbidden" }, { 404, "Not Found" }, { 405, "Method Not Allowed" },
		{ 408, "Request Timeout" }, { 409, "Conflict" }, { 410, "Gone" },
		{ 413, "Content Too Large" }, { 414, "URI Too Long" },
		{ 415, "Unsupported Media Type" }, { 422, "Unprocessable Content" },
		{ 429, "Too Many Requests" }, { 431, "Request Header Fields Too Large" },
		{ 500, "Internal Server Error" }, { 501, "Not Implemented" },
		{ 503, "Service Unavailable" }, { 505, "HTTP Version Not Supported" } };
	for (size_t i = 0; i < sizeof list / sizeof *list; i++)
		if (list[i].status == status)
			return list[i].reason;
	return "Answer";
}

void respond_date(struct buf *out, int64_t now)
{
	static const char days[] = "SunMonTueWedThuFriSat";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	struct tm t;
	time_t at = (time_t)now;
	if (!gmtime_r(&at, &t))
		return;
	buf_f(out, "%.3s, %02d %.3s %d %02d:%02d:%02d GMT", days + 3 * t.tm_wday, t.tm_mday,
		months + 3 * t.tm_mon, t.tm_year + 1900, t.tm_hour, t.tm_min, t.tm_sec);
}

/* The opaque part of W/"x" and "x" alike. */
static struct str strong(struct str etag)
{
	etag = str_trim(etag);
	return str_starts(etag, "W/") ? str_from(etag, 2) : etag;
}

bool respond_etag_match(struct str list, struct str etag)
{
	struct str part;
	if (!etag.n)
		return false;
	if (str_is(str_trim(list), "*"))
		return true;
	/* Our tags hold no comma, so a tag with one in it is nobody's of ours. */
	while (str_cut(&list, ',', &part))
		if (str_eq(strong(part), strong(etag)))
			return true;
	return false;
}

static bool is_clean(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < 0x20 || s.p[i] == 0x7f)
			return false;
	return true;
}

static bool all_clean(const struct http_response *r)
{
	bool clean = is_clean(r->type) && is_clean(r->encoding) && is_clean(r->location) &&
		is_clean(r->etag) && is_clean(r->cache) && is_clean(r->vary) &&
		r->n_cookie <= sizeof r->cookie / sizeof *r->cookie &&
		r->n_more <= sizeof r->more / sizeof *r->more;
	for (size_t i = 0; clean && i < r->n_cookie; i++)
		clean = is_clean(r->cookie[i]);
	for (size_t i = 0; clean && i < r->n_more; i++)
		clean = is_clean(r->more[i].name) && is_clean(r->more[i].value);
	return clean && r->status >= 200 && r->status <= 599;
}

static void field(struct buf *out, struct str name, struct str value)
{
	buf_str(out, name);
	buf_put(out, ": ", 2);
	buf_str(out, value);
	buf_put(out, "\r\n", 2);
}

static void field_if(struct buf *out, struct str name, struct str value)
{
	if (value.n)
		field(out, name, value);
}

static void status_line(struct buf *out, int status)
{
	if (status == 200) {
		buf_str(out, STR("HTTP/1.1 200 OK\r\n"));
		return;
	}
	buf_c(out, "HTTP/1.1 ");
	buf_i64(out, status);
	buf_byte(out, ' ');
	buf_c(out, reason(status));
	buf_put(out, "\r\n", 2);
}

/* Fields about what is sent, which 304 leaves to the copy that the client has. */
static void content_fields(struct buf *out, const struct http_response *res, int64_t n)
{
	field_if(out, STR("Content-Type"), res->type);
	field_if(out, STR("Content-Encoding"), res->encoding);
	field_if(out, STR("Location"), res->location);
	if (res->status == 204)
		return;
	buf_str(out, STR("Content-Length: "));
	buf_i64(out, n);
	buf_put(out, "\r\n", 2);
}

static void server_fields(struct buf *out, int status, const struct respond_facts *facts)
{
	if (status == 405)
		field(out, STR("Allow"), STR("GET, HEAD, POST"));
	if (facts->is_full)
		field(out, STR("Retry-After"), STR("5"));
	if (facts->is_last)
		field(out, STR("Connection"), STR("close"));
	else if (facts->is_10)
		field(out, STR("Connection"), STR("keep-alive"));
}

static void app_fields(struct buf *out, const struct http_response *res)
{
	for (size_t i = 0; i < res->n_cookie; i++)
		field(out, STR("Set-Cookie"), res->cookie[i]);
	for (size_t i = 0; i < res->n_more; i++)
		field(out, res->more[i].name, res->more[i].value);
}

/* The policy of what may be framed: it takes the place of the fixed one (respond_framed). */
static void frame_field(
	struct buf *out, const struct http_response *wanted, const struct http_response *res)
{
	if (!wanted->framed_by.n)
		return;
	buf_c(out, POLICY);
	buf_str(out, res->framed_by.n ? res->framed_by : STR("'none'"));
	buf_put(out, "\r\n", 2);
}

static bool is_whole_clean(const struct http_response *r)
{
	return all_clean(r) && is_clean(r->framed_by);
}

void respond_write(struct buf *out, const struct http_response *res,
	const struct respond_facts *facts, struct respond_body *ret_body)
{
	static const struct http_response broken = { .status = 500 };
	const struct http_response *wanted = res;
	if (!is_whole_clean(res))
		res = &broken;
	struct respond_body body = { 0 };
	if (res->type.n)
		body = (struct respond_body){ res->body, res->file_n, res->make ? res->make_n : 0 };
	bool is_same = res->status == 200 && facts->if_none_match.p &&
		respond_etag_match(facts->if_none_match, res->etag);
	int status = is_same ? 304 : res->status;
	status_line(out, status);
	field(out, STR("Date"), facts->date);
	if (status != 304)
		content_fields(out, res, (int64_t)body.bytes.n + body.file_n + body.more_n);
	field_if(out, STR("ETag"), res->etag);
	field(out, STR("Cache-Control"), res->cache.n ? res->cache : STR("no-store"));
	field_if(out, STR("Vary"),
		res->vary.n               ? res->vary
			: res->encoding.n ? STR("Accept-Encoding")
					  : (struct str){ 0 });
	app_fields(out, res);
	frame_field(out, wanted, res);
	server_fields(out, status, facts);
	bool is_bare = facts->is_head || status == 304 || status == 204;
	*ret_body = is_bare ? (struct respond_body){ 0 } : body;
}
