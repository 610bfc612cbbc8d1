/* Heads, targets, bodies and PROXY lines, each whole and cut at every place. */
#include "http/body.h"
#include "http/client.h"
#include "http/head.h"
#include "http/target.h"
#include "tests/test.h"
#include <string.h>

#define GET "GET / HTTP/1.1\r\n"
#define HOST "Host: a\r\n"
#define POST "POST / HTTP/1.1\r\nHost: a\r\n"

/* What the server would say to these bytes: 1 taken, 0 more is awaited, or a status. */
static int judge(struct str bytes, size_t cut, struct arena *mem, struct http_request *req)
{
	struct head_scan scan = { 0 };
	struct grammar g;
	struct head_facts facts;
	int got = cut ? head_scan(&scan, (struct str){ bytes.p, cut }, 4096) : 0;
	if (got == 0)
		got = head_scan(&scan, bytes, 4096);
	if (got != 1)
		return got;
	struct head_text head = { arena_take(mem, scan.at), scan.at - scan.start, scan.lines,
		false };
	assert_non_null(head.text);
	memcpy(head.text, bytes.p + scan.start, head.n);
	*req = (struct http_request){ .mem = mem };
	got = head_parse(&g, &head, req, &facts);
	return got ? got : 1;
}

static const struct {
	int want;
	struct str bytes;
} heads[] = {
	{ 1, STR(GET HOST "\r\n") },
	{ 1, STR("\r\n\r\n" GET HOST "\r\n") },
	{ 1, STR("HEAD /a?b HTTP/1.1\r\nhOST:   a:80  \r\nX:\r\nY: \t z \r\n\r\n") },
	{ 1, STR("GET / HTTP/1.0\r\n\r\n") },
	{ 1, STR("GET http://a.example/x HTTP/1.1\r\n" HOST "\r\n") },
	{ 1, STR(POST "Content-Length: 5\r\n\r\n") },
	{ 1, STR(POST "Transfer-Encoding: chunked\r\n\r\n") },
	{ 1, STR(POST "Content-Length: 0\r\n\r\n") },
	{ 1, STR(GET HOST "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\n\r\n") },
	{ 0, STR(GET HOST "\r") },
	{ 0, STR("") },
	/* framing */
	{ 400, STR(POST "Content-Length: 5\r\nContent-Length: 5\r\n\r\n") },
	{ 400, STR(POST "Content-Length: 5\r\nContent-Length: 6\r\n\r\n") },
	{ 400, STR(POST "Content-Length: 5, 5\r\n\r\n") },
	{ 400, STR(POST "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n") },
	{ 400, STR(POST "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n") },
	{ 400, STR(POST "Transfer-Encoding: gzip, chunked\r\n\r\n") },
	{ 400, STR(POST "Transfer-Encoding: chunked, identity\r\n\r\n") },
	{ 400, STR(POST "Transfer-Encoding: identity\r\n\r\n") },
	{ 400, STR(POST "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n") },
	{ 400, STR(POST "Transfer-Encoding: xchunked\r\n\r\n") },
	{ 400, STR(POST "Transfer-Encoding:\r\n\r\n") },
	{ 400, STR("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n") },
	{ 400, STR(POST "Content-Length: -1\r\n\r\n") },
	{ 400, STR(POST "Content-Length: +1\r\n\r\n") },
	{ 400, STR(POST "Content-Length: 0x1\r\n\r\n") },
	{ 400, STR(POST "Content-Length: 1 1\r\n\r\n") },
	{ 400, STR(POST "Content-Length:\r\n\r\n") },
	{ 400, STR(POST "Content-Length: 99999999999999999999\r\n\r\n") },
	{ 400, STR(GET HOST "Content-Length: 5\r\n\r\n") },
	{ 400, STR(GET HOST "Transfer-Encoding: chunked\r\n\r\n") },
	{ 400, STR(POST "Content-Length: 5\r\nExpect: a-cake\r\n\r\n") },
	/* hosts */
	{ 400, STR(GET "\r\n") },
	{ 400, STR(GET HOST HOST "\r\n") },
	{ 400, STR(GET "Host:\r\n\r\n") },
	{ 400, STR(GET "Host: a b\r\n\r\n") },
	{ 400, STR(GET "Host: a/b\r\n\r\n") },
	{ 400, STR(GET "Host: a@b\r\n\r\n") },
	/* fields */
	{ 400, STR(GET HOST "X: a\0b\r\n\r\n") },
	{ 400, STR(GET HOST "X\0: a\r\n\r\n") },
	{ 400, STR(GET HOST "X: a\001b\r\n\r\n") },
	{ 400, STR(GET HOST "X: a\177b\r\n\r\n") },
	{ 400, STR(GET HOST "X: a\r\n b\r\n\r\n") },
	{ 400, STR(GET HOST "X: a\r\n\tb\r\n\r\n") },
	{ 400, STR(GET " Host: a\r\n\r\n") },
	{ 400, STR(GET HOST "X : a\r\n\r\n") },
	{ 400, STR(GET HOST "X\t: a\r\n\r\n") },
	{ 400, STR(GET HOST "X Y: a\r\n\r\n") },
	{ 400, STR(GET HOST ": a\r\n\r\n") },
	{ 400, STR(GET HOST "X\r\n\r\n") },
	{ 400, STR(GET HOST "X: a\rY: b\r\n\r\n") },
	{ 400, STR(GET HOST "X: a\n\r\n") },
	{ 400, STR("GET / HTTP/1.1\n" HOST "\r\n") },
	{ 400, STR(GET HOST "\n") },
	{ 400, STR("\n" GET HOST "\r\n") },
	/* the request line */
	{ 400, STR("GET /\r\n\r\n") },
	{ 400, STR("GET  / HTTP/1.1\r\n" HOST "\r\n") },
	{ 400, STR("GET / HTTP/1.1 \r\n" HOST "\r\n") },
	{ 400, STR("GET / x HTTP/1.1\r\n" HOST "\r\n") },
	{ 400, STR("GET\t/ HTTP/1.1\r\n" HOST "\r\n") },
	{ 400, STR(" GET / HTTP/1.1\r\n" HOST "\r\n") },
	{ 400, STR("GET / http/1.1\r\n" HOST "\r\n") },
	{ 400, STR("GET / HTTP/1\r\n" HOST "\r\n") },
	{ 505, STR("GET / HTTP/2.0\r\n" HOST "\r\n") },
	{ 505, STR("GET / HTTP/1.2\r\n" HOST "\r\n") },
	{ 505, STR("GET / HTTP/0.9\r\n" HOST "\r\n") },
	{ 400, STR("G\"T / HTTP/1.1\r\n" HOST "\r\n") },
	{ 405, STR("PUT / HTTP/1.1\r\n" HOST "\r\n") },
	{ 405, STR("OPTIONS * HTTP/1.1\r\n" HOST "\r\n") },
	{ 405, STR("CONNECT a:80 HTTP/1.1\r\n" HOST "\r\n") },
	{ 405, STR("TRACE / HTTP/1.1\r\n" HOST "\r\n") },
	{ 501, STR("get / HTTP/1.1\r\n" HOST "\r\n") },
	{ 501, STR("BREW / HTTP/1.1\r\n" HOST "\r\n") },
	{ 505, STR("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n") },
	/* TLS to the plain port */
	{ 400, STR("\x16\x03\x01\x02") },
	/* targets */
	{ 400, STR("GET x HTTP/1.1\r\n" HOST "\r\n") },
	{ 400, STR("GET /% HTTP/1.1\r\n" HOST "\r\n") },
	{ 400, STR("GET /%4 HTTP/1.1\r\n" HOST "\r\n") },
	{ 400, STR("GET /%zz HTTP/1.1\r\n" HOST "\r\n") },
	{ 400, STR("GET /%00 HTTP/1.1\r\n" HOST "\r\n") },
	{ 400, STR("GET /%0a HTTP/1.1\r\n" HOST "\r\n") },
	{ 400, STR("GET /a%2fb HTTP/1.1\r\n" HOST "\r\n") },
	{ 400, STR("GET /a%5cb HTTP/1.1\r\n" HOST "\r\n") },
	{ 400, STR("GET /%ff HTTP/1.1\r\n" HOST "\r\n") },
	{ 400, STR("GET /%c0%ae HTTP/1.1\r\n" HOST "\r\n") },
	{ 400, STR("GET /../x HTTP/1.1\r\n" HOST "\r\n") },
	{ 400, STR("GET /a/../../x HTTP/1.1\r\n" HOST "\r\n") },
	{ 400, STR("GET /%2e%2e/x HTTP/1.1\r\n" HOST "\r\n") },
	{ 400, STR("GET /?a=%f HTTP/1.1\r\n" HOST "\r\n") },
	{ 400, STR("GET /?a=%ff HTTP/1.1\r\n" HOST "\r\n") },
	{ 400, STR("GET /#a HTTP/1.1\r\n" HOST "\r\n") },
	{ 400, STR("GET /\xd9\x85 HTTP/1.1\r\n" HOST "\r\n") },
	{ 400, STR("GET ftp://a/ HTTP/1.1\r\n" HOST "\r\n") },
	{ 400, STR("GET http:///x HTTP/1.1\r\n" HOST "\r\n") },
	{ 400, STR("GET http://u@a/ HTTP/1.1\r\n" HOST "\r\n") },
};

static void heads_are_judged_however_they_are_cut(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
		for (size_t cut = 0; cut <= heads[i].bytes.n; cut++) {
			struct http_request req;
			auto_arena mem;
			arena_init(&mem, 100000);
			int got = judge(heads[i].bytes, cut, &mem, &req);
			if (got != heads[i].want)
				fail_msg("head %zu \"%.*s\" cut at %zu: %d, want %d", i,
					STR_ARG(heads[i].bytes), cut, got, heads[i].want);
		}
	}
}

/* A head that is ${n} bytes too long in one of three ways. */
static int long_head(size_t target, size_t value, size_t fields, size_t cut)
{
	static char bytes[20000];
	struct http_request req;
	auto_arena mem;
	arena_init(&mem, 100000);
	size_t n = (size_t)snprintf(bytes, sizeof bytes,
		"GET /%0*d HTTP/1.1\r\n" HOST "X: %0*d\r\n", (int)target, 0, (int)value, 0);
	for (size_t i = 0; i < fields; i++)
		n += (size_t)snprintf(bytes + n, sizeof bytes - n, "Y: z\r\n");
	n += (size_t)snprintf(bytes + n, sizeof bytes - n, "\r\n");
	return judge((struct str){ bytes, n }, cut > n ? n : cut, &mem, &req);
}

static void heads_have_a_size(void **state)
{
	(void)state;
	for (size_t cut = 0; cut < 6000; cut += 97) {
		assert_int_equal(long_head(2000, 1000, 5, cut), 1);
		assert_int_equal(long_head(3000, 1, 5, cut), 414);
		assert_int_equal(long_head(9000, 1, 5, cut), 414);
		assert_int_equal(long_head(100, 4000, 5, cut), 431);
		assert_int_equal(long_head(1, 1, 98, cut), 1);
		assert_int_equal(long_head(1, 1, 99, cut), 431);
	}
}

static void paths_are_made_plain(void **state)
{
	(void)state;
	static const char *const list[][2] = { { "/", "/" }, { "/a/./b", "/a/b" },
		{ "/a/../b", "/b" }, { "/a/..", "/" }, { "/a/.", "/a/" }, { "//a///b//", "/a/b/" },
		{ "/%2e/a", "/a" }, { "/a/%2E%2e/b", "/b" }, { "/%D9%85+x", "/\xd9\x85+x" },
		{ "/...", "/..." }, { "/a?/../..", "/a" }, { "http://h", "/" },
		{ "HTTPS://h:1/b/../c", "/c" }, { "/%25", "/%" } };
	for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
		struct http_request req = { 0 };
		struct str host;
		auto_arena mem;
		arena_init(&mem, 10000);
		assert_int_equal(target_parse(str_c(list[i][0]), &mem, &req, &host), 0);
		assert_str(req.path, list[i][1]);
	}
}

static void addresses_do_not_reach_handlers(void **state)
{
	(void)state;
	struct http_request req;
	auto_arena mem;
	arena_init(&mem, 10000);
	assert_int_equal(judge(STR("GET http://b/ HTTP/1.1\r\nX-Forwarded-For: 192.0.2.1\r\n" HOST
				   "Forwarded: for=192.0.2.1\r\nX-REAL-IP: 192.0.2.1\r\n"
				   "Latin: \xe9\r\nCookie: a=1; b=\"2\"; c=3; c=4; d\r\n\r\n"),
				 0, &mem, &req),
		1);
	assert_int_equal(req.n_head, 2);
	assert_str(http_head(&req, "host"), "b");
	assert_str(http_cookie(&req, "a"), "1");
	assert_str(http_cookie(&req, "b"), "2");
	assert_null(http_cookie(&req, "c").p);
	assert_null(http_cookie(&req, "d").p);
	assert_null(http_cookie(&req, "").p);
}

/* A body, told as text: fields in order, or the failure's name. */
static const char *body_told(struct str type, struct str bytes, size_t max, size_t cut)
{
	static char told[4096];
	struct body b;
	struct http_request req = { 0 };
	size_t n = 0;
	auto_arena mem;
	arena_init(&mem, 100000);
	int st = body_begin(&b, type, max, NULL, &mem);
	if (st == 0)
		st = body_feed(&b, (struct str){ bytes.p, cut });
	if (st == 0)
		st = body_feed(&b, str_from(bytes, cut));
	if (st == 0)
		st = body_end(&b, &req);
	told[0] = 0;
	for (size_t i = 0; st == 0 && i < req.n_field; i++)
		n += (size_t)snprintf(told + n, sizeof told - n, "%.*s=%.*s|%.*s;",
			STR_ARG(req.field[i].name), STR_ARG(req.field[i].value),
			STR_ARG(req.field[i].filename));
	if (st < 0)
		snprintf(told, sizeof told, "%s", err_name(st));
	body_done(&b);
	return told;
}

#define FORM STR("application/x-www-form-urlencoded; charset=UTF-8")
#define PARTS STR("multipart/form-data; boundary=\"b0b\"")
#define PART "--b0b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n"
#define FILENAME(f) \
	"--b0b\r\nContent-Type: x/y\r\ncontent-disposition: form-data; filename=\"" f \
	"\"; name=a\r\n\r\nx\r\n--b0b--"

static const struct {
	struct str type, bytes;
	const char *want;
} bodies[] = {
	{ FORM, STR("a=1&b=%41+c&&d&=e&f==&a=2"), "a=1|;b=A c|;d=|;=e|;f==|;a=2|;" },
	{ FORM, STR(""), "" },
	{ FORM, STR("&"), "" },
	{ FORM, STR("a=%D9%85%D8%B1"), "a=\xd9\x85\xd8\xb1|;" },
	{ FORM, STR("a=%"), "input" },
	{ FORM, STR("a=%4"), "input" },
	{ FORM, STR("a=%4g"), "input" },
	{ FORM, STR("a=%00"), "input" },
	{ FORM, STR("a=%ff"), "input" },
	{ FORM, STR("\xff=a"), "input" },
	{ PARTS, STR(PART "1\r\n--b0b--\r\n"), "a=1|;" },
	{ PARTS, STR("hello\r\n" PART "1\r\n--b0b--\r\nbye"), "a=1|;" },
	{ PARTS, STR(PART "\r\n--b0b--"), "a=|;" },
	{ PARTS, STR("--b0b--"), "" },
	{ PARTS, STR(PART "1\r\n" PART "2\r\n-\r\n--b0\r\n\r\r\n--b0b--"),
		"a=1|;a=2\r\n-\r\n--b0\r\n\r|;" },
	{ PARTS, STR(FILENAME("cat.jpg")), "a=x|cat.jpg;" },
	{ PARTS, STR(FILENAME("C:\\x\\../..cat.jpg")), "a=x|cat.jpg;" },
	{ PARTS, STR(FILENAME("../../etc/passwd")), "a=x|passwd;" },
	{ PARTS, STR(FILENAME("a%22b<c>.txt")), "a=x|abc.txt;" },
	{ PARTS, STR(FILENAME("...")), "a=x|file;" },
	{ PARTS, STR(FILENAME("a\xe2\x80\xaegpj.exe")), "a=x|agpj.exe;" },
	{ PARTS, STR(FILENAME("\xd9\x85.txt")), "a=x|\xd9\x85.txt;" },
	{ PARTS, STR(FILENAME("\xff")), "input" },
	{ PARTS,
		STR("--b0b\r\nContent-Disposition: form-data; name=\"a\"; filename=\"\"\r\n\r\n"
		    "\r\n--b0b--"),
		"a=|;" },
	{ PARTS, STR(PART "1\r\n--b0b-"), "input" },
	{ PARTS, STR(PART "1"), "input" },
	{ PARTS, STR(""), "input" },
	{ PARTS, STR("--b0bx\r\n"), "input" },
	{ PARTS, STR("--b0b\r\n\r\n1\r\n--b0b--"), "input" },
	{ PARTS, STR("--b0b\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n--b0b--"),
		"input" },
	{ PARTS, STR("--b0b\r\nContent-Disposition: form-data\r\n\r\n1\r\n--b0b--"), "input" },
	{ PARTS, STR(PART "\xff\r\n--b0b--"), "input" },
	{ STR("multipart/form-data"), STR(""), "input" },
	{ STR("multipart/form-data; boundary="), STR(""), "input" },
	{ STR("MULTIPART/form-data; x=\"a;boundary=c\" ; Boundary=b0b"), STR(PART "1\r\n--b0b--"),
		"a=1|;" },
};

static void bodies_are_read_however_they_are_cut(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
		for (size_t cut = 0; cut <= bodies[i].bytes.n; cut++) {
			const char *got = body_told(
				bodies[i].type, bodies[i].bytes, bodies[i].bytes.n, cut);
			if (strcmp(got, bodies[i].want) != 0)
				fail_msg("body %zu cut at %zu: \"%s\", want \"%s\"", i, cut, got,
					bodies[i].want);
		}
	}
}

static void bodies_have_a_size(void **state)
{
	(void)state;
	static char many[4 * FIELDS_MAX + 8], name[FIELD_NAME_MAX + 8];
	assert_string_equal(body_told(FORM, STR("a=12345"), 6, 3), "limit");
	assert_string_equal(body_told(STR("text/plain"), STR("abc"), 2, 1), "limit");
	for (size_t i = 0; i < FIELDS_MAX; i++)
		memcpy(many + 4 * i, "a=b&", 4);
	struct str all = { many, 4 * FIELDS_MAX };
	assert_string_not_equal(body_told(FORM, all, sizeof many, 9), "limit");
	memcpy(many + all.n, "c", 1);
	all.n++;
	assert_string_equal(body_told(FORM, all, sizeof many, 9), "limit");
	memset(name, 'n', sizeof name);
	assert_string_equal(
		body_told(FORM, (struct str){ name, FIELD_NAME_MAX + 1 }, sizeof name, 9), "limit");
	assert_string_not_equal(
		body_told(FORM, (struct str){ name, FIELD_NAME_MAX }, sizeof name, 9), "limit");
}

static void other_bodies_stay_as_sent(void **state)
{
	(void)state;
	struct body b;
	struct http_request req = { 0 };
	auto_arena mem;
	arena_init(&mem, 1000);
	assert_int_equal(body_begin(&b, STR("text/xml"), 10, NULL, &mem), 0);
	assert_int_equal(body_feed(&b, STR("<a>")), 0);
	assert_int_equal(body_feed(&b, STR("\xff&=")), 0);
	assert_int_equal(body_end(&b, &req), 0);
	assert_str(req.body, "<a>\xff&=");
	assert_int_equal(req.n_field, 0);
	body_done(&b);
}

static const struct {
	int want;
	struct str bytes;
	const char *source;
} proxies[] = {
	{ 1, STR("PROXY TCP6 fc00:dead:beef:4dad::1:2 ::1 65535 80\r\nGET"),
		"fc00:dead:beef:4dad::1:2" },
	{ 1, STR("PROXY TCP4 192.0.2.1 127.0.0.1 1 80\r\n"), "192.0.2.1" },
	{ 1, STR("PROXY UNKNOWN\r\n"), "" },
	{ 1, STR("PROXY UNKNOWN ff ff 1 1\r\n"), "" },
	{ ERR_INPUT, STR("GET / HTTP/1.1\r\n"), 0 },
	{ ERR_INPUT, STR("PROXY \r\n"), 0 },
	{ ERR_INPUT, STR("PROXY\r\n"), 0 },
	{ ERR_INPUT, STR("PROXY TCP4 ::1 ::1 1 80\r\n"), 0 },
	{ ERR_INPUT, STR("PROXY TCP6 192.0.2.1 ::1 1 80\r\n"), 0 },
	{ ERR_INPUT, STR("PROXY TCP6 ::1 ::1 1 99999\r\n"), 0 },
	{ ERR_INPUT, STR("PROXY TCP6 ::1 ::1 1\r\n"), 0 },
	{ ERR_INPUT, STR("PROXY TCP6 ::1 ::1 1 80 2\r\n"), 0 },
	{ ERR_INPUT, STR("PROXY TCP6 ::1 ::1 1 80\n"), 0 },
	{ ERR_INPUT,
		STR("PROXY UNKNOWN 0123456789012345678901234567890123456789012345678901234567890123456789"
		    "0123456789012345678901234567890\r\n"),
		0 },
};

static void proxy_lines_are_read_however_they_are_cut(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof proxies / sizeof *proxies; i++) {
		struct str bytes = proxies[i].bytes, source;
		for (size_t cut = 0; cut <= bytes.n; cut++) {
			size_t used = 0;
			int got = client_proxy((struct str){ bytes.p, cut }, &source, &used);
			if (got == 0)
				got = client_proxy(bytes, &source, &used);
			assert_int_equal(got, proxies[i].want);
			if (got == 1)
				assert_str(source, proxies[i].source);
		}
	}
}

static void clients_are_numbers(void **state)
{
	(void)state;
	struct client_key k, other;
	assert_int_equal(client_begin(&k), 0);
	assert_int_equal(client_begin(&other), 0);
	uint64_t a = client_hash(&k, STR("192.0.2.1"));
	assert_true(a == client_hash(&k, STR("192.0.2.1")));
	assert_true(a != client_hash(&k, STR("192.0.2.2")));
	assert_true(a != client_hash(&other, STR("192.0.2.1")));
	/* Tomorrow nobody can tell that it is the same one. */
	k.day--;
	assert_true(a != client_hash(&k, STR("192.0.2.1")));
	client_done(&k);
	client_done(&other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(heads_are_judged_however_they_are_cut),
		cmocka_unit_test(heads_have_a_size),
		cmocka_unit_test(paths_are_made_plain),
		cmocka_unit_test(addresses_do_not_reach_handlers),
		cmocka_unit_test(bodies_are_read_however_they_are_cut),
		cmocka_unit_test(bodies_have_a_size),
		cmocka_unit_test(other_bodies_stay_as_sent),
		cmocka_unit_test(proxy_lines_are_read_however_they_are_cut),
		cmocka_unit_test(clients_are_numbers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
