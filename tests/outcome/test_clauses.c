#include "base/buf.h"
#include "outcome/clauses.h"
#include "tests/test.h"

static struct arena mem;

static int setup(void **state)
{
	(void)state;
	arena_init(&mem, 64 << 20);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_done(&mem);
	return 0;
}

static struct clauses read_it(const char *text)
{
	struct clauses c;
	assert_int_equal(clauses_read(&mem, str_c(text), &c), 0);
	return c;
}

static void a_heading_begins_a_clause(void **state)
{
	(void)state;
	struct clauses c = read_it("\n# 1. What this is for\n\nPeople.\n\n- one\n- two\n\n"
				   "### 2) Words used\nA #hash is no heading.\n## Last");
	assert_int_equal(c.fault, CLAUSES_FINE);
	assert_int_equal(c.n, 3);
	assert_str(c.clause[0].title, "What this is for");
	assert_str(c.clause[0].body, "People.\n\n- one\n- two");
	assert_str(c.clause[1].title, "Words used");
	assert_str(c.clause[1].body, "A #hash is no heading.");
	assert_int_equal(c.clause[1].line, 9);
	assert_str(c.clause[2].title, "Last");
	assert_str(c.clause[2].body, "");
}

static void numbers_that_are_words_stay(void **state)
{
	(void)state;
	struct clauses c = read_it("# 2030 goals\n# Art. 3\n# 4");
	assert_str(c.clause[0].title, "2030 goals");
	assert_str(c.clause[1].title, "Art. 3");
	assert_str(c.clause[2].title, "4");
}

static void the_first_slip_is_named_with_its_line(void **state)
{
	static const struct {
		const char *text;
		enum clauses_fault fault;
		int64_t line;
	} row[] = {
		{ "", CLAUSES_EMPTY, 1 },
		{ "no heading", CLAUSES_NO_HEADING, 1 },
		{ "\n\nbefore\n# one", CLAUSES_NO_HEADING, 3 },
		{ "# one\n#\ntext", CLAUSES_NO_TITLE, 2 },
		{ "# one\n####### seven", CLAUSES_FINE, 0 },
	};
	(void)state;
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct clauses c = read_it(row[i].text);
		assert_int_equal(c.fault, row[i].fault);
		assert_int_equal(c.line, row[i].line);
	}
}

static void more_than_the_most_are_too_many(void **state)
{
	auto_buf b;
	struct clauses c;
	(void)state;
	buf_init(&b, 1 << 20);
	for (int i = 0; i <= CLAUSES_MAX; i++)
		buf_c(&b, "# x\n");
	assert_int_equal(clauses_read(&mem, buf_view(&b), &c), 0);
	assert_int_equal(c.fault, CLAUSES_TOO_MANY);
	assert_int_equal(c.line, CLAUSES_MAX + 1);
	assert_int_equal(c.n, CLAUSES_MAX);
}

static void clauses_are_found_again(void **state)
{
	int match[4];
	(void)state;
	struct clauses was = read_it(
		"# Aim\nThis law protects groups.\n# Names\nEach group sends names.\n"
		"# Closing\nOnly the minister may close a group.");
	struct clauses is = read_it(
		"# Free groups\nNobody needs a permit to meet.\n# Aim\nOther words.\n"
		"# The end of a group\nOnly a court may close a group.\n# Aim\nTwice.");
	assert_int_equal(clauses_match(lang_of(LANG_EN), &mem, &was, &is, match), 0);
	assert_int_equal(match[0], -1);
	assert_int_equal(match[1], 0);
	assert_int_equal(match[2], 2);
	assert_int_equal(match[3], -1);
}

static void headings_may_say_what_they_continue(void **state)
{
	int match[3];
	(void)state;
	struct clauses was = read_it("# Aim\na\n# Names\nb");
	struct clauses is = read_it("# Aim [new]\nx\n# Purpose [was 1]\ny\n# Odd [was x]\nz");
	assert_str(is.clause[0].title, "Aim");
	assert_str(is.clause[1].title, "Purpose");
	assert_str(is.clause[2].title, "Odd [was x]");
	assert_int_equal(clauses_match(lang_of(LANG_EN), &mem, &was, &is, match), 0);
	assert_int_equal(match[0], -1);
	assert_int_equal(match[1], 0);
	assert_int_equal(match[2], -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_heading_begins_a_clause),
		cmocka_unit_test(numbers_that_are_words_stay),
		cmocka_unit_test(the_first_slip_is_named_with_its_line),
		cmocka_unit_test(more_than_the_most_are_too_many),
		cmocka_unit_test(clauses_are_found_again),
		cmocka_unit_test(headings_may_say_what_they_continue),
	};
	return cmocka_run_group_tests_name("clauses", tests, setup, teardown);
}
