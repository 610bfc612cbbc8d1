#include "form/form.h"
#include "po/messages.h"
#include "tests/form/tests.h"

struct answer {
	struct str name, story, code, password;
	struct opt_i64 age, day, colour;
	int64_t themes;
	bool agrees;
};

static const char *const colours[] = { "red", "green", NULL };
static const char *const themes[] = { "water", "fire", "air", NULL };
static const struct form form = { .name = "answer",
	.size = sizeof(struct answer),
	.field = {
		{ "name", FIELD_LINE, .is_required = true, .max = 5,
			.at = offsetof(struct answer, name) },
		{ "story", FIELD_TEXT, .min = 3, .max = 10, .at = offsetof(struct answer, story) },
		{ "age", FIELD_INT, .min = 1, .max = 120, .at = offsetof(struct answer, age) },
		{ "day", FIELD_DATE, .at = offsetof(struct answer, day) },
		{ "agrees", FIELD_BOOL, .at = offsetof(struct answer, agrees) },
		{ "colour", FIELD_CHOICE, .choices = colours,
			.at = offsetof(struct answer, colour) },
		{ "theme", FIELD_SET, .choices = themes, .at = offsetof(struct answer, themes) },
		{ "code", FIELD_CODE, .at = offsetof(struct answer, code) },
		{ "password", FIELD_SECRET, .at = offsetof(struct answer, password) },
	} };

static int read_pairs(
	struct arena *mem, const struct http_pair *pairs, size_t n, struct form_result *ret)
{
	arena_init(mem, 1 << 20);
	return form_read(&form, pairs, n, mem, ret);
}

static int read_one(struct arena *mem, struct str name, struct str value, struct form_result *ret)
{
	const struct http_pair pairs[] = { { STR("name"), STR("Ana") }, { name, value } };
	size_t from = str_is(name, "name") ? 1 : 0;
	return read_pairs(mem, pairs + from, 2 - from, ret);
}

static void all_is_well(void **state)
{
	(void)state;
	static const struct http_pair pairs[] = { { STR("name"), STR(" Ana ") },
		{ STR("story"), STR("one\r\ntwo") }, { STR("age"), STR("\xd9\xa4\xd9\xa2") },
		{ STR("day"), STR("1970-01-02") }, { STR("agrees"), STR("1") },
		{ STR("colour"), STR("green") }, { STR("theme"), STR("air") },
		{ STR("theme"), STR("water") }, { STR("unknown"), STR("\xff") },
		{ STR("code"), STR("o1ab cdef ghjk mnpq rstv") },
		{ STR("password"), STR(" pass ") } };
	auto_arena mem;
	struct form_result r;
	assert_int_equal(read_pairs(&mem, pairs, sizeof pairs / sizeof *pairs, &r), 0);
	const struct answer *in = r.in;
	assert_str(in->name, "Ana");
	assert_str(in->story, "one\ntwo");
	assert_true(in->age.has && in->age.v == 42);
	assert_true(in->day.has && in->day.v == 86400);
	assert_true(in->agrees);
	assert_true(in->colour.has && in->colour.v == 1);
	assert_int_equal(in->themes, 5);
	assert_str(in->code, "01ABCDEFGHJKMNPQRSTV");
	assert_str(in->password, " pass ");
	assert_str(form_typed(&r, "name"), " Ana ");
	assert_null(form_typed(&r, "password").p);
	assert_null(form_typed(&r, "unknown").p);
	assert_null(form_typed(NULL, "name").p);
	assert_null(form_fault_of(&r, "name"));
	assert_null(form_fault_of(NULL, "name"));
}

static void what_is_missing_is_absent(void **state)
{
	(void)state;
	auto_arena mem;
	struct form_result r;
	assert_int_equal(read_pairs(&mem, NULL, 0, &r), 1);
	assert_int_equal(form_fault_of(&r, "name")->msg, MSG_site_fault_required);
	const struct answer *in = r.in;
	assert_false(in->age.has || in->day.has || in->colour.has || in->agrees || in->themes);
	assert_null(in->code.p);
	assert_int_equal(in->story.n, 0);
}

static void each_fault_says_how_to_mend_it(void **state)
{
	(void)state;
	static const struct {
		const char *field, *value;
		int msg;
		int64_t n;
	} row[] = { { "name", " \xe3\x80\x80\t", MSG_site_fault_required, 0 },
		{ "name", "abcdef", MSG_site_fault_too_long, 5 },
		{ "name", "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9",
			MSG_site_fault_too_long, 5 },
		{ "story", "ab", MSG_site_fault_too_short, 3 },
		{ "age", "x", MSG_site_fault_number, 0 },
		{ "age", "0", MSG_site_fault_number_low, 1 },
		{ "age", "121", MSG_site_fault_number_high, 120 },
		{ "day", "9 June", MSG_site_fault_date, 0 },
		{ "code", "01AB", MSG_site_fault_code, 0 } };
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		auto_arena mem;
		struct form_result r;
		assert_int_equal(read_one(&mem, str_c(row[i].field), str_c(row[i].value), &r), 1);
		const struct form_fault *fault = form_fault_of(&r, row[i].field);
		assert_non_null(fault);
		assert_int_equal(fault->msg, row[i].msg);
		assert_int_equal(fault->n, row[i].n);
		assert_str(form_typed(&r, row[i].field), row[i].value);
	}
}

static void limits_count_characters_not_bytes(void **state)
{
	(void)state;
	auto_arena mem;
	struct form_result r;
	/* Five letters, each sent as a letter and its accent: ten before they are composed. */
	assert_int_equal(read_one(&mem, STR("name"),
				 STR("e\xcc\x81"
				     "e\xcc\x81"
				     "e\xcc\x81"
				     "e\xcc\x81"
				     "e\xcc\x81"),
				 &r),
		0);
	assert_int_equal(((const struct answer *)r.in)->name.n, 10);
}

static void forgeries_are_refused(void **state)
{
	(void)state;
	static const struct http_pair row[] = { { STR("colour"), STR("blue") },
		{ STR("theme"), STR("earth") }, { STR("story"), STR("\xff") },
		{ STR("story"), { "a\0b", 3 } }, { STR("age"), STR("\xc0\x80") },
		{ STR("password"), STR("\xed\xa0\x80") } };
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		auto_arena mem;
		struct form_result r;
		assert_int_equal(read_one(&mem, row[i].name, row[i].value, &r), ERR_INPUT);
	}
	static const struct http_pair twice[] = { { STR("name"), STR("a") },
		{ STR("name"), STR("a") } };
	auto_arena mem;
	struct form_result r;
	assert_int_equal(read_pairs(&mem, twice, 2, &r), ERR_INPUT);
}

static void faults_of_the_module_have_a_limit(void **state)
{
	(void)state;
	struct form_result r = { 0 };
	for (int i = 0; i < FORM_FIELDS_MAX + 5; i++)
		form_fault_add(&r, "x", 1, i);
	assert_int_equal(r.n_fault, FORM_FIELDS_MAX);
	assert_int_equal(form_fault_of(&r, "x")->n, 0);
}

static void a_full_arena_is_told(void **state)
{
	(void)state;
	static const struct http_pair pair = { STR("name"), STR("e\xcc\x81") };
	int seen = 0;
	for (size_t max = 0; max < 4000; max += 16) {
		auto_arena mem;
		arena_init(&mem, max);
		struct form_result r;
		int st = form_read(&form, &pair, 1, &mem, &r);
		assert_true(st == ERR_NOMEM || st == 0);
		seen |= st == 0 ? 2 : 1;
	}
	assert_int_equal(seen, 3);
}

int main(void)
{
	struct CMUnitTest all[32] = {
		cmocka_unit_test(all_is_well),
		cmocka_unit_test(what_is_missing_is_absent),
		cmocka_unit_test(each_fault_says_how_to_mend_it),
		cmocka_unit_test(limits_count_characters_not_bytes),
		cmocka_unit_test(forgeries_are_refused),
		cmocka_unit_test(faults_of_the_module_have_a_limit),
		cmocka_unit_test(a_full_arena_is_told),
	};
	size_t n = 7;
	for (size_t i = 0; i < n_value_tests; i++)
		all[n++] = value_tests[i];
	return _cmocka_run_group_tests("form", all, n, NULL, NULL);
}
