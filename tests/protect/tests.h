/* I list what the files of this test program offer to its main. */
#pragma once
#include "tests/test.h"

extern const struct CMUnitTest cover_tests[], file_tests[];
extern const size_t n_cover_tests, n_file_tests;
