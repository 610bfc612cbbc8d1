#include "tests/store/t.h"
#include "tests/test.h"
#include <unistd.h>

bool t_on_pg(void)
{
	return getenv("BARAZA_TEST_PG") != NULL;
}

/* A script on a connection of its own. */
static void pg_script(const char *sql)
{
	struct db *db;
	assert_int_equal(db_open(getenv("BARAZA_TEST_PG"), DB_WRITE, &db), 0);
	assert_int_equal(db_script(db, sql), 0);
	db_close(db);
}

void t_place(char path[T_PATH])
{
	static int n;
	char dir[] = "/tmp/test-store-XXXXXX", sql[80];
	if (t_on_pg()) {
		snprintf(sql, sizeof sql, "CREATE SCHEMA t%d_%d", (int)getpid(), ++n);
		pg_script(sql);
		snprintf(path, T_PATH, "%s&options=-csearch_path%%3Dt%d_%d",
			getenv("BARAZA_TEST_PG"), (int)getpid(), n);
		return;
	}
	assert_non_null(mkdtemp(dir));
	snprintf(path, T_PATH, "sqlite:%s/db", dir);
}

void t_open(char path[T_PATH], struct db **ret)
{
	t_place(path);
	assert_int_equal(db_open(path, DB_WRITE, ret), 0);
	int from, to;
	assert_int_equal(db_migrate_to(*ret, &t_schema, &from, &to), 0);
	assert_int_equal(from, -1);
	assert_int_equal(to, 19);
}

void t_remove(const char path[T_PATH])
{
	static const char *const tail[] = { "", "-wal", "-shm" };
	char file[T_PATH + 8];
	if (t_on_pg()) {
		snprintf(file, sizeof file, "DROP SCHEMA %s CASCADE", strrchr(path, '%') + 3);
		pg_script(file);
		return;
	}
	for (size_t i = 0; i < 3; i++) {
		snprintf(file, sizeof file, "%s%s", path + strlen("sqlite:"), tail[i]);
		unlink(file);
	}
	*strrchr(file, '/') = 0;
	rmdir(file);
}
