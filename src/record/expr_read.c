/* Text into a tree: precedence climbing over one table of operators. */
#include "record/expr_inner.h"
#include <stdlib.h>

struct reader {
	struct arena *mem;
	const struct expr_names *names;
	enum expr_place place;
	struct str left; /* what is not read yet */
	int n_nodes, depth;
	bool is_in_filter;
};

static const struct {
	const char *sign;
	enum expr_op op;
	int level; /* higher binds tighter */
} operators[] = {
	/* "<=" stands before "<": the first that fits is taken. */
	{ "or", EXPR_OR, 1 },
	{ "and", EXPR_AND, 2 },
	{ "=", EXPR_EQ, 3 },
	{ "!=", EXPR_NE, 3 },
	{ "<=", EXPR_LE, 4 },
	{ ">=", EXPR_GE, 4 },
	{ "<", EXPR_LT, 4 },
	{ ">", EXPR_GT, 4 },
	{ "+", EXPR_ADD, 5 },
	{ "-", EXPR_SUB, 5 },
	{ "*", EXPR_MUL, 6 },
	{ "div", EXPR_DIV, 6 },
	{ "mod", EXPR_MOD, 6 },
	{ "|", EXPR_UNION, 8 },
};
enum { LEVEL_ANY = 1, LEVEL_UNION = 8, OPERATORS = sizeof operators / sizeof *operators };

static const struct {
	const char *name;
	enum expr_fn fn;
	size_t least, most;
} functions[] = {
	{ "selected", FN_SELECTED, 2, 2 },
	{ "count-selected", FN_COUNT_SELECTED, 1, 1 },
	{ "string-length", FN_STRING_LENGTH, 1, 1 },
	{ "regex", FN_REGEX, 2, 2 },
	{ "today", FN_TODAY, 0, 0 },
	{ "now", FN_NOW, 0, 0 },
	{ "not", FN_NOT, 1, 1 },
	{ "if", FN_IF, 3, 3 },
	{ "coalesce", FN_COALESCE, 2, 2 },
	{ "count", FN_COUNT, 1, 1 },
	{ "true", FN_TRUE, 0, 0 },
	{ "false", FN_FALSE, 0, 0 },
	{ "complete", FN_COMPLETE, 0, 0 },
};
enum { FUNCTIONS = sizeof functions / sizeof *functions };

static const struct {
	const char *name;
	enum expr_word word;
} words[] = {
	{ "note", NEEDS_NOTE },
	{ "two_people", NEEDS_TWO_PEOPLE },
	{ "consent", NEEDS_CONSENT },
	{ "feedback", NEEDS_FEEDBACK },
};
enum { WORDS = sizeof words / sizeof *words };

/* ---- signs ---- */

static void skip_space(struct reader *r)
{
	while (r->left.n && (r->left.p[0] == ' ' || r->left.p[0] == '\t'))
		r->left = str_from(r->left, 1);
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_in_name(char c)
{
	return is_letter(c) || is_digit(c) || c == '-' || c == '.' || c == ':';
}

/* The name that begins here; empty if none does. */
static struct str peek_name(const struct reader *r)
{
	size_t n = 0;
	if (r->left.n && is_letter(r->left.p[0]))
		while (n < r->left.n && is_in_name(r->left.p[n]))
			n++;
	return (struct str){ r->left.p, n };
}

static bool take(struct reader *r, const char *sign)
{
	skip_space(r);
	if (!str_starts(r->left, sign))
		return false;
	r->left = str_from(r->left, str_c(sign).n);
	return true;
}

static int expected(const struct reader *r, const char *what)
{
	struct str here = { r->left.p, r->left.n < 20 ? r->left.n : 20 };
	return here.n ? err_note(ERR_INPUT, "%s is missing before \"%.*s\"", what, STR_ARG(here))
		      : err_note(ERR_INPUT, "%s is missing at the end", what);
}

static int node(struct reader *r, struct expr like, struct expr **ret)
{
	if (++r->n_nodes > EXPR_NODES_MAX)
		return err_note(ERR_INPUT, "the expression is too long");
	struct expr *e = arena_take(r->mem, sizeof *e);
	if (!e)
		return ERR_NOMEM;
	*e = like;
	*ret = e;
	return 0;
}

/* ---- operands ---- */

static int read_level(struct reader *r, int least, struct expr **ret);

static int read_text(struct reader *r, struct expr **ret)
{
	char quote = r->left.p[0];
	struct str rest = str_from(r->left, 1);
	size_t n = str_find(rest, quote);
	if (n == rest.n)
		return err_note(ERR_INPUT, "a text is opened and not closed");
	r->left = str_from(rest, n + 1);
	return node(r, (struct expr){ .op = EXPR_TEXT, .text = { rest.p, n } }, ret);
}

static int read_number(struct reader *r, struct expr **ret)
{
	char digits[32];
	size_t n = 0, dots = 0;
	while (n < r->left.n && (is_digit(r->left.p[n]) || r->left.p[n] == '.')) {
		dots += r->left.p[n] == '.';
		if (n + 1 == sizeof digits || dots > 1)
			return err_note(ERR_INPUT, "a number is not one");
		digits[n] = r->left.p[n];
		n++;
	}
	digits[n] = '\0';
	r->left = str_from(r->left, n);
	return node(r, (struct expr){ .op = EXPR_NUMBER, .number = strtod(digits, NULL) }, ret);
}

static int read_args(struct reader *r, struct expr *call, size_t least, size_t most)
{
	while (!take(r, ")")) {
		if (call->n == most)
			return err_note(ERR_INPUT, "%.*s() is given too much", STR_ARG(call->text));
		if (call->n && !take(r, ","))
			return expected(r, "a comma or )");
		int result = read_level(r, LEVEL_ANY, &call->arg[call->n]);
		if (result < 0)
			return result;
		call->n++;
	}
	return call->n < least
		? err_note(ERR_INPUT, "%.*s() is given too little", STR_ARG(call->text))
		: 0;
}

/* What a function must be able to trust before any record is seen. */
static int check_call(struct reader *r, const struct expr *call)
{
	if (call->fn == FN_COMPLETE && r->place != EXPR_IN_MOVE)
		return err_note(ERR_INPUT, "complete() is for moves only");
	for (size_t i = 0; i < call->n; i++)
		must(call->arg[i]);
	if (call->fn == FN_COUNT && call->arg[0] && call->arg[0]->op != EXPR_FIELD &&
		call->arg[0]->op != EXPR_UNION)
		return err_note(ERR_INPUT, "count() counts the rows of a repeat");
	if (call->fn != FN_REGEX || !call->arg[1])
		return 0;
	if (call->arg[1]->op != EXPR_TEXT)
		return err_note(ERR_INPUT, "the pattern of regex() is not written out");
	return pattern_ok(r->mem, call->arg[1]->text);
}

static int read_call(struct reader *r, struct str name, struct expr **ret)
{
	size_t i = 0;
	while (i < FUNCTIONS && !str_is(name, functions[i].name))
		i++;
	if (i == FUNCTIONS)
		return err_note(ERR_INPUT, "there is no function %.*s()", STR_ARG(name));
	int result = node(
		r, (struct expr){ .op = EXPR_CALL, .fn = (int)functions[i].fn, .text = name }, ret);
	if (result == 0)
		result = read_args(r, *ret, functions[i].least, functions[i].most);
	return result < 0 ? result : check_call(r, *ret);
}

static int find(struct reader *r, struct str name, struct expr_name *ret)
{
	if (str_find(name, ':') < name.n)
		return err_note(ERR_INPUT, "axes and prefixes (%.*s) are not known", STR_ARG(name));
	return r->names->find(r->names->ctx, name, ret)
		? 0
		: err_note(ERR_INPUT, "there is no field \"%.*s\"", STR_ARG(name));
}

/* "[…]" behind the name of a repeat: which rows. */
static int read_filter(struct reader *r, const struct expr_name *at, struct expr *field)
{
	if (!take(r, "["))
		return 0;
	if (field->row || at->repeat < 0 || at->field != at->repeat)
		return err_note(ERR_INPUT, "a filter stands once, behind the name of a repeat");
	if (r->is_in_filter)
		return err_note(ERR_INPUT, "a filter stands in a filter");
	r->is_in_filter = true;
	int result = read_level(r, LEVEL_ANY, &field->row);
	r->is_in_filter = false;
	if (result < 0)
		return result;
	must(field->row);
	if (field->row->op == EXPR_NUMBER)
		return err_note(ERR_INPUT, "rows are not chosen by their number");
	return take(r, "]") ? 0 : expected(r, "]");
}

/* One step of a path; names are unique in a form, so the last one is the field. */
static int read_step(struct reader *r, struct expr *field)
{
	struct expr_name at;
	struct str name;
	skip_space(r);
	if (take(r, "${")) {
		name = (struct str){ r->left.p, str_find(r->left, '}') };
		if (name.n == r->left.n)
			return expected(r, "}");
		r->left = str_from(r->left, name.n + 1);
		name = str_trim(name);
	} else {
		name = peek_name(r);
		if (!name.n)
			return expected(r, "a name");
		r->left = str_from(r->left, name.n);
	}
	int result = find(r, name, &at);
	if (result < 0)
		return result;
	if (field->row && at.repeat != field->repeat)
		return err_note(
			ERR_INPUT, "\"%.*s\" is not in the repeat before it", STR_ARG(name));
	field->field = at.field;
	field->repeat = at.repeat;
	field->is_day = at.is_day;
	return read_filter(r, &at, field);
}

static int read_path(struct reader *r, struct expr **ret)
{
	int result = node(r, (struct expr){ .op = EXPR_FIELD, .field = -1, .repeat = -1 }, ret);
	if (result < 0)
		return result;
	if (take(r, "//"))
		return err_note(ERR_INPUT, "\"//\" is not known");
	if (take(r, "/")) { /* the name of the root says nothing */
		r->left = str_from(r->left, peek_name(r).n);
		if (!take(r, "/"))
			return expected(r, "/");
	}
	while (take(r, "../") || take(r, "./"))
		;
	do
		result = read_step(r, *ret);
	while (result == 0 && take(r, "/"));
	return result;
}

/* A bare name is a condition of a move, a function before "(", else a field. */
static int read_name(struct reader *r, struct expr **ret)
{
	struct reader after = *r;
	struct str name = peek_name(r);
	after.left = str_from(after.left, name.n);
	if (take(&after, "(")) {
		r->left = after.left;
		return read_call(r, name, ret);
	}
	for (size_t i = 0; i < WORDS && r->place == EXPR_IN_MOVE; i++)
		if (str_is(name, words[i].name)) {
			r->left = after.left;
			return node(
				r, (struct expr){ .op = EXPR_WORD, .fn = (int)words[i].word }, ret);
		}
	return read_path(r, ret);
}

static bool is_self(const struct reader *r)
{
	return r->left.p[0] == '.' &&
		(r->left.n == 1 ||
			(r->left.p[1] != '.' && r->left.p[1] != '/' && !is_digit(r->left.p[1])));
}

static int read_self(struct reader *r, struct expr **ret)
{
	if (r->is_in_filter)
		return err_note(ERR_INPUT, "\".\" is not known in a filter");
	r->left = str_from(r->left, 1);
	return node(r, (struct expr){ .op = EXPR_SELF }, ret);
}

static int read_inside(struct reader *r, struct expr **ret)
{
	r->left = str_from(r->left, 1);
	int result = read_level(r, LEVEL_ANY, ret);
	return result < 0 ? result : take(r, ")") ? 0 : expected(r, ")");
}

static int read_operand(struct reader *r, struct expr **ret)
{
	skip_space(r);
	if (!r->left.n)
		return expected(r, "a value");
	char c = r->left.p[0];
	if (c == '(')
		return read_inside(r, ret);
	if (c == '\'' || c == '"')
		return read_text(r, ret);
	if (is_self(r))
		return read_self(r, ret);
	if (is_digit(c) || (c == '.' && r->left.n > 1 && is_digit(r->left.p[1])))
		return read_number(r, ret);
	if (is_letter(c))
		return read_name(r, ret);
	return str_find(STR("$./"), c) < 3 ? read_path(r, ret) : expected(r, "a value");
}

static int read_signed(struct reader *r, struct expr **ret)
{
	if (!take(r, "-"))
		return read_operand(r, ret);
	int result = node(r, (struct expr){ .op = EXPR_NEGATE, .n = 1 }, ret);
	return result < 0 ? result : read_level(r, LEVEL_UNION, &(*ret)->arg[0]);
}

/* ---- operators ---- */

static size_t peek_operator(struct reader *r)
{
	skip_space(r);
	struct str name = peek_name(r);
	for (size_t i = 0; i < OPERATORS; i++)
		if (name.n ? str_is(name, operators[i].sign)
			   : str_starts(r->left, operators[i].sign))
			return i;
	return OPERATORS;
}

static bool is_day(const struct expr *e)
{
	return (e->op == EXPR_FIELD && e->is_day) ||
		(e->op == EXPR_CALL && (e->fn == FN_TODAY || e->fn == FN_NOW));
}

static int check_operator(const struct expr *e)
{
	must(e->arg[0] && e->arg[1]);
	if (e->op >= EXPR_ADD && e->op <= EXPR_MOD && (is_day(e->arg[0]) || is_day(e->arg[1])))
		return err_note(ERR_INPUT, "days are compared, not counted with");
	if (e->op == EXPR_UNION)
		for (size_t i = 0; i < 2; i++)
			if (e->arg[i]->op != EXPR_FIELD && e->arg[i]->op != EXPR_UNION)
				return err_note(ERR_INPUT, "| joins fields");
	return 0;
}

static int read_level(struct reader *r, int least, struct expr **ret)
{
	struct expr *left = NULL;
	if (++r->depth > EXPR_DEPTH_MAX)
		return err_note(ERR_INPUT, "the expression is nested too deep");
	int result = read_signed(r, &left);
	while (result == 0) {
		size_t i = peek_operator(r);
		if (i == OPERATORS || operators[i].level < least)
			break;
		struct expr *e;
		take(r, operators[i].sign);
		result = node(
			r, (struct expr){ .op = operators[i].op, .arg = { left }, .n = 2 }, &e);
		if (result == 0)
			result = read_level(r, operators[i].level + 1, &e->arg[1]);
		if (result == 0)
			result = check_operator(e);
		left = result == 0 ? e : left;
	}
	r->depth--;
	if (result == 0)
		*ret = left;
	return result;
}

int expr_read(struct arena *mem, struct str text, const struct expr_names *names,
	enum expr_place place, struct expr **ret)
{
	struct reader r = { .mem = mem, .names = names, .place = place, .left = text };
	if (text.n > EXPR_TEXT_MAX)
		return err_note(ERR_INPUT, "the expression is too long");
	int result = read_level(&r, LEVEL_ANY, ret);
	skip_space(&r);
	return result == 0 && r.left.n ? expected(&r, "an operator") : result;
}

int expr_words(const struct expr *e, int *ret)
{
	if (e->op == EXPR_WORD) {
		*ret |= e->fn;
		return 0;
	}
	int below = 0, result = e->row ? expr_words(e->row, &below) : 0;
	for (size_t i = 0; i < e->n && result == 0; i++)
		result = expr_words(e->arg[i], e->op == EXPR_AND ? ret : &below);
	return result < 0 || !below
		? result
		: err_note(ERR_INPUT, "a condition of a move stands alone or behind \"and\"");
}
