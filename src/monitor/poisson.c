#include "monitor/poisson.h"
#include <math.h>

/* Terms from ${i} on, away from the mean, each smaller than the one before. */
static double sum_up(double mean, int64_t i)
{
	double x = (double)i, term = exp(x * log(mean) - mean - lgamma(x + 1)), sum = term;
	while (term > sum * 1e-18 && term > 0) {
		x += 1;
		term *= mean / x;
		sum += term;
	}
	return sum;
}

static double sum_down(double mean, int64_t i)
{
	double x = (double)i, term = exp(x * log(mean) - mean - lgamma(x + 1)), sum = term;
	while (x > 0 && term > sum * 1e-18) {
		term *= x / mean;
		x -= 1;
		sum += term;
	}
	return sum;
}

double poisson_tail(double mean, int64_t n)
{
	if (n <= 0)
		return 1;
	if (mean <= 0)
		return 0;
	/* The smaller side is summed, so that nothing is lost in a difference. */
	return (double)n > mean ? sum_up(mean, n) : 1 - sum_down(mean, n - 1);
}
