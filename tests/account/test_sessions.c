#include "tests/account/world.h"
#include <pthread.h>

enum { NOW = 1000000000 };

static struct sessions *open_sessions(void)
{
	struct sessions *s;
	assert_int_equal(sessions_open(&s), 0);
	return s;
}

static struct str start(
	struct sessions *s, struct session what, int64_t now, char token[SESSION_TOKEN_CHARS + 1])
{
	assert_int_equal(sessions_start(s, &what, now, token), 0);
	return str_c(token);
}

static void a_session_is_found_by_its_token_alone(void **state)
{
	(void)state;
	struct sessions *s = open_sessions();
	char a[SESSION_TOKEN_CHARS + 1], b[SESSION_TOKEN_CHARS + 1];
	struct session got = { 0 };
	start(s, (struct session){ .account = 1, .epoch = 4 }, NOW, a);
	start(s, (struct session){ .account = 2 }, NOW, b);
	assert_true(sessions_find(s, str_c(a), NOW, &got));
	assert_int_equal(got.account, 1);
	assert_int_equal(got.epoch, 4);
	assert_true(sessions_find(s, str_c(b), NOW, &got));
	assert_int_equal(got.account, 2);
	assert_false(sessions_find(s, STR(""), NOW, &got));
	assert_false(sessions_find(s, (struct str){ 0 }, NOW, &got));
	a[5] = a[5] == 'x' ? 'y' : 'x';
	assert_false(sessions_find(s, str_c(a), NOW, &got));
	sessions_end(s, str_c(b));
	assert_false(sessions_find(s, str_c(b), NOW, &got));
	assert_int_equal(sessions_count(s), 1);
	sessions_close(s);
	sessions_close(NULL);
}

static void sessions_end_by_idleness_and_by_age(void **state)
{
	(void)state;
	struct sessions *s = open_sessions();
	char t[SESSION_TOKEN_CHARS + 1];
	struct session got;
	struct str token = start(s, (struct session){ .account = 1 }, NOW, t);
	assert_true(sessions_find(s, token, NOW + SESSION_IDLE - 1, &got));
	assert_false(sessions_find(s, token, NOW + 2 * SESSION_IDLE, &got));
	assert_int_equal(sessions_count(s), 0);

	token = start(s, (struct session){ .account = 1 }, NOW, t);
	int64_t at = NOW;
	while (at - NOW < SESSION_LIFE) {
		assert_true(sessions_find(s, token, at, &got));
		at += SESSION_IDLE - 1;
	}
	assert_false(sessions_find(s, token, at, &got));

	token = start(s, (struct session){ .account = 1, .is_short = true }, NOW, t);
	assert_false(sessions_find(s, token, NOW + SESSION_IDLE_SHORT, &got));

	token = start(s, (struct session){ .account = 1, .is_half = true }, NOW, t);
	assert_true(sessions_find(s, token, NOW + SESSION_HALF_LIFE - 1, &got));
	assert_false(sessions_find(s, token, NOW + SESSION_HALF_LIFE, &got));
	sessions_close(s);
}

static void there_is_an_end_to_how_many(void **state)
{
	(void)state;
	struct sessions *s = open_sessions();
	char first[SESSION_TOKEN_CHARS + 1], t[SESSION_TOKEN_CHARS + 1];
	struct session got;
	start(s, (struct session){ .account = 7 }, NOW, first);
	for (int i = 1; i < SESSIONS_OF_ACCOUNT_MAX + 1; i++)
		start(s, (struct session){ .account = 7 }, NOW + i, t);
	assert_int_equal(sessions_count(s), SESSIONS_OF_ACCOUNT_MAX);
	assert_false(sessions_find(s, str_c(first), NOW + 20, &got));
	for (int i = 0; i < SESSIONS_MAX + 100; i++)
		start(s, (struct session){ .account = 100 + i }, NOW + 20, t);
	assert_int_equal(sessions_count(s), SESSIONS_MAX);
	start(s, (struct session){ .account = 1 }, NOW + SESSION_LIFE, t);
	assert_int_equal(sessions_count(s), 1);
	sessions_close(s);
}

static void all_of_an_account_end_but_one(void **state)
{
	(void)state;
	struct sessions *s = open_sessions();
	char mine[SESSION_TOKEN_CHARS + 1], t[SESSION_TOKEN_CHARS + 1];
	struct session got;
	for (int i = 0; i < 5; i++)
		start(s, (struct session){ .account = 1 }, NOW, i ? t : mine);
	start(s, (struct session){ .account = 2 }, NOW, t);
	sessions_end_all(s, 1, str_c(mine));
	assert_int_equal(sessions_count(s), 2);
	assert_true(sessions_find(s, str_c(mine), NOW, &got));
	sessions_end_all(s, 1, (struct str){ 0 });
	assert_int_equal(sessions_count(s), 1);
	assert_true(sessions_find(s, str_c(t), NOW, &got));
	sessions_close(s);
}

static void a_pocket_holds_one_thing(void **state)
{
	(void)state;
	struct sessions *s = open_sessions();
	auto_arena mem;
	arena_init(&mem, 65536);
	char t[SESSION_TOKEN_CHARS + 1];
	struct str token = start(s, (struct session){ .account = 1 }, NOW, t), got = STR("before");
	assert_false(sessions_pocket_get(s, token, "a", &mem, &got));
	assert_true(sessions_pocket_put(s, token, "a", STR("secret")));
	assert_false(sessions_pocket_get(s, token, "b", &mem, &got));
	assert_str(got, "before");
	assert_true(sessions_pocket_get(s, token, "a", &mem, &got));
	assert_str(got, "secret");
	char big[SESSION_POCKET_MAX + 1] = "";
	assert_false(sessions_pocket_put(s, token, "a", (struct str){ big, sizeof big }));
	sessions_pocket_empty(s, token);
	assert_false(sessions_pocket_get(s, token, "a", &mem, &got));
	assert_false(sessions_pocket_put(s, STR("nobody"), "a", STR("x")));
	sessions_close(s);
}

static void *use_sessions(void *arg)
{
	struct sessions *s = arg;
	char t[SESSION_TOKEN_CHARS + 1];
	struct session got, what = { .account = 3 };
	for (int i = 0; i < 200; i++) {
		if (sessions_start(s, &what, NOW, t) != 0)
			return arg;
		sessions_find(s, str_c(t), NOW, &got);
		sessions_pocket_put(s, str_c(t), "x", STR("y"));
		if (i % 3 == 0)
			sessions_end(s, str_c(t));
		if (i % 50 == 0)
			sessions_end_all(s, 3, str_c(t));
	}
	return NULL;
}

static void threads_may_share_them(void **state)
{
	(void)state;
	struct sessions *s = open_sessions();
	pthread_t thread[4];
	for (int i = 0; i < 4; i++)
		assert_int_equal(pthread_create(&thread[i], NULL, use_sessions, s), 0);
	for (int i = 0; i < 4; i++) {
		void *failed = NULL;
		pthread_join(thread[i], &failed);
		assert_null(failed);
	}
	assert_true(sessions_count(s) <= SESSIONS_OF_ACCOUNT_MAX);
	sessions_close(s);
}

static void waiting_grows_to_a_minute_and_no_further(void **state)
{
	(void)state;
	struct throttle *t;
	assert_int_equal(throttle_open(&t), 0);
	const struct throttle_key mine = { "sign-in", STR("ana"), 1 },
				  other = { "sign-in", STR("ana"), 2 };
	static const int wait[] = { 0, 0, 0, 2, 4, 8, 16, 32, 60, 60, 60 };
	int64_t now = NOW;
	for (size_t i = 0; i < sizeof wait / sizeof *wait; i++) {
		assert_int_equal(throttle_try(t, &mine, now), 0);
		assert_int_equal(throttle_try(t, &other, NOW), i < 4 ? 0 : 2);
		if (wait[i])
			assert_int_equal(throttle_try(t, &mine, now), wait[i]);
		now += wait[i];
	}
	throttle_passed(t, &mine);
	for (int i = 0; i < 3; i++)
		assert_int_equal(throttle_try(t, &mine, now), 0);
	assert_int_equal(throttle_try(t, &mine, now + 16 * 60), 0);
	throttle_close(t);
	throttle_close(NULL);
}

const struct CMUnitTest sessions_tests[] = {
	cmocka_unit_test(a_session_is_found_by_its_token_alone),
	cmocka_unit_test(sessions_end_by_idleness_and_by_age),
	cmocka_unit_test(there_is_an_end_to_how_many),
	cmocka_unit_test(all_of_an_account_end_but_one),
	cmocka_unit_test(a_pocket_holds_one_thing),
	cmocka_unit_test(threads_may_share_them),
	cmocka_unit_test(waiting_grows_to_a_minute_and_no_further),
};
const size_t n_sessions_tests = sizeof sessions_tests / sizeof *sessions_tests;
