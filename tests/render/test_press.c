/* Documents to a process of their own and back, whatever it does: see fake_pdf.c. */
#include "render/press.h"
#include "tests/test.h"
#include <pthread.h>

/* A job, and whoever waits for it. */
struct order {
	struct press_job job; /* first */
	pthread_mutex_t lock;
	pthread_cond_t over;
	int n_done;
};

static void done(struct press_job *job)
{
	struct order *o = job->arg;
	pthread_mutex_lock(&o->lock);
	o->n_done++;
	pthread_cond_signal(&o->over);
	pthread_mutex_unlock(&o->lock);
}

static int put(struct lane *press, struct order *o, const char *document)
{
	*o = (struct order){ .job = { .done = done, .arg = o } };
	pthread_mutex_init(&o->lock, NULL);
	pthread_cond_init(&o->over, NULL);
	buf_init(&o->job.in, 1 << 20);
	buf_init(&o->job.out, 1 << 20);
	buf_c(&o->job.in, document);
	return press_put(press, &o->job);
}

static int wait_for(struct order *o)
{
	pthread_mutex_lock(&o->lock);
	while (!o->n_done)
		pthread_cond_wait(&o->over, &o->lock);
	pthread_mutex_unlock(&o->lock);
	return o->job.result;
}

static void drop(struct order *o)
{
	buf_done(&o->job.in);
	buf_done(&o->job.out);
	pthread_cond_destroy(&o->over);
	pthread_mutex_destroy(&o->lock);
}

static void test_what_the_process_does(void **state)
{
	static const struct {
		const char *document;
		int result;
	} cases[] = { { "a page", 0 }, { "fail", ERR_IO }, { "no fonts", ERR_MISSING },
		{ "large", ERR_LIMIT }, { "", 0 }, { "again", 0 } };
	struct lane *press;
	(void)state;
	assert_int_equal(press_open(&press), 0);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct order o;
		assert_int_equal(put(press, &o, cases[i].document), 0);
		assert_int_equal(wait_for(&o), cases[i].result);
		assert_int_equal(o.n_done, 1);
		if (!cases[i].result)
			assert_true(str_starts(buf_view(&o.job.out), "drawn: "));
		drop(&o);
	}
	lane_close(press);
}

/* One is made, eight wait, the next is told to come again; closing ends them all, each once. */
static void test_many_and_the_end(void **state)
{
	struct order o[PRESS_QUEUE + 2];
	struct lane *press;
	int taken = 0, refused = 0;
	(void)state;
	assert_int_equal(press_open(&press), 0);
	for (int i = 0; i < PRESS_QUEUE + 2; i++) {
		int result = put(press, &o[i], "hang");
		taken += result == 0;
		refused += result == ERR_BUSY;
	}
	assert_int_equal(taken + refused, PRESS_QUEUE + 2);
	assert_true(taken >= PRESS_QUEUE && refused >= 1);
	lane_close(press);
	for (int i = 0; i < PRESS_QUEUE + 2; i++) {
		if (o[i].n_done)
			assert_int_equal(o[i].job.result, ERR_BUSY);
		taken -= o[i].n_done;
		drop(&o[i]);
	}
	assert_int_equal(taken, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_the_process_does),
		cmocka_unit_test(test_many_and_the_end),
	};
	return cmocka_run_group_tests_name("press", tests, NULL, NULL);
}
