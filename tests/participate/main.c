#include "tests/participate/talk.h"

static size_t add(struct CMUnitTest *all, size_t n, const struct CMUnitTest *more, size_t n_more)
{
	for (size_t i = 0; i < n_more; i++)
		all[n++] = more[i];
	return n;
}

int main(void)
{
	struct CMUnitTest all[64];
	size_t n = add(all, 0, hide_tests, n_hide_tests);
	n = add(all, n, region_tests, n_region_tests);
	n = add(all, n, draw_tests, n_draw_tests);
	n = add(all, n, figures_tests, n_figures_tests);
	n = add(all, n, board_tests, n_board_tests);
	return _cmocka_run_group_tests("participate", all, n, NULL, NULL);
}
