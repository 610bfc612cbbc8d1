/* I am the thread that works when nobody waits: I compress kept pages as hard as can be. */
#pragma once
#include "app/cache.h"

struct tidy;
/* tidy_open(cache, ret): Start the thread, at a low priority. */
int tidy_open(struct cache *cache, struct tidy **ret) must_use;
/* tidy_close(t): Stop it; at most one page (26 ms) is still finished. NULL is allowed. */
void tidy_close(struct tidy *t);
