#include "protect/cover.h"
#include "tests/protect/tests.h"

#define ONE "AAAAAAAAAAAAAAAAAAAAAQ"
#define TWO "AAAAAAAAAAAAAAAAAAAAAg"

static struct keep_shown shown(const char *id, const char *field, const char *text)
{
	struct keep_shown s = { .field = str_c(field), .text = str_c(text) };
	memcpy(s.id_text, id, sizeof s.id_text);
	return s;
}

static void everybody_but_its_author_gets_the_copy(void **state)
{
	(void)state;
	struct keep_shown t[] = {
		shown(TWO, "answers, covered", "first=" ONE "\nmay=3 41\n\nA\n\nB"),
		shown("BBBBBBBBBBBBBBBBBBBBBB", "note", "n"), shown(ONE, "answers, first", "Amina")
	};
	assert_int_equal(cover_settle(false, t, 3), 2);
	assert_true(str_is(t[0].field, "answers"));
	assert_true(str_is(t[0].text, "A\n\nB"));
	assert_true(str_is(t[0].first, ONE));
	assert_true(t[0].is_covered && !t[0].is_broken);
	assert_true(str_is(t[1].field, "note") && !t[1].is_covered);
	assert_true(cover_may(t[0].may, 3) && cover_may(t[0].may, 41));
	assert_false(cover_may(t[0].may, 4) || cover_may(t[0].may, 1) || cover_may(STR(""), 0));
}

static void its_author_gets_it_in_its_place(void **state)
{
	(void)state;
	struct keep_shown t[] = { shown(TWO, "answers, covered", "first=" ONE "\nmay=3\n\nA"),
		shown("BBBBBBBBBBBBBBBBBBBBBB", "said by handler", "n"),
		shown(ONE, "answers, first", "Amina") };
	assert_int_equal(cover_settle(true, t, 3), 2);
	assert_true(str_is(t[0].field, "answers") && str_is(t[0].text, "Amina"));
	assert_true(t[0].is_covered);
	assert_true(str_is(t[1].text, "n"));
}

static void what_is_no_copy_is_broken_and_shows_nothing(void **state)
{
	(void)state;
	static const char *const wrong[] = { "", "Amina", "first=" ONE, "first=" ONE "\nmay=3",
		"first=" ONE "\nmay=3\n", "first=" ONE "\nmay=3\nAmina\n",
		"first=A\nmay=3\n\nAmina", "may=3\nfirst=" ONE "\n\nAmina" };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		for (int reporter = 0; reporter < 2; reporter++) {
			struct keep_shown t[] = { shown(TWO, "answers, covered", wrong[i]) };
			assert_int_equal(cover_settle(reporter, t, 1), 1);
			assert_true(t[0].is_broken || t[0].text.n == 0);
			assert_int_equal(t[0].text.n, 0);
		}
	/* Whose copy is gone: its author still has it, others nothing. */
	struct keep_shown alone[] = { shown(ONE, "answers, first", "Amina") };
	assert_int_equal(cover_settle(false, alone, 1), 0);
	struct keep_shown again[] = { shown(ONE, "answers, first", "Amina") };
	assert_int_equal(cover_settle(true, again, 1), 1);
	assert_true(str_is(again[0].text, "Amina"));
}

const struct CMUnitTest cover_tests[] = {
	cmocka_unit_test(everybody_but_its_author_gets_the_copy),
	cmocka_unit_test(its_author_gets_it_in_its_place),
	cmocka_unit_test(what_is_no_copy_is_broken_and_shows_nothing),
};
const size_t n_cover_tests = sizeof cover_tests / sizeof *cover_tests;
