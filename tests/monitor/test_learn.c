/* A course is read whole or refused with its line. */
#include "monitor/learn.h"
#include "tests/test.h"

static void a_course_is_read_whole(void **state)
{
	static struct learn_course c;
	(void)state;
	assert_int_equal(
		learn_read(
			STR("# Title\nIntro,\nmore.\n\n## One\n\nText\n- item\n\nEnd.\n\n? Why?\n- A\n"
			    "- B\n! Because\nof it.\n\n? And?\n! So.\n## Two\nText\n"),
			&c),
		0);
	assert_str(c.title, "Title");
	assert_str(c.intro, "Intro,\nmore.");
	assert_int_equal(c.n_lesson, 2);
	assert_str(c.lesson[0].text, "Text\n- item\n\nEnd.");
	assert_int_equal(c.lesson[0].n_question, 2);
	assert_str(c.lesson[0].question[0].words, "Why?");
	assert_int_equal(c.lesson[0].question[0].n_choice, 2);
	assert_str(c.lesson[0].question[0].answer, "Because\nof it.");
	assert_int_equal(c.lesson[0].question[1].n_choice, 0);
	assert_str(c.lesson[1].title, "Two");
	assert_int_equal(c.lesson[1].n_question, 0);
}

static void expect(const char *text, int wanted, const char *note)
{
	static struct learn_course c;
	err_forget();
	assert_int_equal(learn_read(str_c(text), &c), wanted);
	if (!strstr(err_noted(), note))
		fail_msg("\"%s\" instead of \"%s\"", err_noted(), note);
}

static void what_is_none_is_refused(void **state)
{
	(void)state;
	expect("", ERR_INPUT, "title");
	expect("# Title\n", ERR_INPUT, "lessons");
	expect("## Lesson\ntext\n", ERR_INPUT, "title");
	expect("# T\n## L\n? Q\nno choice\n", ERR_INPUT, "line 4");
	expect("# T\n## L\n? Q\n- 1\n- 2\n- 3\n- 4\n- 5\n- 6\n- 7\n", ERR_LIMIT, "choices");
	expect("# T\n## L\n? 1\n? 2\n? 3\n? 4\n? 5\n? 6\n? 7\n? 8\n? 9\n", ERR_LIMIT, "questions");
	expect("# T\n## 1\n## 2\n## 3\n## 4\n## 5\n## 6\n## 7\n## 8\n## 9\n## 10\n## 11\n## 12\n## 13\n",
		ERR_LIMIT, "lessons");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_course_is_read_whole),
		cmocka_unit_test(what_is_none_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
