/* The sample, and spaces that move from house to house. */
#include "tests/participate/exchange.h"
#include "participate/bundle.h"
#include "participate/bundle_sheet.h"
#include "participate/demo.h"
#include <ftw.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NOW = 1800000000, PATH = 128 };

static void empty_pg(const char *url)
{
	PGconn *conn = PQconnectdb(url);
	PQclear(PQexec(conn, "DROP SCHEMA public CASCADE"));
	PGresult *r = PQexec(conn, "CREATE SCHEMA public");
	assert_int_equal(PQresultStatus(r), PGRES_COMMAND_OK);
	PQclear(r);
	PQfinish(conn);
}

/* An empty house. */
static struct db *house(const struct fix *f, const char *name)
{
	char url[PATH];
	int from, to;
	struct db *db;
	const char *pg = getenv("BARAZA_TEST_PG");
	snprintf(url, sizeof url, "sqlite:%s/%s", f->folder, name);
	if (pg)
		empty_pg(pg);
	assert_int_equal(db_open(pg ? pg : url, DB_WRITE, &db), 0);
	assert_int_equal(db_migrate(db, &from, &to), 0);
	return db;
}

static int set_up(void **state)
{
	struct fix *f = calloc(1, sizeof *f);
	assert_non_null(f);
	snprintf(f->folder, sizeof f->folder, "/tmp/test-exchange-XXXXXX");
	assert_non_null(mkdtemp(f->folder));
	arena_init(&f->mem, (size_t)1 << 30);
	f->db = house(f, "one.db");
	*state = f;
	return 0;
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st;
	(void)kind;
	(void)at;
	return remove(path);
}

static int tear_down(void **state)
{
	struct fix *f = *state;
	db_close(f->db);
	arena_done(&f->mem);
	nftw(f->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	free(f);
	return 0;
}

const char *path_of(struct fix *f, const char *folder, const char *name)
{
	return arena_f(&f->mem, "%s/%s%s%s", f->folder, folder, *name ? "/" : "", name).p;
}

void write_bytes(const char *path, struct str text)
{
	FILE *file = fopen(path, "wb");
	assert_non_null(file);
	assert_int_equal(fwrite(text.p, 1, text.n, file), text.n);
	fclose(file);
}

static struct str read_bytes(struct fix *f, const char *path)
{
	char *room = arena_take(&f->mem, 4 << 20);
	FILE *file = fopen(path, "rb");
	assert_non_null(room);
	assert_non_null(file);
	size_t n = fread(room, 1, 4 << 20, file);
	fclose(file);
	return (struct str){ room, n };
}

int64_t count_rows(struct fix *f)
{
	struct exchange_rows_row row;
	assert_int_equal(exchange_rows(f->db, &f->mem, &row), 1);
	return row.n;
}

/* ---- tables ---- */

/* Whatever somebody wrote comes back as it was, and no spreadsheet takes it for a formula. */
static void test_words_round(void **state)
{
	struct fix *f = *state;
	static const char signs[] = "=+-@\t\r\n'\",;a \xc3\xa9";
	uint32_t noise = 7;
	for (int round = 0; round < 2000; round++) {
		auto_buf b;
		struct sheet_out o = { .b = &b };
		struct sheet s;
		struct str back;
		char text[12];
		size_t n = 0, want = (noise >> 8) % 7;
		while (n < want) {
			noise = noise * 1664525 + 1013904223;
			char c = signs[(noise >> 16) % (sizeof signs - 3)];
			text[n++] = c;
		}
		noise = noise * 1664525 + 1013904223;
		buf_init(&b, 1 << 10);
		sheet_put_number(&o, 1);
		sheet_put_words(&o, (struct str){ text, n });
		sheet_put_end(&o);
		sheet_open(&s, "x.csv", buf_view(&b));
		assert_int_equal(sheet_row(&s), 1);
		if (s.csv.field[1].n)
			assert_null(memchr("=+-@\t\r", s.csv.field[1].p[0], 6));
		assert_int_equal(sheet_words(&s, 1, &f->mem, &back), 0);
		assert_true(str_eq(back, (struct str){ text, n }));
		assert_int_equal(sheet_row(&s), 0);
		sheet_done(&s);
	}
}

/* ---- the sample, and bundles ---- */

static void fill(struct fix *f)
{
	const struct demo_staff staff = { { 1 }, { 2 }, { 3 } };
	int64_t space = 0;
	auto_tx tx = { 0 };
	assert_int_equal(demo_is_due(f->db, &f->mem), 1);
	assert_int_equal(db_tx_begin(f->db, &tx), 0);
	assert_int_equal(demo_fill(f->db, &f->mem, &staff, NOW, &space), 0);
	assert_int_equal(db_tx_end(&tx), 0);
	assert_int_equal(demo_is_due(f->db, &f->mem), 0);
	assert_true(space > 0);
}

static void carry_out(struct fix *f, const char *slug, const char *folder)
{
	struct bundle_count n;
	int result = bundle_export(f->db, &f->mem, NULL, str_c(slug), path_of(f, folder, ""), &n);
	if (result < 0)
		fail_msg("%s: %s", err_name(result), err_noted());
}

static int carry_in(struct fix *f, const char *folder)
{
	struct bundle_count n;
	auto_tx tx = { 0 };
	assert_int_equal(db_tx_begin(f->db, &tx), 0);
	int result = bundle_import(
		f->db, &f->mem, NULL, path_of(f, folder, ""), (struct str){ 0 }, &n);
	return result < 0 ? result : db_tx_end(&tx);
}

static const char *const files[] = { "space.json", "people.csv", "crowds.csv", "items.csv",
	"merged.csv", "texts.csv", "past.csv", "votes.csv", "useful.csv", "flags.csv", "links.csv",
	"decisions.csv" };
enum { FILES = sizeof files / sizeof *files };

static void assert_same(struct fix *f, const char *a, const char *b)
{
	for (size_t i = 0; i < FILES; i++)
		if (!str_eq(read_bytes(f, path_of(f, a, files[i])),
			    read_bytes(f, path_of(f, b, files[i]))))
			fail_msg("%s differs", files[i]);
}

static void next_house(struct fix *f, const char *name)
{
	db_close(f->db);
	f->db = house(f, name);
}

static void test_demo(void **state)
{
	struct fix *f = *state;
	struct exchange_demo_row row;
	fill(f);
	assert_int_equal(exchange_demo(f->db, &f->mem, STR("civic-space"), &row), 1);
	assert_int_equal(row.people, 264);
	assert_int_equal(row.countries, 83);
	assert_int_equal(row.statements, 24);
	assert_int_equal(row.statement_texts, 24 * LANG_COUNT);
	assert_int_equal(row.questions, 3);
	assert_true(row.contributions >= 60);
	assert_true(row.waiting >= 3 && row.hidden == 1 && row.sent_back == 1);
	assert_true(row.votes > 264 * 24 * 60 / 100 && row.votes < 264 * 24 * 80 / 100);
}

static void test_demo_repeats(void **state)
{
	struct fix *f = *state;
	fill(f);
	carry_out(f, "civic-space", "a");
	next_house(f, "two.db");
	fill(f);
	carry_out(f, "civic-space", "b");
	assert_same(f, "a", "b");
}

/* Something for each table that the sample leaves empty, and words that a table must quote. */
static void fill_corners(struct fix *f)
{
	assert_true(exchange_corner_past(f->db, STR("=1+1, \"x\"\r\n'y")) >= 0);
	assert_true(exchange_corner_flag(f->db) >= 0);
	assert_true(exchange_corner_edge(f->db, STR("@quote")) >= 0);
	assert_true(exchange_corner_merge(f->db) >= 0);
	assert_true(exchange_corner_text(f->db, STR("-5\ttab, 'single, \"double\"\nline")) >= 0);
}

static void test_bundle_round(void **state)
{
	static const char *const slugs[] = { "civic-space", "young-voices", "safe-meetings" };
	struct fix *f = *state;
	fill(f);
	fill_corners(f);
	for (size_t i = 0; i < 3; i++)
		carry_out(f, slugs[i], slugs[i]);
	next_house(f, "two.db");
	for (size_t i = 0; i < 3; i++) {
		int result = carry_in(f, slugs[i]);
		if (result < 0)
			fail_msg("%s: %s", slugs[i], err_noted());
	}
	for (size_t i = 0; i < 3; i++) {
		const char *again = arena_f(&f->mem, "%s-again", slugs[i]).p;
		carry_out(f, slugs[i], again);
		assert_same(f, slugs[i], again);
	}
	assert_int_equal(carry_in(f, "civic-space"), ERR_CONFLICT);
}

/* Counted and found as in the house that it came from. */
static void test_bundle_marks(void **state)
{
	struct fix *f = *state;
	struct exchange_marks_row before, after;
	fill(f);
	assert_int_equal(exchange_marks(f->db, &f->mem, &before), 1);
	for (const char *const *s = (const char *const[]){ "civic-space", "young-voices",
		     "safe-meetings", NULL };
		*s; s++)
		carry_out(f, *s, *s);
	next_house(f, "two.db");
	for (const char *const *s = (const char *const[]){ "civic-space", "young-voices",
		     "safe-meetings", NULL };
		*s; s++)
		assert_int_equal(carry_in(f, *s), 0);
	assert_int_equal(exchange_marks(f->db, &f->mem, &after), 1);
	assert_int_equal(after.useful, before.useful);
	assert_int_equal(after.found, before.found);
	assert_true(after.found > 0);
}

/* One change in one file of a good bundle. */
struct spoiled {
	const char *file, *from, *to, *note;
};

static const struct spoiled spoiled[] = {
	{ "space.json", "\"uid\"", "\"uix\"", "space.json: uid: is missing, or not a text" },
	{ "space.json", "baraza space 2", "baraza space 9",
		"space.json: format: is not \"baraza space 2\"" },
	{ "space.json", "\"announced\"", "\"away\"",
		"space.json: state: is no word that stands there" },
	{ "people.csv", "number,", "count,", "people.csv: line 1: column 1 is not \"number\"" },
	{ "people.csv", "\r\n2,", "\r\n1,", "people.csv: line 3: this number stands there twice" },
	{ "items.csv", "\r\n", "\r\nshort,",
		"items.csv: line 2: uid is not 16 hexadecimal digits" },
	{ "items.csv", ",1,,1,,1,en,,1,", ",1,,1,,1,xx,,1,",
		"items.csv: line 2: this language is none that we have" },
	{ "items.csv", ",1,,1,,1,en,,1,", ",9,,1,,1,en,,1,",
		"items.csv: line 2: column 2 is not a number from 1 to 7" },
	{ "texts.csv", "\r\n", "\r\n0123456789abcdef",
		"texts.csv: line 2: this item is not in items.csv, or stands further down" },
	{ "votes.csv", "\r\n1,", "\r\n9999,",
		"votes.csv: line 2: this person is not in people.csv" },
	{ "votes.csv", "\r\n", "\r\n\"", "votes.csv: line 2: a quote is opened and not closed" },
	{ "decisions.csv", ",1,0,", ",7,0,",
		"decisions.csv: line 2: column 2 is not a number from 1 to 6" },
};

static struct str replaced(struct fix *f, struct str text, const char *from, const char *to)
{
	const char *hit = memmem(text.p, text.n, from, strlen(from));
	assert_non_null(hit);
	size_t before = (size_t)(hit - text.p), behind = before + strlen(from);
	return arena_f(&f->mem, "%.*s%s%.*s", (int)before, text.p, to, (int)(text.n - behind),
		text.p + behind);
}

static void test_bundle_broken(void **state)
{
	struct fix *f = *state;
	fill(f);
	carry_out(f, "civic-space", "good");
	next_house(f, "two.db");
	for (size_t i = 0; i < sizeof spoiled / sizeof *spoiled; i++) {
		const struct spoiled *s = &spoiled[i];
		const char *path = path_of(f, "good", s->file);
		struct str was = read_bytes(f, path);
		write_bytes(path, replaced(f, was, s->from, s->to));
		assert_int_equal(carry_in(f, "good"), ERR_INPUT);
		assert_string_equal(err_noted(), s->note);
		assert_int_equal(count_rows(f), 0);
		write_bytes(path, was);
	}
	for (size_t i = 0; i < FILES; i++) {
		const char *path = path_of(f, "good", files[i]);
		struct str was = read_bytes(f, path);
		unlink(path);
		assert_int_equal(carry_in(f, "good"), ERR_INPUT);
		assert_int_equal(count_rows(f), 0);
		write_bytes(path, was);
	}
	assert_int_equal(carry_in(f, "good"), 0);
}

static void test_export_refused(void **state)
{
	struct fix *f = *state;
	struct bundle_count n;
	assert_int_equal(
		bundle_export(f->db, &f->mem, NULL, STR("nothing"), path_of(f, "x", ""), &n),
		ERR_MISSING);
	assert_int_equal(access(path_of(f, "x.part", ""), F_OK), -1);
	fill(f);
	carry_out(f, "civic-space", "x");
	assert_int_equal(
		bundle_export(f->db, &f->mem, NULL, STR("civic-space"), path_of(f, "x", ""), &n),
		ERR_CONFLICT);
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_polis),
		T(test_polis_line_ends),
		T(test_polis_matrix_alone),
		T(test_polis_broken),
		T(test_polis_twice),
		T(test_plain),
		T(test_words_round),
		T(test_demo),
		T(test_demo_repeats),
		T(test_bundle_round),
		T(test_bundle_marks),
		T(test_bundle_broken),
		T(test_export_refused),
	};
	return cmocka_run_group_tests_name("exchange", tests, NULL, NULL);
}
