/*
 * I know rows of comma-separated values (RFC 4180), as programs really write them: lines
 * that end in CRLF, LF or CR alone, a byte order mark, line breaks inside quotes, and ";" or a tab
 * instead of the comma, where the first line has these and no comma.
 */
#pragma once
#include "base/buf.h"

struct csv {
	struct str in;
	size_t at, line; /* where the reader stands; lines count from 1 */
	size_t row_line; /* the line on which the current row begins */
	char sep;        /* between fields */
	size_t n, max;   /* fields of the current row; more than max are refused */
	struct str *field;
	/* inside */
	size_t cap;
	struct buf text;
};

/* csv_init(c, in, max): Read ${in}, which is kept and must outlive ${c}; rows of at most
 * ${max} fields. */
void csv_init(struct csv *c, struct str in, size_t max);
void csv_done(struct csv *c);
#define auto_csv __attribute__((cleanup(csv_done))) struct csv

/* csv_next(c): 1 and the next row in field[0 … n-1], valid until the next call; 0 at the
 * end. Empty lines are skipped. ERR_INPUT (the note says "line 7: …": an open quote, text
 * after a closing quote, not UTF-8, a NUL), ERR_LIMIT, ERR_NOMEM. */
int csv_next(struct csv *c) must_use;

/* csv_put(b, s): ${s} as one cell, in quotes; what a spreadsheet would calculate gets an
 * apostrophe in front. */
void csv_put(struct buf *b, struct str s);
