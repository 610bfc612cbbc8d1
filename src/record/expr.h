/*
 * I know the expressions of a definition: when a question is asked, which answers hold, and
 * what a move needs. They are XPath 1.0 without loops: the operators | and or = != < <= > >= + -
 * * div mod, fields, one filter behind a repeat, and the functions in expr_read.c. What I do not
 * know I refuse when a definition is read, so that nothing is ever worked out wrongly.
 */
#pragma once
#include "base/arena.h"
#include "base/str.h"

enum {
	EXPR_TEXT_MAX = 1000, /* bytes of one expression */
	EXPR_NODES_MAX = 200,
	EXPR_DEPTH_MAX = 40,
	EXPR_ARGS_MAX = 3,
};

enum expr_op {
	EXPR_NUMBER,
	EXPR_TEXT,
	EXPR_FIELD,
	EXPR_SELF, /* the value that a constraint is about */
	EXPR_WORD, /* a condition of a move: enum expr_word in ${fn} */
	EXPR_CALL,
	EXPR_NEGATE,
	EXPR_OR,
	EXPR_AND,
	EXPR_EQ,
	EXPR_NE,
	EXPR_LE,
	EXPR_GE,
	EXPR_LT,
	EXPR_GT,
	EXPR_ADD,
	EXPR_SUB,
	EXPR_MUL,
	EXPR_DIV,
	EXPR_MOD,
	EXPR_UNION,
};

enum expr_fn {
	FN_SELECTED,
	FN_COUNT_SELECTED,
	FN_STRING_LENGTH,
	FN_REGEX,
	FN_TODAY,
	FN_NOW,
	FN_NOT,
	FN_IF,
	FN_COALESCE,
	FN_COUNT,
	FN_TRUE,
	FN_FALSE,
	FN_COMPLETE, /* all that is required is there; only in moves */
};

/* What a move may need besides: bits of a set. */
enum expr_word {
	NEEDS_NOTE = 1,       /* a reason in words */
	NEEDS_TWO_PEOPLE = 2, /* one person agrees, another makes the move */
	NEEDS_CONSENT = 4,
	NEEDS_FEEDBACK = 8, /* who sent it was told what came of it */
};

struct expr {
	enum expr_op op;
	int fn;           /* enum expr_fn or enum expr_word */
	double number;    /* EXPR_NUMBER */
	struct str text;  /* EXPR_TEXT */
	int field;        /* EXPR_FIELD: its number; a repeat stands for its rows */
	int repeat;       /* the repeat that the field stands in, itself for a repeat; -1: none */
	bool is_day;      /* EXPR_FIELD: its answer is one */
	struct expr *row; /* EXPR_FIELD: only the rows for which this is true; NULL: all */
	struct expr *arg[EXPR_ARGS_MAX];
	size_t n;
};

/* What a name in an expression stands for. */
struct expr_name {
	int field, repeat; /* as in struct expr */
	bool is_day;
};
struct expr_names {
	const void *ctx;
	/* False: there is no such field. */
	bool (*find)(const void *ctx, struct str name, struct expr_name *ret);
};

enum expr_place { EXPR_IN_SURVEY, EXPR_IN_MOVE };

/* expr_read(mem, text, names, place, ret): ${text} as a tree in ${mem}, with views into ${text}.
 * ERR_INPUT: not an expression, or one that we do not know; the note names what. ERR_NOMEM. */
int expr_read(struct arena *mem, struct str text, const struct expr_names *names,
	enum expr_place place, struct expr **ret) must_use;

/* expr_words(e, ret): The set of enum expr_word that a move needs. ERR_INPUT: one stands where it
 * would not always be needed (below "or", in a function). */
int expr_words(const struct expr *e, int *ret) must_use;

/* The record that an expression is about. Values are text: numbers in digits, days as
 * 2026-06-09, several choices parted by spaces, "" for what is not answered. */
struct expr_data {
	const void *ctx;
	size_t (*rows)(const void *ctx, int repeat);
	struct str (*value)(const void *ctx, int field, size_t row);
	bool (*is_complete)(const void *ctx);
	int64_t now;
	struct str self; /* EXPR_SELF */
	int repeat;      /* the row from which we look: of this repeat; -1: from none */
	size_t row;
};

/* expr_true(e, d, mem): 1 or 0. ERR_LIMIT (a pattern takes too long), ERR_NOMEM. */
int expr_true(const struct expr *e, const struct expr_data *d, struct arena *mem) must_use;
/* expr_text(e, d, mem, ret): Its value as text. */
int expr_text(const struct expr *e, const struct expr_data *d, struct arena *mem,
	struct str *ret) must_use;
