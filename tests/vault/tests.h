/* I list what the files of this test program offer to its main. */
#pragma once
#include "tests/test.h"

extern const struct CMUnitTest seal_tests[], answer_tests[], vault_tests[];
extern const size_t n_seal_tests, n_answer_tests, n_vault_tests;
