#include "base/buf.h"
#include "tests/http/serve.h"
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { FILE_N = 3145731 };

#define HOST "Host: localhost\r\n"
#define FORM "Content-Type: application/x-www-form-urlencoded\r\n"

static void get_is_answered_and_kept_alive(void **state)
{
	(void)state;
	struct serve *s = serve_begin(NULL, "127.0.0.1:0", 2);
	int fd = serve_connect(s);
	for (int i = 0; i < 3; i++) {
		send_all(fd, STR("GET /c/demo?q=a+b&x=%D9%85 HTTP/1.1\r\n" HOST "\r\n"));
		const char *t = read_one(fd);
		assert_int_equal(status_of(t), 200);
		assert_non_null(strstr(t, "target /c/demo?q=a+b&x=%D9%85\npath /c/demo\n"));
		assert_non_null(
			strstr(t, "query q=a b;\nquery x=\xd9\x85;\nhead host=localhost;\n"));
		assert_non_null(strstr(t, "\r\nX-Frame-Options: DENY\r\n"));
		assert_non_null(strstr(t, "\r\nCache-Control: no-store\r\n"));
		assert_null(strstr(t, "Connection:"));
		assert_null(strstr(t, "Server:"));
	}
	close(fd);
	serve_end(s);
}

static void post_brings_fields(void **state)
{
	(void)state;
	struct serve *s = serve_begin(NULL, "127.0.0.1:0", 1);
	const char *t = ask(s,
		STR("POST /echo HTTP/1.1\r\n" HOST
		    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 20\r\n\r\n"
		    "name=%E4%BD%A0&b=&c+"
		    "POST /later HTTP/1.1\r\n" HOST
		    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\n"
		    "d=1"));
	assert_int_equal(count_of(t, "HTTP/1.1 200 OK\r\n"), 2);
	assert_non_null(strstr(t, "field name=\xe4\xbd\xa0;\nfield b=;\nfield c =;\nbody \n"));
	assert_non_null(strstr(t, "field d=1;\n"));
	serve_end(s);
}

static void answers_come_from_other_threads(void **state)
{
	(void)state;
	struct serve *s = serve_begin(NULL, "127.0.0.1:0", 2);
	int fd[50];
	for (int i = 0; i < 50; i++)
		send_all(fd[i] = serve_connect(s), STR("GET /later HTTP/1.1\r\n" HOST "\r\n"));
	for (int i = 0; i < 50; i++) {
		assert_int_equal(status_of(read_one(fd[i])), 200);
		close(fd[i]);
	}
	assert_int_equal(serve_handled(s), 50);
	serve_end(s);
}

static void stop_waits_for_answers_under_way(void **state)
{
	(void)state;
	struct serve *s = serve_begin(NULL, "127.0.0.1:0", 2);
	int quiet = serve_connect(s), busy = serve_connect(s);
	send_all(busy, STR("POST /later HTTP/1.1\r\n" HOST "Content-Length: 2\r\n\r\nx"));
	usleep(50000);
	serve_stop(s);
	assert_int_equal(status_of(read_end(quiet)), 0);
	send_all(busy, STR("y"));
	const char *t = read_end(busy);
	assert_int_equal(status_of(t), 200);
	assert_non_null(strstr(t, "\r\nConnection: close\r\n"));
	serve_end(s);
}

static void pipelined_answers_keep_their_order(void **state)
{
	(void)state;
	struct serve *s = serve_begin(NULL, "127.0.0.1:0", 1);
	auto_buf all;
	buf_init(&all, 100000);
	for (int i = 0; i < 200; i++)
		buf_f(&all, "GET /%s?n=%d. HTTP/1.1\r\n" HOST "\r\n", i % 3 ? "echo" : "later", i);
	const char *t = ask(s, buf_view(&all));
	for (int i = 0; i < 200; i++) {
		char want[40];
		snprintf(want, sizeof want, "query n=%d.;", i);
		t = strstr(t, want);
		assert_non_null(t);
	}
	serve_end(s);
}

#define POST(path) "POST " path " HTTP/1.1\r\n" HOST FORM
#define CHUNKED "Transfer-Encoding: chunked\r\n\r\n"

static void bodies_may_come_in_chunks(void **state)
{
	(void)state;
	struct serve *s = serve_begin(NULL, "127.0.0.1:0", 1);
	const char *t = ask(s,
		STR(POST("/echo") CHUNKED "2\r\na=\r\nA;x=y\r\n0123456789\r\n0\r\nT: t\r\n\r\n"
					  "GET /echo HTTP/1.1\r\n" HOST "\r\n"));
	assert_int_equal(count_of(t, "HTTP/1.1 200 OK\r\n"), 2);
	assert_non_null(strstr(t, "field a=0123456789;\n"));
	assert_null(strstr(t, "T=t"));
	static const struct str bad[] = { STR(POST("/echo") CHUNKED "g\r\n"),
		STR(POST("/echo") CHUNKED "2\r\na=b\r\n0\r\n\r\n"),
		STR(POST("/echo") CHUNKED "2\na=\n0\n\n"), STR(POST("/echo") CHUNKED "-1\r\na"),
		STR(POST("/echo") CHUNKED "fffffffffffffffff\r\na"),
		STR(POST("/echo") CHUNKED "\r\na=\r\n0\r\n\r\n"),
		STR(POST("/echo") CHUNKED "0x2\r\na=\r\n0\r\n\r\n") };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(status_of(ask(s, bad[i])), 400);
	assert_int_equal(serve_handled(s), 2);
	serve_end(s);
}

static void bodies_have_the_size_that_the_app_names(void **state)
{
	(void)state;
	struct serve *s = serve_begin(NULL, "127.0.0.1:0", 1);
	auto_buf all;
	assert_int_equal(status_of(ask(s, STR(POST("/echo") "Content-Length: 1001\r\n\r\n"))), 413);
	assert_int_equal(status_of(ask(s, STR(POST("/none") "Content-Length: 1\r\n\r\na"))), 413);
	assert_int_equal(status_of(ask(s, STR(POST("/none") "Content-Length: 0\r\n\r\n"))), 200);
	buf_init(&all, 10000);
	buf_c(&all, POST("/echo") CHUNKED "3e8\r\na=");
	for (int i = 0; i < 998; i++)
		buf_byte(&all, 'a');
	buf_c(&all, "\r\n");
	size_t n = all.n;
	buf_c(&all, "0\r\n\r\n");
	assert_int_equal(status_of(ask(s, buf_view(&all))), 200);
	all.n = n;
	buf_c(&all, "1\r\na\r\n0\r\n\r\n");
	assert_int_equal(status_of(ask(s, buf_view(&all))), 413);
	serve_end(s);
}

/* Chunk extensions and trailers are no body, and still end somewhere. */
static void noise_between_chunks_ends(void **state)
{
	(void)state;
	struct serve *s = serve_begin(NULL, "127.0.0.1:0", 1);
	int fd = serve_connect(s);
	send_all(fd, STR(POST("/echo") CHUNKED "1;"));
	for (int i = 0; i < 3000; i++)
		send_all(fd, STR("0123456789"));
	assert_int_equal(status_of(read_end(fd)), 413);
	serve_end(s);
}

static void a_client_that_asks_first_is_told_to_go_on(void **state)
{
	(void)state;
	struct serve *s = serve_begin(NULL, "127.0.0.1:0", 1);
	int fd = serve_connect(s);
	send_all(fd, STR(POST("/echo") "Expect: 100-Continue\r\nContent-Length: 3\r\n\r\n"));
	assert_string_equal(read_one(fd), "HTTP/1.1 100 Continue\r\n\r\n");
	send_all(fd, STR("a=1"));
	assert_int_equal(status_of(read_one(fd)), 200);
	close(fd);
	fd = serve_connect(s);
	send_all(fd, STR(POST("/none") "Expect: 100-continue\r\nContent-Length: 3\r\n\r\n"));
	assert_int_equal(status_of(read_end(fd)), 413);
	serve_end(s);
}

static void head_and_unchanged_have_no_body(void **state)
{
	(void)state;
	struct serve *s = serve_begin(NULL, "127.0.0.1:0", 1);
	const char *t = ask(s, STR("HEAD /tag HTTP/1.1\r\n" HOST "\r\n"));
	assert_int_equal(status_of(t), 200);
	assert_string_equal(strstr(t, "\r\n\r\n"), "\r\n\r\n");
	assert_non_null(strstr(t, "\r\nETag: \"abc\"\r\n"));
	assert_null(strstr(t, "\r\nContent-Length: 0\r\n"));
	t = ask(s, STR("GET /tag HTTP/1.1\r\n" HOST "If-None-Match: \"x\", W/\"abc\"\r\n\r\n"));
	assert_int_equal(status_of(t), 304);
	assert_string_equal(strstr(t, "\r\n\r\n"), "\r\n\r\n");
	assert_null(strstr(t, "Content-Length"));
	t = ask(s, STR("POST /tag HTTP/1.1\r\n" HOST "If-None-Match: *\r\n\r\n"));
	assert_int_equal(status_of(t), 200);
	assert_int_equal(status_of(ask(s, STR("GET /split HTTP/1.1\r\n" HOST "\r\n"))), 500);
	serve_end(s);
}

/* ${body} is that of "/file": every four bytes are their number. */
static void assert_file(const char *body)
{
	for (int i = 0; i < FILE_N / 4; i++)
		assert_memory_equal(body + 4 * (ptrdiff_t)i, &i, 4);
}

static void files_are_sent_whole_and_in_their_turn(void **state)
{
	(void)state;
	char *got = malloc(FILE_N + 4096);
	struct serve *s = serve_begin(NULL, "127.0.0.1:0", 1);
	assert_non_null(got);
	int slow = serve_connect(s), fd = serve_connect(s);
	send_all(slow, STR("GET /file HTTP/1.1\r\n" HOST "\r\n"));
	send_all(fd,
		STR("GET /file HTTP/1.1\r\n" HOST "\r\nGET /tag HTTP/1.1\r\n" HOST
		    "Connection: close\r\n\r\n"));
	size_t n = 0;
	for (ssize_t more; (more = recv(fd, got + n, FILE_N + 4095 - n, 0)) > 0;)
		n += (size_t)more;
	got[n] = 0;
	const char *body = memmem(got, n, "\r\n\r\n", 4);
	assert_non_null(memmem(got, 400, "Content-Length: 3145731\r\n", 25));
	assert_true(body && (size_t)(body + 4 - got) + FILE_N < n);
	assert_file(body + 4);
	assert_int_equal(status_of(body + 4 + FILE_N), 200);
	close(fd);
	close(slow); /* it has read nothing of it */
	const char *head = ask(s, STR("HEAD /file HTTP/1.1\r\n" HOST "\r\n"));
	assert_string_equal(strstr(head, "\r\n\r\n"), "\r\n\r\n");
	assert_non_null(strstr(head, "Content-Length: 3145731\r\n"));
	serve_end(s);
	free(got);
}

static void connections_close_when_asked_to(void **state)
{
	(void)state;
	struct serve *s = serve_begin(NULL, "127.0.0.1:0", 1);
	static const struct str once[] = { STR("GET /empty HTTP/1.0\r\n\r\n"),
		STR("GET /empty HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n"),
		STR("GET /empty HTTP/1.1\r\n" HOST
		    "connection: x, CLOSE\r\n\r\nGET /empty HTTP/1.1\r\n") };
	for (size_t i = 0; i < sizeof once / sizeof *once; i++) {
		int fd = serve_connect(s);
		send_all(fd, once[i]);
		const char *t = read_end(fd);
		assert_int_equal(count_of(t, "HTTP/1.1 303"), 1);
		assert_non_null(strstr(t, "\r\nConnection: close\r\n"));
	}
	const char *t = ask(s,
		STR("GET /empty HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /empty HTTP/1.0\r\n\r\n"));
	assert_int_equal(count_of(t, "HTTP/1.1 303"), 2);
	assert_int_equal(count_of(t, "\r\nConnection: keep-alive\r\n"), 1);
	serve_end(s);
}

static void refusals_close_and_say_what_is_allowed(void **state)
{
	(void)state;
	struct serve *s = serve_begin(NULL, "127.0.0.1:0", 1);
	int fd = serve_connect(s);
	send_all(fd,
		STR("PUT / HTTP/1.1\r\n" HOST
		    "Content-Length: 3\r\n\r\nabcGET / HTTP/1.1\r\n\r\n"));
	const char *t = read_end(fd);
	assert_int_equal(status_of(t), 405);
	assert_int_equal(count_of(t, "HTTP/1.1"), 1);
	assert_non_null(strstr(t, "\r\nAllow: GET, HEAD, POST\r\n"));
	assert_non_null(strstr(t, "\r\nContent-Security-Policy: default-src 'none'; "));
	assert_int_equal(serve_handled(s), 0);
	serve_end(s);
}

static void client_of(const struct serve *s, struct str bytes, char *ret)
{
	const char *t = strstr(ask(s, bytes), "\nclient ");
	assert_non_null(t);
	memcpy(ret, t + 8, 16);
	ret[16] = 0;
}

static void circuits_are_told_apart(void **state)
{
	(void)state;
	char path[64], a[17], b[17], c[17];
	snprintf(path, sizeof path, "unix-proxy:/tmp/baraza-test-%d", (int)getpid());
	struct serve *s = serve_begin(NULL, path, 2);
#define LINE(who) \
	"PROXY TCP6 fc00:dead:beef:4dad::" who " ::1 65535 80\r\nGET /echo HTTP/1.1\r\n" HOST "\r\n"
	client_of(s, STR(LINE("1:2")), a);
	client_of(s, STR(LINE("1:3")), b);
	client_of(s, STR(LINE("1:2")), c);
	assert_string_equal(a, c);
	assert_string_not_equal(a, b);
	int fd = serve_connect(s);
	send_all(fd, STR("GET /echo HTTP/1.1\r\n" HOST "\r\n"));
	assert_string_equal(read_end(fd), "");
	serve_end(s);
	assert_int_equal(access(path + 11, F_OK), -1);
}

static void a_front_server_is_believed_on_the_socket_only(void **state)
{
	(void)state;
	char path[64], a[17], b[17];
	snprintf(path, sizeof path, "unix:/tmp/baraza-test-%d", (int)getpid());
	struct serve *s = serve_begin(NULL, path, 1);
#define FROM(who) \
	"GET /echo HTTP/1.1\r\n" HOST "X-Forwarded-For: 9.9.9.9, " who \
	"\r\nX-Forwarded-Proto: https\r\n\r\n"
	client_of(s, STR(FROM("192.0.2.1")), a);
	client_of(s, STR(FROM("192.0.2.2")), b);
	assert_string_not_equal(a, b);
	assert_non_null(strstr(ask(s, STR(FROM("192.0.2.1"))), "\ntls 1\n"));
	serve_end(s);
	s = serve_begin(NULL, "127.0.0.1:0", 1);
	client_of(s, STR(FROM("192.0.2.1")), a);
	client_of(s, STR(FROM("192.0.2.2")), b);
	assert_string_equal(a, b);
	const char *t = ask(s, STR(FROM("192.0.2.1")));
	assert_non_null(strstr(t, "\ntls 0\n"));
	assert_null(strstr(t, "192.0.2.1"));
	serve_end(s);
}

static void addresses_to_listen_on_are_checked(void **state)
{
	(void)state;
	static const char *const bad[] = { "", "8080", "localhost:80", "127.0.0.1", "127.0.0.1:x",
		"127.0.0.1:70000", "::1:80", "[::1]", "unix:", "tcp:127.0.0.1:80" };
	struct http_app app = { 0 };
	struct http_server *s = NULL;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct str at = str_c(bad[i]);
		assert_int_equal(http_open(&at, 1, NULL, &app, &s), ERR_INPUT);
	}
	struct str missing = STR("unix:/nowhere/at/all");
	assert_int_equal(http_open(&missing, 1, NULL, &app, &s), ERR_IO);
	assert_null(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(get_is_answered_and_kept_alive),
		cmocka_unit_test(post_brings_fields),
		cmocka_unit_test(answers_come_from_other_threads),
		cmocka_unit_test(stop_waits_for_answers_under_way),
		cmocka_unit_test(pipelined_answers_keep_their_order),
		cmocka_unit_test(bodies_may_come_in_chunks),
		cmocka_unit_test(bodies_have_the_size_that_the_app_names),
		cmocka_unit_test(noise_between_chunks_ends),
		cmocka_unit_test(a_client_that_asks_first_is_told_to_go_on),
		cmocka_unit_test(head_and_unchanged_have_no_body),
		cmocka_unit_test(files_are_sent_whole_and_in_their_turn),
		cmocka_unit_test(connections_close_when_asked_to),
		cmocka_unit_test(refusals_close_and_say_what_is_allowed),
		cmocka_unit_test(circuits_are_told_apart),
		cmocka_unit_test(a_front_server_is_believed_on_the_socket_only),
		cmocka_unit_test(addresses_to_listen_on_are_checked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
