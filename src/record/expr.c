/* A tree and a record into a value, as XPath 1.0 has it. */
#include "base/num.h"
#include "record/expr_inner.h"
#include <math.h>
#include <stdlib.h>

struct str spot_text(const struct eval *v, struct spot s)
{
	return v->d->value(v->d->ctx, s.field, s.row);
}

/* ---- from one kind to another ---- */

static bool any_text(const struct eval *v, const struct value *set)
{
	for (size_t i = 0; i < set->n; i++)
		if (spot_text(v, set->spot[i]).n)
			return true;
	return false;
}

bool value_true(const struct eval *v, const struct value *a)
{
	switch (a->kind) {
	case VALUE_NUMBER: return a->number != 0 && !isnan(a->number);
	case VALUE_TEXT: return a->text.n > 0;
	case VALUE_BOOL: return a->is_true;
	case VALUE_SET: break;
	}
	return a->is_rows ? a->n > 0 : any_text(v, a);
}

struct str value_text_of(struct eval *v, const struct value *a)
{
	switch (a->kind) {
	case VALUE_NUMBER: return arena_f(v->mem, "%.15g", a->number);
	case VALUE_TEXT: return a->text;
	case VALUE_BOOL: return a->is_true ? STR("true") : STR("false");
	case VALUE_SET: break;
	}
	return a->n ? spot_text(v, a->spot[0]) : STR("");
}

static bool is_plain_number(struct str s)
{
	size_t digits = 0, dots = 0;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] >= '0' && s.p[i] <= '9')
			digits++;
		else if (s.p[i] == '.')
			dots++;
		else if (s.p[i] != '-' || i)
			return false;
	}
	return digits && dots <= 1;
}

/* "" and words are not a number, as in XPath: nothing is more or less than they. */
static double number_of(struct str s)
{
	char digits[64];
	s = str_trim(s);
	if (s.n >= sizeof digits || !is_plain_number(s))
		return NAN;
	for (size_t i = 0; i < s.n; i++)
		digits[i] = s.p[i];
	digits[s.n] = '\0';
	return strtod(digits, NULL);
}

double value_number(struct eval *v, const struct value *a)
{
	if (a->kind == VALUE_NUMBER)
		return a->number;
	if (a->kind == VALUE_BOOL)
		return a->is_true ? 1 : 0;
	return number_of(value_text_of(v, a));
}

/* ---- comparing ---- */

static bool is_iso_day(struct str s)
{
	static const char shape[] = "0000-00-00";
	if (s.n < sizeof shape - 1)
		return false;
	for (size_t i = 0; i < sizeof shape - 1; i++)
		if (shape[i] == '-' ? s.p[i] != '-' : s.p[i] < '0' || s.p[i] > '9')
			return false;
	return true;
}

static bool holds(enum expr_op op, double a, double b)
{
	switch ((int)op) {
	case EXPR_EQ: return a == b;
	case EXPR_NE: return a != b;
	case EXPR_LT: return a < b;
	case EXPR_LE: return a <= b;
	case EXPR_GT: return a > b;
	default: return a >= b;
	}
}

/* Neither is a set. ISO days sort as text. */
static bool compare_plain(
	struct eval *v, enum expr_op op, const struct value *a, const struct value *b)
{
	bool is_same = op == EXPR_EQ || op == EXPR_NE;
	if (is_same && (a->kind == VALUE_BOOL || b->kind == VALUE_BOOL))
		return holds(op, value_true(v, a), value_true(v, b));
	if (a->kind == VALUE_TEXT && b->kind == VALUE_TEXT &&
		(is_same || (is_iso_day(a->text) && is_iso_day(b->text))))
		return holds(op, str_cmp(a->text, b->text), 0);
	return holds(op, value_number(v, a), value_number(v, b));
}

/* A set stands in a relation as soon as one of its values does. */
bool value_compare(struct eval *v, enum expr_op op, const struct value *a, const struct value *b)
{
	bool is_same = op == EXPR_EQ || op == EXPR_NE;
	if (is_same && (a->kind == VALUE_BOOL || b->kind == VALUE_BOOL))
		return holds(op, value_true(v, a), value_true(v, b));
	for (size_t i = 0; a->kind == VALUE_SET && i < a->n; i++) {
		struct value one = of_text(spot_text(v, a->spot[i]));
		if (value_compare(v, op, &one, b))
			return true;
	}
	for (size_t i = 0; a->kind != VALUE_SET && b->kind == VALUE_SET && i < b->n; i++) {
		struct value one = of_text(spot_text(v, b->spot[i]));
		if (compare_plain(v, op, a, &one))
			return true;
	}
	return a->kind != VALUE_SET && b->kind != VALUE_SET && compare_plain(v, op, a, b);
}

/* ---- fields ---- */

static int add_row(struct eval *v, const struct expr *e, size_t row, struct value *to)
{
	if (e->row) {
		struct expr_data inside = *v->d;
		inside.repeat = e->repeat;
		inside.row = row;
		int result = expr_true(e->row, &inside, v->mem);
		if (result <= 0)
			return result;
	}
	to->spot[to->n++] = (struct spot){ e->field, row };
	return 0;
}

static int eval_field(struct eval *v, const struct expr *e, struct value *ret)
{
	/* From inside a row, a field of the same repeat is that of the row. */
	bool is_here = e->repeat >= 0 && e->repeat == v->d->repeat && e->field != e->repeat &&
		!e->row;
	size_t first = is_here ? v->d->row : 0;
	size_t end = e->repeat < 0 ? 1 : is_here ? first + 1 : v->d->rows(v->d->ctx, e->repeat);
	struct value set = { .kind = VALUE_SET,
		.is_rows = e->field == e->repeat,
		.spot = arena_array(v->mem, end - first + 1, sizeof *set.spot) };
	if (!set.spot)
		return ERR_NOMEM;
	for (size_t row = first; row < end; row++) {
		int result = add_row(v, e, row, &set);
		if (result < 0)
			return result;
	}
	*ret = set;
	return 0;
}

static bool set_has(const struct value *set, struct spot s)
{
	for (size_t i = 0; i < set->n; i++)
		if (set->spot[i].field == s.field && set->spot[i].row == s.row)
			return true;
	return false;
}

static int eval_union(
	struct eval *v, const struct value *a, const struct value *b, struct value *ret)
{
	struct value set = { .kind = VALUE_SET,
		.is_rows = a->is_rows || b->is_rows,
		.spot = arena_array(v->mem, a->n + b->n + 1, sizeof *set.spot) };
	if (!set.spot)
		return ERR_NOMEM;
	for (size_t i = 0; i < a->n; i++)
		set.spot[set.n++] = a->spot[i];
	for (size_t i = 0; i < b->n; i++)
		if (!set_has(a, b->spot[i]))
			set.spot[set.n++] = b->spot[i];
	*ret = set;
	return 0;
}

/* ---- operators ---- */

static double reckon(enum expr_op op, double a, double b)
{
	switch ((int)op) {
	case EXPR_ADD: return a + b;
	case EXPR_SUB: return a - b;
	case EXPR_MUL: return a * b;
	case EXPR_DIV: return a / b;
	default: return fmod(a, b);
	}
}

/* "and" and "or" look no further than they must. */
static int eval_both(struct eval *v, const struct expr *e, struct value *ret)
{
	bool is_true = e->op == EXPR_AND;
	for (size_t i = 0; i < 2; i++) {
		struct value one;
		int result = eval(v, e->arg[i], &one);
		if (result < 0)
			return result;
		is_true = value_true(v, &one);
		if (is_true == (e->op == EXPR_OR))
			break;
	}
	*ret = of_bool(is_true);
	return 0;
}

static int eval_operator(struct eval *v, const struct expr *e, struct value *ret)
{
	struct value arg[EXPR_ARGS_MAX] = { 0 };
	int result = 0;
	for (size_t i = 0; i < e->n && result == 0; i++)
		result = eval(v, e->arg[i], &arg[i]);
	if (result < 0)
		return result;
	if (e->op == EXPR_CALL)
		return eval_call(v, e, arg, ret);
	if (e->op == EXPR_UNION)
		return eval_union(v, &arg[0], &arg[1], ret);
	if (e->op == EXPR_NEGATE)
		*ret = of_number(-value_number(v, &arg[0]));
	else if (e->op >= EXPR_EQ && e->op <= EXPR_GT)
		*ret = of_bool(value_compare(v, e->op, &arg[0], &arg[1]));
	else
		*ret = of_number(reckon(e->op, value_number(v, &arg[0]), value_number(v, &arg[1])));
	return 0;
}

int eval(struct eval *v, const struct expr *e, struct value *ret)
{
	switch ((int)e->op) {
	case EXPR_NUMBER: *ret = of_number(e->number); return 0;
	case EXPR_TEXT: *ret = of_text(e->text); return 0;
	case EXPR_SELF: *ret = of_text(v->d->self); return 0;
	case EXPR_WORD: *ret = of_bool(true); return 0; /* see expr_words */
	case EXPR_FIELD: return eval_field(v, e, ret);
	case EXPR_AND:
	case EXPR_OR: return eval_both(v, e, ret);
	default: return eval_operator(v, e, ret);
	}
}

int expr_true(const struct expr *e, const struct expr_data *d, struct arena *mem)
{
	struct eval v = { d, mem };
	struct value value;
	int result = eval(&v, e, &value);
	return result < 0 ? result : value_true(&v, &value);
}

int expr_text(const struct expr *e, const struct expr_data *d, struct arena *mem, struct str *ret)
{
	struct eval v = { d, mem };
	struct value value;
	int result = eval(&v, e, &value);
	if (result == 0)
		*ret = value_text_of(&v, &value);
	return result;
}
