/*
 * I know the answers to a definition's questions while they are worked with; not where they are
 * kept. An answer is text as expressions have it: numbers in digits, days as 2026-06-09, several
 * choices parted by blanks, "" for none.
 */
#pragma once
#include "record/def.h"

struct answers {
	const struct def *def;
	struct arena *mem;
	struct str *at[DEF_FIELDS_MAX];    /* of a field: one, or DEF_ROWS_MAX; NULL: none given */
	size_t rows[DEF_FIELDS_MAX];       /* of a repeat */
	int64_t now;                       /* for today() */
	const struct def_fields *left_out; /* fields that are not asked here; NULL: all are */
};

/* answers_init(a, def, mem, now): Nothing is answered. */
void answers_init(struct answers *a, const struct def *def, struct arena *mem, int64_t now);

/* answers_get(a, field, row): ${row} is 0 outside of repeats. */
struct str answers_get(const struct answers *a, int field, size_t row);
/* answers_set(a, field, row, s): ${s} is kept. A row behind the last one makes it longer.
 * ERR_LIMIT: more than DEF_ROWS_MAX. ERR_NOMEM. */
int answers_set(struct answers *a, int field, size_t row, struct str s) must_use;
/* answers_drop_row(a, repeat, row): The rows behind it move up. */
void answers_drop_row(struct answers *a, int repeat, size_t row);

/* answers_data(a, repeat, row): For expressions, seen from a row of ${repeat}, or -1. */
struct expr_data answers_data(const struct answers *a, int repeat, size_t row);

/* answers_asks(a, field, row): 1: the question is asked, as far as its own condition and those of
 * the group or repeat around it tell; 0; negative as expr_true. */
int answers_asks(const struct answers *a, int field, size_t row) must_use;
/* answers_holds(a, field, row): Its constraint holds; what is not answered always does. */
int answers_holds(const struct answers *a, int field, size_t row) must_use;
/* answers_settle(a): What is not asked has no answer any more. */
int answers_settle(struct answers *a) must_use;
/* answers_lack(a, ret_field, ret_row): 1: a required question without answer, the first one; 0:
 * all that is required is there. */
int answers_lack(const struct answers *a, int *ret_field, size_t *ret_row) must_use;
/* answers_same(a, b, field): Also in all rows, for a repeat. ${a} and ${b} are of one definition.
 */
bool answers_same(const struct answers *a, const struct answers *b, int field);
/* answers_copy(to, from, field): With all its rows, for a repeat. */
int answers_copy(struct answers *to, const struct answers *from, int field) must_use;

/* answers_own(a, field): ${a}, a copy of other answers, may be set without changing those.
 * ERR_NOMEM.
 */
int answers_own(struct answers *a, int field) must_use;

/* answers_has_choice(s, name): ${name} is among the chosen. */
bool answers_has_choice(struct str s, struct str name);
