/* I keep what became public in the order in which it did, for those who follow. */
#pragma once
#include "account/visit.h"

/* news_tell(v, item): An ask or an answer is public now; in the same transaction. Costs nothing
 * where no mail is sent. */
int news_tell(struct visit *v, int64_t item) must_use;
