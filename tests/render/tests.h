/* I list what the files of this test program offer to its main. */
#pragma once
#include "tests/test.h"

extern const struct CMUnitTest html_tests[], markdown_tests[];
extern const size_t n_html_tests, n_markdown_tests;
