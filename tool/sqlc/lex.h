/* I know where one word of SQL ends and the next begins. */
#pragma once
#include "base/str.h"

enum lex_kind {
	LEX_END,
	LEX_WORD,   /* a name, a keyword, a number */
	LEX_QUOTED, /* "name" */
	LEX_TEXT,   /* 'text' */
	LEX_PARAM,  /* ?1; ${number} is 0 for a bare ? */
	LEX_SIGN,   /* one character */
	LEX_BAD,    /* a quote or comment that never ends, or a control character */
};

struct lex_token {
	enum lex_kind kind;
	struct str text;
	int line, number;
	bool has_gap; /* white space or a comment stands before it */
};

struct lex {
	struct str left;
	int line;
	bool was_bad;
};

/* lex_next(l, t): The next token; LEX_END for ever after the last. */
void lex_next(struct lex *l, struct lex_token *t);

/* lex_is(t, word): Whether ${t} is this keyword (in any case) or sign. */
bool lex_is(const struct lex_token *t, const char *word);
