#include "tests/crypto/tests.h"

int main(void)
{
	struct CMUnitTest all[64];
	size_t n = 0;
	for (size_t i = 0; i < n_crypto_tests; i++)
		all[n++] = crypto_tests[i];
	for (size_t i = 0; i < n_code_tests; i++)
		all[n++] = code_tests[i];
	for (size_t i = 0; i < n_sealed_tests; i++)
		all[n++] = sealed_tests[i];
	for (size_t i = 0; i < n_totp_tests; i++)
		all[n++] = totp_tests[i];
	return _cmocka_run_group_tests("crypto", all, n, NULL, NULL);
}
