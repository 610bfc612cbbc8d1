/*
 * I know how a sheet of case work is written down before it is sealed: a line for each value,
 *
 *   name=value
 *
 * where a line break in a value is \n and a backslash is two. A sheet about an earlier one names it
 * in "entry"; what it says holds from then on.
 */
#pragma once
#include "base/arena.h"
#include "base/buf.h"

enum { SHEET_LINES = 24 };
struct case_sheet {
	size_t n;
	struct str name[SHEET_LINES], value[SHEET_LINES];
};

/* case_sheet_put(to, name, value): One more line; nothing for an empty value.
 * case_sheet_put_number: The same. case_sheet_read(mem, text, ret): ERR_INPUT: no sheet; ERR_NOMEM.
 * case_sheet_get(s, name): Its value, or absent. case_sheet_number: 0: none. */
void case_sheet_put(struct buf *to, const char *name, struct str value);
void case_sheet_put_number(struct buf *to, const char *name, int64_t n);
int case_sheet_read(struct arena *mem, struct str text, struct case_sheet *ret) must_use;
struct str case_sheet_get(const struct case_sheet *s, const char *name);
int64_t case_sheet_number(const struct case_sheet *s, const char *name);
