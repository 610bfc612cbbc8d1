/* Messages in HTML: values are escaped and isolated, numbers and links are set. */
#include "po/messages.h"
#include "render/html.h"
#include "tests/test.h"
#include <sys/wait.h>
#include <unistd.h>

static struct arena mem;

static int setup(void **state)
{
	(void)state;
	arena_init(&mem, 1 << 20);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_done(&mem);
	return 0;
}

typedef void (*writer)(struct html *w, int m, const struct msg_arg *arg, size_t n);

static struct str written(writer write, enum lang_id id, int m, const struct msg_arg *arg, size_t n)
{
	struct html w = { .mem = &mem, .lang = lang_of(id) };
	buf_init(&w.out, 1 << 16);
	write(&w, m, arg, n);
	struct str s = arena_copy(&mem, buf_view(&w.out));
	buf_done(&w.out);
	return s;
}

static void a_value_is_escaped_and_isolated(void **state)
{
	const struct msg_arg hostile = msg_arg_c("title", "<b>\"{count}\" & {link}</b>");
	const struct msg_arg latin = msg_arg_c("title", "A/HRC/24/29 (en)");
	(void)state;
	assert_str(written(html_msg, LANG_EN, MSG_site_frame_error_title, &hostile, 1),
		"Error: <bdi>&lt;b&gt;&#34;{count}&#34; &amp; {link}&lt;/b&gt;</bdi>");
	assert_str(written(html_msg, LANG_AR, MSG_site_frame_error_title, &latin, 1),
		"خطأ: <bdi>A/HRC/24/29 (en)</bdi>");
	assert_str(written(html_msg_attr, LANG_AR, MSG_site_frame_error_title, &latin, 1),
		"خطأ: \xe2\x81\xa8"
		"A/HRC/24/29 (en)"
		"\xe2\x81\xa9");
}

static struct str said(enum lang_id id, const char *title)
{
	const struct msg_arg arg = msg_arg_c("title", title);
	return msg_plain(&mem, lang_of(id), MSG_site_frame_error_title, &arg, 1);
}

/* Marks of direction only where they change something; and a value begins no line of its own. */
static void plain_text_is_not_html(void **state)
{
	(void)state;
	assert_str(said(LANG_EN, "<b> & \"c\""), "Error: <b> & \"c\"");
	assert_str(said(LANG_EN, "a\r\nBcc: b\x7f"), "Error: a  Bcc: b ");
	assert_str(said(LANG_AR, "A/HRC/24/29 (en)"),
		"خطأ: \xe2\x81\xa8"
		"A/HRC/24/29 (en)"
		"\xe2\x81\xa9");
	assert_str(said(LANG_EN, "مرحبا"), "Error: \xe2\x81\xa8مرحبا\xe2\x81\xa9");
}

static void the_count_chooses_the_form_and_is_grouped(void **state)
{
	struct msg_arg count = msg_arg_i64("count", 0);
	static const struct {
		enum lang_id lang;
		int64_t n;
		const char *want;
	} cases[] = {
		{ LANG_AR, 1, "النص أطول من اللازم. حرف واحد على الأكثر." },
		{ LANG_AR, 3, "النص أطول من اللازم. 3 أحرف على الأكثر." },
		{ LANG_RU, 21, "Слишком длинно. Поместится не больше 21 знака." },
		{ LANG_RU, 1280,
			"Слишком длинно. Поместится не больше 1\xc2\xa0"
			"280 знаков." },
		{ LANG_ES, 1000000, "Demasiado largo. Como máximo 1.000.000 de letras." },
		{ LANG_EN, 1, "Too long. At most 1 letter fits." },
	};
	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		count.n = cases[i].n;
		assert_str(written(html_msg, cases[i].lang, MSG_site_fault_too_long, &count, 1),
			cases[i].want);
	}
}

static void a_day_and_a_moment_are_words(void **state)
{
	const struct msg_arg day = msg_arg_day("title", (struct day){ 1583280000 });
	const struct msg_arg moment = msg_arg_moment("title", (struct moment){ 1583280000 });
	(void)state;
	assert_str(written(html_msg, LANG_AR, MSG_site_frame_error_title, &day, 1),
		"خطأ: 4 آذار/مارس 2020");
	assert_str(written(html_msg, LANG_EN, MSG_site_frame_error_title, &moment, 1),
		"Error: 4 March 2020, 00:00 UTC");
}

/* must() ends the process: it is seen from outside. */
static bool dies(writer write, int m, const struct msg_arg *arg, size_t n)
{
	int status = 0;
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		if (!freopen("/dev/null", "w", stderr))
			_exit(3);
		written(write, LANG_EN, m, arg, n);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFSIGNALED(status) || (WIFEXITED(status) && WEXITSTATUS(status) > 3);
}

static void a_link_opens_and_closes(void **state)
{
	struct url url;
	(void)state;
	assert_int_equal(url_local(STR("/c/a?b=1&c='2"), &url), 0);
	const struct msg_arg link = msg_arg_url("link", url);
	struct str got = written(html_msg, LANG_ZH, MSG_site_error_404_list, &link, 1);
	assert_true(str_starts(
		got, "您要找的内容可能在<a href=\"/c/a?b=1&amp;c=&#39;2\">征求意见列表</a>中。"));
	assert_true(dies(html_msg_attr, MSG_site_error_404_list, &link, 1));
}

static void wrong_arguments_stop_the_process(void **state)
{
	const struct msg_arg two[] = { msg_arg_c("title", "x"), msg_arg_c("other", "y") };
	const struct msg_arg wrong = msg_arg_c("name", "x");
	const struct msg_arg link = { .name = "title", .kind = ARG_URL, .s = STR("/x") };
	const int m = MSG_site_frame_error_title;
	(void)state;
	assert_false(dies(html_msg, m, two, 1));
	assert_true(dies(html_msg, m, NULL, 0));
	assert_true(dies(html_msg, m, two, 2));
	assert_true(dies(html_msg, m, &wrong, 1));
	assert_true(dies(html_msg, m, &link, 1));
	assert_true(dies(html_msg_attr, m, &link, 1));
	assert_true(dies(html_msg, MSG_NONE, NULL, 0));
	assert_true(dies(html_msg, MSG_COUNT, NULL, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_value_is_escaped_and_isolated),
		cmocka_unit_test(plain_text_is_not_html),
		cmocka_unit_test(the_count_chooses_the_form_and_is_grouped),
		cmocka_unit_test(a_day_and_a_moment_are_words),
		cmocka_unit_test(a_link_opens_and_closes),
		cmocka_unit_test(wrong_arguments_stop_the_process),
	};
	return cmocka_run_group_tests_name("msg", tests, setup, teardown);
}
