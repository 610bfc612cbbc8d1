#include "account/audit.h"
#include "account/audit.sql.h"
#include "account/audit_watch.h"
#include "store/inner.h"
#include "tests/account/world.h"

enum { NOW = 1000000000, LINES = 1203 };

static void fill(struct world *w, int n)
{
	auto_tx tx = { 0 };
	assert_int_equal(db_tx_begin(w->db, &tx), 0);
	for (int i = 0; i < n; i++)
		assert_int_equal(audit_put(w->db, NOW + i,
					 &(struct audit_line){ .what = AUDIT_LET_THROUGH,
						 .account = { 7 },
						 .space = 3,
						 .ref = i,
						 .is_public = true }),
			0);
	assert_int_equal(db_tx_end(&tx), 0);
}

/* Somebody who has the file, and no respect. */
static void forge(struct world *w, const char *sql)
{
	w->db->is_migrating = true;
	assert_int_equal(db_script(w->db, sql), 0);
	w->db->is_migrating = false;
}

static struct audit_verdict check(struct world *w)
{
	struct audit_verdict verdict;
	assert_int_equal(audit_check(w->db, &verdict), 0);
	return verdict;
}

static void a_chain_of_any_length_holds(void **state)
{
	struct world *w = *state;
	struct audit_verdict none = check(w);
	assert_int_equal(none.lines, 0);
	assert_int_equal(none.broken, 0);
	fill(w, LINES);
	struct audit_verdict all = check(w);
	assert_int_equal(all.broken, 0);
	assert_int_equal(all.lines, LINES);
	assert_int_equal(all.first_at, NOW);
	assert_int_equal(all.last_at, NOW + LINES - 1);
}

/* Worked out by hand: printf '%064d 1 1000000000 7 201 3 0 0 1' 0 | b2sum -l 256 */
static void anybody_can_work_a_mark_out(void **state)
{
	static const uint8_t begins[] = { 0xba, 0xa9, 0xa0, 0x78, 0xe2, 0x17, 0xca, 0xb2 };
	struct world *w = *state;
	fill(w, 1);
	assert_memory_equal(check(w).mark, begins, sizeof begins);
}

static void a_forged_chain_breaks(void **state)
{
	static const struct {
		const char *sql;
		int broken;
	} forgery[] = {
		{ "UPDATE audit_line SET account = 8 WHERE number = 700", 700 },
		{ "UPDATE audit_line SET is_public = 0 WHERE number = 1203", 1203 },
		{ "UPDATE audit_line SET mark = (SELECT mark FROM audit_line WHERE number = 6)"
		  " WHERE number = 5",
			5 },
		{ "DELETE FROM audit_line WHERE number = 1", 1 },
		{ "DELETE FROM audit_line WHERE number = 500", 500 },
		{ "DELETE FROM audit_line WHERE number = 500;"
		  "UPDATE audit_line SET number = number - 1 WHERE number > 500",
			500 },
		{ "UPDATE audit_line SET number = -1 WHERE number = 20;"
		  "UPDATE audit_line SET number = 20 WHERE number = 21;"
		  "UPDATE audit_line SET number = 21 WHERE number = -1",
			20 },
		{ "INSERT INTO audit_line SELECT 1204, at, account, what, space, ref, n, is_public,"
		  " mark FROM audit_line WHERE number = 1203",
			1204 },
		{ "INSERT INTO audit_line SELECT 0, at, account, what, space, ref, n, is_public,"
		  " mark FROM audit_line WHERE number = 1",
			1 },
	};
	struct world *w = *state;
	fill(w, LINES);
	for (size_t i = 0; i < sizeof forgery / sizeof *forgery; i++) {
		{
			auto_tx tx = { 0 };
			assert_int_equal(db_tx_begin(w->db, &tx), 0);
			forge(w, forgery[i].sql);
			struct audit_verdict verdict = check(w);
			assert_int_equal(verdict.broken, forgery[i].broken);
			assert_int_equal(verdict.lines, forgery[i].broken - 1);
		}
		assert_int_equal(check(w).broken, 0);
	}
}

static const struct db_sql change = { "change", "UPDATE audit_line SET account = ?1",
	"UPDATE audit_line SET account = $1", 1, 0 };
static const struct db_sql drop = { "drop", "DELETE FROM audit_line WHERE number = ?1",
	"DELETE FROM audit_line WHERE number = $1", 1, 0 };

static void nothing_of_ours_changes_a_line(void **state)
{
	static const struct db_sql *const sql[] = { &change, &drop };
	struct world *w = *state;
	fill(w, 3);
	for (size_t i = 0; i < 2; i++) {
		struct db_stmt *st = db_begin(w->db, sql[i]);
		db_bind_i64(st, 1, 1);
		assert_int_equal(db_exec(st), ERR_DENIED);
	}
	assert_int_equal(check(w).lines, 3);
}

static void a_line_stands_only_when_the_thing_stands(void **state)
{
	struct world *w = *state;
	fill(w, 2);
	{
		auto_tx tx = { 0 };
		assert_int_equal(db_tx_begin(w->db, &tx), 0);
		assert_int_equal(
			audit_put(w->db, NOW, &(struct audit_line){ .what = AUDIT_OPENED }), 0);
	}
	assert_int_equal(check(w).lines, 2);
	fill(w, 2);
	assert_int_equal(check(w).lines, 4);
	assert_int_equal(check(w).broken, 0);
}

static void time_never_runs_back(void **state)
{
	struct world *w = *state;
	struct audit_last_row row;
	fill(w, 10);
	assert_int_equal(audit_put(w->db, 5, &(struct audit_line){ .what = AUDIT_OPENED }), 0);
	assert_int_equal(audit_last(w->db, &w->mem, &row), 1);
	assert_int_equal(row.at, NOW + 9);
}

static void a_line_names_its_visitor(void **state)
{
	struct world *w = *state;
	struct world_visit one;
	struct audit_behind_row *row;
	size_t n;
	world_visit(w, &one, NULL);
	one.v.who.account.v = 12;
	assert_int_equal(audit_add(&one.v, &(struct audit_line){ .what = AUDIT_STEP_ON }), 0);
	assert_int_equal(audit_add(&one.v,
				 &(struct audit_line){ .what = AUDIT_SIGNED_IN, .account = { 4 } }),
		0);
	assert_int_equal(audit_behind(w->db, &w->mem, 0, 9, &row, &n), 2);
	assert_int_equal(row[0].account, 12);
	assert_int_equal(row[1].account, 4);
	assert_int_equal(audit_kind_of(AUDIT_STEP_ON), AUDIT_SIGN_IN);
}

static void wrong_passwords_make_one_line_an_hour(void **state)
{
	enum { HOUR = 3600, AT = NOW / HOUR * HOUR };
	struct world *w = *state;
	struct audit_watch *watch;
	struct audit_behind_row *row;
	size_t n;
	assert_int_equal(audit_watch_open(&watch), 0);
	for (int i = 0; i < 500; i++)
		audit_watch_wrong(watch, (struct account_id){ 7 }, AT + i);
	for (int i = 0; i < 3; i++)
		audit_watch_wrong(watch, (struct account_id){ 8 }, AT + i);
	for (int i = 0; i < 3000; i++)
		audit_watch_wrong(watch, (struct account_id){ 100 + i % 1000 }, AT);
	assert_int_equal(audit_watch_tell(watch, w->db, AT + HOUR - 1, false), 0);
	assert_int_equal(check(w).lines, 0);
	assert_int_equal(audit_watch_tell(watch, w->db, AT + HOUR, false), 0);
	assert_int_equal(audit_watch_tell(watch, w->db, AT + HOUR, false), 0);
	assert_int_equal(audit_behind(w->db, &w->mem, 0, 500, &row, &n), 1);
	assert_int_equal(row[0].what, AUDIT_WRONG);
	assert_int_equal(row[0].account, 0);
	assert_int_equal(row[0].ref, 7);
	assert_int_equal(row[0].n, 500);
	for (int i = 0; i < 4; i++)
		audit_watch_wrong(watch, (struct account_id){ 9 }, AT + 2 * HOUR);
	assert_int_equal(audit_watch_tell(watch, w->db, AT + 2 * HOUR + 1, true), 0);
	assert_int_equal(audit_behind(w->db, &w->mem, 1, 500, &row, &n), 1);
	assert_int_equal(row[0].at, AT + 2 * HOUR + 1);
	audit_watch_close(watch);
}

static struct audit_verdict look(
	struct world *w, struct audit_watch *watch, int64_t now, bool is_whole)
{
	struct audit_seen seen;
	assert_int_equal(audit_watch_look(watch, w->db, now, is_whole, &seen), 0);
	return seen.verdict;
}

static void a_cut_end_is_noticed_while_the_house_is_open(void **state)
{
	struct world *w = *state;
	struct audit_watch *watch;
	assert_int_equal(audit_watch_open(&watch), 0);
	fill(w, 10);
	assert_int_equal(look(w, watch, NOW, false).lines, 10);
	fill(w, 10);
	assert_int_equal(look(w, watch, NOW, false).lines, 20);
	forge(w, "DELETE FROM audit_line WHERE number > 15");
	assert_int_equal(check(w).broken, 0);
	/* Within a minute it may be an older view. */
	assert_int_equal(look(w, watch, NOW + 1, false).broken, 0);
	assert_int_equal(look(w, watch, NOW + 61, false).broken, 20);
	assert_int_equal(look(w, watch, NOW + 62, true).broken, 0);
	audit_watch_close(watch);
}

#define T(name) cmocka_unit_test_setup_teardown(name, world_open, world_close)
const struct CMUnitTest audit_tests[] = {
	T(a_chain_of_any_length_holds),
	T(anybody_can_work_a_mark_out),
	T(a_forged_chain_breaks),
	T(nothing_of_ours_changes_a_line),
	T(a_line_stands_only_when_the_thing_stands),
	T(time_never_runs_back),
	T(a_line_names_its_visitor),
	T(wrong_passwords_make_one_line_an_hour),
	T(a_cut_end_is_noticed_while_the_house_is_open),
};
const size_t n_audit_tests = sizeof audit_tests / sizeof *audit_tests;
