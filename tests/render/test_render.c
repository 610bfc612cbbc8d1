#include "tests/render/tests.h"

int main(void)
{
	struct CMUnitTest all[32];
	size_t n = 0;
	for (size_t i = 0; i < n_html_tests; i++)
		all[n++] = html_tests[i];
	for (size_t i = 0; i < n_markdown_tests; i++)
		all[n++] = markdown_tests[i];
	return _cmocka_run_group_tests("render", all, n, NULL, NULL);
}
