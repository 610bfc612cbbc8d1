/* The one way by which a record changes: what it refuses, and that a failure anywhere leaves
 * nothing half done. */
#include "store/fault.h"
#include "tests/record/fail.h"
#include "tests/record/house.h"
#include <jansson.h>
#include <stdlib.h>

enum { TRIES_MAX = 2000 };

/* ---- what is refused ---- */

static void what_would_have_to_be_sealed_is_refused_by_name(void **state)
{
	static const char sealed[] =
		"| settings |\n| | form_id | form_title | version | seal |\n| | whisper | Whisper | 1 | all |\n"
		"| survey |\n| | type | name | label |\n| | text | word | Word |\n"
		"| states |\n| | name | label | kind |\n| | new | New | done |\n";
	struct world *w = *state;
	struct shelf_form f = { .id = 1 };
	struct record_by house = by(&w->mem, nobody);
	struct record_done done;
	struct def *def;
	struct answers a;
	expect_refusal(&w->mem, "statement",
		"{\"title\":\"T\",\"said_by\":\"S\",\"said\":\"2026-01-01\",\"body\":\"B\",\"names\":\"no\","
		"\"source\":\"a person\"}",
		"source is sealed");
	expect_refusal(&w->mem, "incident",
		"{\"victim\":[{\"alias\":\"A\",\"role\":[\"defender\"]}]}", "alias is sealed");
	assert_int_equal(def_read(&w->mem, "whisper", str_c(sealed), &def), 0);
	f.def = def;
	assert_int_equal(answer(&w->mem, &f, "{}", &a), 0);
	int result = record_write(&house, h.shelf,
		&(struct record_job){ .what = CHAIN_MADE,
			.form = &f,
			.uid = STR("00000000000000ab"),
			.answers = &a },
		&done);
	assert_int_equal(result, ERR_INPUT);
	assert_non_null(strstr(err_noted(), "whisper is sealed"));
}

static void what_the_definition_does_not_ask_for_is_refused(void **state)
{
	struct world *w = *state;
	static const char meeting[] = "\"subject\":\"S\",\"held\":\"2026-01-01\",\"way\":\"room\"";
	expect_refusal(&w->mem, "meeting", "{\"subject\":\"S\"}", "held is not answered");
	expect_refusal(&w->mem, "meeting",
		"{\"subject\":\"S\",\"held\":\"2026-01-01\",\"way\":\"rocket\"}",
		"way is not such");
	expect_refusal(&w->mem, "meeting",
		"{\"subject\":\"S\",\"held\":\"2026-13-01\",\"way\":\"room\"}", "held is not such");
	expect_refusal(&w->mem, "meeting",
		"{\"subject\":\"S\",\"held\":\"2199-01-01\",\"way\":\"room\"}",
		"held does not fit");
	expect_refusal(&w->mem, "meeting",
		arena_z(&w->mem, arena_f(&w->mem, "{%s,\"country\":\"XX\"}", meeting)),
		"country is not");
	expect_refusal(&w->mem, "meeting",
		arena_z(&w->mem, arena_f(&w->mem, "{%s,\"side\":[{\"kind\":\"state\"}]}", meeting)),
		"name is not answered");
	expect_refusal(&w->mem, "barrier",
		"{\"title\":\"T\",\"kind\":\"visa\",\"other\":\"x\",\"date_from\":\"2026-01-01\"}",
		"other is answered but not asked");
}

/* ---- who ---- */

static void two_people_are_two_people(void **state)
{
	struct world *w = *state;
	assert_int_equal(make(&w->mem, "incident", "0000000000000001", incident), 0);
	struct state_public_row row;
	for (int i = 0; i < 2; i++) {
		struct account_id who = i ? h.ben : h.ana;
		assert_true(state_grant(w->db, STR("incident"), STR("reviewer"), who.v) >= 0);
	}
	assert_int_equal(move(&w->mem, h.ana, "0000000000000001", "verify"), ERR_CONFLICT);
	assert_int_equal(move(&w->mem, nobody, "0000000000000001", "send"), 0);
	assert_int_equal(move(&w->mem, h.ana, "0000000000000001", "send"), ERR_CONFLICT);
	assert_int_equal(move(&w->mem, h.ana, "0000000000000001", "verify"), 1);
	assert_int_equal(move(&w->mem, h.ana, "0000000000000001", "verify"), 1);
	assert_int_equal(state_public(w->db, &w->mem, &row), 0);
	assert_int_equal(move(&w->mem, h.ben, "0000000000000001", "verify"), 0);
	assert_int_equal(state_public(w->db, &w->mem, &row), 1);
	assert_true(str_has(row.body, STR("\"act\":[\"detention\",\"threat\"]")) ||
		str_has(row.body, STR("\"act\":[\"threat\",\"detention\"]")));
	assert_false(str_has(row.body, STR("victim")));
	assert_int_equal(move(&w->mem, h.ben, "0000000000000001", "reopen"), ERR_DENIED);
}

static void the_second_writer_is_told(void **state)
{
	struct world *w = *state;
	struct record_by house = by(&w->mem, nobody);
	struct record_done done;
	struct record r;
	assert_int_equal(make(&w->mem, "incident", "0000000000000001", incident), 0);
	assert_int_equal(record_find(&house, h.shelf, STR("0000000000000001"), &r), 0);
	struct record_job job = {
		.what = CHAIN_CHANGED, .uid = r.uid, .answers = &r.answers, .version = r.version
	};
	assert_int_equal(answers_set(&r.answers, def_field_find(r.form->def, STR("title")), 0,
				 STR("Another door")),
		0);
	assert_int_equal(record_write(&house, h.shelf, &job, &done), 0);
	assert_int_equal(record_write(&house, h.shelf, &job, &done), ERR_CONFLICT);
}

/* ---- failures ---- */

static void any_statement_that_fails_leaves_nothing_behind(void **state)
{
	struct state_now_row before = now(), after;
	int n = 0;
	(void)state;
	for (bool has_failed = true; has_failed && n < TRIES_MAX; n++) {
		db_fail_after(n);
		int result = live_in_tx(8 << 20);
		has_failed = db_has_failed();
		db_fail_after(-1);
		after = now();
		assert_int_equal(result, has_failed ? ERR_IO : 0);
		if (has_failed)
			assert_memory_equal(&before, &after, sizeof before);
	}
	assert_in_range(n, 50, TRIES_MAX - 1);
	assert_int_equal(after.records, 2);
	assert_int_equal(after.links, 1);
}

static void any_memory_that_fails_leaves_nothing_behind(void **state)
{
	struct state_now_row before = now(), after;
	int n = 0, reached = 0;
	(void)state;
	for (bool has_failed = true; has_failed && n < TRIES_MAX; n++) {
		fail_memory_after(n);
		int result = live_in_tx(8 << 20);
		has_failed = fail_memory_has();
		fail_memory_after(-1);
		after = now();
		if (result < 0)
			assert_memory_equal(&before, &after, sizeof before);
		else
			assert_false(has_failed);
		reached = n;
	}
	assert_in_range(reached, 20, TRIES_MAX - 2);
	assert_int_equal(after.records, 2);
}

static void any_arena_that_is_full_leaves_nothing_behind(void **state)
{
	struct state_now_row before = now(), after = before;
	size_t most = 0;
	int result = ERR_NOMEM, n = 0;
	(void)state;
	for (; result < 0 && most < (8 << 20); most += 4096, n++) {
		result = live_in_tx(most);
		after = now();
		if (result < 0) {
			assert_int_equal(result, ERR_NOMEM);
			assert_memory_equal(&before, &after, sizeof before);
		}
	}
	assert_in_range(n, 5, 2000);
	assert_int_equal(after.records, 2);
}

static int json_left = -1;

static void *json_take(size_t n)
{
	if (json_left == 0)
		return NULL;
	json_left -= json_left > 0;
	return malloc(n);
}

static void any_json_that_fails_leaves_nothing_behind(void **state)
{
	struct state_now_row before = now(), after = before;
	int result = ERR_NOMEM, n = 0;
	(void)state;
	json_set_alloc_funcs(json_take, free);
	for (; result < 0 && n < 20000; n += 7) {
		json_left = n;
		result = live_in_tx(8 << 20);
		json_left = -1;
		after = now();
		if (result < 0)
			assert_memory_equal(&before, &after, sizeof before);
	}
	json_set_alloc_funcs(malloc, free);
	assert_int_equal(result, 0);
	assert_in_range(n, 100, 19999);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_HOUSE(what_would_have_to_be_sealed_is_refused_by_name),
		IN_A_HOUSE(what_the_definition_does_not_ask_for_is_refused),
		IN_A_HOUSE(two_people_are_two_people),
		IN_A_HOUSE(the_second_writer_is_told),
		IN_A_HOUSE(any_statement_that_fails_leaves_nothing_behind),
		IN_A_HOUSE(any_memory_that_fails_leaves_nothing_behind),
		IN_A_HOUSE(any_arena_that_is_full_leaves_nothing_behind),
		IN_A_HOUSE(any_json_that_fails_leaves_nothing_behind),
	};
	return cmocka_run_group_tests_name("record-write", tests, NULL, NULL);
}
