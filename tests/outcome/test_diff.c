#include "base/buf.h"
#include "outcome/diff.h"
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

/* "a [-b-]{+c+} d" */
static struct str drawn(enum lang_id lang, const char *was, const char *is)
{
	struct diff d;
	auto_buf out;
	buf_init(&out, 1 << 20);
	assert_int_equal(diff_words(lang_of(lang), &mem, str_c(was), str_c(is), &d), 0);
	for (size_t i = 0; i < d.n; i++)
		buf_f(&out,
			d.piece[i].kind == DIFF_SAME          ? "%.*s"
				: d.piece[i].kind == DIFF_OUT ? "[-%.*s-]"
							      : "{+%.*s+}",
			STR_ARG(d.piece[i].text));
	return arena_copy(&mem, buf_view(&out));
}

static void words_are_put_in_and_taken_out(void **state)
{
	(void)state;
	assert_str(drawn(LANG_EN, "Only the minister may close.", "Only a court may close."),
		"Only [-the-]{+a+} [-minister-]{+court+} may close.");
	assert_str(drawn(LANG_EN, "at least fourteen days", "at least sixty days"),
		"at least [-fourteen-]{+sixty+} days");
	assert_str(drawn(LANG_EN, "", "new"), "{+new+}");
	assert_str(drawn(LANG_EN, "old", ""), "[-old-]");
	assert_str(drawn(LANG_EN, "", ""), "");
	assert_str(drawn(LANG_EN, "the same", "the same"), "the same");
}

static void chinese_is_cut_by_words_too(void **state)
{
	(void)state;
	assert_str(drawn(LANG_ZH, "只有部长可以解散团体", "只有法院可以解散团体"),
		"只有[-部长-]{+法院+}可以解散团体");
}

static void both_wordings_can_be_read_back(void **state)
{
	static const char letters[] = "ab c\nd.";
	char was[64], is[64];
	struct diff d;
	unsigned seed = 1;
	(void)state;
	for (int turn = 0; turn < 2000; turn++) {
		for (int i = 0; i < 2; i++) {
			char *text = i ? is : was;
			size_t n = (seed = seed * 1103515245 + 12345) >> 16 & 31;
			for (size_t k = 0; k < n; k++)
				text[k] = letters[(seed = seed * 1103515245 + 12345) >> 16 & 6];
			text[n] = 0;
		}
		auto_buf old, new;
		buf_init(&old, 256);
		buf_init(&new, 256);
		assert_int_equal(diff_words(lang_of(LANG_EN), &mem, str_c(was), str_c(is), &d), 0);
		for (size_t i = 0; i < d.n; i++) {
			if (d.piece[i].kind != DIFF_IN)
				buf_str(&old, d.piece[i].text);
			if (d.piece[i].kind != DIFF_OUT)
				buf_str(&new, d.piece[i].text);
		}
		assert_str(buf_view(&old), was);
		assert_str(buf_view(&new), is);
		arena_done(&mem);
		arena_init(&mem, 64 << 20);
	}
}

static void what_is_too_long_is_wholly_replaced(void **state)
{
	auto_buf a, b;
	struct diff d;
	(void)state;
	buf_init(&a, 1 << 20);
	buf_init(&b, 1 << 20);
	for (int i = 0; i < 3000; i++) {
		buf_f(&a, "a%d ", i);
		buf_f(&b, "b%d ", i);
	}
	assert_int_equal(diff_words(lang_of(LANG_EN), &mem, buf_view(&a), buf_view(&b), &d), 0);
	assert_int_equal(d.changes, 1);
}

static void likeness_is_a_share(void **state)
{
	const struct lang *en = lang_of(LANG_EN);
	(void)state;
	assert_int_equal(diff_alike(en, &mem, STR("a b"), STR("a b")), 100);
	assert_int_equal(diff_alike(en, &mem, STR("abc"), STR("xyz")), 0);
	assert_int_equal(diff_alike(en, &mem, STR(""), STR("")), 100);
	assert_true(diff_alike(en, &mem, STR("one two three"), STR("one two four")) > 50);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_put_in_and_taken_out),
		cmocka_unit_test(chinese_is_cut_by_words_too),
		cmocka_unit_test(both_wordings_can_be_read_back),
		cmocka_unit_test(what_is_too_long_is_wholly_replaced),
		cmocka_unit_test(likeness_is_a_share),
	};
	return cmocka_run_group_tests_name("diff", tests, setup, teardown);
}
