#include "store/fault.h"
#include "tests/store/t.h"
#include "tests/test.h"
#include <unistd.h>

static const struct db_step steps[] = {
	{ 0, "000-step",
		"CREATE TABLE IF NOT EXISTS schema_step (step INTEGER PRIMARY KEY, at INTEGER) STRICT",
		NULL },
	{ 1, "001-user",
		"CREATE TABLE t_user (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
		NULL },
	{ 3, "003-two",
		"CREATE TABLE three (a INTEGER) STRICT; CREATE INDEX three_a ON three(a);"
		"INSERT INTO three SELECT id FROM t_user",
		NULL },
	{ 4, "004-audit",
		"ALTER TABLE t_user ADD COLUMN age INTEGER; UPDATE t_user SET age = 7;"
		"CREATE TABLE audit_old (a INTEGER) STRICT; INSERT INTO audit_old VALUES (1);"
		"DELETE FROM audit_old; DROP TABLE audit_old",
		NULL },
};
enum { STEPS = sizeof steps / sizeof *steps };

static struct db_schema first(size_t n)
{
	return (struct db_schema){ steps, n };
}

/* A new file, remembered in ${path}. */
static struct db *fresh(char path[T_PATH])
{
	char dir[] = "/tmp/test-store-XXXXXX";
	struct db *db;
	assert_non_null(mkdtemp(dir));
	snprintf(path, T_PATH, "sqlite:%s/db", dir);
	assert_int_equal(db_open(path, DB_WRITE, &db), 0);
	return db;
}

static void over(struct db *db, const char path[T_PATH])
{
	db_close(db);
	t_remove(path);
}

/* Fails with a conflict when a statement of ours finds something else. */
static void expect(struct db *db, const char *claim)
{
	char sql[400];
	snprintf(sql, sizeof sql,
		"CREATE TEMP TABLE IF NOT EXISTS claim (v INTEGER CHECK (v)); INSERT INTO claim SELECT %s",
		claim);
	if (db_script(db, sql) < 0)
		fail_msg("%s: %s", claim, err_noted());
}

static void every_earlier_step_leads_to_the_newest(void **state)
{
	(void)state;
	for (size_t n = 1; n <= STEPS; n++) {
		char path[T_PATH];
		struct db *db = fresh(path);
		struct db_schema old = first(n), new = first(STEPS);
		int from, to;
		assert_int_equal(db_migrate_to(db, &old, &from, &to), 0);
		assert_int_equal(from, -1);
		assert_int_equal(to, steps[n - 1].step);
		if (n > 1)
			assert_int_equal(
				db_script(db, "INSERT INTO t_user (id, name) VALUES (5, 'Amina')"),
				0);
		assert_int_equal(db_migrate_to(db, &new, &from, &to), 0);
		assert_int_equal(from, steps[n - 1].step);
		assert_int_equal(to, 4);
		expect(db, "count(*) = 4 FROM schema_step WHERE at > 0");
		if (n == 2)
			expect(db, "count(*) = 1 FROM three WHERE a = 5");
		if (n == 2 || n == 3)
			expect(db, "count(*) = 1 FROM t_user WHERE age = 7");
		assert_int_equal(db_migrate_to(db, &new, &from, &to), 0);
		assert_int_equal(from, 4);
		over(db, path);
	}
}

static void the_house_migrates_from_every_step(void **state)
{
	(void)state;
	for (size_t n = 1; n <= db_schema.n; n++) {
		char path[T_PATH];
		struct db *db = fresh(path);
		struct db_schema old = { db_schema.step, n };
		int from, to;
		assert_int_equal(db_migrate_to(db, &old, &from, &to), 0);
		assert_int_equal(db_migrate(db, &from, &to), 0);
		assert_int_equal(from, db_schema.step[n - 1].step);
		assert_int_equal(to, db_schema.step[db_schema.n - 1].step);
		over(db, path);
	}
}

static void a_newer_database_is_refused(void **state)
{
	char path[T_PATH];
	struct db *db = fresh(path);
	struct db_schema old = first(2), new = first(STEPS);
	int from = 77, to = 77;
	(void)state;
	assert_int_equal(db_migrate_to(db, &new, &from, &to), 0);
	from = to = 77;
	assert_int_equal(db_migrate_to(db, &old, &from, &to), ERR_CONFLICT);
	assert_int_equal(from, 77);
	assert_string_equal(err_noted(), "the database has step 4, this program ends at 1");
	over(db, path);
}

static void a_step_left_out_is_refused(void **state)
{
	static const struct db_step other[] = { { 0, "000-step", "SELECT 1", NULL },
		{ 1, "001-user", "SELECT 1", NULL }, { 2, "002-new", "SELECT 1", NULL },
		{ 3, "003-two", "SELECT 1", NULL } };
	const struct db_schema between = { other, 4 };
	struct db_schema old = first(3);
	char path[T_PATH];
	struct db *db = fresh(path);
	int from, to;
	(void)state;
	assert_int_equal(db_migrate_to(db, &old, &from, &to), 0);
	assert_int_equal(db_migrate_to(db, &between, &from, &to), ERR_CONFLICT);
	assert_string_equal(err_noted(), "the database never took step 002-new");
	over(db, path);
}

static void a_step_that_fails_leaves_no_trace(void **state)
{
	struct db_step bad[STEPS];
	memcpy(bad, steps, sizeof steps);
	bad[2].lite = "CREATE TABLE three (a INTEGER) STRICT; INSERT INTO nowhere VALUES (1)";
	const struct db_schema schema = { bad, STEPS };
	struct db_schema good = first(STEPS);
	char path[T_PATH];
	struct db *db = fresh(path);
	int from, to;
	(void)state;
	assert_int_equal(db_migrate_to(db, &schema, &from, &to), ERR_BUG);
	assert_non_null(strstr(err_noted(), "nowhere"));
	expect(db, "max(step) = 1 FROM schema_step");
	assert_int_equal(db_migrate_to(db, &good, &from, &to), 0);
	assert_int_equal(from, 1);
	over(db, path);
}

/* Whichever statement fails, the next try finds a step wholly done or not at all. */
static void any_failure_can_be_tried_again(void **state)
{
	struct db_schema new = first(STEPS);
	int n = 0;
	(void)state;
	for (bool has_failed = true; has_failed && n < 200; n++) {
		char path[T_PATH];
		struct db *db = fresh(path);
		int from, to;
		db_fail_after(n);
		int rc = db_migrate_to(db, &new, &from, &to);
		has_failed = db_has_failed();
		db_fail_after(-1);
		assert_int_equal(rc, has_failed ? ERR_IO : 0);
		assert_int_equal(db_migrate_to(db, &new, &from, &to), 0);
		expect(db, "count(*) = 4 FROM schema_step");
		over(db, path);
	}
	assert_in_range(n, STEPS * 4, 199);
}

/* ---- the same for what a room does ---- */

static int two_rows(struct db *db, struct arena *mem, const char *name)
{
	auto_tx tx = { 0 };
	struct t_user_add_row user;
	struct t_note_add_row note;
	struct t_note_page_row *page;
	size_t n;
	int rc = db_tx_begin(db, &tx);
	if (rc >= 0)
		rc = t_user_add(db, mem, str_c(name), &user);
	if (rc >= 0)
		rc = t_note_add(db, mem,
			(struct t_note_add_in){ .user = user.id, .body = STR("x") }, &note);
	if (rc >= 0)
		rc = t_note_rank(db, note.id, (struct opt_i64){ 1, true });
	if (rc >= 0)
		rc = t_note_page(db, mem, user.id, 0, 10, &page, &n);
	return rc < 0 ? rc : db_tx_end(&tx);
}

static void any_failure_keeps_nothing(void **state)
{
	char path[T_PATH];
	struct db *db;
	int n = 0;
	(void)state;
	t_open(path, &db);
	for (bool has_failed = true; has_failed && n < 50; n++) {
		auto_arena mem;
		arena_init(&mem, 1 << 20);
		struct t_user_named_row row;
		db_fail_after(n);
		int rc = two_rows(db, &mem, "Bilal");
		has_failed = db_has_failed();
		db_fail_after(-1);
		assert_int_equal(rc, has_failed ? ERR_IO : 0);
		assert_int_equal(t_user_named(db, &mem, STR("Bilal"), &row), !has_failed);
	}
	assert_int_equal(n, 7); /* begin, four statements, commit, and once without a failure */
	over(db, path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_earlier_step_leads_to_the_newest),
		cmocka_unit_test(the_house_migrates_from_every_step),
		cmocka_unit_test(a_newer_database_is_refused),
		cmocka_unit_test(a_step_left_out_is_refused),
		cmocka_unit_test(a_step_that_fails_leaves_no_trace),
		cmocka_unit_test(any_failure_can_be_tried_again),
		cmocka_unit_test(any_failure_keeps_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
