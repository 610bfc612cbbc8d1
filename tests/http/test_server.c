#include "tests/http/serve.h"
#include <string.h>
#include <unistd.h>

#define HOST "Host: localhost\r\n"

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(get_is_answered_and_kept_alive),
		cmocka_unit_test(post_brings_fields),
		cmocka_unit_test(answers_come_from_other_threads),
		cmocka_unit_test(stop_waits_for_answers_under_way),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
