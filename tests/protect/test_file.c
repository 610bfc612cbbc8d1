#include "base/clock.h"
#include "protect/file.h"
#include "protect/file.sql.h"
#include "store/db.h"
#include "tests/protect/tests.h"
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DAY = 86400 };

struct house_of_files {
	char folder[64], path[128];
	struct files *files;
	struct db *db;
};

static int open_it(void **state)
{
	struct house_of_files *h = calloc(1, sizeof *h);
	int from = 0, to = 0;
	assert_non_null(h);
	snprintf(h->folder, sizeof h->folder, "/tmp/baraza-files-XXXXXX");
	assert_non_null(mkdtemp(h->folder));
	assert_int_equal(files_open(h->folder, &h->files), 0);
	snprintf(h->path, sizeof h->path, "sqlite:%s/baraza.db", h->folder);
	assert_int_equal(db_open(h->path, DB_WRITE, &h->db), 0);
	assert_int_equal(db_migrate(h->db, &from, &to), 0);
	*state = h;
	return 0;
}

static int close_it(void **state)
{
	struct house_of_files *h = *state;
	db_close(h->db);
	files_close(h->files);
	for (int i = 0; i < 3; i++) {
		snprintf(h->path, sizeof h->path, "%s/baraza.db%s", h->folder,
			i == 0           ? ""
				: i == 1 ? "-wal"
					 : "-shm");
		unlink(h->path);
	}
	snprintf(h->path, sizeof h->path, "%s/" FILE_FOLDER, h->folder);
	assert_int_equal(rmdir(h->path), 0); /* nothing was left there */
	rmdir(h->folder);
	free(h);
	return 0;
}

static struct upload *send(struct house_of_files *h, size_t n)
{
	static char piece[4096];
	const struct http_sink *sink = files_sink(h->files);
	struct upload *u = sink->begin(sink->ctx, &(struct http_pair){ .filename = STR("a.txt") });
	assert_non_null(u);
	memset(piece, 'x', sizeof piece);
	for (size_t left = n; left;) {
		size_t now = left < sizeof piece ? left : sizeof piece;
		sink->piece(u, (struct str){ piece, now });
		left -= now;
	}
	sink->end(u);
	return u;
}

/* The body of one that was sent, as old as ${days}; -1: it is not there. */
static int64_t body(struct house_of_files *h, const struct file_sealed *f, int days)
{
	char name[FILE_ID_CHARS + 1];
	struct stat st;
	base64_url(f->id.b, sizeof f->id.b, name, sizeof name);
	snprintf(h->path, sizeof h->path, "%s/" FILE_FOLDER "/%s", h->folder, name);
	const time_t day = (time_t)((clock_now() / DAY - days) * DAY);
	const struct timespec times[2] = { { .tv_sec = day }, { .tv_sec = day } };
	if (days && utimensat(AT_FDCWD, h->path, times, 0) != 0)
		return -1;
	return stat(h->path, &st) == 0 ? (int64_t)st.st_size : -1;
}

static struct file_sealed kept(struct house_of_files *h, size_t n)
{
	struct upload *u = send(h, n);
	const struct file_sealed *f = upload_sealed(u);
	assert_non_null(f);
	struct file_sealed copy = *f;
	files_sink(h->files)->drop(u);
	return copy;
}

static void a_body_has_the_size_that_was_promised(void **state)
{
	static const size_t size[] = { 1, 65535, 65536, 65537, 200000, 1 << 20 };
	struct house_of_files *h = *state;
	for (size_t i = 0; i < sizeof size / sizeof *size; i++) {
		struct file_sealed f = kept(h, size[i]);
		int64_t room = (int64_t)stream_room(size[i]);
		int64_t pieces = (room + STREAM_PIECE - 1) / STREAM_PIECE;
		assert_int_equal(body(h, &f, 0), STREAM_HEAD + room + pieces * STREAM_EXTRA);
		assert_int_equal(unlink(h->path), 0);
	}
}

static void what_was_not_kept_is_gone_with_its_request(void **state)
{
	struct house_of_files *h = *state;
	const struct http_sink *sink = files_sink(h->files);
	struct upload *u = send(h, 100000);
	sink->drop(u); /* whole, but nobody took it */
	u = sink->begin(sink->ctx, &(struct http_pair){ .filename = STR("cut.txt") });
	assert_non_null(u);
	sink->piece(u, STR("the peer is gone"));
	sink->drop(u);
	u = send(h, 0);
	assert_int_equal(upload_fault(u), FILE_EMPTY);
	assert_null(upload_sealed(u));
	sink->drop(u);
	/* close_it finds the folder empty */
}

static void a_disk_without_room_is_a_fault_of_the_file(void **state)
{
	struct house_of_files *h = *state;
	struct rlimit was, none = { .rlim_cur = 100000 };
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &was), 0);
	none.rlim_max = was.rlim_max;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
	struct upload *u = send(h, 1 << 20);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &was), 0);
	assert_int_equal(upload_fault(u), FILE_FAILED);
	assert_null(upload_sealed(u));
	files_sink(h->files)->drop(u);
	struct file_sealed f = kept(h, 1 << 20); /* the next one is taken */
	assert_true(body(h, &f, 0) > 1 << 20);
	assert_int_equal(unlink(h->path), 0);
}

static void many_at_once_are_refused_and_forgotten(void **state)
{
	enum { MANY = 120 };
	struct house_of_files *h = *state;
	struct upload *all[MANY];
	const struct http_sink *sink = files_sink(h->files);
	int refused = 0;
	for (int i = 0; i < MANY; i++) {
		all[i] = sink->begin(sink->ctx, &(struct http_pair){ .filename = STR("one.txt") });
		assert_non_null(all[i]);
		sink->piece(all[i], STR("word"));
		sink->end(all[i]);
		refused += upload_fault(all[i]) == FILE_FAILED;
	}
	assert_in_range(refused, 1, MANY / 2);
	for (int i = 0; i < MANY; i++)
		sink->drop(all[i]);
	struct file_sealed f = kept(h, 10);
	assert_true(body(h, &f, 0) > 0);
	assert_int_equal(unlink(h->path), 0);
}

static void only_what_nobody_names_and_is_old_is_swept(void **state)
{
	struct house_of_files *h = *state;
	int64_t today = clock_now() / DAY;
	struct file_sealed young = kept(h, 10), stray = kept(h, 20), draft = kept(h, 30);
	char other[128];
	auto_tx tx = { 0 };
	snprintf(other, sizeof other, "%s/" FILE_FOLDER "/none-of-ours", h->folder);
	int fd = open(other, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	close(fd);
	assert_true(body(h, &young, 0) > 0 && body(h, &stray, 3) > 0 && body(h, &draft, 3) > 0);
	assert_int_equal(db_tx_begin(h->db, &tx), 0);
	assert_true(file_wait(h->db, (struct str){ (const char *)draft.id.b, 16 }, today) >= 0);
	assert_int_equal(files_sweep(h->files, h->db, today), 1);
	assert_true(body(h, &stray, 0) < 0);
	assert_true(body(h, &young, 0) > 0 && body(h, &draft, 0) > 0);
	/* A clock that is a day behind takes nothing; one day on, the draft's time is over. */
	assert_int_equal(files_sweep(h->files, h->db, today - 1), 0);
	assert_int_equal(files_sweep(h->files, h->db, today + 1), 2);
	assert_true(body(h, &young, 0) < 0 && body(h, &draft, 0) < 0);
	assert_int_equal(db_tx_end(&tx), 0);
	assert_int_equal(unlink(other), 0); /* what has no name of a file of ours stays */
}

#define with(test) cmocka_unit_test_setup_teardown(test, open_it, close_it)
const struct CMUnitTest file_tests[] = {
	with(a_body_has_the_size_that_was_promised),
	with(what_was_not_kept_is_gone_with_its_request),
	with(a_disk_without_room_is_a_fault_of_the_file),
	with(many_at_once_are_refused_and_forgotten),
	with(only_what_nobody_names_and_is_old_is_swept),
};
const size_t n_file_tests = sizeof file_tests / sizeof *file_tests;
