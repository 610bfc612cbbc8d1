/* I know how well asks are answered: how many, how late, and after how many days. */
#pragma once
#include "outcome/ask.h"

/* Whose asks are counted; all zero: every one that everyone may read. */
struct rate_of {
	int64_t space;   /* of one space */
	int64_t org;     /* of one organisation, as far as everyone may read them */
	int64_t account; /* of the organisations one account answers for */
};

struct rate {
	int64_t n, stand[STANDS];
	int64_t answered; /* more than acknowledged */
	int64_t late;     /* past their day without an answer */
	int64_t days;     /* from asked to answered, the middle value */
	bool has_days;
};

/* rate_load(v, of, ret): Count them. */
int rate_load(struct visit *v, struct rate_of of, struct rate *ret) must_use;

/* rate_share(mem, l, r): "73%" of them are answered. */
struct str rate_share(struct arena *mem, const struct lang *l, const struct rate *r);
