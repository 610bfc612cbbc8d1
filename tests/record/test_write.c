/* The one way by which a record changes: what it refuses, and that a failure anywhere leaves
 * nothing half done. */
#include "record/blob.h"
#include "record/body.h"
#include "record/cell.h"
#include "record/record.h"
#include "record/vanish.h"
#include "state.sql.h"
#include "store/fault.h"
#include "tests/account/world.h"
#include "tests/record/fail.h"
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { TRIES_MAX = 2000 };

struct house_of {
	struct world *w;
	struct shelf *shelf;
	struct account_id ana, ben;
	int64_t now;
};

static struct house_of h;

static int set_up(void **state)
{
	if (world_open(state) != 0)
		return -1;
	h = (struct house_of){ .w = *state, .now = 1780000000 };
	assert_int_equal(shelf_open(&h.shelf), 0);
	assert_int_equal(shelf_archive(h.shelf, h.w->db, h.now), 0);
	h.ana = world_account(h.w, "ana", 0);
	h.ben = world_account(h.w, "ben", 0);
	return 0;
}

static int tear_down(void **state)
{
	shelf_close(h.shelf);
	return world_close(state);
}

static struct record_by by(struct arena *mem, struct account_id who)
{
	return (struct record_by){ .db = h.w->db,
		.mem = mem,
		.now = h.now,
		.account = who.v,
		.is_staff = true,
		.is_house = who.v == 0,
		.lang = STR("en") };
}

static const struct account_id nobody = { 0 };

static int answer(
	struct arena *mem, const struct shelf_form *f, const char *json, struct answers *ret)
{
	answers_init(ret, f->def, mem, h.now);
	return body_read(str_c(json), ret);
}

static int make(struct arena *mem, const char *form, const char *uid, const char *json)
{
	const struct shelf_form *f = shelf_find(h.shelf, str_c(form));
	struct record_by house = by(mem, nobody);
	struct record_done done;
	struct answers a;
	int result = answer(mem, f, json, &a);
	return result < 0
		? result
		: record_write(&house, h.shelf,
			  &(struct record_job){
				  .what = CHAIN_MADE, .form = f, .uid = str_c(uid), .answers = &a },
			  &done);
}

static const char incident[] =
	"{\"title\":\"A broken door\",\"act\":[\"threat\",\"detention\"],\"date_from\":\"2026-01-09\","
	"\"exact\":\"day\",\"country\":\"KE\",\"reprisal\":\"no\",\"victim\":[{\"role\":[\"defender\"],"
	"\"persons\":2},{\"role\":[\"defender\",\"unionist\"]}],\"source\":[{\"saw\":\"witness\","
	"\"trust\":\"high\",\"apart\":\"yes\"},{\"saw\":\"other\",\"trust\":\"unsure\",\"apart\":\"yes\"}]}";

static int move(struct arena *mem, struct account_id who, const char *uid, const char *name)
{
	struct record_by mover = by(mem, who);
	struct record_done done;
	const struct def *def = shelf_find(h.shelf, STR("incident"))->def;
	int result = record_write(&mover, h.shelf,
		&(struct record_job){ .what = CHAIN_MOVED,
			.uid = str_c(uid),
			.move = def_move_find(def, str_c(name)),
			.words = STR("why") },
		&done);
	return result < 0 ? result : done.is_agreed;
}

/* ---- what is refused ---- */

static void expect_refusal(struct arena *mem, const char *form, const char *json, const char *what)
{
	err_forget();
	int result = make(mem, form, "00000000000000aa", json);
	if (result != ERR_INPUT || !strstr(err_noted(), what))
		fail_msg("%s: %d, \"%s\" instead of \"%s\"", json, result, err_noted(), what);
}

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

static struct state_now_row now(void)
{
	auto_arena mem;
	struct state_now_row row;
	arena_init(&mem, 1 << 20);
	assert_int_equal(state_now(h.w->db, &mem, &row), 1);
	return row;
}

/* The whole life of a record: made, changed, moved on to a public one. */
static int live(struct arena *mem)
{
	struct record_by house = by(mem, nobody);
	struct record_done done;
	struct record r;
	struct str uid = STR("0000000000000002");
	int result = make(mem, "incident", "0000000000000002", incident);
	if (result == 0)
		result = record_find(&house, h.shelf, uid, &r);
	if (result == 0)
		result = answers_set(
			&r.answers, def_field_find(r.form->def, STR("country")), 0, STR("PE"));
	if (result == 0)
		result = record_write(&house, h.shelf,
			&(struct record_job){ .what = CHAIN_CHANGED,
				.uid = uid,
				.answers = &r.answers,
				.version = r.version },
			&done);
	if (result == 0)
		result = move(mem, nobody, "0000000000000002", "send");
	if (result == 0)
		result = record_write(&house, h.shelf,
			&(struct record_job){
				.what = CHAIN_NOTE, .uid = uid, .words = STR("A note") },
			&done);
	return result == 0 ? move(mem, nobody, "0000000000000002", "verify") : result;
}

static int live_in_tx(size_t most)
{
	auto_arena mem;
	auto_tx tx = { 0 };
	arena_init(&mem, most);
	int result = db_tx_begin(h.w->db, &tx);
	if (result == 0)
		result = live(&mem);
	return result < 0 ? result : db_tx_end(&tx);
}

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

static void the_index_made_anew_is_the_same(void **state)
{
	struct world *w = *state;
	assert_int_equal(live_in_tx(8 << 20), 0);
	assert_int_equal(make(&w->mem, "incident", "0000000000000003", incident), 0);
	struct state_now_row before = now();
	assert_int_equal(record_reindex(w->db, h.shelf), 3);
	struct state_now_row after = now();
	assert_memory_equal(&before, &after, sizeof before);
}

static int make_one_of_many(
	struct arena *mem, struct cell_batch *cells, const char *uid, const char *json)
{
	const struct shelf_form *f = shelf_find(h.shelf, STR("incident"));
	struct record_by house = by(mem, nobody);
	struct record_done done;
	struct answers a;
	int result = answer(mem, f, json, &a);
	return result < 0 ? result
			  : record_write(&house, h.shelf,
				    &(struct record_job){ .what = CHAIN_MADE,
					    .form = f,
					    .uid = str_c(uid),
					    .answers = &a,
					    .cells = cells },
				    &done);
}

static void many_together_are_indexed_as_each_alone(void **state)
{
	struct world *w = *state;
	auto_cells cells;
	cell_batch_init(&cells, w->db);
	assert_int_equal(make_one_of_many(&w->mem, &cells, "0000000000000004", incident), 0);
	struct state_now_row one = now(), after;
	assert_int_equal(one.records, 1);
	assert_int_equal(one.cells, 0);
	assert_int_equal(make_one_of_many(&w->mem, &cells, "0000000000000005", "{}"), ERR_INPUT);
	after = now();
	assert_memory_equal(&one, &after, sizeof one);
	/* What is refused when more than that was written is no refusal any more. */
	assert_int_equal(make_one_of_many(&w->mem, &cells, "0000000000000004", incident), ERR_BUG);
	assert_int_equal(make_one_of_many(&w->mem, &cells, "0000000000000006", incident), 0);
	assert_int_equal(cell_batch_flush(&cells), 0);
	one = now();
	assert_true(one.cells > 2);
	assert_int_equal(record_reindex(w->db, h.shelf), 2);
	after = now();
	assert_memory_equal(&one, &after, sizeof one);
}

static void a_chain_tells_where_it_breaks(void **state)
{
	struct world *w = *state;
	struct chain_line *line;
	struct state_of_row row;
	struct record_by house = by(&w->mem, nobody);
	struct record r;
	size_t n, holds;
	assert_int_equal(live_in_tx(8 << 20), 0);
	assert_int_equal(state_of(w->db, &w->mem, STR("0000000000000002"), &row), 1);
	assert_true(str_starts(row.ref, "INC-2026-"));
	assert_int_equal(record_find(&house, h.shelf, STR("0000000000000002"), &r), 0);
	assert_int_equal(chain_read(w->db, &w->mem, r.id, r.body, &line, &n, &holds), 0);
	assert_int_equal(n, 5);
	assert_int_equal(holds, 5);
	assert_int_equal(chain_read(w->db, &w->mem, r.id, STR("{}"), &line, &n, &holds), 0);
	assert_int_equal(holds, 4);
	assert_true(state_append(w->db, r.id) >= 0);
	assert_int_equal(chain_read(w->db, &w->mem, r.id, r.body, &line, &n, &holds), 0);
	assert_int_equal(n, 6);
	assert_int_equal(holds, 5);
}

static void lines_of_a_chain_stay_and_go_only_together(void **state)
{
	struct world *w = *state;
	struct chain_line *line;
	struct record_by house = by(&w->mem, nobody);
	struct record r;
	size_t n, holds;
	assert_int_equal(live_in_tx(8 << 20), 0);
	house.is_house = true;
	assert_int_equal(record_find(&house, h.shelf, STR("0000000000000002"), &r), 0);
	assert_true(state_forge(w->db, r.id, 2) < 0);
	assert_true(state_tear(w->db, r.id) < 0);
	assert_int_equal(chain_read(w->db, &w->mem, r.id, r.body, &line, &n, &holds), 0);
	assert_int_equal(holds, 5);
	assert_int_equal(vanish(&house, h.shelf, STR("0000000000000002"), VANISH_KEPT), 0);
	assert_int_equal(chain_read(w->db, &w->mem, r.id, r.body, &line, &n, &holds), 0);
	assert_int_equal(n, 0);
	assert_int_equal(record_find(&house, h.shelf, STR("0000000000000002"), &r), ERR_MISSING);
	struct state_now_row before = now();
	assert_true(record_reindex(w->db, h.shelf) >= 0);
	struct state_now_row after = now();
	assert_memory_equal(&before, &after, sizeof before);
}

/* ---- files ---- */

static const char guide[] =
	"{\"title\":\"G\",\"kind\":\"guide\",\"about\":\"A\",\"made_by\":\"M\",\"published\":\"2025-01-01\","
	"\"langs\":[\"en\"],\"themes\":[\"part\"],\"link\":\"https://guide.example\"%s}";

static int attach(struct arena *mem, struct blob *blob, const char *field, size_t row)
{
	struct record_by house = by(mem, nobody);
	struct record_done done;
	err_forget();
	return record_attach(&house, h.shelf,
		&(struct record_file){ STR("00000000000000f1"), str_c(field), row, blob }, &done);
}

static void a_file_is_the_records_whoever_brings_it(void **state)
{
	struct world *w = *state;
	struct blobs *blobs = NULL;
	struct blob *blob = NULL, *program = NULL;
	struct record_by house = by(&w->mem, nobody);
	struct record r;
	struct blob_card card;
	int64_t size = 0;
	char folder[] = "/tmp/baraza-blobs-XXXXXX", told[400];
	assert_non_null(mkdtemp(folder));
	assert_int_equal(blobs_open(folder, &blobs), 0);
	assert_int_equal(blob_make(blobs, STR("a note.txt"), STR("some words"), &blob), 0);
	assert_int_equal(blob_make(blobs, STR("x"), STR("MZ program"), &program), 0);
	assert_int_equal(blob_fault(blob, DEF_ANY_FILE), 0);
	assert_int_not_equal(blob_fault(blob, DEF_IMAGE), 0);
	assert_int_not_equal(blob_fault(program, DEF_ANY_FILE), 0);

	/* A hash that somebody learned is no file of theirs. */
	snprintf(told, sizeof told, guide,
		",\"paper\":\"0123456789abcdef0123456789abcdef0123456789abcdef"
		"0123456789abcdef 5 text/plain x\"");
	expect_refusal(&w->mem, "resource", told, "nobody holds");
	snprintf(told, sizeof told, guide, ",\"paper\":\"words\"");
	expect_refusal(&w->mem, "resource", told, "paper is not such an answer");

	snprintf(told, sizeof told, guide, "");
	assert_int_equal(make(&w->mem, "resource", "00000000000000f1", told), 0);
	assert_int_equal(attach(&w->mem, blob, "title", 0), ERR_INPUT);
	assert_int_equal(attach(&w->mem, blob, "cover", 0), ERR_INPUT);
	assert_int_equal(attach(&w->mem, blob, "paper", 1), ERR_INPUT);
	assert_int_equal(attach(&w->mem, program, "paper", 0), ERR_INPUT);
	assert_int_equal(attach(&w->mem, blob, "paper", 0), 0);
	assert_int_equal(record_find(&house, h.shelf, STR("00000000000000f1"), &r), 0);
	assert_int_equal(r.version, 2);
	assert_true(blob_of(&r.answers, def_field_find(r.form->def, STR("paper")), 0, &card));
	assert_str(card.name, "a note.txt");
	int fd = blobs_read(blobs, card.hash, &size);
	assert_true(fd >= 0);
	assert_int_equal(size, 10);
	close(fd);

	blob_drop(program);
	/* Held, it stays; let go, it is swept, but not on its first day. */
	assert_int_equal(blobs_sweep(blobs, w->db, 1 << 20), 0);
	assert_int_equal(vanish(&house, h.shelf, STR("00000000000000f1"), VANISH_KEPT), 0);
	assert_int_equal(blobs_sweep(blobs, w->db, 0), 0);
	assert_int_equal(blobs_sweep(blobs, w->db, 1 << 20), 1);
	assert_int_equal(blobs_read(blobs, card.hash, &size), ERR_MISSING);
	blob_drop(blob);
	blobs_close(blobs);
	snprintf(told, sizeof told, "%s/" BLOB_FOLDER, folder);
	assert_int_equal(rmdir(told), 0);
	assert_int_equal(rmdir(folder), 0);
}

int main(void)
{
#define IN_A_HOUSE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		IN_A_HOUSE(what_would_have_to_be_sealed_is_refused_by_name),
		IN_A_HOUSE(what_the_definition_does_not_ask_for_is_refused),
		IN_A_HOUSE(two_people_are_two_people),
		IN_A_HOUSE(the_second_writer_is_told),
		IN_A_HOUSE(any_statement_that_fails_leaves_nothing_behind),
		IN_A_HOUSE(any_memory_that_fails_leaves_nothing_behind),
		IN_A_HOUSE(any_arena_that_is_full_leaves_nothing_behind),
		IN_A_HOUSE(any_json_that_fails_leaves_nothing_behind),
		IN_A_HOUSE(the_index_made_anew_is_the_same),
		IN_A_HOUSE(many_together_are_indexed_as_each_alone),
		IN_A_HOUSE(a_chain_tells_where_it_breaks),
		IN_A_HOUSE(a_file_is_the_records_whoever_brings_it),
		IN_A_HOUSE(lines_of_a_chain_stay_and_go_only_together),
	};
	return cmocka_run_group_tests_name("record-write", tests, NULL, NULL);
}
