/* A page in English for tests to write on. */
#pragma once
#include "render/html.h"
#include "tests/test.h"

struct page {
	struct arena mem;
	struct html w;
};

/* Set-up and tear-down of a test whose *state is a struct page. */
int page_begin(void **state);
int page_end(void **state);
