#include "participate/decide.h"
#include "participate/moderate.h"
#include "participate/moderate_twin.h"
#include "participate/translate.h"
#include "po/messages.h"
#include "store/search.h"
#include "tests/test.h"

/* What a moderator may do with words in each state, written down by hand. */
static void test_what_may_follow(void **state)
{
	static const struct {
		enum item_status status;
		bool may[VERDICTS]; /* none, ok, back, hide, merge, move, keep */
	} row[] = {
		{ ITEM_WAITING, { 0, 1, 1, 1, 1, 1, 0 } },
		{ ITEM_PUBLISHED, { 0, 0, 1, 1, 1, 1, 1 } },
		{ ITEM_SENT_BACK, { 0, 1, 0, 1, 1, 1, 0 } },
		{ ITEM_HIDDEN, { 0, 1, 0, 0, 0, 0, 0 } },
		{ ITEM_MERGED, { 0, 0, 0, 0, 0, 0, 0 } },
		{ ITEM_WITHDRAWN, { 0, 0, 0, 0, 0, 0, 0 } },
	};
	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct decide_item item = {
			.kind = ITEM_CONTRIBUTION, .status = row[i].status, .flags = 1
		};
		for (int v = VERDICT_NONE; v < VERDICTS; v++)
			assert_int_equal(decide_allows(&item, (enum verdict)v), row[i].may[v]);
	}
}

static void test_kinds_and_flags(void **state)
{
	struct decide_item reply = { .kind = ITEM_REPLY, .status = ITEM_WAITING };
	struct decide_item statement = { .kind = ITEM_STATEMENT, .status = ITEM_PUBLISHED };
	(void)state;
	assert_false(decide_allows(&reply, VERDICT_MERGE));
	assert_false(decide_allows(&reply, VERDICT_MOVE));
	assert_true(decide_allows(&statement, VERDICT_MERGE));
	assert_false(decide_allows(&statement, VERDICT_MOVE));
	assert_false(decide_allows(&statement, VERDICT_KEEP)); /* nobody flagged it */
}

static int likeness(const char *a, const char *b)
{
	auto_arena mem;
	arena_init(&mem, 1 << 20);
	struct twin_words wa, wb;
	assert_return_code(search_tokens(str_c(a), &mem, &wa.word, &wa.n), 0);
	assert_return_code(search_tokens(str_c(b), &mem, &wb.word, &wb.n), 0);
	return twin_likeness(&wa, &wb);
}

static void test_likeness(void **state)
{
	(void)state;
	assert_int_equal(likeness("Answer all letters", "LETTERS all, answer!"), 100);
	assert_int_equal(likeness("Answer all letters", "Plant more trees"), 0);
	assert_int_equal(likeness("", ""), 0);
	assert_int_equal(likeness("Answer", "Answer"), 0); /* one word is chance */
	assert_int_equal(likeness("a b c d", "a b x y"), 50);
	assert_true(likeness("每个办公室都应回信", "每个办公室都应该回信") > 70);
}

static void test_ages(void **state)
{
	(void)state;
	assert_int_equal(age_of(1000, 2000).msg, MSG_moderate_age_now); /* a clock that went back */
	assert_int_equal(age_of(3599, 0).msg, MSG_moderate_age_now);
	assert_int_equal(age_of(3600, 0).n, 1);
	assert_int_equal(age_of(2 * DAY - 1, 0).n, 47);
	assert_int_equal(age_of(2 * DAY, 0).msg, MSG_moderate_age_days);
	assert_int_equal(age_of(2 * DAY, 0).n, 2);
	assert_int_equal(span_of(7200, 0).msg, MSG_moderate_span_hours);
	assert_int_equal(span_of(0, 0).msg, MSG_moderate_span_short);
}

static void test_languages(void **state)
{
	(void)state;
	for (int i = 0; i < TRANSLATE_LANGS; i++) {
		const struct lang *l = lang_of((enum lang_id)(i % LANG_COUNT));
		assert_int_equal(translate_code_at(str_c(translate_codes[i])), i);
		assert_true(str_starts(str_c(translate_codes[i]), l->code.p));
		assert_int_equal(
			translate_is_easy(i), str_ends(str_c(translate_codes[i]), "-easy"));
		assert_true(str_eq(translate_tag(i), l->tag));
	}
	assert_int_equal(translate_code_at(STR("de")), -1);
	assert_int_equal(translate_tag(-1).n, 0);
}

int main(void)
{
	const struct CMUnitTest all[] = {
		cmocka_unit_test(test_what_may_follow),
		cmocka_unit_test(test_kinds_and_flags),
		cmocka_unit_test(test_likeness),
		cmocka_unit_test(test_ages),
		cmocka_unit_test(test_languages),
	};
	return cmocka_run_group_tests_name("decide", all, NULL, NULL);
}
