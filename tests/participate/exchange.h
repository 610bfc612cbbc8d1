/* I know an empty house for each test of sample, import and export: on SQLite, or on PostgreSQL
 * when BARAZA_TEST_PG names one. */
#pragma once
#include "base/arena.h"
#include "store/db.h"
#include "tests/participate/exchange.sql.h"
#include "tests/test.h"

struct fix {
	char folder[64];
	struct db *db;
	struct arena mem;
};

/* path_of(f, folder, name): In this test's own folder. */
const char *path_of(struct fix *f, const char *folder, const char *name);
void write_bytes(const char *path, struct str text);
/* count_rows(f): Everything that the house holds. */
int64_t count_rows(struct fix *f);

/* One file that is broken in one way, and what is said about it. */
struct broken {
	const char *file, *text, *note;
};

void test_polis(void **state);
void test_polis_line_ends(void **state);
void test_polis_matrix_alone(void **state);
void test_polis_broken(void **state);
void test_polis_twice(void **state);
void test_plain(void **state);
