/*
 * I know tables drawn with pipes, as Markdown and XLSForm have them, or written as CSV with the
 * same cells; not what they mean. A row whose first cell is filled names a table; the row behind it
 * holds the names of the columns; what is no row is prose. A text without a line that begins with a
 * pipe is CSV. Names of tables and columns are the same in small and capital letters there.
 */
#pragma once
#include "base/arena.h"
#include "base/csv.h"
#include "base/str.h"

enum {
	TABLE_TEXT_MAX = 256 << 10,
	TABLE_COLUMNS_MAX = 40,
};

struct table {
	struct arena *mem;
	struct str left; /* what is not read yet */
	struct csv csv;
	bool is_csv;
	int line;        /* of the current row, from 1 */
	struct str name; /* of the current table; absent before the first */
	struct str column[TABLE_COLUMNS_MAX];
	size_t n_column;
	struct str cell[TABLE_COLUMNS_MAX]; /* below column[i]; "" when left out */
	bool is_new;                        /* this row is the first one of its table */
};

/* table_init(t, mem, text): Read ${text}, which is kept; cells are views of it, or of ${mem} where
 * "\|" was written for "|". */
void table_init(struct table *t, struct arena *mem, struct str text);
void table_done(struct table *t);

/* table_next(t): 1 and the next row in ${cell}; 0 at the end. ERR_INPUT (not UTF-8, a row without
 * a table, more cells than columns, a column without a name or twice; the note tells, ${line}
 * where), ERR_LIMIT, ERR_NOMEM. */
int table_next(struct table *t) must_use;
