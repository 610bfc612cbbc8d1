/* I list what the files of this test program offer to its main. */
#pragma once
#include "tests/test.h"

extern const struct CMUnitTest value_tests[];
extern const size_t n_value_tests;
