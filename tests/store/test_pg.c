/* What only PostgreSQL can do to us. */
#include "store/pg.h"
#include "tests/store/t.h"
#include "tests/test.h"
#include <libpq-fe.h>

struct fix {
	char path[T_PATH];
	struct db *db;
	struct arena mem;
};

static int set_up(void **state)
{
	if (!t_on_pg())
		return 0;
	struct fix *f = calloc(1, sizeof *f);
	assert_non_null(f);
	t_open(f->path, &f->db);
	arena_init(&f->mem, 1 << 20);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fix *f = *state;
	if (!f)
		return 0;
	db_close(f->db);
	arena_done(&f->mem);
	t_remove(f->path);
	free(f);
	return 0;
}

static struct fix *fix_of(void **state)
{
	if (!*state)
		print_message("# skipped: no PostgreSQL\n");
	if (!*state)
		skip();
	return *state;
}

/* The administrator at work. */
static void order(const char *sql)
{
	PGconn *conn = PQconnectdb(getenv("BARAZA_TEST_PG"));
	PGresult *r = PQexec(conn, sql);
	assert_true(PQresultStatus(r) == PGRES_COMMAND_OK || PQresultStatus(r) == PGRES_TUPLES_OK);
	PQclear(r);
	PQfinish(conn);
}

static void cut_all_lines(void)
{
	order("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
	      " WHERE application_name = 'baraza'");
}

static void a_reader_survives_a_restart(void **state)
{
	struct fix *f = fix_of(state);
	struct t_user_count_row row;
	struct db *reader;
	assert_int_equal(db_open(f->path, DB_READ, &reader), 0);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(t_user_count(reader, &f->mem, &row), 1);
		cut_all_lines();
	}
	db_close(reader);
}

/* Its transactions begin with the first statement, and those around it as well. */
static void a_view_survives_a_restart_before_it_is_looked_at(void **state)
{
	struct fix *f = fix_of(state);
	struct t_user_count_row row;
	struct db *reader;
	assert_int_equal(db_open(f->path, DB_READ, &reader), 0);
	for (int i = 0; i < 3; i++) {
		auto_tx view = { 0 }, inner = { 0 };
		assert_int_equal(db_tx_begin(reader, &view), 0);
		assert_int_equal(db_tx_begin(reader, &inner), 0);
		cut_all_lines();
		assert_int_equal(t_user_count(reader, &f->mem, &row), 1);
		cut_all_lines();
		assert_int_equal(
			t_user_named(reader, &f->mem, STR("a"), &(struct t_user_named_row){ 0 }),
			ERR_IO);
		assert_false(db_tx_holds(&view));
	}
	db_close(reader);
}

/* What is seen is of one moment, and is asked for again once anybody has written. */
static void a_view_stays_and_the_next_is_new(void **state)
{
	struct fix *f = fix_of(state);
	struct t_user_count_row row;
	struct db *reader;
	assert_int_equal(db_open(f->path, DB_READ, &reader), 0);
	for (int i = 0; i < 3; i++) {
		auto_tx view = { 0 };
		assert_int_equal(db_tx_begin(reader, &view), 0);
		assert_int_equal(t_user_count(reader, &f->mem, &row), 1);
		assert_int_equal(row.n, i);
		assert_int_equal(t_user_put(f->db, arena_f(&f->mem, "u%d", i)), 1);
		assert_int_equal(t_user_count(reader, &f->mem, &row), 1);
		assert_int_equal(row.n, i);
	}
	db_close(reader);
}

static void a_view_of_nothing_new_is_not_asked_for_twice(void **state)
{
	struct fix *f = fix_of(state);
	struct t_user_count_row row;
	struct db *reader;
	uint64_t sent[3];
	assert_int_equal(db_open(f->path, DB_READ, &reader), 0);
	for (int i = 0; i < 3; i++) {
		auto_tx view = { 0 };
		assert_int_equal(db_tx_begin(reader, &view), 0);
		assert_int_equal(
			t_user_named(reader, &f->mem, STR("a"), &(struct t_user_named_row){ 0 }),
			0);
		sent[i] = ((struct pg *)reader)->sent;
		for (int j = 0; j < 5; j++)
			assert_int_equal(t_user_count(reader, &f->mem, &row), 1);
		sent[i] = ((struct pg *)reader)->sent - sent[i];
	}
	assert_int_equal(sent[0], 2); /* prepared, and asked */
	assert_int_equal(sent[1], 0);
	assert_int_equal(sent[2], 0);
	db_close(reader);
}

/* Two hundred answers have room beside each other, whatever their keys. */
static void what_many_ask_is_kept_for_each(void **state)
{
	struct fix *f = fix_of(state);
	struct t_user_named_row row;
	struct db *reader;
	assert_int_equal(db_open(f->path, DB_READ, &reader), 0);
	auto_tx view = { 0 };
	assert_int_equal(db_tx_begin(reader, &view), 0);
	assert_int_equal(t_user_named(reader, &f->mem, STR("begins the view"), &row), 0);
	uint64_t before = ((struct pg *)reader)->sent;
	for (int turn = 0; turn < 5; turn++)
		for (int i = 0; i < 200; i++)
			assert_int_equal(
				t_user_named(reader, &f->mem, arena_f(&f->mem, "u%d", i), &row), 0);
	assert_int_equal(((struct pg *)reader)->sent - before, 200);
	db_tx_drop(&view);
	db_close(reader);
}

/* So that who reads many things in one view knows when to open another. */
static void a_view_that_failed_says_so(void **state)
{
	struct fix *f = fix_of(state);
	struct t_user_count_row row;
	struct db *reader;
	assert_int_equal(db_open(f->path, DB_READ, &reader), 0);
	{
		auto_tx view = { 0 };
		assert_int_equal(db_tx_begin(reader, &view), 0);
		{
			auto_tx inner = { 0 };
			assert_int_equal(db_tx_begin(reader, &inner), 0);
			assert_int_equal(t_user_count(reader, &f->mem, &row), 1);
		}
		assert_true(db_tx_holds(&view));
		{
			auto_tx inner = { 0 };
			assert_int_equal(db_tx_begin(reader, &inner), 0);
			assert_int_equal(t_user_put(reader, STR("a")), ERR_DENIED);
		}
		assert_false(db_tx_holds(&view));
		assert_int_equal(t_user_count(reader, &f->mem, &row), ERR_IO);
	}
	auto_tx view = { 0 };
	assert_int_equal(db_tx_begin(reader, &view), 0);
	assert_int_equal(t_user_count(reader, &f->mem, &row), 1);
	db_tx_drop(&view);
	db_close(reader);
}

static void a_writer_survives_a_restart_between_transactions(void **state)
{
	struct fix *f = fix_of(state);
	struct t_user_count_row row;
	for (int i = 1; i <= 3; i++) {
		auto_tx tx = { 0 };
		assert_int_equal(db_tx_begin(f->db, &tx), 0);
		assert_int_equal(t_user_put(f->db, arena_f(&f->mem, "u%d", i)), 1);
		assert_int_equal(t_user_count(f->db, &f->mem, &row), 1);
		assert_int_equal(row.n, i);
		assert_int_equal(db_tx_end(&tx), 0);
		cut_all_lines();
	}
}

static void a_line_cut_within_keeps_nothing(void **state)
{
	struct fix *f = fix_of(state);
	struct t_user_count_row row;
	{
		auto_tx tx = { 0 };
		assert_int_equal(db_tx_begin(f->db, &tx), 0);
		assert_int_equal(t_user_put(f->db, STR("a")), 1);
		cut_all_lines();
		assert_int_equal(t_user_put(f->db, STR("b")), ERR_IO);
		assert_int_equal(t_user_put(f->db, STR("c")), ERR_IO);
		assert_int_equal(db_tx_end(&tx), ERR_IO);
	}
	auto_tx tx = { 0 };
	assert_int_equal(db_tx_begin(f->db, &tx), 0);
	assert_int_equal(t_user_count(f->db, &f->mem, &row), 1);
	assert_int_equal(row.n, 0);
	assert_int_equal(db_tx_end(&tx), 0);
}

static void what_failed_in_a_transaction_is_not_kept(void **state)
{
	struct fix *f = fix_of(state);
	struct t_user_count_row row;
	{
		auto_tx tx = { 0 };
		assert_int_equal(db_tx_begin(f->db, &tx), 0);
		assert_int_equal(t_user_put(f->db, STR("a")), 1);
		assert_int_equal(t_user_put(f->db, STR("a")), ERR_CONFLICT);
		assert_true(db_tx_end(&tx) < 0);
	}
	assert_int_equal(t_user_count(f->db, &f->mem, &row), 1);
	assert_int_equal(row.n, 0);
	auto_tx tx = { 0 };
	assert_int_equal(db_tx_begin(f->db, &tx), 0);
	{
		auto_tx inner = { 0 };
		assert_int_equal(db_tx_begin(f->db, &inner), 0);
		assert_int_equal(t_user_put(f->db, STR("a")), 1);
		assert_int_equal(t_user_put(f->db, STR("a")), ERR_CONFLICT);
	}
	assert_int_equal(t_user_put(f->db, STR("a")), 1);
	assert_int_equal(db_tx_end(&tx), 0);
	assert_int_equal(t_user_count(f->db, &f->mem, &row), 1);
	assert_int_equal(row.n, 1);
}

static void one_writes_at_a_time(void **state)
{
	struct fix *f = fix_of(state);
	struct db *other;
	assert_int_equal(db_open(f->path, DB_WRITE, &other), 0);
	assert_int_equal(db_script(other, "SET lock_timeout = '100ms'"), 0);
	auto_tx tx = { 0 }, theirs = { 0 };
	assert_int_equal(db_tx_begin(f->db, &tx), 0);
	assert_int_equal(db_tx_begin(other, &theirs), ERR_BUSY);
	assert_int_equal(db_tx_end(&tx), 0);
	assert_int_equal(db_tx_begin(other, &theirs), 0);
	assert_int_equal(t_user_put(other, STR("a")), 1);
	assert_int_equal(db_tx_end(&theirs), 0);
	db_close(other);
}

static int64_t named(struct fix *f, struct str name)
{
	struct t_user_named_row row;
	return t_user_named(f->db, &f->mem, name, &row);
}

/* A writer in haste does not ask twice; but what may have changed it asks again. */
static void haste_never_reads_what_is_past(void **state)
{
	struct fix *f = fix_of(state);
	struct db *other;
	assert_int_equal(db_open(f->path, DB_WRITE, &other), 0);
	f->db->is_hasty = true;
	for (int i = 0; i < 3; i++) {
		struct str theirs = arena_f(&f->mem, "theirs %d", i);
		struct str ours = arena_f(&f->mem, "ours %d", i);
		auto_tx tx = { 0 }, job = { 0 };
		assert_int_equal(db_tx_begin(f->db, &tx), 0);
		assert_int_equal(db_tx_begin(f->db, &job), 0);
		assert_int_equal(named(f, theirs), 0);
		assert_int_equal(named(f, ours), 0);
		assert_int_equal(t_user_put(f->db, ours), 1);
		assert_int_equal(named(f, ours), 1);
		{
			auto_tx inner = { 0 };
			assert_int_equal(db_tx_begin(f->db, &inner), 0);
			assert_int_equal(t_user_put(f->db, theirs), 1);
			assert_int_equal(named(f, theirs), 1);
		}
		assert_int_equal(named(f, theirs), 0);
		assert_int_equal(db_tx_end(&job), 0);
		assert_int_equal(db_tx_end(&tx), 0);
		assert_int_equal(t_user_put(other, theirs), 1);
		auto_tx next = { 0 };
		assert_int_equal(db_tx_begin(f->db, &next), 0);
		assert_int_equal(named(f, ours), 1);
		assert_int_equal(named(f, theirs), 1);
		assert_int_equal(db_tx_end(&next), 0);
	}
	db_close(other);
}

/* What a trigger changes, too, is asked again. */
static void a_trigger_spoils_what_is_known(void **state)
{
	struct fix *f = fix_of(state);
	struct t_user_add_row user;
	struct t_note_add_row note;
	struct t_rank_sum_row sum;
	struct db *db;
	assert_int_equal(
		db_script(f->db,
			"CREATE FUNCTION t_act() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
			" UPDATE t_note SET rank = rank + 1; RETURN NULL; END $$;"
			"CREATE TRIGGER t_acts AFTER INSERT ON t_user FOR EACH ROW EXECUTE FUNCTION t_act()"),
		0);
	assert_int_equal(t_user_add(f->db, &f->mem, STR("a"), &user), 1);
	assert_int_equal(t_note_add(f->db, &f->mem,
				 (struct t_note_add_in){
					 .user = user.id, .body = STR("x"), .rank = { 1, true } },
				 &note),
		1);
	assert_int_equal(db_open(f->path, DB_WRITE, &db), 0);
	db->is_hasty = true;
	auto_tx tx = { 0 }, job = { 0 };
	assert_int_equal(db_tx_begin(db, &tx), 0);
	assert_int_equal(db_tx_begin(db, &job), 0);
	for (int i = 1; i < 4; i++) {
		assert_int_equal(t_rank_sum(db, &f->mem, user.id, &sum), 1);
		assert_int_equal(sum.sum, i);
		assert_int_equal(t_user_put(db, arena_f(&f->mem, "u%d", i)), 1);
	}
	assert_int_equal(db_tx_end(&job), 0);
	assert_int_equal(db_tx_end(&tx), 0);
	db_close(db);
}

/* What src/store/pg_memo.h counts upon: no rules or views of ours (an oid below is
 * the system's own), no foreign key that acts. */
static void check_nothing_changes_by_itself(const char *path)
{
	PGconn *conn = PQconnectdb(path);
	PGresult *r = PQexec(conn,
		"SELECT (SELECT count(*) FROM pg_rewrite WHERE oid >= 16384) +"
		" (SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND"
		" (confdeltype NOT IN ('a', 'r') OR confupdtype NOT IN ('a', 'r')))");
	assert_int_equal(PQresultStatus(r), PGRES_TUPLES_OK);
	assert_string_equal(PQgetvalue(r, 0, 0), "0");
	PQclear(r);
	PQfinish(conn);
}

static void the_whole_schema_is_taken(void **state)
{
	(void)fix_of(state);
	struct db *db;
	char path[T_PATH];
	int from, to, newest = (int)db_schema.step[db_schema.n - 1].step;
	t_place(path);
	assert_int_equal(db_open(path, DB_WRITE, &db), 0);
	if (db_migrate(db, &from, &to) < 0)
		fail_msg("%s", err_noted());
	assert_int_equal(from, -1);
	assert_int_equal(to, newest);
	assert_int_equal(db_migrate(db, &from, &to), 0);
	assert_int_equal(from, newest);
	check_nothing_changes_by_itself(path);
	db_close(db);
	t_remove(path);
}

static void another_alphabet_is_refused(void **state)
{
	(void)fix_of(state);
	struct str url = str_c(getenv("BARAZA_TEST_PG"));
	auto_arena mem;
	arena_init(&mem, 10000);
	order("CREATE DATABASE t_ascii TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'");
	order("CREATE DATABASE t_c TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'");
	static const char *const name[] = { "t_ascii", "t_c" };
	for (size_t i = 0; i < 2; i++) {
		struct str at = arena_f(&mem, "%.*s&dbname=%s", STR_ARG(url), name[i]);
		struct db *db;
		assert_int_equal(db_open(at.p, DB_WRITE, &db), ERR_INPUT);
	}
	order("DROP DATABASE t_ascii");
	order("DROP DATABASE t_c");
}

static void nobody_there_is_an_error(void **state)
{
	(void)fix_of(state);
	struct db *db;
	assert_int_equal(db_open("postgresql://x@/x?host=/no/such/folder", DB_READ, &db), ERR_IO);
	assert_non_null(strstr(err_noted(), "connect: "));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_reader_survives_a_restart, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_view_survives_a_restart_before_it_is_looked_at, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_view_stays_and_the_next_is_new, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_view_of_nothing_new_is_not_asked_for_twice, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_many_ask_is_kept_for_each, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_view_that_failed_says_so, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_writer_survives_a_restart_between_transactions, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_line_cut_within_keeps_nothing, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			what_failed_in_a_transaction_is_not_kept, set_up, tear_down),
		cmocka_unit_test_setup_teardown(one_writes_at_a_time, set_up, tear_down),
		cmocka_unit_test_setup_teardown(haste_never_reads_what_is_past, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_trigger_spoils_what_is_known, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_whole_schema_is_taken, set_up, tear_down),
		cmocka_unit_test_setup_teardown(another_alphabet_is_refused, set_up, tear_down),
		cmocka_unit_test_setup_teardown(nobody_there_is_an_error, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
