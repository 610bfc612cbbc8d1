/* Words are cut and folded alike in texts and questions, and no question is an error. */
#include "base/utf8.h"
#include "store/search.h"
#include "store/search_cut.h"
#include "tests/test.h"
#include <sqlite3.h>
#include <stdio.h>
#include <unicode/uchar.h>

enum { MEM = 4 << 20 };

/* ---- an index in memory ---- */

static sqlite3 *index_open(void)
{
	sqlite3 *lite;
	assert_int_equal(sqlite3_open(":memory:", &lite), SQLITE_OK);
	assert_int_equal(search_register(lite), 0);
	assert_int_equal(sqlite3_exec(lite,
				 "CREATE VIRTUAL TABLE search_item USING fts5"
				 " (words, detail=none, tokenize=baraza)",
				 NULL, NULL, NULL),
		SQLITE_OK);
	return lite;
}

static void put(sqlite3 *lite, int64_t item, struct str text)
{
	sqlite3_stmt *st;
	assert_int_equal(
		sqlite3_prepare_v2(lite,
			"INSERT OR REPLACE INTO search_item (rowid, words) VALUES (?1, ?2)", -1,
			&st, NULL),
		SQLITE_OK);
	sqlite3_bind_int64(st, 1, item);
	sqlite3_bind_text64(st, 2, text.p, text.n, SQLITE_STATIC, SQLITE_UTF8);
	assert_int_equal(sqlite3_step(st), SQLITE_DONE);
	sqlite3_finalize(st);
}

/* How many items a question finds; the newest of them. */
static int ask(sqlite3 *lite, struct str text, int64_t *ret_newest)
{
	auto_arena mem;
	arena_init(&mem, MEM);
	struct str words;
	sqlite3_stmt *st;
	int n = 0, rc;
	assert_true(search_query_lite(text, &mem, &words) >= 0);
	assert_int_equal(
		sqlite3_prepare_v2(lite,
			"SELECT rowid FROM search_item WHERE search_item MATCH ?1 ORDER BY rowid DESC",
			-1, &st, NULL),
		SQLITE_OK);
	sqlite3_bind_text64(st, 1, words.p, words.n, SQLITE_STATIC, SQLITE_UTF8);
	while ((rc = sqlite3_step(st)) == SQLITE_ROW)
		if (n++ == 0)
			*ret_newest = sqlite3_column_int64(st, 0);
	if (rc != SQLITE_DONE)
		fail_msg("\"%.*s\" became %.*s: %s", STR_ARG(text), STR_ARG(words),
			sqlite3_errmsg(lite));
	sqlite3_finalize(st);
	return n;
}

static bool finds(const char *text, const char *question)
{
	sqlite3 *lite = index_open();
	int64_t newest = 0;
	put(lite, 7, str_c(text));
	int n = ask(lite, str_c(question), &newest);
	sqlite3_close(lite);
	assert_true(n == 0 || newest == 7);
	return n == 1;
}

/* ---- words ---- */

static void words_are_found_however_they_are_spelt(void **state)
{
	(void)state;
	static const struct {
		const char *text, *question;
	} row[] = {
		{ "公民社会组织参与决策", "公民" },
		{ "公民社会组织参与决策", "决策" },
		{ "公民社会组织参与决策", "社会组织" },
		{ "公民社会组织参与决策", "策" },
		{ "公民社会组织参与决策", "公" },
		{ "水资源、土地", "水 土地" },
		{ "二〇三〇年议程", "三〇年" },
		{ "市民の参加とデータ", "データ" },
		{ "시민 참여를 보장한다", "참여" },
		{ "حُرِّيَّةُ التَّعْبِير", "حرية التعبير" },
		{ "حرية التعبير", "حُرِّيَّة" },
		{ "الحرية", "حرية" },
		{ "حرية", "الحرية" },
		{ "والحرية للجميع", "الحرية" },
		{ "وحرية", "حرية" },
		{ "بالمشاركة", "المشاركة" },
		{ "الحق في السلام", "حق" },
		{ "الالتزام", "التزام" },
		{ "حـــرية", "حرية" },
		{ "أحمد إلى آخر", "احمد الى اخر" },
		{ "مستشفى المدينة", "مستشفي المدينه" },
		{ "سنة ٢٠٣٠", "2030" },
		{ "liberté d’expression à l’œuvre", "liberte expression oeuvre" },
		{ "liberte", "Liberté" },
		{ "LIBERTÉ", "liberte\xcc\x81" },
		{ "participación, ¿mañana?", "participacion manana" },
		{ "Права человека и ещё раз её", "еще права" },
		{ "мой районный совет", "РАЙОННЫЙ" },
		{ "Straße", "STRASSE" },
		{ "Łódź, Đorđe, Søren", "lodz dorde soren" },
		{ "ﬁnance ２０３０", "finance 2030" },
		{ "civil\xc2\xadsociety", "civilsociety" },
		{ "Article 21(1)", "article 21" },
		{ "participation", "partic" },
		{ "AI技术", "ai 技术" },
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		if (!finds(row[i].text, row[i].question))
			fail_msg("\"%s\" is not found by \"%s\"", row[i].text, row[i].question);
}

static void other_words_are_not_found(void **state)
{
	(void)state;
	static const struct {
		const char *text, *question;
	} row[] = {
		{ "公民社会组织参与决策", "民公" },
		{ "公民社会", "公民 水" },
		{ "мои", "мой" },
		{ "participation", "partic ipation" },
		{ "participation", "articipation" },
		{ "right to water", "right to land" },
		{ "anything", "" },
		{ "anything", "\" * - ( )" },
		{ "الله", "له" },
		{ "かき", "がき" },
	};
	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		if (finds(row[i].text, row[i].question))
			fail_msg("\"%s\" is found by \"%s\"", row[i].text, row[i].question);
}

static void tokens_are_different_and_sorted(void **state)
{
	(void)state;
	auto_arena mem;
	arena_init(&mem, MEM);
	struct str *token;
	size_t n;
	assert_int_equal(search_tokens(STR("Water, water; and 水资源"), &mem, &token, &n), 0);
	static const char *const want[] = { "and", "water", "水资", "源", "资源" };
	assert_int_equal(n, sizeof want / sizeof *want);
	for (size_t i = 0; i < n; i++)
		assert_str(token[i], want[i]);
	assert_int_equal(search_tokens(STR(" – "), &mem, &token, &n), 0);
	assert_int_equal(n, 0);
}

static void questions_are_written_for_both(void **state)
{
	(void)state;
	auto_arena mem;
	arena_init(&mem, MEM);
	struct str words;
	assert_int_equal(search_query_lite(STR("Water OR \"水\" land's"), &mem, &words), 5);
	assert_str(words, "\"water\" AND \"or\" AND \"水\"* AND \"land\" AND \"s\"*");
	assert_int_equal(search_query_pg(STR("Water | !'水' land\\"), &mem, &words), 3);
	assert_str(words, "'water' & '水':* & 'land':*");
	assert_int_equal(search_query_lite(STR("*"), &mem, &words), 0);
	assert_str(words, "\"\"");
	assert_int_equal(search_query_pg(STR("&"), &mem, &words), 0);
	assert_str(words, " ");
}

static void long_words_and_questions_are_cut(void **state)
{
	(void)state;
	auto_arena mem;
	arena_init(&mem, MEM);
	char word[4000];
	struct str *token, words;
	size_t n;
	memset(word, 'x', sizeof word);
	assert_int_equal(search_tokens((struct str){ word, sizeof word }, &mem, &token, &n), 0);
	assert_int_equal(n, 1);
	assert_int_equal(token[0].n, SEARCH_TOKEN_MAX);
	for (size_t i = 0; i < sizeof word; i += 2)
		word[i] = ' ', word[i + 1] = (char)('a' + i / 2 % 26);
	assert_int_equal(search_query_lite((struct str){ word, sizeof word }, &mem, &words),
		SEARCH_ASKED_MAX);
}

static void an_item_changes_and_goes(void **state)
{
	(void)state;
	sqlite3 *lite = index_open();
	int64_t newest = 0;
	put(lite, 1, STR("the right to water"));
	put(lite, 2, STR("water for all"));
	assert_int_equal(ask(lite, STR("water"), &newest), 2);
	assert_int_equal(newest, 2);
	put(lite, 2, STR("land for all"));
	assert_int_equal(ask(lite, STR("water"), &newest), 1);
	assert_int_equal(newest, 1);
	sqlite3_exec(lite, "DELETE FROM search_item WHERE rowid = 1", NULL, NULL, NULL);
	assert_int_equal(ask(lite, STR("water"), &newest), 0);
	assert_int_equal(sqlite3_exec(lite,
				 "INSERT INTO search_item (search_item) VALUES ('integrity-check')",
				 NULL, NULL, NULL),
		SQLITE_OK);
	sqlite3_close(lite);
}

/* ---- whatever is typed ---- */

static uint64_t dice_state;
static uint32_t dice(uint32_t n)
{
	dice_state = dice_state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(dice_state >> 33) % n;
}

/* Bytes that mean something to somebody, letters of many scripts, and any byte at all. */
static size_t hostile(char *to, size_t max)
{
	static const char *const part[] = { "\"", "'", "\\", "*", ":*", "(", ")", "&", "|", "!",
		"^", "-", "+", "NEAR(", " AND ", " OR ", " NOT ", "words:", "{", "}", "<->", "$1",
		"?1", "%", "\xff", "\xc3", "\xed\xa0\x80", "\xcc\x81", "\xd9\x8e", "\xd9\x80",
		"\xe3\x82\x99", "水", "权利", "データ", "참여", "ال", "وال", "حرية", "é", "ё", "İ",
		"ß", "ﷺ", "\xe2\x80\x8d", "\xf0\xa0\x80\x80", "\xf0\x9f\x8c\x8d", "กำ", "क्ष",
		"ক\xcc\x81া", "a", "b1", " ", "\n" };
	size_t n = 0, want = dice((uint32_t)max - 32);
	while (n < want) {
		if (dice(8) == 0) {
			to[n++] = (char)dice(256);
			continue;
		}
		const char *p = part[dice(sizeof part / sizeof *part)];
		size_t len = strlen(p);
		memcpy(to + n, p, len);
		n += len;
	}
	return n;
}

static int looks_like_a_token(void *arg, struct str token, bool is_sign)
{
	int *n = arg;
	(void)is_sign;
	assert_in_range(token.n, 1, SEARCH_TOKEN_MAX);
	assert_true(utf8_ok(token));
	for (size_t at = 0; at < token.n;) {
		int32_t c = utf8_next(token, &at);
		assert_true(U_GET_GC_MASK(c) &
			(U_GC_L_MASK | U_GC_M_MASK | U_GC_ND_MASK | U_GC_NL_MASK));
	}
	return ++*n == 100000;
}

static void no_question_is_an_error(void **state)
{
	(void)state;
	sqlite3 *lite = index_open();
	char text[600];
	int64_t newest;
	dice_state = 1;
	for (int i = 0; i < 4000; i++) {
		int n = 0;
		struct str s = { text, hostile(text, sizeof text) };
		assert_int_equal(search_cut(s, SEARCH_INDEX, looks_like_a_token, &n), 0);
		assert_int_equal(search_cut(s, SEARCH_QUERY, looks_like_a_token, &n), 0);
		(void)ask(lite, s, &newest);
	}
	sqlite3_close(lite);
}

static void every_text_is_found_by_its_own_words(void **state)
{
	(void)state;
	sqlite3 *lite = index_open();
	auto_arena mem;
	arena_init(&mem, MEM);
	char text[400];
	dice_state = 99;
	for (int64_t i = 1; i <= 1000; i++) {
		struct str s = { text, hostile(text, sizeof text) }, words;
		int64_t newest = 0;
		put(lite, i, s);
		if (search_query_lite(s, &mem, &words) > 0) {
			assert_true(ask(lite, s, &newest) > 0);
			assert_int_equal(newest, i);
		}
		arena_done(&mem);
	}
	sqlite3_close(lite);
}

/* Where a long text is cut into pieces for folding does not show. */
static void pieces_do_not_show(void **state)
{
	(void)state;
	char text[2000];
	auto_arena mem;
	arena_init(&mem, MEM);
	for (size_t shift = 0; shift < 300; shift++) {
		struct str *token;
		size_t n;
		memset(text, ' ', sizeof text);
		memcpy(text + shift, "e\xcc\x81lan水e\xcc\x81资", 15);
		assert_int_equal(
			search_tokens((struct str){ text, sizeof text }, &mem, &token, &n), 0);
		assert_int_equal(n, 4);
		assert_str(token[0], "e");
		assert_str(token[1], "elan");
		assert_str(token[2], "水");
		assert_str(token[3], "资");
		arena_done(&mem);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_found_however_they_are_spelt),
		cmocka_unit_test(other_words_are_not_found),
		cmocka_unit_test(tokens_are_different_and_sorted),
		cmocka_unit_test(questions_are_written_for_both),
		cmocka_unit_test(long_words_and_questions_are_cut),
		cmocka_unit_test(an_item_changes_and_goes),
		cmocka_unit_test(no_question_is_an_error),
		cmocka_unit_test(every_text_is_found_by_its_own_words),
		cmocka_unit_test(pieces_do_not_show),
	};
	return cmocka_run_group_tests_name("search", tests, NULL, NULL);
}
