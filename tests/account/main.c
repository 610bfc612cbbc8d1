#include "tests/account/world.h"

static size_t add(struct CMUnitTest *all, size_t n, const struct CMUnitTest *more, size_t n_more)
{
	for (size_t i = 0; i < n_more; i++)
		all[n++] = more[i];
	return n;
}

int main(void)
{
	struct CMUnitTest all[64];
	size_t n = add(all, 0, account_tests, n_account_tests);
	n = add(all, n, audit_tests, n_audit_tests);
	n = add(all, n, sessions_tests, n_sessions_tests);
	n = add(all, n, who_tests, n_who_tests);
	n = add(all, n, pages_tests, n_pages_tests);
	n = add(all, n, counts_tests, n_counts_tests);
	return _cmocka_run_group_tests("account", all, n, NULL, NULL);
}
