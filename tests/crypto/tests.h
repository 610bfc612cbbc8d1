/* I list what the files of this test program offer to its main. */
#pragma once
#include "tests/test.h"

extern const struct CMUnitTest crypto_tests[], code_tests[], sealed_tests[], totp_tests[];
extern const size_t n_crypto_tests, n_code_tests, n_sealed_tests, n_totp_tests;
