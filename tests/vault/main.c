#include "tests/vault/tests.h"

int main(void)
{
	struct CMUnitTest all[64];
	size_t n = 0;
	for (size_t i = 0; i < n_seal_tests; i++)
		all[n++] = seal_tests[i];
	for (size_t i = 0; i < n_answer_tests; i++)
		all[n++] = answer_tests[i];
	for (size_t i = 0; i < n_vault_tests; i++)
		all[n++] = vault_tests[i];
	return _cmocka_run_group_tests("vault", all, n, NULL, NULL);
}
