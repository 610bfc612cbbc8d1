#include "i18n/i18n.h"
#include "po/messages.h"
#include "tests/test.h"

static void every_message_has_a_text(void **state)
{
	(void)state;
	for (enum lang_id id = 0; id < LANG_COUNT; id++)
		for (int m = MSG_NONE + 1; m < MSG_COUNT; m++)
			for (int64_t n = 0; n < 120; n++)
				assert_true(msg_text(lang_of(id), m, n).n > 0);
}

static void texts_are_those_of_the_catalogue(void **state)
{
	(void)state;
	assert_str(msg_text(lang_of(LANG_EN), MSG_site_button_save, 0), "Save");
	assert_str(msg_text(lang_of(LANG_AR), MSG_site_button_save, 0), "حفظ");
	assert_str(msg_text(lang_of(LANG_ES), MSG_site_word_yes, 0), "Sí");
}

static void opened_again_they_are_the_same(void **state)
{
	(void)state;
	assert_int_equal(msg_open(), 0);
	assert_int_equal(msg_open(), 0);
	assert_str(msg_text(lang_of(LANG_RU), MSG_site_word_yes, 0), "Да");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_message_has_a_text),
		cmocka_unit_test(texts_are_those_of_the_catalogue),
		cmocka_unit_test(opened_again_they_are_the_same),
	};
	return cmocka_run_group_tests_name("msg", tests, NULL, NULL);
}
