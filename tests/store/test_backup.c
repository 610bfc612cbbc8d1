/* What was acknowledged before a backup is in it, whole, and comes back. */
#include "store/backup.h"
#include "store/writer.h"
#include "tests/store/t.h"
#include "tests/test.h"
#include <fcntl.h>
#include <libpq-fe.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <unistd.h>

enum { URL = 300 };

struct fix {
	char dir[40], url[URL], again[URL], file[60];
	struct db *db;
};

/* On PostgreSQL a backup is of a whole database, so each test has two of its own. */
static void order(const char *fmt, int n)
{
	char sql[100];
	snprintf(sql, sizeof sql, "%s_%d_%d", fmt, (int)getpid(), n);
	if (strncmp(fmt, "CREATE", 6) == 0)
		snprintf(sql + strlen(sql), sizeof sql - strlen(sql), " TEMPLATE template0");
	PGconn *conn = PQconnectdb(getenv("BARAZA_TEST_PG"));
	PGresult *r = PQexec(conn, sql);
	if (PQresultStatus(r) != PGRES_COMMAND_OK)
		fail_msg("%s: %s", sql, PQerrorMessage(conn));
	PQclear(r);
	PQfinish(conn);
}

static void place(const struct fix *f, char url[URL], int n)
{
	if (!t_on_pg()) {
		snprintf(url, URL, "sqlite:%s/db%d", f->dir, n);
		return;
	}
	order("CREATE DATABASE t_backup", n);
	snprintf(url, URL, "%s&dbname=t_backup_%d_%d", getenv("BARAZA_TEST_PG"), (int)getpid(), n);
}

static int set_up(void **state)
{
	struct fix *f = calloc(1, sizeof *f);
	assert_non_null(f);
	int from, to;
	snprintf(f->dir, sizeof f->dir, "/tmp/test-backup-XXXXXX");
	assert_non_null(mkdtemp(f->dir));
	snprintf(f->file, sizeof f->file, "%s/copy", f->dir);
	place(f, f->url, 1);
	place(f, f->again, 2);
	assert_int_equal(db_open(f->url, DB_WRITE, &f->db), 0);
	assert_int_equal(db_migrate_to(f->db, &t_schema, &from, &to), 0);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fix *f = *state;
	static const char *const name[] = { "db1", "db1-wal", "db1-shm", "db2", "db2-wal",
		"db2-shm", "copy", "copy.part" };
	db_close(f->db);
	for (size_t i = 0; i < sizeof name / sizeof *name; i++) {
		char path[80];
		snprintf(path, sizeof path, "%s/%s", f->dir, name[i]);
		unlink(path);
	}
	assert_int_equal(rmdir(f->dir), 0);
	for (int i = 1; t_on_pg() && i <= 2; i++)
		order("DROP DATABASE t_backup", i);
	free(f);
	return 0;
}

static int put(struct db *db, void *arg)
{
	int *n = arg;
	auto_arena mem;
	arena_init(&mem, 10000);
	return t_user_put(db, arena_f(&mem, "u%d", *n));
}

static int64_t count(const char *url)
{
	struct db *db;
	auto_arena mem;
	arena_init(&mem, 10000);
	struct t_user_count_row row;
	assert_int_equal(db_open(url, DB_READ, &db), 0);
	assert_int_equal(t_user_count(db, &mem, &row), 1);
	db_close(db);
	return row.n;
}

struct appender {
	struct writer *writer;
	_Atomic int n; /* rows that were acknowledged */
	_Atomic bool is_over;
};

static void *append(void *arg)
{
	struct appender *a = arg;
	for (int i = a->n; !a->is_over; a->n = ++i)
		if (writer_now(a->writer, put, &i) != 1)
			break;
	return NULL;
}

static void a_copy_is_made_beside_a_writer_and_comes_back(void **state)
{
	struct fix *f = *state;
	struct appender a = { .n = 0 };
	pthread_t thread;
	struct stat about;
	auto_tx tx = { 0 };
	assert_int_equal(db_tx_begin(f->db, &tx), 0);
	for (int i = 0; i < 2000; i++)
		assert_int_equal(put(f->db, &i), 1);
	assert_int_equal(db_tx_end(&tx), 0);
	a.n = 2000;
	assert_int_equal(writer_open(f->db, 10, &a.writer), 0);
	f->db = NULL;
	assert_int_equal(pthread_create(&thread, NULL, append, &a), 0);
	while (a.n < 2010)
		usleep(1000);
	int before = a.n;
	assert_int_equal(backup_make(f->url, f->file), 0);
	int after = a.n;
	a.is_over = true;
	pthread_join(thread, NULL);
	writer_close(a.writer);
	assert_true(after > before); /* the writer went on */
	assert_int_equal(stat(f->file, &about), 0);
	assert_int_equal(about.st_mode & 0777, 0600);

	assert_int_equal(backup_restore(f->file, f->again, false), 0);
	int64_t n = count(f->again);
	assert_in_range(n, before, after + 1);
	/* and the database that came back is one to go on with */
	struct db *db;
	int from, to, next = 1000000;
	assert_int_equal(db_open(f->again, DB_WRITE, &db), 0);
	assert_int_equal(db_migrate_to(db, &t_schema, &from, &to), 0);
	assert_int_equal(from, to);
	assert_int_equal(put(db, &next), 1);
	db_close(db);
	assert_int_equal(count(f->again), n + 1);
}

static void nothing_is_overwritten_unasked(void **state)
{
	struct fix *f = *state;
	for (int i = 0; i < 3; i++)
		assert_int_equal(put(f->db, &i), 1);
	assert_int_equal(backup_make(f->url, f->file), 0);
	assert_int_equal(backup_make(f->url, f->file), ERR_CONFLICT);
	int more = 77;
	assert_int_equal(put(f->db, &more), 1);
	assert_int_equal(backup_restore(f->file, f->url, false), ERR_CONFLICT);
	assert_int_equal(count(f->url), 4);
	db_close(f->db);
	f->db = NULL;
	assert_int_equal(backup_restore(f->file, f->url, true), 0);
	assert_int_equal(count(f->url), 3);
}

static void damaged_copies_are_refused(void **state)
{
	struct fix *f = *state;
	assert_int_equal(backup_make(f->url, f->file), 0);
	struct stat about;
	assert_int_equal(stat(f->file, &about), 0);
	assert_int_equal(truncate(f->file, about.st_size / 2), 0);
	assert_int_equal(backup_restore(f->file, f->again, false), ERR_INPUT);
	int fd = open(f->file, O_WRONLY | O_TRUNC);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, "a letter to a friend", 20), 20);
	close(fd);
	assert_int_equal(backup_restore(f->file, f->again, false), ERR_INPUT);
	unlink(f->file);
	assert_int_equal(backup_restore(f->file, f->again, false), ERR_MISSING);
}

static void what_cannot_be_copied_leaves_no_file(void **state)
{
	struct fix *f = *state;
	char url[URL];
	if (t_on_pg())
		snprintf(url, sizeof url, "postgresql://x@/x?host=%s", f->dir);
	else
		snprintf(url, sizeof url, "sqlite:%s/none", f->dir);
	assert_true(backup_make(url, f->file) < 0);
	assert_int_equal(backup_make("mysql:x", f->file), ERR_INPUT);
	assert_int_equal(backup_make(f->url, "/no/such/folder/copy"), ERR_MISSING);
	/* tear_down finds the folder as it should be */
	assert_int_not_equal(access(f->file, F_OK), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_copy_is_made_beside_a_writer_and_comes_back, set_up, tear_down),
		cmocka_unit_test_setup_teardown(nothing_is_overwritten_unasked, set_up, tear_down),
		cmocka_unit_test_setup_teardown(damaged_copies_are_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			what_cannot_be_copied_leaves_no_file, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
