/* What a fuzz target is: it takes any bytes, and neither crashes nor leaks. */
#pragma once
#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);
