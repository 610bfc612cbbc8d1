#include "base/clock.h"
#include "tests/participate/talk.h"
#include <pthread.h>
#include <unistd.h>

static int64_t agrees_with_first(struct board *b)
{
	const struct figures *f = board_hold(b, TALK_SPACE);
	int64_t n = f ? f->statement[0].all.agree : -1;
	figures_release(f);
	return n;
}

/* Waits at most 30 seconds until the board says so. */
static bool becomes(struct board *b, int64_t agree)
{
	for (int i = 0; i < 3000 && agrees_with_first(b) != agree; i++)
		usleep(10000);
	return agrees_with_first(b) == agree;
}

static void vote(struct talk *t, struct board *b, int64_t seat, int value)
{
	talk_vote(t, seat, 1, value);
	board_voted(b, &(struct board_vote){ TALK_SPACE, seat, 1, value });
}

static void counts_what_is_there_and_what_comes(void **state)
{
	struct talk *t = *state;
	struct board *b;
	assert_int_equal(board_open(t->url, &t->house, &b), 0);
	assert_true(becomes(b, 16));
	uint64_t version = atomic_load(&t->house.version);
	int64_t before = clock_mono();
	vote(t, b, 20, 1);
	vote(t, b, 20, -1);
	vote(t, b, 21, 1);
	assert_true(becomes(b, 17));
	assert_true(clock_mono() - before > 1900000000);
	assert_true(atomic_load(&t->house.version) > version);
	board_close(b);
}

/* Figures in hand stay what they were. */
static void what_is_held_does_not_change(void **state)
{
	struct talk *t = *state;
	struct board *b;
	assert_int_equal(board_open(t->url, &t->house, &b), 0);
	assert_true(becomes(b, 16));
	const struct figures *held = board_hold(b, TALK_SPACE);
	assert_true(board_is_fresh(b, held));
	board_changed(b, TALK_SPACE);
	assert_false(board_is_fresh(b, held));
	vote(t, b, 20, 1);
	assert_true(becomes(b, 17));
	assert_int_equal(held->statement[0].all.agree, 16);
	board_close(b);
	assert_int_equal(held->statement[0].all.agree, 16);
	figures_release(held);
}

static void *read_on(void *arg)
{
	struct board *b = arg;
	for (int i = 0; i < 20000; i++) {
		const struct figures *f = board_hold(b, TALK_SPACE);
		must(!f || f->statement[0].all.agree <= TALK_PEOPLE);
		figures_release(f);
	}
	return NULL;
}

static void readers_and_voters_meet(void **state)
{
	struct talk *t = *state;
	struct board *b;
	pthread_t reader[2];
	assert_int_equal(board_open(t->url, &t->house, &b), 0);
	for (int i = 0; i < 2; i++)
		assert_int_equal(pthread_create(&reader[i], NULL, read_on, b), 0);
	for (int64_t seat = 17; seat <= TALK_PEOPLE; seat++)
		vote(t, b, seat, 1);
	board_changed(b, 0);
	for (int i = 0; i < 2; i++)
		pthread_join(reader[i], NULL);
	assert_true(becomes(b, TALK_PEOPLE));
	board_close(b);
}

static void nothing_to_hold(void **state)
{
	struct talk *t = *state;
	struct board *b;
	assert_null(board_hold(NULL, 1));
	board_voted(NULL, &(struct board_vote){ 0 });
	board_changed(NULL, 0);
	assert_int_equal(board_open(t->url, &t->house, &b), 0);
	board_voted(b, &(struct board_vote){ 99, 1, 1, 1 });
	assert_null(board_hold(b, 99));
	int64_t before = clock_mono();
	board_close(b);
	assert_true(clock_mono() - before < 2000000000);
}

static void a_lost_database_stops_nobody(void **state)
{
	struct talk *t = *state;
	struct board *b;
	assert_int_equal(board_open("sqlite:/nowhere/at/all", &t->house, &b), 0);
	usleep(50000);
	assert_null(board_hold(b, TALK_SPACE));
	board_close(b);
}

#define WITH_TALK(f) cmocka_unit_test_setup_teardown(f, talk_open, talk_close)
const struct CMUnitTest board_tests[] = {
	WITH_TALK(counts_what_is_there_and_what_comes),
	WITH_TALK(what_is_held_does_not_change),
	WITH_TALK(readers_and_voters_meet),
	WITH_TALK(nothing_to_hold),
	WITH_TALK(a_lost_database_stops_nobody),
};
const size_t n_board_tests = sizeof board_tests / sizeof *board_tests;
