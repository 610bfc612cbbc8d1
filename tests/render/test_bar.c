#include "render/bar.h"
#include "tests/render/page.h"

static void shares_add_up(void **state)
{
	(void)state;
	uint64_t seed = 7;
	for (int round = 0; round < 20000; round++) {
		int64_t n[4], sum = 0;
		int share[4], total = 0;
		for (int i = 0; i < 4; i++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			n[i] = (int64_t)(seed >> 33) % (round % 7 == 0 ? 3 : 1000);
			sum += n[i];
		}
		bar_shares(n, 4, share);
		for (int i = 0; i < 4; i++) {
			total += share[i];
			assert_true(sum == 0 ||
				(share[i] * sum - 100 * n[i] < sum &&
					100 * n[i] - share[i] * sum < sum));
		}
		assert_int_equal(total, sum ? 100 : 0);
	}
}

static void thirds_are_shared_out(void **state)
{
	(void)state;
	int share[3];
	bar_shares((int64_t[]){ 1, 1, 1 }, 3, share);
	assert_int_equal(share[0], 34);
	assert_int_equal(share[1], 33);
	bar_shares((int64_t[]){ -4, 0, INT64_MAX }, 3, share);
	assert_int_equal(share[0], 0);
	assert_int_equal(share[2], 100);
}

static void a_bar_shows_what_there_is(void **state)
{
	struct page *p = *state;
	struct bar b = { .label = STR("6 \"yes\", 3 no"),
		.part = { { "b-y", 6 }, { "b-0", 0 }, { "b-n", 3 } },
		.n_part = 3,
		.is_big = true };
	bar_html(&p->w, &b);
	assert_str(buf_view(&p->w.out),
		"<div class=\"bar big\" role=\"img\" aria-label=\"6 &#34;yes&#34;, 3 no\">"
		"<span class=\"b-y p67\"></span><span class=\"b-n p33\"></span></div>");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shares_add_up),
		cmocka_unit_test(thirds_are_shared_out),
		cmocka_unit_test_setup_teardown(a_bar_shows_what_there_is, page_begin, page_end),
	};
	return cmocka_run_group_tests_name("bar", tests, NULL, NULL);
}
