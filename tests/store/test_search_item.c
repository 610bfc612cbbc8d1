/* Items are found, on both databases. */
#include "store/search.h"
#include "tests/store/t.h"
#include "tests/test.h"

struct fix {
	char path[T_PATH];
	struct db *db;
	struct arena mem;
};

static int set_up(void **state)
{
	struct fix *f = calloc(1, sizeof *f);
	assert_non_null(f);
	t_open(f->path, &f->db);
	arena_init(&f->mem, 8 << 20);
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fix *f = *state;
	db_close(f->db);
	arena_done(&f->mem);
	t_remove(f->path);
	free(f);
	return 0;
}

static void put(struct fix *f, int64_t item, const char *text)
{
	assert_int_equal(search_put(f->db, item, str_c(text), &f->mem), 0);
}

/* The items that a question finds, newest first, as text. */
static struct str ask(struct fix *f, struct str question)
{
	struct str words, all = STR("");
	struct t_found_row *row;
	size_t n;
	assert_true(search_query(f->db, question, &f->mem, &words) >= 0);
	int rc = t_found(f->db, &f->mem, words, INT64_MAX, &row, &n);
	if (rc < 0)
		fail_msg(
			"\"%.*s\" became %.*s: %s", STR_ARG(question), STR_ARG(words), err_noted());
	for (size_t i = 0; i < n; i++)
		all = arena_f(&f->mem, "%.*s %lld", STR_ARG(all), (long long)row[i].id);
	return all;
}

static void items_are_found_newest_first(void **state)
{
	struct fix *f = *state;
	put(f, 1, "公民社会组织参与决策 civil society takes part");
	put(f, 2, "حُرِّيَّةُ التَّعْبِير والحق في الماء");
	put(f, 3, "Le droit à l'eau et la liberté d'expression");
	put(f, 4, "Право на воду и ещё раз: участие");
	put(f, 5, "El derecho al agua; la participación");
	put(f, 6, "公民 and the right to water");
	assert_str(ask(f, STR("公民")), " 6 1");
	assert_str(ask(f, STR("决策")), " 1");
	assert_str(ask(f, STR("水")), "");
	assert_str(ask(f, STR("حرية")), " 2");
	assert_str(ask(f, STR("حُرِّيَّة التعبير")), " 2");
	assert_str(ask(f, STR("الماء")), " 2");
	assert_str(ask(f, STR("حق")), " 2");
	assert_str(ask(f, STR("liberte")), " 3");
	assert_str(ask(f, STR("еще участ")), " 4");
	assert_str(ask(f, STR("particip")), " 5");
	assert_str(ask(f, STR("right 公")), " 6");
	assert_str(ask(f, STR("")), "");
}

static void an_item_changes_and_goes(void **state)
{
	struct fix *f = *state;
	put(f, 1, "the right to water");
	put(f, 2, "water for all");
	put(f, 2, "land for all");
	assert_str(ask(f, STR("water")), " 1");
	assert_str(ask(f, STR("land")), " 2");
	assert_int_equal(search_drop(f->db, 1), 0);
	assert_int_equal(search_drop(f->db, 1), 0);
	assert_str(ask(f, STR("water")), "");
	assert_int_equal(search_tidy(f->db), 0);
	assert_str(ask(f, STR("all")), " 2");
}

static void a_long_text_is_taken(void **state)
{
	struct fix *f = *state;
	auto_arena mem;
	arena_init(&mem, 64 << 20);
	size_t n = 2 * SEARCH_TEXT_MAX;
	char *text = arena_take(&mem, n);
	assert_non_null(text);
	/* Each word another one, so that as much as possible is kept. */
	for (size_t i = 0; i + 8 <= n; i += 8)
		snprintf(text + i, 9 < n - i ? 9 : n - i, "%07zx ", i);
	assert_int_equal(search_put(f->db, 1, (struct str){ text, n }, &mem), 0);
	assert_str(ask(f, STR("0000008")), " 1");
}

/* The words of records that begin like the last one are asked for one by one, while they are few.
 */
static void the_last_word_may_go_on(void **state)
{
	struct fix *f = *state;
	struct str few, many;
	for (int i = 0; i < 40; i++)
		assert_int_equal(search_record_put(f->db, i,
					 arena_f(&f->mem, "press%d many%d", i % 2, i), &f->mem),
			0);
	assert_int_equal(search_record_query(f->db, STR("many3 press"), &f->mem, &few), 2);
	assert_int_equal(search_record_query(f->db, STR("many"), &f->mem, &many), 1);
	if (!db_is_pg(f->db)) {
		assert_str(few, "\"many3\" AND (\"press0\" OR \"press1\")");
		assert_str(many, "\"many\"*");
		assert_int_equal(search_record_query(f->db, STR("zero"), &f->mem, &many), 1);
		assert_str(many, "\"zero\"*");
	}
	assert_int_equal(search_record_query(f->db, STR(""), &f->mem, &many), 0);
}

static void nothing_typed_is_an_error(void **state)
{
	struct fix *f = *state;
	static const char *const part[] = { "\"", "'", "\\", "*", ":*", "(", ")", "&", "|", "!",
		"^", "-", "NEAR(", " AND ", " OR ", " NOT ", "words:", "<->", "$1", "?1", "\xff",
		"\xed\xa0\x80", "\xcc\x81", "\xd9\x8e", "水", "权利", "حرية", "ё", "ﷺ", "กำ",
		"ক\xcc\x81া", "a", "b1", " " };
	uint64_t dice = 3;
	for (int i = 0; i < 600; i++) {
		char text[200];
		size_t n = 0;
		while (n < sizeof text - 16) {
			dice = dice * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
			const char *p = part[(dice >> 33) % (sizeof part / sizeof *part)];
			memcpy(text + n, p, strlen(p));
			n += strlen(p);
			if ((dice >> 20) % 16 == 0)
				break;
		}
		struct str s = { text, n }, words;
		assert_int_equal(search_put(f->db, i, s, &f->mem), 0);
		struct str found = ask(f, s);
		/* What holds a word at all is found by its own words. */
		if (search_query(f->db, s, &f->mem, &words) > 0)
			assert_true(str_starts(found, arena_f(&f->mem, " %d", i).p));
		arena_done(&f->mem);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(items_are_found_newest_first, set_up, tear_down),
		cmocka_unit_test_setup_teardown(an_item_changes_and_goes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_long_text_is_taken, set_up, tear_down),
		cmocka_unit_test_setup_teardown(the_last_word_may_go_on, set_up, tear_down),
		cmocka_unit_test_setup_teardown(nothing_typed_is_an_error, set_up, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
