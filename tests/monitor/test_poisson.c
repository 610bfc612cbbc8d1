/* The tail of the Poisson distribution, against values that are known exactly. */
#include "monitor/poisson.h"
#include "tests/test.h"
#include <math.h>

static void expect(double mean, int64_t n, double wanted)
{
	double is = poisson_tail(mean, n);
	if (fabs(is - wanted) > fabs(wanted) * 1e-10)
		fail_msg("P(X >= %lld | %g) is %.17g instead of %.17g", (long long)n, mean, is,
			wanted);
}

/* Written out: e^-m times a polynomial that has few terms. */
static void small_numbers_are_exact(void **state)
{
	(void)state;
	expect(2, 0, 1);
	expect(0, 0, 1);
	expect(0, 1, 0);
	expect(2, 1, 1 - exp(-2.0));
	expect(2, 2, 1 - 3 * exp(-2.0));
	expect(2, 3, 1 - 5 * exp(-2.0));
	expect(1, 4, 1 - 8.0 / 3 * exp(-1.0));
	expect(3, 3, 1 - 8.5 * exp(-3.0));
	expect(log(2.0), 1, 0.5);
}

/* sums of e^-3 3^i/i! and e^-10 10^i/i! with 40 digits (Python's decimal). */
static void far_tails_keep_their_digits(void **state)
{
	(void)state;
	expect(3, 9, 3.80299206167595700642e-3);
	expect(3, 12, 7.13866289742066048688e-5);
	expect(0.5, 4, 1.75162255629082365208e-3);
	expect(10, 20, 3.45434197585680768217e-3);
	expect(10, 30, 2.50995120152790782336e-7);
	expect(10, 5, 9.70747311923038927327e-1);
	expect(100, 150, 1.88421046603867001353e-6);
	expect(100, 60, 9.99993658496572631229e-1);
	expect(1000, 1100, 9.62630405866557160942e-4);
}

/* P(X >= n) - P(X >= n + 1) is the chance of n itself. */
static void steps_are_the_single_chances(void **state)
{
	(void)state;
	for (double mean = 0.25; mean < 200; mean *= 1.7)
		for (int64_t n = 0; n < 300; n += 7) {
			double one = exp((double)n * log(mean) - mean - lgamma((double)n + 1));
			double step = poisson_tail(mean, n) - poisson_tail(mean, n + 1);
			assert_true(fabs(step - one) < 1e-13);
			assert_true(poisson_tail(mean, n) >= poisson_tail(mean, n + 1));
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(small_numbers_are_exact),
		cmocka_unit_test(far_tails_keep_their_digits),
		cmocka_unit_test(steps_are_the_single_chances),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
