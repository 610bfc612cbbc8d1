/* I know the small schema that the tests of the store use, and its statements. */
#pragma once
#include "store/inner.h"
#include "tests/store/t.sql.h"

extern const struct db_schema t_schema;

/* t_open(path, ret): A new database file in a folder of its own, with the schema; the path
 * is kept in ${path} for a second connection. */
enum { T_PATH = 80 };
void t_open(char path[T_PATH], struct db **ret);
/* t_remove(path): Remove the folder again. */
void t_remove(const char path[T_PATH]);
