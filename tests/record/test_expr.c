#include "record/expr.h"
#include "tests/test.h"

/* A record: a, when, ticked; victim with sex and age, three rows. */
static const char *const names[] = { "a", "when", "ticked", "victim", "sex", "age" };
static const char *const top[] = { "7", "2026-06-09", "store publish" };
static const char *const rows[][2] = { { "f", "20" }, { "m", "" }, { "f", "40" } };
enum { VICTIM = 3 };

static bool find(const void *ctx, struct str name, struct expr_name *ret)
{
	(void)ctx;
	for (int i = 0; i < 6; i++)
		if (str_is(name, names[i])) {
			*ret = (struct expr_name){ i, i < VICTIM ? -1 : VICTIM, i == 1 };
			return true;
		}
	return false;
}

static size_t count(const void *ctx, int repeat)
{
	(void)ctx;
	return repeat == VICTIM ? 3 : 0;
}

static struct str value(const void *ctx, int field, size_t row)
{
	(void)ctx;
	return field < VICTIM    ? str_c(top[field])
		: field > VICTIM ? str_c(rows[row][field - VICTIM - 1])
				 : STR("");
}

static bool complete(const void *ctx)
{
	(void)ctx;
	return true;
}

static const struct expr_names fields = { NULL, find };
static const struct expr_data data = { .rows = count,
	.value = value,
	.is_complete = complete,
	.now = 1780963200, /* 2026-06-09 */
	.self = { "12", 2 },
	.repeat = -1 };

static void values_are_those_of_xpath(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		int is_true;
	} cases[] = {
		{ "1 + 2 * 3 = 7", 1 },
		{ "(1 + 2) * 3 = 9", 1 },
		{ "7 mod 3 = 1 and 7 div 2 = 3.5", 1 },
		{ "-2 < -1", 1 },
		{ "${a} = 7", 1 },
		{ "/data/a > 6 and ../a < 8", 1 },
		{ ". <= 120 and string-length(.) = 2", 1 },
		{ "${when} <= today()", 1 },
		{ "${when} < '2026-06-09'", 0 },
		{ "${when} > '2025-12-31'", 1 },
		{ "selected(${ticked}, 'publish')", 1 },
		{ "selected(${ticked}, 'pub')", 0 },
		{ "count-selected(${ticked}) = 2", 1 },
		{ "count(${victim}) = 3", 1 },
		{ "count(victim[sex = 'f']) = 2", 1 },
		{ "count(victim[sex = 'f' and age > ../a + 20]) = 1", 1 },
		{ "count(${sex} | ${sex}) = 3", 1 },
		{ "${age} > 30", 1 },
		{ "${age} > 50", 0 },
		{ "'' > 0 or '' < 1 or '' = 0", 0 },
		{ "coalesce('', 'x') = 'x'", 1 },
		{ "if(true(), 'a', 'b') = 'a'", 1 },
		{ "not(false()) and true() or false()", 1 },
		{ "regex('AB12', '[A-Z]+[0-9]{2}')", 1 },
		{ "regex('AB123', '[A-Z]+[0-9]{2}')", 0 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		auto_arena mem;
		struct expr *e;
		arena_init(&mem, 1 << 20);
		if (expr_read(&mem, str_c(cases[i].text), &fields, EXPR_IN_SURVEY, &e) < 0)
			fail_msg("%s: %s", cases[i].text, err_noted());
		if (expr_true(e, &data, &mem) != cases[i].is_true)
			fail_msg("%s is not %d", cases[i].text, cases[i].is_true);
	}
}

static void what_is_not_known_is_refused_by_name(void **state)
{
	(void)state;
	static const struct {
		const char *text, *note;
	} cases[] = {
		{ "pulldata('x', 'y')", "there is no function pulldata()" },
		{ "${b} = 1", "there is no field \"b\"" },
		{ "1 +", "a value is missing at the end" },
		{ "(1", ") is missing at the end" },
		{ "1 2", "an operator is missing before \"2\"" },
		{ "'x", "a text is opened and not closed" },
		{ "selected(${a})", "selected() is given too little" },
		{ "true(1)", "true() is given too much" },
		{ "child::a", "axes and prefixes (child::a) are not known" },
		{ "victim[2]", "rows are not chosen by their number" },
		{ "a[sex = 'f']", "a filter stands once, behind the name of a repeat" },
		{ "today() - 30", "days are compared, not counted with" },
		{ "${when} + 1", "days are compared, not counted with" },
		{ "regex(., '(')", "a pattern of regex() is not one" },
		{ "regex(., ${a})", "the pattern of regex() is not written out" },
		{ "complete()", "complete() is for moves only" },
		{ "count('x')", "count() counts the rows of a repeat" },
		{ "//a", "\"//\" is not known" },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		auto_arena mem;
		struct expr *e;
		arena_init(&mem, 1 << 20);
		assert_int_equal(expr_read(&mem, str_c(cases[i].text), &fields, EXPR_IN_SURVEY, &e),
			ERR_INPUT);
		assert_str(str_c(err_noted()), cases[i].note);
	}
}

static void moves_have_words_of_their_own(void **state)
{
	(void)state;
	auto_arena mem;
	struct expr *e;
	int needs = 0;
	arena_init(&mem, 1 << 20);
	assert_int_equal(expr_read(&mem, STR("count(victim) >= 2 and two_people and note"), &fields,
				 EXPR_IN_MOVE, &e),
		0);
	assert_int_equal(expr_words(e, &needs), 0);
	assert_int_equal(needs, NEEDS_TWO_PEOPLE | NEEDS_NOTE);
	assert_int_equal(expr_true(e, &data, &mem), 1);
	assert_int_equal(expr_read(&mem, STR("complete()"), &fields, EXPR_IN_MOVE, &e), 0);
	assert_int_equal(expr_true(e, &data, &mem), 1);
	assert_int_equal(expr_read(&mem, STR("note or true()"), &fields, EXPR_IN_MOVE, &e), 0);
	assert_int_equal(expr_words(e, &needs), ERR_INPUT);
}

static void inside_a_row_its_own_values_count(void **state)
{
	(void)state;
	auto_arena mem;
	struct expr *e;
	struct expr_data inside = data;
	arena_init(&mem, 1 << 20);
	inside.repeat = VICTIM;
	inside.row = 1;
	assert_int_equal(expr_read(&mem, STR("${sex} = 'm'"), &fields, EXPR_IN_SURVEY, &e), 0);
	assert_int_equal(expr_true(e, &inside, &mem), 1);
	inside.row = 2;
	assert_int_equal(expr_true(e, &inside, &mem), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_those_of_xpath),
		cmocka_unit_test(what_is_not_known_is_refused_by_name),
		cmocka_unit_test(moves_have_words_of_their_own),
		cmocka_unit_test(inside_a_row_its_own_values_count),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
