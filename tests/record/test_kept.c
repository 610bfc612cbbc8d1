/* What is kept beside a record: its index, its chain, its files. */
#include "record/blob.h"
#include "record/cell.h"
#include "record/vanish.h"
#include "tests/record/house.h"
#include <stdlib.h>
#include <unistd.h>

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
	const struct CMUnitTest tests[] = {
		IN_A_HOUSE(the_index_made_anew_is_the_same),
		IN_A_HOUSE(many_together_are_indexed_as_each_alone),
		IN_A_HOUSE(a_chain_tells_where_it_breaks),
		IN_A_HOUSE(a_file_is_the_records_whoever_brings_it),
		IN_A_HOUSE(lines_of_a_chain_stay_and_go_only_together),
	};
	return cmocka_run_group_tests_name("record-kept", tests, NULL, NULL);
}
