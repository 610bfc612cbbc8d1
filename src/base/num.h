/* I know arithmetic on sizes that come from outside: it fails instead of wrapping. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

/* num_add(a, b, ret), num_mul(a, b, ret): True and the result, or false when it
 * does not fit in a size_t (ret untouched). */
static inline bool num_add(size_t a, size_t b, size_t *ret)
{
	size_t sum;
	if (__builtin_add_overflow(a, b, &sum))
		return false;
	*ret = sum;
	return true;
}

static inline bool num_mul(size_t a, size_t b, size_t *ret)
{
	size_t product;
	if (__builtin_mul_overflow(a, b, &product))
		return false;
	*ret = product;
	return true;
}
