/* I know what the parts of the expression machine share: values, and the functions' ways in. */
#pragma once
#include "record/expr.h"

enum value_kind { VALUE_NUMBER, VALUE_TEXT, VALUE_BOOL, VALUE_SET };

/* Where a value of a record stands. */
struct spot {
	int field;
	size_t row;
};

struct value {
	enum value_kind kind;
	double number;
	struct str text;
	bool is_true;
	struct spot *spot; /* VALUE_SET, without repetition */
	size_t n;
	bool is_rows; /* VALUE_SET: rows of a repeat, which have no text of their own */
};

/* One working-out. */
struct eval {
	const struct expr_data *d;
	struct arena *mem;
};

int eval(struct eval *v, const struct expr *e, struct value *ret) must_use;
/* eval_call(v, e, arg, ret): A function of worked-out arguments. */
int eval_call(
	struct eval *v, const struct expr *e, const struct value *arg, struct value *ret) must_use;

/* value_true(v, a): Not empty; a set as soon as one of its values is not. */
bool value_true(const struct eval *v, const struct value *a);
double value_number(struct eval *v, const struct value *a);
struct str value_text_of(struct eval *v, const struct value *a);
bool value_compare(struct eval *v, enum expr_op op, const struct value *a, const struct value *b);
struct str spot_text(const struct eval *v, struct spot s);

static inline struct value of_text(struct str s)
{
	return (struct value){ .kind = VALUE_TEXT, .text = s };
}
static inline struct value of_number(double n)
{
	return (struct value){ .kind = VALUE_NUMBER, .number = n };
}
static inline struct value of_bool(bool is_true)
{
	return (struct value){ .kind = VALUE_BOOL, .is_true = is_true };
}

/* pattern_ok(pattern): It is a pattern that ICU understands. 0, ERR_INPUT, ERR_NOMEM. */
int pattern_ok(struct arena *mem, struct str pattern) must_use;
/* pattern_fits(mem, pattern, s): All of ${s} fits: 1 or 0. ERR_LIMIT: that took too long. */
int pattern_fits(struct arena *mem, struct str pattern, struct str s) must_use;
