#include "store/fault.h"
#include "store/writer.h"
#include "tests/store/t.h"
#include "tests/test.h"
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum { JOBS = 8, KILLS = 20, REQUESTERS = 8 };

/* One row to add, or a failure to report after having added it. */
struct add {
	struct writer_job job;
	int64_t number;
	int wanted; /* what work returns when negative */
	bool twice; /* a second row of the same name: a conflict */
	int result;
	sem_t *told;
};

struct fix {
	char path[T_PATH];
	struct writer *writer;
};

static int add_work(struct db *db, void *arg)
{
	const struct add *add = arg;
	auto_arena mem;
	arena_init(&mem, 10000);
	struct t_user_add_row row;
	int rc = t_user_add(db, &mem, arena_f(&mem, "u%lld", (long long)add->number), &row);
	if (rc > 0 && add->twice)
		rc = t_user_add(db, &mem, arena_f(&mem, "u%lld", (long long)add->number), &row);
	return rc > 0 && add->wanted ? add->wanted : rc;
}

static void add_done(void *arg, int result)
{
	struct add *add = arg;
	add->result = result;
	sem_post(add->told);
}

/* A job that holds the writer up until told to go on. */
struct gate {
	struct writer_job job;
	sem_t is_entered, may_leave;
};

static int gate_work(struct db *db, void *arg)
{
	struct gate *gate = arg;
	(void)db;
	sem_post(&gate->is_entered);
	sem_wait(&gate->may_leave);
	return 0;
}

static void gate_done(void *arg, int result)
{
	(void)arg;
	assert_int_equal(result, 0);
}

static void gate_close(struct gate *gate, struct writer *w)
{
	gate->job = (struct writer_job){ .work = gate_work, .done = gate_done, .arg = gate };
	sem_init(&gate->is_entered, 0, 0);
	sem_init(&gate->may_leave, 0, 0);
	assert_int_equal(writer_put(w, &gate->job), 0);
	sem_wait(&gate->is_entered);
}

static int set_up(void **state)
{
	struct fix *f = calloc(1, sizeof *f);
	struct db *db;
	assert_non_null(f);
	t_open(f->path, &db);
	assert_int_equal(writer_open(db, JOBS, &f->writer), 0);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fix *f = *state;
	db_fail_after(-1);
	writer_close(f->writer);
	t_remove(f->path);
	free(f);
	return 0;
}

static bool is_kept(struct db *db, int64_t number)
{
	auto_arena mem;
	arena_init(&mem, 10000);
	struct t_user_named_row row;
	int rc = t_user_named(db, &mem, arena_f(&mem, "u%lld", (long long)number), &row);
	assert_true(rc >= 0);
	return rc > 0;
}

/* All in one batch: the gate holds the writer until the last of them waits. */
static void run_batch(struct fix *f, struct add *add, size_t n, int fail_after)
{
	struct gate gate;
	sem_t told;
	sem_init(&told, 0, 0);
	gate_close(&gate, f->writer);
	for (size_t i = 0; i < n; i++) {
		add[i].job =
			(struct writer_job){ .work = add_work, .done = add_done, .arg = &add[i] };
		add[i].told = &told;
		assert_int_equal(writer_put(f->writer, &add[i].job), 0);
	}
	/* The end of the gate's savepoint and of its transaction come first. */
	db_fail_after(fail_after < 0 ? -1 : fail_after + 2);
	sem_post(&gate.may_leave);
	for (size_t i = 0; i < n; i++)
		sem_wait(&told);
}

static void a_job_that_fails_fails_alone(void **state)
{
	struct fix *f = *state;
	struct add add[4] = { { .number = 1 }, { .number = 2, .wanted = ERR_DENIED },
		{ .number = 3, .twice = true }, { .number = 4 } };
	run_batch(f, add, 4, -1);
	assert_int_equal(add[0].result, 1);
	assert_int_equal(add[1].result, ERR_DENIED);
	assert_int_equal(add[2].result, ERR_CONFLICT);
	assert_int_equal(add[3].result, 1);
	struct db *db;
	assert_int_equal(db_open(f->path, DB_READ, &db), 0);
	assert_true(is_kept(db, 1) && is_kept(db, 4));
	assert_false(is_kept(db, 2) || is_kept(db, 3));
	db_close(db);
}

/* Whatever statement, savepoint or commit fails: what was said to be kept is kept, and
 * nothing else is. */
static void any_failure_is_told_truly(void **state)
{
	struct fix *f = *state;
	struct db *db;
	int64_t number = 1000;
	int rounds = 0, failures = 0;
	assert_int_equal(db_open(f->path, DB_READ, &db), 0);
	do {
		struct add add[JOBS] = { 0 };
		for (int i = 0; i < JOBS; i++)
			add[i] = (struct add){ .number = number++,
				.wanted = i == 3 ? ERR_DENIED : 0,
				.twice = i == 5 };
		run_batch(f, add, JOBS, rounds);
		bool has_failed = db_has_failed();
		db_fail_after(-1);
		for (int i = 0; i < JOBS; i++) {
			assert_int_equal(is_kept(db, add[i].number), add[i].result > 0);
			failures += add[i].result < 0;
		}
		if (!has_failed)
			break;
	} while (++rounds < 200);
	db_close(db);
	/* a begin or savepoint, one or two statements and a release a job; one commit */
	assert_in_range(rounds, JOBS * 3, 100);
	/* On PostgreSQL the two that mean to fail make the batch run again, and what failed on
	 * purpose the first time does not fail twice. */
	assert_true(failures > rounds * (t_on_pg() ? 2 : 3));
}

/* ---- anything ---- */

enum { STEPS = 4 };

/* A job of random steps. What a step changes is known beforehand, so that its end is too. */
struct play {
	struct writer_job job;
	enum play_step {
		PUT,      /* a new row, not waited for on PostgreSQL */
		PUT_OLD,  /* one that is there: a conflict, perhaps noticed late */
		LOOK,     /* read something: waits */
		PUT_BACK, /* a new row in a savepoint that is dropped again */
		GIVE_UP,
		NOTHING,
	} step[STEPS];
	int64_t number; /* of the first row put; each step has one of its own */
	int result;
	sem_t *told;
};

static int play_step(struct db *db, enum play_step step, int64_t number)
{
	auto_arena mem;
	arena_init(&mem, 10000);
	struct str name = arena_f(&mem, "u%lld", (long long)number);
	struct t_user_named_row row;
	switch (step) {
	case PUT: return t_user_put(db, name);
	case PUT_OLD: return t_user_put(db, STR("u0"));
	case LOOK: return t_user_named(db, &mem, name, &row);
	case PUT_BACK: {
		auto_tx tx = { 0 };
		int rc = db_tx_begin(db, &tx);
		return rc < 0 ? rc : t_user_put(db, name);
	}
	case GIVE_UP: return ERR_DENIED;
	case NOTHING: break;
	}
	return 0;
}

static int play_work(struct db *db, void *arg)
{
	const struct play *p = arg;
	for (int i = 0; i < STEPS; i++) {
		int rc = play_step(db, p->step[i], p->number + i);
		if (rc < 0)
			return rc;
	}
	return 1;
}

static void play_done(void *arg, int result)
{
	struct play *p = arg;
	p->result = result;
	sem_post(p->told);
}

static int play_end(const struct play *p)
{
	for (int i = 0; i < STEPS; i++)
		if (p->step[i] == PUT_OLD || p->step[i] == GIVE_UP)
			return p->step[i] == GIVE_UP ? ERR_DENIED : ERR_CONFLICT;
	return 1;
}

static void whatever_a_batch_holds_is_told_truly(void **state)
{
	struct fix *f = *state;
	uint64_t dice = 7;
	struct db *db;
	int64_t number = 0;
	assert_int_equal(writer_now(f->writer, add_work, &(struct add){ .number = number++ }), 1);
	assert_int_equal(db_open(f->path, DB_READ, &db), 0);
	for (int round = 0; round < 60; round++) {
		struct play play[JOBS] = { 0 };
		struct gate gate;
		sem_t told;
		sem_init(&told, 0, 0);
		gate_close(&gate, f->writer);
		for (int i = 0; i < JOBS; i++, number += STEPS) {
			play[i] = (struct play){ .number = number, .told = &told };
			for (int k = 0; k < STEPS; k++) {
				dice = dice * UINT64_C(6364136223846793005) +
					UINT64_C(1442695040888963407);
				/* Failures are rare enough for some batches to have none. */
				int side = (int)(dice >> 33) % (round % 3 ? 14 : 40);
				play[i].step[k] = side < 6 ? (enum play_step)side : PUT;
			}
			play[i].job = (struct writer_job){
				.work = play_work, .done = play_done, .arg = &play[i]
			};
			assert_int_equal(writer_put(f->writer, &play[i].job), 0);
		}
		sem_post(&gate.may_leave);
		for (int i = 0; i < JOBS; i++)
			sem_wait(&told);
		for (int i = 0; i < JOBS; i++) {
			assert_int_equal(play[i].result, play_end(&play[i]));
			for (int k = 0; k < STEPS; k++)
				assert_int_equal(is_kept(db, play[i].number + k),
					play[i].result > 0 && play[i].step[k] == PUT);
		}
	}
	db_close(db);
}

static void a_full_queue_is_busy(void **state)
{
	struct fix *f = *state;
	struct gate gate;
	sem_t told;
	sem_init(&told, 0, 0);
	gate_close(&gate, f->writer);
	struct add add[JOBS + 1] = { 0 };
	for (int i = 0; i <= JOBS; i++) {
		add[i] = (struct add){ .number = i, .told = &told };
		add[i].job =
			(struct writer_job){ .work = add_work, .done = add_done, .arg = &add[i] };
		assert_int_equal(writer_put(f->writer, &add[i].job), i < JOBS ? 0 : ERR_BUSY);
	}
	sem_post(&gate.may_leave);
	for (int i = 0; i < JOBS; i++)
		sem_wait(&told);
	assert_int_equal(add[JOBS].result, 0);
}

static int read_back(struct db *db, void *arg)
{
	const int64_t *number = arg;
	return is_kept(db, *number) ? 41 : ERR_MISSING;
}

static void now_waits_and_passes_the_result(void **state)
{
	struct fix *f = *state;
	struct add add = { .number = 5 };
	assert_int_equal(writer_now(f->writer, read_back, &add.number), ERR_MISSING);
	assert_int_equal(writer_now(f->writer, add_work, &add), 1);
	assert_int_equal(writer_now(f->writer, read_back, &add.number), 41);
}

static void closing_finishes_the_queue(void **state)
{
	struct fix *f = *state;
	sem_t told;
	sem_init(&told, 0, 0);
	struct add add[JOBS] = { 0 };
	for (int i = 0; i < JOBS; i++) {
		add[i] = (struct add){ .number = i, .told = &told };
		add[i].job =
			(struct writer_job){ .work = add_work, .done = add_done, .arg = &add[i] };
		assert_int_equal(writer_put(f->writer, &add[i].job), 0);
	}
	writer_close(f->writer);
	f->writer = NULL;
	for (int i = 0; i < JOBS; i++)
		assert_int_equal(add[i].result, 1);
}

/* The disk is full in the middle of a batch. */
static int fill_work(struct db *db, void *arg)
{
	(void)arg;
	static char body[1000];
	auto_arena mem;
	arena_init(&mem, 100000);
	memset(body, 'x', sizeof body);
	struct t_note_add_in in = { .user = 1, .body = { body, sizeof body } };
	struct t_note_add_row row;
	for (int i = 0; i < 100; i++) {
		int rc = t_note_add(db, &mem, in, &row);
		if (rc < 0)
			return rc;
	}
	return 1;
}

static int set_full(struct db *db, void *arg)
{
	(void)arg;
	return db_script(db, "PRAGMA max_page_count=40");
}

static void a_full_disk_loses_no_word_given(void **state)
{
	struct fix *f = *state;
	struct add add[2] = { { .number = 1 }, { .number = 2 } };
	assert_int_equal(writer_now(f->writer, add_work, &add[0]), 1);
	assert_int_equal(writer_now(f->writer, set_full, NULL), 0);
	int rc = 0, rounds = 0;
	while (rounds++ < 10 && rc >= 0)
		rc = writer_now(f->writer, fill_work, NULL);
	assert_int_equal(rc, ERR_IO);
	rc = writer_now(f->writer, add_work, &add[1]);
	struct db *db;
	assert_int_equal(db_open(f->path, DB_READ, &db), 0);
	assert_true(is_kept(db, 1));
	assert_int_equal(is_kept(db, 2), rc > 0);
	db_close(db);
}

/* ---- killed ---- */

/* Adds rows as fast as it may, and says the number of each that is on disk. */
struct requester {
	struct writer *writer;
	int64_t number;
	int to;
};

static void *request(void *arg)
{
	const struct requester *r = arg;
	for (int64_t i = r->number;; i += REQUESTERS) {
		struct add add = { .number = i };
		if (writer_now(r->writer, add_work, &add) != 1 || write(r->to, &i, sizeof i) < 0)
			_exit(1);
	}
	return NULL;
}

static _Noreturn void child(const char *path, int64_t first, int to)
{
	struct db *db;
	struct writer *w;
	pthread_t thread;
	struct requester r[REQUESTERS];
	if (db_open(path, DB_WRITE, &db) < 0 || writer_open(db, 100, &w) < 0)
		_exit(1);
	for (int i = 0; i < REQUESTERS; i++) {
		r[i] = (struct requester){ .writer = w, .number = first + i, .to = to };
		if (pthread_create(&thread, NULL, request, &r[i]) != 0)
			_exit(1);
	}
	for (;;)
		pause();
}

static void a_kill_loses_nothing_acknowledged(void **state)
{
	char path[T_PATH];
	struct db *db;
	int64_t number, first = 0, told = 0;
	(void)state;
	t_open(path, &db);
	db_close(db);
	for (int i = 0; i < KILLS; i++, first += 1000000) {
		int to[2], status;
		assert_int_equal(pipe(to), 0);
		pid_t pid = fork();
		assert_true(pid >= 0);
		if (pid == 0)
			child(path, first, to[1]);
		close(to[1]);
		/* Some rows, then a moment that is never the same. */
		int64_t seen[5000];
		size_t n = 0, enough = 20 + (size_t)i * 7;
		while (n < enough && read(to[0], &number, sizeof number) == sizeof number)
			seen[n++] = number;
		assert_int_equal(n, enough);
		usleep((useconds_t)(i * 137));
		assert_int_equal(kill(pid, SIGKILL), 0);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFSIGNALED(status));
		while (n < 5000 && read(to[0], &number, sizeof number) == sizeof number)
			seen[n++] = number;
		close(to[0]);
		assert_int_equal(db_open(path, DB_WRITE, &db), 0);
		for (size_t k = 0; k < n; k++)
			assert_true(is_kept(db, seen[k]));
		told += (int64_t)n;
		db_close(db);
	}
	print_message("# %d rows acknowledged over %d kills\n", (int)told, KILLS);
	t_remove(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_kill_loses_nothing_acknowledged),
		cmocka_unit_test_setup_teardown(a_job_that_fails_fails_alone, set_up, tear_down),
		cmocka_unit_test_setup_teardown(any_failure_is_told_truly, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			whatever_a_batch_holds_is_told_truly, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_full_queue_is_busy, set_up, tear_down),
		cmocka_unit_test_setup_teardown(now_waits_and_passes_the_result, set_up, tear_down),
		cmocka_unit_test_setup_teardown(closing_finishes_the_queue, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_full_disk_loses_no_word_given, set_up, tear_down),
	};
	/* The last one is for SQLite alone: a server's disk is not ours to fill. */
	return _cmocka_run_group_tests(
		"writer", tests, sizeof tests / sizeof *tests - (t_on_pg() ? 1 : 0), NULL, NULL);
}
