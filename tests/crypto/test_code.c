#include "crypto/code.h"
#include "tests/crypto/tests.h"

static void a_code_survives_every_way_of_typing(void **state)
{
	(void)state;
	static const char *const same[] = { "01ABCDEFGHJKMNPQRSTV", "01ab cdef ghjk mnpq rstv",
		" 0l-ABCD-EFGH-JKMN-PQRS-TV ", "OI A B C D E F G H J K M N P Q R S T V",
		"oLaBcDeFgHjKmNpQrStV\r\n",
		/* Arabic-Indic, Persian, Devanagari and full-width digits and letters */
		"\xd9\xa0\xd9\xa1"
		"ABCDEFGHJKMNPQRSTV",
		"\xdb\xb0\xdb\xb1"
		"ABCDEFGHJKMNPQRSTV",
		"\xe0\xa5\xa6\xe0\xa5\xa7"
		"ABCDEFGHJKMNPQRSTV",
		"\xef\xbc\x90\xef\xbc\x91\xef\xbc\xa1\xef\xbd\x82"
		"CDEFGHJKMNPQRSTV",
		/* en dash, ideographic space, no-break space, left-to-right mark */
		"01\xe2\x80\x93"
		"AB\xe3\x80\x80"
		"CDEF\xc2\xa0"
		"GHJK\xe2\x80\x8e"
		"MNPQRSTV",
		/* Cyrillic A and small es, as a Russian keyboard writes them */
		"01\xd0\x90"
		"B\xd1\x81"
		"DEFGHJKMNPQRSTV" };
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		struct code code;
		assert_int_equal(code_parse(str_c(same[i]), &code), 0);
		assert_string_equal(code.z, "01ABCDEFGHJKMNPQRSTV");
	}
}

static void what_is_no_code_is_refused(void **state)
{
	(void)state;
	static const char *const bad[] = { "", "01ABCDEFGHJKMNPQRST", "01ABCDEFGHJKMNPQRSTVW",
		"U1ABCDEFGHJKMNPQRSTV", "01ABCDEFGHJKMNPQRST!", "01ABCDEFGHJKMNPQRST\xff",
		"01ABCDEFGHJKMNPQRST\xc3\x84" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct code code = { "before" };
		assert_int_equal(code_parse(str_c(bad[i]), &code), ERR_INPUT);
		assert_string_equal(code.z, "before");
	}
	struct code code;
	assert_int_equal(code_parse((struct str){ "01ABCDEFGHJKMNPQRS\0V", 20 }, &code), ERR_INPUT);
}

static void made_codes_differ_and_come_back(void **state)
{
	(void)state;
	static struct code made[500];
	for (size_t i = 0; i < 500; i++) {
		code_make(&made[i]);
		struct code_shown shown = code_show(&made[i]);
		struct code back;
		assert_int_equal(strlen(shown.z), CODE_SHOWN);
		assert_int_equal(code_parse(str_c(shown.z), &back), 0);
		assert_string_equal(back.z, made[i].z);
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(made[i].z, made[j].z);
	}
}

static void a_purpose_keeps_hashes_apart(void **state)
{
	(void)state;
	struct secret key = { { 1 } }, other = { { 2 } };
	struct code code = { "01ABCDEFGHJKMNPQRSTV" };
	uint8_t a[HASH_BYTES], b[HASH_BYTES];
	code_hash(&key, "participate", &code, a);
	code_hash(&key, "participate", &code, b);
	assert_memory_equal(a, b, sizeof a);
	code_hash(&key, "protect", &code, b);
	assert_memory_not_equal(a, b, sizeof a);
	code_hash(&other, "participate", &code, b);
	assert_memory_not_equal(a, b, sizeof a);
}

const struct CMUnitTest code_tests[] = {
	cmocka_unit_test(a_code_survives_every_way_of_typing),
	cmocka_unit_test(what_is_no_code_is_refused),
	cmocka_unit_test(made_codes_differ_and_come_back),
	cmocka_unit_test(a_purpose_keeps_hashes_apart),
};
const size_t n_code_tests = sizeof code_tests / sizeof *code_tests;
