/* What is sent back, and what decides whether and when: heads, ETags, buckets, the wheel. */
#include "http/bucket.h"
#include "http/respond.h"
#include "http/wheel.h"
#include "tests/test.h"
#include <stdlib.h>
#include <string.h>

static struct str wrote(struct buf *out, const struct http_response *res,
	const struct respond_facts *facts, struct respond_body *ret_body)
{
	out->n = 0;
	respond_write(out, res, facts, ret_body);
	assert_int_equal(out->failed, 0);
	return buf_view(out);
}

static void heads_say_what_follows(void **state)
{
	(void)state;
	auto_buf out;
	buf_init(&out, 10000);
	struct respond_body body;
	struct respond_facts facts = { .date = STR("D") };
	struct http_response res = { .status = 200,
		.type = STR("text/html"),
		.body = STR("hello"),
		.encoding = STR("br"),
		.etag = STR("\"e\""),
		.cookie = { STR("a=1"), STR("b=2") },
		.n_cookie = 2,
		.more = { { STR("X-A"), STR("b") } },
		.n_more = 1 };
	assert_str(wrote(&out, &res, &facts, &body),
		"HTTP/1.1 200 OK\r\nDate: D\r\nContent-Type: text/html\r\nContent-Encoding: br\r\n"
		"Content-Length: 5\r\nETag: \"e\"\r\nCache-Control: no-store\r\nVary: Accept-Encoding\r\n"
		"Set-Cookie: a=1\r\nSet-Cookie: b=2\r\nX-A: b\r\n");
	assert_str(body.bytes, "hello");
	facts.is_head = facts.is_last = true;
	res = (struct http_response){ .status = 404,
		.type = STR("text/html"),
		.body = STR("hello"),
		.vary = STR("Cookie"),
		.cache = STR("max-age=5") };
	assert_str(wrote(&out, &res, &facts, &body),
		"HTTP/1.1 404 Not Found\r\nDate: D\r\nContent-Type: text/html\r\nContent-Length: 5\r\n"
		"Cache-Control: max-age=5\r\nVary: Cookie\r\nConnection: close\r\n");
	assert_int_equal(body.bytes.n, 0);
	facts = (struct respond_facts){ .date = STR("D"), .is_10 = true, .is_full = true };
	res = (struct http_response){ .status = 503 };
	assert_str(wrote(&out, &res, &facts, &body),
		"HTTP/1.1 503 Service Unavailable\r\nDate: D\r\nContent-Length: 0\r\n"
		"Cache-Control: no-store\r\nRetry-After: 5\r\nConnection: keep-alive\r\n");
}

static void heads_cannot_be_split(void **state)
{
	(void)state;
	auto_buf out;
	buf_init(&out, 10000);
	struct respond_body body;
	struct respond_facts facts = { .date = STR("D") };
	struct http_response bad[] = { { .status = 303, .location = STR("/a\r\nB: c") },
		{ .status = 200, .cookie = { STR("a\nb") }, .n_cookie = 1 },
		{ .status = 200, .more = { { STR("A"), { "\0", 1 } } }, .n_more = 1 },
		{ .status = 200, .etag = STR("\r") }, { .status = 99 },
		{ .status = 200, .n_more = 7 } };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_true(str_starts(wrote(&out, &bad[i], &facts, &body), "HTTP/1.1 500 "));
}

static void etags_match_weakly(void **state)
{
	(void)state;
	assert_true(respond_etag_match(STR("\"a\""), STR("\"a\"")));
	assert_true(respond_etag_match(STR("\"x\", W/\"a\" ,\"y\""), STR("\"a\"")));
	assert_true(respond_etag_match(STR(" *"), STR("W/\"a\"")));
	assert_false(respond_etag_match(STR("\"b\""), STR("\"a\"")));
	assert_false(respond_etag_match(STR("a"), STR("\"a\"")));
	assert_false(respond_etag_match(STR(""), STR("\"a\"")));
	assert_false(respond_etag_match(STR("*"), STR("")));
	auto_buf out;
	buf_init(&out, 10000);
	struct respond_body body;
	struct respond_facts facts = { .date = STR("D"), .if_none_match = STR("W/\"a\"") };
	struct http_response res = { .status = 200,
		.type = STR("text/html"),
		.body = STR("hello"),
		.etag = STR("\"a\""),
		.cache = STR("no-cache") };
	assert_str(wrote(&out, &res, &facts, &body),
		"HTTP/1.1 304 Not Modified\r\nDate: D\r\nETag: \"a\"\r\nCache-Control: no-cache\r\n");
	assert_int_equal(body.bytes.n, 0);
	res.status = 404;
	assert_true(str_starts(wrote(&out, &res, &facts, &body), "HTTP/1.1 404 "));
}

static void dates_are_as_the_rfc_writes_them(void **state)
{
	(void)state;
	auto_buf out;
	buf_init(&out, 100);
	respond_date(&out, 784111777);
	assert_str(buf_view(&out), "Sun, 06 Nov 1994 08:49:37 GMT");
}

static void bucket_never_gives_more(void **state)
{
	(void)state;
	srandom(1);
	for (int round = 0; round < 20; round++) {
		struct bucket_table *t = bucket_open();
		assert_non_null(t);
		struct bucket_rate rate = { .kind = 1,
			.burst = (uint16_t)(1 + random() % 20),
			.per_hour = (uint32_t)(1 + random() % 7200) };
		int64_t start = 1000000 + random() % 1000000, now = start, taken = 0;
		for (int i = 0; i < 5000; i++) {
			now += random() % 2000;
			/* Others crowd the table; that may only make it stricter. */
			for (int j = 0; j < 3; j++)
				if (bucket_take(t, (uint64_t)random(), &rate, now))
					continue;
			taken += bucket_take(t, 7, &rate, now);
			int64_t most = rate.burst + (now - start) * rate.per_hour / 3600000 + 1;
			assert_true(taken <= most);
		}
		assert_true(taken >= rate.burst);
		bucket_close(t);
	}
}

static void bucket_fills_again(void **state)
{
	(void)state;
	struct bucket_table *t = bucket_open();
	assert_non_null(t);
	struct bucket_rate rate = { .kind = 1, .burst = 5, .per_hour = 3600 }, other = rate;
	other.kind = 2;
	for (int i = 0; i < 5; i++)
		assert_true(bucket_take(t, 1, &rate, 1000));
	assert_false(bucket_take(t, 1, &rate, 1000));
	assert_true(bucket_take(t, 1, &other, 1000));
	assert_false(bucket_take(t, 1, &rate, 1999));
	assert_true(bucket_take(t, 1, &rate, 2001));
	assert_false(bucket_take(t, 1, &rate, 2002));
	for (int i = 0; i < 5; i++)
		assert_true(bucket_take(t, 1, &rate, 60000));
	assert_false(bucket_take(t, 1, &rate, 60000));
	bucket_close(t);
}

static struct bucket_table *crowded(const struct bucket_rate *rate)
{
	struct bucket_table *t = bucket_open();
	assert_non_null(t);
	for (uint64_t heavy = 1; heavy <= 200; heavy++)
		while (bucket_take(t, heavy * 0x9e3779b97f4a7c15, rate, 1000))
			;
	return t;
}

static void bucket_seldom_blames_others(void **state)
{
	(void)state;
	struct bucket_rate rate = { .kind = 1, .burst = 2, .per_hour = 60 };
	int refused = 0;
	for (int round = 0; round < 2000; round++) {
		struct bucket_table *t = crowded(&rate);
		for (uint64_t light = 1; light <= 10; light++)
			refused += !bucket_take(t, ~((uint64_t)round * 10 + light), &rate, 1000);
		bucket_close(t);
	}
	/* (1 − e^(−210/2048))⁴ of 20,000 is about 2. */
	assert_true(refused < 15);
}

static void wheel_fires_each_once_and_never_early(void **state)
{
	(void)state;
	enum { N = 500 };
	struct wheel w;
	static struct wheel_node node[N];
	static int64_t due[N];
	int fired = 0, dropped = 0;
	int64_t now = 12345;
	srandom(2);
	wheel_begin(&w, now);
	assert_int_equal(wheel_wait(&w, now), -1);
	for (int i = 0; i < N; i++)
		wheel_set(&w, &node[i], due[i] = now + random() % 100000);
	for (int i = 0; i < N; i += 3)
		wheel_set(&w, &node[i], due[i] = now + random() % 100000);
	for (int i = 0; i < N; i += 7, dropped++) {
		wheel_drop(&w, &node[i]);
		due[i] = -1;
	}
	while (fired < N - dropped) {
		int wait = wheel_wait(&w, now);
		assert_true(wait >= 0 && wait <= WHEEL_TICK_MS);
		now += wait ? wait : 1;
		for (struct wheel_node *n; (n = wheel_pop(&w, now)); fired++) {
			int64_t want = due[n - node];
			assert_true(want > 0 && want <= now && now <= want + 2 * WHEEL_TICK_MS);
			due[n - node] = -1;
		}
	}
	assert_int_equal(wheel_wait(&w, now), -1);
	assert_null(wheel_pop(&w, now + 1000000));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(heads_say_what_follows),
		cmocka_unit_test(heads_cannot_be_split),
		cmocka_unit_test(etags_match_weakly),
		cmocka_unit_test(dates_are_as_the_rfc_writes_them),
		cmocka_unit_test(bucket_never_gives_more),
		cmocka_unit_test(bucket_fills_again),
		cmocka_unit_test(bucket_seldom_blames_others),
		cmocka_unit_test(wheel_fires_each_once_and_never_early),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
