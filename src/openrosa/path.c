#include "openrosa/path.h"

struct saying {
	const struct def *def;
	struct buf *to;
	int repeat;   /* in whose row we stand; -1: in none */
	int filtered; /* the repeat whose rows a filter chooses among; -1: none */
};

static void say(struct saying *s, const struct expr *e);
static void say_true(struct saying *s, const struct expr *e);

void path_of(const struct def *def, int field, struct buf *to)
{
	const struct def_field *f = &def->field[field];
	buf_c(to, "/data");
	if (f->group >= 0)
		buf_f(to, "/%.*s", STR_ARG(def->field[f->group].name));
	if (f->repeat >= 0 && f->repeat != field)
		buf_f(to, "/%.*s", STR_ARG(def->field[f->repeat].name));
	buf_f(to, "/%.*s", STR_ARG(f->name));
}

/* Rows that a filter chose, and an answer in them. */
static void say_rows(struct saying *s, const struct expr *e)
{
	struct saying inner = *s;
	inner.filtered = e->repeat;
	path_of(s->def, e->repeat, s->to);
	buf_byte(s->to, '[');
	say_true(&inner, e->row);
	buf_byte(s->to, ']');
	if (e->field != e->repeat)
		buf_f(s->to, "/%.*s", STR_ARG(s->def->field[e->field].name));
}

static void say_field(struct saying *s, const struct expr *e)
{
	struct str name = s->def->field[e->field].name;
	if (e->row)
		say_rows(s, e);
	else if (e->repeat >= 0 && e->repeat == s->filtered && e->field != e->repeat)
		buf_f(s->to, "./%.*s", STR_ARG(name));
	else if (e->repeat >= 0 && e->repeat == s->repeat && e->field != e->repeat &&
		s->filtered < 0)
		buf_f(s->to, "../%.*s", STR_ARG(name));
	else
		path_of(s->def, e->field, s->to);
}

static void say_text(struct saying *s, struct str text)
{
	char quote = str_find(text, '\'') < text.n ? '"' : '\'';
	buf_byte(s->to, quote);
	buf_str(s->to, text);
	buf_byte(s->to, quote);
}

static const char *sign_of(enum expr_op op)
{
	static const char *const signs[] = { [EXPR_OR] = " or ",
		[EXPR_AND] = " and ",
		[EXPR_EQ] = " = ",
		[EXPR_NE] = " != ",
		[EXPR_LE] = " <= ",
		[EXPR_GE] = " >= ",
		[EXPR_LT] = " < ",
		[EXPR_GT] = " > ",
		[EXPR_ADD] = " + ",
		[EXPR_SUB] = " - ",
		[EXPR_MUL] = " * ",
		[EXPR_DIV] = " div ",
		[EXPR_MOD] = " mod ",
		[EXPR_UNION] = " | " };
	return signs[op];
}

static void say_call(struct saying *s, const struct expr *e)
{
	static const char *const names[] = { [FN_SELECTED] = "selected",
		[FN_COUNT_SELECTED] = "count-selected",
		[FN_STRING_LENGTH] = "string-length",
		[FN_REGEX] = "regex",
		[FN_TODAY] = "today",
		[FN_NOW] = "now",
		[FN_NOT] = "not",
		[FN_IF] = "if",
		[FN_COALESCE] = "coalesce",
		[FN_COUNT] = "count",
		[FN_TRUE] = "true",
		[FN_FALSE] = "false",
		[FN_COMPLETE] = "true" };
	buf_f(s->to, "%s(", names[e->fn]);
	for (size_t i = 0; i < e->n; i++) {
		if (i)
			buf_c(s->to, ", ");
		if (e->fn == FN_NOT || (e->fn == FN_IF && i == 0))
			say_true(s, e->arg[i]);
		else
			say(s, e->arg[i]);
	}
	buf_byte(s->to, ')');
}

/* In brackets where it is more than one piece, so that no order of operators can part us. */
static void say_part(struct saying *s, const struct expr *e, bool is_claim)
{
	bool is_alone = e->op <= EXPR_CALL;
	if (!is_alone)
		buf_byte(s->to, '(');
	if (is_claim)
		say_true(s, e);
	else
		say(s, e);
	if (!is_alone)
		buf_byte(s->to, ')');
}

static void say_two(struct saying *s, const struct expr *e)
{
	bool is_claim = e->op == EXPR_AND || e->op == EXPR_OR;
	say_part(s, e->arg[0], is_claim);
	buf_c(s->to, sign_of(e->op));
	say_part(s, e->arg[1], is_claim);
}

static void say(struct saying *s, const struct expr *e)
{
	switch ((int)e->op) {
	case EXPR_NUMBER: buf_f(s->to, "%.15g", e->number); break;
	case EXPR_TEXT: say_text(s, e->text); break;
	case EXPR_FIELD: say_field(s, e); break;
	case EXPR_SELF: buf_byte(s->to, '.'); break;
	case EXPR_WORD: buf_c(s->to, "true()"); break;
	case EXPR_CALL: say_call(s, e); break;
	case EXPR_NEGATE:
		buf_byte(s->to, '-');
		say_part(s, e->arg[0], false);
		break;
	default: say_two(s, e); break;
	}
}

/* A question stands for whether it is answered, in one row at least; XPath would ask whether it is
 * there. */
static void say_true(struct saying *s, const struct expr *e)
{
	bool is_field = e->op == EXPR_FIELD || e->op == EXPR_UNION;
	bool is_rows = e->op == EXPR_FIELD && e->field == e->repeat;
	if (is_rows)
		buf_c(s->to, "count(");
	if (e->op == EXPR_UNION)
		buf_byte(s->to, '(');
	say(s, e);
	if (e->op == EXPR_UNION)
		buf_byte(s->to, ')');
	if (is_rows)
		buf_c(s->to, ") > 0");
	else if (is_field || e->op == EXPR_SELF)
		buf_c(s->to, " != ''");
}

void path_true(const struct def *def, int field, const struct expr *e, struct buf *to)
{
	const struct def_field *f = &def->field[field];
	struct saying s = { .def = def, .to = to, .repeat = f->repeat, .filtered = -1 };
	if (f->repeat == field) /* a repeat's own condition is about all that is outside of it */
		s.repeat = -1;
	say_true(&s, e);
}
