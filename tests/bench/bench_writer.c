/*
 * What a durable row costs: grouped commits with 1, 16 and 64 requesters beside single
 * appends to a file with fdatasync, the yardstick, on the same disk in the same run; what a
 * row costs to read; and how long a reader waits while 64 write. Run by hand: bench-writer [FOLDER]
 * [SECONDS].
 */
#include "base/clock.h"
#include "store/writer.h"
#include "tests/store/t.h"
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <unistd.h>

enum { MOST = 64, READS = 200000, LOOKS = 1 << 20, PAGE = 4096 };

static _Atomic bool is_over;

struct requester {
	struct writer *writer;
	int64_t done;
};

static double seconds_since(int64_t start)
{
	return (double)(clock_mono() - start) * 1e-9;
}

static int append(struct db *db, void *arg)
{
	struct t_note_add_in in = {
		.user = 1,
		.body = STR(
			"about a hundred bytes of text, which is "
			"what a vote or a short remark takes once all of its columns are counted")
	};
	auto_arena mem;
	arena_init(&mem, 10000);
	struct t_note_add_row row;
	(void)arg;
	return t_note_add(db, &mem, in, &row);
}

static void *request(void *arg)
{
	struct requester *r = arg;
	while (!is_over) {
		must(writer_now(r->writer, append, NULL) == 1);
		r->done++;
	}
	return NULL;
}

static double grouped(struct writer *w, int n, unsigned seconds)
{
	pthread_t thread[MOST];
	struct requester r[MOST] = { 0 };
	double all = 0;
	is_over = false;
	int64_t start = clock_mono();
	for (int i = 0; i < n; i++) {
		r[i].writer = w;
		must(pthread_create(&thread[i], NULL, request, &r[i]) == 0);
	}
	sleep(seconds);
	is_over = true;
	for (int i = 0; i < n; i++) {
		pthread_join(thread[i], NULL);
		all += (double)r[i].done;
	}
	return all / seconds_since(start);
}

/* Single appends of 4 KB, each waited for. */
static double yardstick(const char *folder, unsigned seconds)
{
	static const char page[PAGE];
	char path[PATH_MAX];
	snprintf(path, sizeof path, "%s/yardstick", folder);
	auto_fd fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	must(fd >= 0);
	int64_t start = clock_mono(), n = 0;
	for (; seconds_since(start) < seconds; n++)
		must(write(fd, page, PAGE) == PAGE && fdatasync(fd) == 0);
	unlink(path);
	return (double)n / seconds_since(start);
}

/* Time of the processor, not of the clock: others may be at work on this machine. */
static int64_t cpu_time(void)
{
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* What a request pays that looks at one row in a transaction of its own. */
static void visit(struct db *db)
{
	int64_t start = cpu_time();
	for (int i = 0; i < READS / 10; i++) {
		auto_arena mem;
		arena_init(&mem, 1000);
		struct t_user_name_row row;
		auto_tx tx = { 0 };
		must(db_tx_begin(db, &tx) == 0 && t_user_name(db, &mem, 1, &row) == 1);
		must(db_tx_end(&tx) == 0);
	}
	printf("transaction with one read: %.2f us of processor time\n",
		(double)(cpu_time() - start) / 1000 / (READS / 10.0));
}

static void reads(struct db *db, bool is_steady)
{
	auto_arena mem;
	arena_init(&mem, 1 << 28);
	auto_tx tx = { 0 };
	if (is_steady)
		must(db_tx_begin(db, &tx) == 0);
	struct t_user_name_row row;
	must(t_user_name(db, &mem, 1, &row) == 1);
	int64_t start = cpu_time();
	for (int i = 0; i < READS; i++)
		must(t_user_name(db, &mem, 1, &row) == 1);
	printf("read by key%s: %.2f us of processor time\n",
		is_steady ? ", inside a transaction" : "",
		(double)(cpu_time() - start) / 1000 / READS);
}

/* How long each look took, by the clock, as whoever waits for a page sees it. */
struct watch {
	struct db *db;
	int64_t *took;
	size_t n;
};

static void *look_on(void *arg)
{
	struct watch *w = arg;
	while (!is_over && w->n < LOOKS) {
		auto_arena mem;
		arena_init(&mem, 1000);
		struct t_user_name_row row;
		auto_tx tx = { 0 };
		int64_t start = clock_mono();
		must(db_tx_begin(w->db, &tx) == 0 && t_user_name(w->db, &mem, 1, &row) == 1);
		must(db_tx_end(&tx) == 0);
		w->took[w->n++] = clock_mono() - start;
		sched_yield();
	}
	return NULL;
}

static int by_time(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;
	return (*x > *y) - (*x < *y);
}

static void reads_while_writing(struct db *db, struct writer *writer, unsigned seconds)
{
	pthread_t thread;
	struct watch w = { .db = db, .took = calloc(LOOKS, sizeof *w.took) };
	must(w.took);
	is_over = false;
	must(pthread_create(&thread, NULL, look_on, &w) == 0);
	double rate = grouped(writer, MOST, seconds);
	pthread_join(thread, NULL);
	qsort(w.took, w.n, sizeof *w.took, by_time);
	printf("a read beside %.0f rows/s written: median %.0f us, p99 %.0f us by the clock (%zu reads)\n",
		rate, (double)w.took[w.n / 2] / 1000, (double)w.took[w.n * 99 / 100] / 1000, w.n);
	free(w.took);
}

int main(int argc, char **argv)
{
	const char *parent = argc > 1 ? argv[1] : "/tmp";
	int64_t seconds = 2;
	if (argc > 2)
		(void)str_i64(str_c(argv[2]), &seconds);
	char folder[60], path[T_PATH];
	snprintf(folder, sizeof folder, "%.40s/bench-XXXXXX", parent);
	must(mkdtemp(folder));
	snprintf(path, sizeof path, "sqlite:%s/db", folder);
	struct db *db, *reader;
	struct writer *w;
	int from, to;
	must(db_open(path, DB_WRITE, &db) == 0 && db_migrate_to(db, &t_schema, &from, &to) == 0);
	auto_arena mem;
	arena_init(&mem, 10000);
	struct t_user_add_row user;
	must(t_user_add(db, &mem, STR("Amina"), &user) == 1);
	must(writer_open(db, 1000, &w) == 0);
	static const int many[] = { 1, 16, 64 };
	for (size_t i = 0; i < 3; i++) {
		double single = yardstick(folder, 1), rate = grouped(w, many[i], (unsigned)seconds);
		printf("%2d requesters: %.0f rows/s; fdatasync'd appends %.0f/s; %.1f x\n", many[i],
			rate, single, rate / single);
	}
	must(db_open(path, DB_READ, &reader) == 0);
	reads(reader, false);
	reads(reader, true);
	visit(reader);
	reads_while_writing(reader, w, (unsigned)seconds);
	db_close(reader);
	writer_close(w);
	t_remove(path);
	return 0;
}
