#include "tests/store/t.h"
#include "tests/test.h"
#include <unistd.h>

void t_open(char path[T_PATH], struct db **ret)
{
	char dir[] = "/tmp/test-store-XXXXXX";
	assert_non_null(mkdtemp(dir));
	snprintf(path, T_PATH, "sqlite:%s/db", dir);
	assert_int_equal(db_open(path, DB_WRITE, ret), 0);
	int from, to;
	assert_int_equal(db_migrate_to(*ret, &t_schema, &from, &to), 0);
	assert_int_equal(from, -1);
	assert_int_equal(to, 1);
}

void t_remove(const char path[T_PATH])
{
	static const char *const tail[] = { "", "-wal", "-shm" };
	char file[T_PATH + 8];
	for (size_t i = 0; i < 3; i++) {
		snprintf(file, sizeof file, "%s%s", path + strlen("sqlite:"), tail[i]);
		unlink(file);
	}
	*strrchr(file, '/') = 0;
	rmdir(file);
}
