/* A document goes to another process and comes back the same; what is none is refused. */
#include "render/pdf.h"
#include "tests/test.h"
#include <string.h>

static void test_round(void **state)
{
	const struct pdf_block block[] = {
		{ .role = PDF_TITLE,
			.text = STR("Zusammenfassung \"x\"\n\xd8\xb3"),
			.lang = STR("de") },
		{ .role = PDF_CARD,
			.tone = TONE_DANGER,
			.text = STR(""),
			.lang = STR("ar"),
			.url = STR("https://a.example/ar/c/x/asks/1.1"),
			.mark = STR("1"),
			.n = { 1, 0, INT64_MAX, 4, 5 } },
	};
	const struct pdf d = { .title = STR("T"),
		.author = STR("A"),
		.lang = STR("ar"),
		.page_of = STR("{page}/{pages}"),
		.is_rtl = true,
		.block = block,
		.n_block = 2 };
	struct pdf back;
	auto_buf once, twice;
	auto_arena mem;
	(void)state;
	buf_init(&once, 1 << 20);
	buf_init(&twice, 1 << 20);
	arena_init(&mem, 1 << 20);
	assert_int_equal(pdf_to_json(&d, &once), 0);
	assert_int_equal(pdf_from_json(&mem, buf_view(&once), &back), 0);
	assert_int_equal(back.n_block, 2);
	assert_true(back.is_rtl);
	assert_true(str_eq(back.block[1].url, block[1].url));
	assert_int_equal(back.block[1].n[2], INT64_MAX);
	assert_int_equal(pdf_to_json(&back, &twice), 0);
	assert_true(str_eq(buf_view(&once), buf_view(&twice)));
}

#define HEAD \
	"{\"title\":\"T\",\"author\":\"\",\"lang\":\"en\",\"page_of\":\"\",\"sample\":\"\",\"is_rtl\":false,"

static void test_refused(void **state)
{
	static const char *const bad[] = { "", "null", "[]", "{}",
		"{\"title\":", HEAD "\"blocks\":", HEAD "\"blocks\":[1]}", HEAD "\"blocks\":[[]]}",
		HEAD "\"blocks\":[[-1,0,\"\",\"\",\"\",\"\",[]]]}",
		HEAD "\"blocks\":[[99,0,\"\",\"\",\"\",\"\",[]]]}",
		HEAD "\"blocks\":[[0,99,\"\",\"\",\"\",\"\",[]]]}",
		HEAD "\"blocks\":[[0,0,\"\",\"\",\"\",\"\",[],1]]}" };
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct pdf d = { .n_block = 77 };
		auto_arena mem;
		arena_init(&mem, 1 << 20);
		assert_int_equal(pdf_from_json(&mem, str_c(bad[i]), &d), ERR_INPUT);
		assert_int_equal(d.n_block, 77); /* untouched on failure */
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round),
		cmocka_unit_test(test_refused),
	};
	return cmocka_run_group_tests_name("pdf", tests, NULL, NULL);
}
