/*
 * I know what the tests of the opinion maths share: dice, a conversation, and when two results
 * are one.
 */
#pragma once
#include "opinion/opinion.h"
#include "tests/test.h"

enum { ABSENT = 9 }; /* in a table of votes: not cast */

/* roll(sides): The next throw of dice that fall the same everywhere. */
void roll_seed(uint64_t seed);
size_t roll(size_t sides);

struct opinion *opened(void);
struct opinion_result *ran(struct opinion *o, const struct opinion_options *how);

/* same_result(a, b): The two are the same to the last bit. */
void same_result(const struct opinion_result *a, const struct opinion_result *b);
