#include "crypto/totp.h"
#include "tests/crypto/tests.h"

/* The secret and the values of RFC 6238, appendix B (SHA-1, last six digits). */
static const char rfc[] = "12345678901234567890";

static void the_rfc_agrees(void **state)
{
	(void)state;
	static const struct {
		int64_t now;
		const char *digits;
	} row[] = { { 59, "287082" }, { 1111111109, "081804" }, { 1111111111, "050471" },
		{ 1234567890, "005924" }, { 2000000000, "279037" }, { 20000000000, "353130" } };
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		int64_t step = -1;
		assert_true(totp_check(rfc, 20, row[i].now, -1, str_c(row[i].digits), &step));
		assert_int_equal(step, row[i].now / TOTP_STEP);
	}
}

static void a_neighbour_counts_and_a_replay_does_not(void **state)
{
	(void)state;
	struct str digits = STR("050471"); /* of 1111111111 */
	int64_t step = 0;
	assert_true(totp_check(rfc, 20, 1111111111 + 30, -1, digits, &step));
	assert_true(totp_check(rfc, 20, 1111111111 - 30, -1, digits, &step));
	assert_int_equal(step, 1111111111 / 30);
	assert_false(totp_check(rfc, 20, 1111111111 + 61, -1, digits, &step));
	assert_false(totp_check(rfc, 20, 1111111111 - 61, -1, digits, &step));
	assert_false(totp_check(rfc, 20, 1111111111, step, digits, &step));
	assert_true(totp_check(rfc, 20, 1111111111, step - 1, digits, &step));
}

static void digits_of_any_script_and_nothing_else(void **state)
{
	(void)state;
	int64_t step = 0;
	assert_true(totp_check(rfc, 20, 59, -1, STR(" 287 082 "), &step));
	assert_true(totp_check(
		rfc, 20, 59, -1, STR("\xd9\xa2\xd9\xa8\xd9\xa7\xd9\xa0\xd9\xa8\xd9\xa2"), &step));
	static const char *const bad[] = { "", "28708", "2870820", "28708a", "287082\xff" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(totp_check(rfc, 20, 59, -1, str_c(bad[i]), &step));
	assert_false(totp_check(rfc, 20, -1, -1, STR("287082"), &step));
}

static void the_app_is_told_the_same_secret(void **state)
{
	(void)state;
	auto_buf out;
	buf_init(&out, 4096);
	totp_uri((const uint8_t *)rfc, STR("House & Co"), STR("ana:1"), &out);
	assert_str(buf_view(&out),
		"otpauth://totp/House%20%26%20Co:ana%3A1?secret="
		"GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=House%20%26%20Co");
}

static void a_qr_code_has_its_three_eyes(void **state)
{
	(void)state;
	auto_buf out;
	buf_init(&out, 32768);
	int side = 0;
	assert_int_equal(qr_path(STR("otpauth://totp/x"), &out, &side), 0);
	assert_true(side >= 21 && (side - 17) % 4 == 0);
	assert_true(str_starts(buf_view(&out), "M0 0h7v1h-7z"));
	char eye[32];
	snprintf(eye, sizeof eye, "M%d 0h7v1h-7z", side - 7);
	assert_non_null(memmem(out.p, out.n, eye, strlen(eye)));
	snprintf(eye, sizeof eye, "M0 %dh7v1h-7z", side - 1);
	assert_non_null(memmem(out.p, out.n, eye, strlen(eye)));
	static char long_text[1025];
	assert_int_equal(qr_path((struct str){ long_text, 1025 }, &out, &side), ERR_LIMIT);
	auto_buf small;
	buf_init(&small, 64);
	assert_int_equal(qr_path(STR("x"), &small, &side), ERR_LIMIT);
}

static void recovery_codes_come_back(void **state)
{
	(void)state;
	struct secret key = { { 7 } };
	uint8_t a[HASH_BYTES], b[HASH_BYTES];
	struct recovery code, back;
	recovery_make(&code);
	assert_int_equal(strlen(code.z), RECOVERY_CHARS);
	assert_int_equal(recovery_parse(str_c(code.z), &back), 0);
	assert_string_equal(code.z, back.z);
	assert_int_equal(recovery_parse(STR("ABCDE 1234"), &back), ERR_INPUT);
	recovery_hash(&key, 1, &code, a);
	recovery_hash(&key, 2, &code, b);
	assert_memory_not_equal(a, b, sizeof a);
}

const struct CMUnitTest totp_tests[] = {
	cmocka_unit_test(the_rfc_agrees),
	cmocka_unit_test(a_neighbour_counts_and_a_replay_does_not),
	cmocka_unit_test(digits_of_any_script_and_nothing_else),
	cmocka_unit_test(the_app_is_told_the_same_secret),
	cmocka_unit_test(a_qr_code_has_its_three_eyes),
	cmocka_unit_test(recovery_codes_come_back),
};
const size_t n_totp_tests = sizeof totp_tests / sizeof *totp_tests;
