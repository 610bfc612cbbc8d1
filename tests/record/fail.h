/* I make the memory fail on purpose: malloc, calloc and realloc of the program under test are mine
 * (-Wl,--wrap). */
#pragma once
#include <stdbool.h>

/* fail_memory_after(n): Let ${n} of them pass and fail the next one; negative: none. */
void fail_memory_after(int n);
bool fail_memory_has(void);
