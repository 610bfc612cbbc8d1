/* I know the small schema that the tests of the store use, and its statements. */
#pragma once
#include "store/inner.h"
#include "tests/store/t.sql.h"

extern const struct db_schema t_schema;

/* t_open(path, ret): A new database with the schema: a file in a folder of its own, or, where
 * BARAZA_TEST_PG names a PostgreSQL, a schema of its own there. The address is kept in ${path}
 * for a second connection. */
enum { T_PATH = 240 };
void t_open(char path[T_PATH], struct db **ret);
/* t_place(path): Room for a database, without a schema yet. */
void t_place(char path[T_PATH]);
/* t_on_pg(): It will be PostgreSQL. */
bool t_on_pg(void);
/* t_remove(path): Remove it again. */
void t_remove(const char path[T_PATH]);
