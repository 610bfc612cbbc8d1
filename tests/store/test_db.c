#include "store/fault.h"
#include "tests/store/t.h"
#include "tests/test.h"

struct fix {
	char path[T_PATH];
	struct db *db;
	struct arena mem;
	int64_t user;
};

static int64_t add_user(struct fix *f, struct str name)
{
	struct t_user_add_row row;
	assert_int_equal(t_user_add(f->db, &f->mem, name, &row), 1);
	return row.id;
}

static int set_up(void **state)
{
	struct fix *f = calloc(1, sizeof *f);
	assert_non_null(f);
	t_open(f->path, &f->db);
	arena_init(&f->mem, 1 << 20);
	f->user = add_user(f, STR("Amina"));
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fix *f = *state;
	db_fail_after(-1);
	db_close(f->db);
	arena_done(&f->mem);
	t_remove(f->path);
	free(f);
	return 0;
}

static int64_t add_note(struct fix *f, struct t_note_add_in in)
{
	struct t_note_add_row row;
	assert_int_equal(t_note_add(f->db, &f->mem, in, &row), 1);
	return row.id;
}

static void values_round_trip(void **state)
{
	struct fix *f = *state;
	struct t_note_get_row row;
	static const char hostile[] = "'); DROP TABLE t_note;-- \xd9\x85\xe4\xbd\xa0";
	static const char bytes[] = "\0\xff\0";
	int64_t id = add_note(f,
		(struct t_note_add_in){ .user = f->user,
			.body = str_c(hostile),
			.about = STR(""),
			.raw = { bytes, 3 },
			.rank = { INT64_MIN, true } });
	assert_int_equal(t_note_get(f->db, &f->mem, id, &row), 1);
	assert_str(row.body, hostile);
	assert_non_null(row.about.p);
	assert_int_equal(row.about.n, 0);
	assert_int_equal(row.raw.n, 3);
	assert_memory_equal(row.raw.p, bytes, 3);
	assert_true(row.rank.has && row.rank.v == INT64_MIN);
}

static void null_round_trips(void **state)
{
	struct fix *f = *state;
	struct t_note_get_row row;
	int64_t id = add_note(f, (struct t_note_add_in){ .user = f->user });
	assert_int_equal(t_note_get(f->db, &f->mem, id, &row), 1);
	assert_non_null(row.body.p); /* absent where NULL is not admitted: the empty text */
	assert_null(row.about.p);
	assert_null(row.raw.p);
	assert_false(row.rank.has);
	assert_int_equal(t_note_rank(f->db, id, (struct opt_i64){ 7, true }), 1);
	assert_int_equal(t_note_get(f->db, &f->mem, id, &row), 1);
	assert_int_equal(row.rank.v, 7);
}

static void a_missing_row_is_none(void **state)
{
	struct fix *f = *state;
	struct t_user_name_row row = { STR("untouched") };
	assert_int_equal(t_user_name(f->db, &f->mem, 99, &row), 0);
	assert_str(row.name, "untouched");
	struct t_note_page_row *rows;
	size_t n = 9;
	assert_int_equal(t_note_page(f->db, &f->mem, 99, 0, 10, &rows, &n), 0);
	assert_int_equal(n, 0);
}

static void many_rows_keep_their_order(void **state)
{
	struct fix *f = *state;
	for (int i = 0; i < 100; i++)
		add_note(f,
			(struct t_note_add_in){
				.user = f->user, .body = arena_f(&f->mem, "%d", i) });
	struct t_note_page_row *rows;
	size_t n;
	static const int max[] = { 1, 15, 16, 17, 32, 33, 100, 200 };
	for (size_t k = 0; k < sizeof max / sizeof *max; k++) {
		int want = max[k] < 100 ? max[k] : 100;
		assert_int_equal(t_note_page(f->db, &f->mem, f->user, 0, max[k], &rows, &n), want);
		assert_int_equal(n, want);
		for (int i = 0; i < want; i++)
			assert_str(rows[i].body, arena_z(&f->mem, arena_f(&f->mem, "%d", i)));
	}
	assert_int_equal(t_note_forget(f->db, f->user), 100);
}

static void constraints_are_conflicts(void **state)
{
	struct fix *f = *state;
	struct t_user_add_row row;
	struct t_note_add_row note;
	assert_int_equal(t_user_add(f->db, &f->mem, STR("Amina"), &row), ERR_CONFLICT);
	assert_int_equal(t_note_add(f->db, &f->mem, (struct t_note_add_in){ .user = 99 }, &note),
		ERR_CONFLICT);
	assert_null(strstr(err_noted(), "Amina"));
	assert_true(add_user(f, STR("Bilal")) > 0);
}

static void a_null_that_was_denied_is_a_bug(void **state)
{
	struct fix *f = *state;
	struct t_rank_sum_row row;
	assert_int_equal(t_rank_sum(f->db, &f->mem, f->user, &row), ERR_BUG);
	assert_string_equal(err_noted(), "t_rank_sum: column 1 is NULL");
}

static void a_variant_says_the_same(void **state)
{
	struct fix *f = *state;
	struct t_user_like_row *rows;
	size_t n;
	add_user(f, STR("bilal"));
	assert_int_equal(t_user_like(f->db, &f->mem, STR("B%"), &rows, &n), 1);
	assert_str(rows[0].name, "bilal");
}

static void a_full_arena_is_told(void **state)
{
	struct fix *f = *state;
	for (int i = 0; i < 40; i++)
		add_note(f, (struct t_note_add_in){ .user = f->user, .body = STR("0123456789") });
	struct t_note_page_row *rows = NULL;
	size_t n = 77;
	for (size_t max = 0; max < 2000; max += 100) {
		auto_arena small;
		arena_init(&small, max);
		assert_int_equal(t_note_page(f->db, &small, f->user, 0, 40, &rows, &n), ERR_NOMEM);
		assert_int_equal(n, 77);
	}
	assert_int_equal(t_note_page(f->db, &f->mem, f->user, 0, 40, &rows, &n), 40);
}

static void the_audit_trail_only_grows(void **state)
{
	struct fix *f = *state;
	assert_int_equal(audit_t_add(f->db, STR("signed in")), 1);
	assert_int_equal(audit_t_forge(f->db, 1, STR("nothing")), ERR_DENIED);
	assert_int_equal(audit_t_forget(f->db, 1), ERR_DENIED);
	if (t_on_pg())
		return; /* which denies when run, not when prepared */
	assert_int_equal(db_prepare_all(f->db, t_sql_all), ERR_DENIED);
	assert_non_null(strstr(err_noted(), "audit_t_forge"));
}

static int64_t count_users(struct fix *f)
{
	struct t_user_count_row row;
	assert_int_equal(t_user_count(f->db, &f->mem, &row), 1);
	return row.n;
}

static void transactions_keep_or_drop(void **state)
{
	struct fix *f = *state;
	{
		auto_tx tx = { 0 };
		assert_int_equal(db_tx_begin(f->db, &tx), 0);
		add_user(f, STR("a"));
	}
	assert_int_equal(count_users(f), 1);
	auto_tx tx = { 0 };
	assert_int_equal(db_tx_begin(f->db, &tx), 0);
	add_user(f, STR("a"));
	{
		auto_tx inner = { 0 };
		assert_int_equal(db_tx_begin(f->db, &inner), 0);
		add_user(f, STR("b"));
	}
	{
		auto_tx inner = { 0 };
		assert_int_equal(db_tx_begin(f->db, &inner), 0);
		add_user(f, STR("c"));
		assert_int_equal(db_tx_end(&inner), 0);
	}
	assert_int_equal(db_tx_end(&tx), 0);
	assert_int_equal(count_users(f), 3);
}

static void readers_see_and_do_not_write(void **state)
{
	struct fix *f = *state;
	struct db *writer = f->db, *reader;
	assert_int_equal(db_open(f->path, DB_READ, &reader), 0);
	f->db = reader;
	assert_int_equal(count_users(f), 1);
	assert_true(audit_t_add(reader, STR("x")) < 0);
	auto_tx tx = { 0 };
	assert_int_equal(db_tx_begin(reader, &tx), 0);
	assert_int_equal(count_users(f), 1);
	f->db = writer;
	add_user(f, STR("later"));
	f->db = reader;
	assert_int_equal(count_users(f), 1); /* a steady view */
	assert_int_equal(db_tx_end(&tx), 0);
	assert_int_equal(count_users(f), 2);
	f->db = writer;
	db_close(reader);
}

static int ask_for_others(struct fix *f)
{
	auto_tx tx = { 0 };
	assert_int_equal(db_tx_begin(f->db, &tx), 0);
	int result = db_others_wrote(f->db);
	assert_int_equal(db_tx_end(&tx), 0);
	return result;
}

/* PostgreSQL counts what is written in all its databases: there a yes may be a false alarm. */
static void what_others_write_is_told(void **state)
{
	struct fix *f = *state;
	struct db *own = f->db, *other;
	assert_int_equal(ask_for_others(f), 0); /* the first time */
	add_user(f, STR("one of ours"));
	if (!t_on_pg())
		assert_int_equal(ask_for_others(f), 0);
	assert_int_equal(db_open(f->path, DB_WRITE, &other), 0);
	f->db = other;
	add_user(f, STR("one of theirs"));
	f->db = own;
	assert_int_equal(ask_for_others(f), 1);
	if (!t_on_pg())
		assert_int_equal(ask_for_others(f), 0);
	db_close(other);
}

static void bad_addresses_are_refused(void **state)
{
	(void)state;
	struct db *db;
	assert_int_equal(db_open("mysql://x", DB_WRITE, &db), ERR_INPUT);
	assert_int_equal(db_open("sqlite:/no/such/folder/db", DB_WRITE, &db), ERR_IO);
	assert_int_equal(db_open("sqlite:/tmp/no-such-baraza-db", DB_READ, &db), ERR_IO);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(values_round_trip, set_up, tear_down),
		cmocka_unit_test_setup_teardown(null_round_trips, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_missing_row_is_none, set_up, tear_down),
		cmocka_unit_test_setup_teardown(many_rows_keep_their_order, set_up, tear_down),
		cmocka_unit_test_setup_teardown(constraints_are_conflicts, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_null_that_was_denied_is_a_bug, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_variant_says_the_same, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_full_arena_is_told, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_audit_trail_only_grows, set_up, tear_down),
		cmocka_unit_test_setup_teardown(transactions_keep_or_drop, set_up, tear_down),
		cmocka_unit_test_setup_teardown(readers_see_and_do_not_write, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_others_write_is_told, set_up, tear_down),
		cmocka_unit_test(bad_addresses_are_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
