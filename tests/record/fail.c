#include "tests/record/fail.h"
#include <stddef.h>

static int left = -1;
static bool has_failed;

void *__real_malloc(size_t n);
void *__real_calloc(size_t count, size_t n);
void *__real_realloc(void *p, size_t n);
void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t count, size_t n);
void *__wrap_realloc(void *p, size_t n);

void fail_memory_after(int n)
{
	left = n;
	has_failed = false;
}

bool fail_memory_has(void)
{
	return has_failed;
}

static bool fails(void)
{
	if (left < 0)
		return false;
	if (left-- > 0)
		return false;
	has_failed = true;
	return true;
}

void *__wrap_malloc(size_t n)
{
	return fails() ? NULL : __real_malloc(n);
}

void *__wrap_calloc(size_t count, size_t n)
{
	return fails() ? NULL : __real_calloc(count, n);
}

void *__wrap_realloc(void *p, size_t n)
{
	return fails() ? NULL : __real_realloc(p, n);
}
