/* Slow, broken and hostile clients against a real server. */
#include "base/clock.h"
#include "tests/http/serve.h"
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define HOST "Host: localhost\r\n"
#define FORM "Content-Type: application/x-www-form-urlencoded\r\n"
#define GET(path) "GET " path " HTTP/1.1\r\n" HOST "\r\n"

static const struct http_limits short_limits = {
	.head_seconds = 1, .body_seconds = 1, .answer_seconds = 1, .idle_seconds = 1
};

/* Send ${first}, then a byte every 150 ms until the server has had enough. */
static const char *drip(const struct serve *s, struct str first, int64_t *ret_ms)
{
	int fd = serve_connect(s);
	char c;
	int64_t start = clock_mono();
	send_all(fd, first);
	for (int i = 0; i < 30; i++) {
		usleep(150000);
		if (recv(fd, &c, 1, MSG_PEEK | MSG_DONTWAIT) >= 0)
			break;
		send_all(fd, STR("a"));
	}
	*ret_ms = (clock_mono() - start) / 1000000;
	return read_end(fd);
}

static void a_byte_a_time_does_not_win_time(void **state)
{
	(void)state;
	struct serve *s = serve_begin(&short_limits, "127.0.0.1:0", 1);
	int64_t ms;
	assert_int_equal(status_of(drip(s, STR("GET /"), &ms)), 408);
	assert_in_range(ms, 900, 2500);
	assert_int_equal(
		status_of(drip(s,
			STR("POST /echo HTTP/1.1\r\n" HOST FORM "Content-Length: 100\r\n\r\n"),
			&ms)),
		408);
	assert_in_range(ms, 900, 2500);
	serve_end(s);
}

static void silence_is_closed_without_a_word(void **state)
{
	(void)state;
	struct serve *s = serve_begin(&short_limits, "127.0.0.1:0", 2);
	int fresh = serve_connect(s), kept = serve_connect(s);
	int64_t start = clock_mono();
	send_all(kept, STR(GET("/empty")));
	assert_int_equal(status_of(read_one(kept)), 303);
	assert_string_equal(read_end(fresh), "");
	assert_string_equal(read_end(kept), "");
	assert_in_range((clock_mono() - start) / 1000000, 900, 2500);
	serve_end(s);
}

static void an_app_too_slow_is_excused(void **state)
{
	(void)state;
	struct serve *s = serve_begin(&short_limits, "127.0.0.1:0", 1);
	int fd = serve_connect(s);
	send_all(fd, STR(GET("/never")));
	const char *t = read_end(fd);
	assert_int_equal(status_of(t), 503);
	assert_non_null(strstr(t, "\r\nRetry-After: 5\r\n"));
	/* The app's own answer comes at the end, and finds nobody. */
	serve_end(s);
}

static void close_hard(int fd)
{
	struct linger reset = { .l_onoff = 1 };
	setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
	close(fd);
}

static void answers_after_a_reset_go_nowhere(void **state)
{
	(void)state;
	struct serve *s = serve_begin(NULL, "127.0.0.1:0", 2);
	for (int i = 0; i < 40; i++) {
		int fd = serve_connect(s);
		send_all(fd, i % 2 ? STR(GET("/never")) : STR(GET("/later")));
		if (i % 4)
			usleep(1000);
		close_hard(fd);
	}
	assert_int_equal(status_of(ask(s, STR(GET("/later")))), 200);
	serve_end(s);
}

static void readers_who_do_not_read_hold_nobody_up(void **state)
{
	(void)state;
	struct serve *s = serve_begin(NULL, "127.0.0.1:0", 1);
	int fd[20];
	for (int i = 0; i < 20; i++)
		send_all(fd[i] = serve_connect(s), STR(GET("/big")));
	for (int i = 0; i < 10; i++)
		assert_int_equal(status_of(ask(s, STR(GET("/echo")))), 200);
	/* What was held back comes whole when they read at last. */
	shutdown(fd[0], SHUT_WR);
	const char *t = read_end(fd[0]);
	assert_true(strlen(t) > 3 << 20);
	for (int i = 1; i < 20; i++)
		close(fd[i]);
	serve_end(s);
}

static void many_ready_at_once_are_all_served(void **state)
{
	(void)state;
	static const int sizes[] = { 127, 128, 129, 300 };
	struct serve *s = serve_begin(NULL, "127.0.0.1:0", 2);
	for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
		int fd[300];
		for (int i = 0; i < sizes[k]; i++)
			fd[i] = serve_connect(s);
		for (int round = 0; round < 2; round++) {
			for (int i = 0; i < sizes[k]; i++)
				send_all(fd[i], STR(GET("/echo")));
			for (int i = 0; i < sizes[k]; i++)
				assert_int_equal(status_of(read_one(fd[i])), 200);
		}
		for (int i = 0; i < sizes[k]; i++)
			close(fd[i]);
	}
	serve_end(s);
}

static void the_silent_give_way_when_it_is_full(void **state)
{
	(void)state;
	struct http_limits few = { .connections_max = 4 };
	struct serve *s = serve_begin(&few, "127.0.0.1:0", 1);
	int fd[8];
	for (int i = 0; i < 4; i++)
		fd[i] = serve_connect(s);
	usleep(50000);
	/* The fifth is served, and the first is gone. */
	assert_int_equal(status_of(ask(s, STR(GET("/echo")))), 200);
	assert_string_equal(read_end(fd[0]), "");
	for (int i = 1; i < 4; i++)
		close(fd[i]);
	usleep(50000);
	for (int i = 0; i < 4; i++)
		send_all(fd[i] = serve_connect(s), STR(GET("/never")));
	usleep(50000);
	const char *t = ask(s, STR(GET("/echo")));
	assert_int_equal(status_of(t), 503);
	assert_non_null(strstr(t, "\r\nRetry-After: 5\r\n"));
	for (int i = 0; i < 4; i++)
		close_hard(fd[i]);
	serve_end(s);
}

static void a_refused_body_does_not_hide_the_answer(void **state)
{
	(void)state;
	struct serve *s = serve_begin(NULL, "127.0.0.1:0", 1);
	static char body[300000];
	memset(body, 'x', sizeof body);
	int fd = serve_connect(s);
	send_all(fd, STR("POST /echo HTTP/1.1\r\n" HOST FORM "Content-Length: 300000\r\n\r\n"));
	send_all(fd, (struct str){ body, sizeof body });
	assert_int_equal(status_of(read_end(fd)), 413);
	serve_end(s);
}

static void stop_ends_what_never_ends(void **state)
{
	(void)state;
	struct serve *s = serve_begin(NULL, "127.0.0.1:0", 2);
	int fd[4];
	for (int i = 0; i < 4; i++)
		send_all(fd[i] = serve_connect(s), i % 2 ? STR(GET("/never")) : STR(GET("/big")));
	usleep(50000);
	int64_t start = clock_mono();
	serve_end(s);
	assert_in_range((clock_mono() - start) / 1000000, 4500, 6500);
	for (int i = 0; i < 4; i++)
		close(fd[i]);
}

/* Every request of the list, cut in two at each place, is answered as if it were whole. */
static void cuts_change_nothing(void **state)
{
	(void)state;
	static const struct str list[] = { STR(GET("/echo?a=%41")),
		STR("POST /echo HTTP/1.1\r\n" HOST FORM "Content-Length: 7\r\n\r\na=%41+b"),
		STR("POST /echo HTTP/1.1\r\n" HOST FORM
		    "Transfer-Encoding: chunked\r\n\r\n3;x=y\r\na=1\r\n2\r\n&b\r\n0\r\nT: t\r\n\r\n"),
		STR("GET /%zz HTTP/1.1\r\n" HOST "\r\n"),
		STR(GET("/tag") "HEAD /tag HTTP/1.1\r\n" HOST "If-None-Match: \"abc\"\r\n\r\n") };
	struct serve *s = serve_begin(NULL, "127.0.0.1:0", 1);
	for (size_t i = 0; i < sizeof list / sizeof *list; i++) {
		char whole[16384];
		snprintf(whole, sizeof whole, "%s", ask(s, list[i]));
		for (size_t cut = 1; cut < list[i].n; cut++) {
			int fd = serve_connect(s);
			send_all(fd, (struct str){ list[i].p, cut });
			usleep(300);
			send_all(fd, str_from(list[i], cut));
			shutdown(fd, SHUT_WR);
			const char *t = read_end(fd), *date = strstr(t, "\r\nDate: ");
			assert_non_null(date);
			assert_memory_equal(t, whole, (size_t)(date - t));
			const char *rest = strstr(date + 2, "\r\n"),
				   *want = strstr(strstr(whole, "\r\nDate: ") + 2, "\r\n");
			if (i < 4)
				assert_string_equal(rest, want);
			else
				assert_int_equal(strlen(rest), strlen(want));
		}
		int fd = serve_connect(s);
		for (size_t at = 0; at < list[i].n; at++) {
			send_all(fd, (struct str){ list[i].p + at, 1 });
			usleep(100);
		}
		shutdown(fd, SHUT_WR);
		assert_int_equal(strlen(read_end(fd)), strlen(whole));
	}
	serve_end(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_byte_a_time_does_not_win_time),
		cmocka_unit_test(silence_is_closed_without_a_word),
		cmocka_unit_test(an_app_too_slow_is_excused),
		cmocka_unit_test(answers_after_a_reset_go_nowhere),
		cmocka_unit_test(readers_who_do_not_read_hold_nobody_up),
		cmocka_unit_test(many_ready_at_once_are_all_served),
		cmocka_unit_test(the_silent_give_way_when_it_is_full),
		cmocka_unit_test(a_refused_body_does_not_hide_the_answer),
		cmocka_unit_test(stop_ends_what_never_ends),
		cmocka_unit_test(cuts_change_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
