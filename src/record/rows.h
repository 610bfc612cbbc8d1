/*
 * I read rows out of a file that others exported: CSV with a row of names (HXL tags among the first
 * rows name it as well), or JSON with a list of objects, alone or as a member. An object's members
 * are named "a", "a.b" within an object, "a[]" within a list, whose values are parted by "; ". A
 * list is read one object at a time, however long it is.
 */
#pragma once
#include "base/arena.h"
#include "base/csv.h"
#include <jansson.h>

enum {
	ROWS_COLUMNS_MAX = 300,
	ROWS_CELL_MAX = 64 << 10, /* bytes; longer ones are cut at a whole letter */
	ROWS_HEAD = 25,           /* rows or objects that are looked at for names */
};

struct rows {
	bool is_json;
	struct str *name, *tag; /* of columns; tag: their HXL tag, or "" */
	size_t n;
	struct str *cell; /* of the current row, "" where there is nothing */
	size_t line;      /* where it begins; of JSON: which object, from 1 */
	/* inside */
	struct arena *mem;
	struct csv csv;
	struct str rest; /* of JSON */
};

/* rows_open(r, mem, file): Begin with ${file}, which is kept; names stay in ${mem}. ERR_INPUT: it
 * has no rows, or cannot be read (the note says "line 7: …"). ERR_LIMIT: too many columns.
 * ERR_NOMEM. */
int rows_open(struct rows *r, struct arena *mem, struct str file) must_use;
/* rows_next(r, mem): 1 and the next row, in ${mem} and the file, or 0. ERR_INPUT, ERR_LIMIT,
 * ERR_NOMEM. */
int rows_next(struct rows *r, struct arena *mem) must_use;
void rows_done(struct rows *r);
#define auto_rows __attribute__((cleanup(rows_done))) struct rows
