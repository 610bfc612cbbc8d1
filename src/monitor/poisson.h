/* I know how surprising a number of events is, where a number was to be expected. */
#pragma once
#include <stdint.h>

/*
 * poisson_tail(mean, n): The chance that at least ${n} events happen where ${mean} are expected and
 * each happens by itself:
 *
 *   P(X >= n) = 1 - sum for i = 0 … n-1 of e^-mean * mean^i / i!
 *
 * (NIST Digital Library of Mathematical Functions, 8.4.9: the normalised incomplete gamma function
 * P(n, mean).) ${mean} is not negative; ${n} <= 0: 1. The relative error is below 1e-10 for means
 * up to 10,000.
 */
double poisson_tail(double mean, int64_t n);
