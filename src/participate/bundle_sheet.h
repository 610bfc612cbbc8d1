/*
 * I know a file of comma-separated values with named columns: how one is written, and how one
 * is read so that every fault names the file, the line and the reason.
 *
 * Words that people wrote and that begin like a formula (= + - @ tab CR) or with ' get a ' in
 * front, so that no spreadsheet runs them; reading takes it away again.
 */
#pragma once
#include "base/arena.h"
#include "base/csv.h"

struct sheet {
	const char *name;
	struct csv csv;
};

/* sheet_open(s, name, text): ${text} is kept. */
void sheet_open(struct sheet *s, const char *name, struct str text);
void sheet_done(struct sheet *s);
#define auto_sheet __attribute__((cleanup(sheet_done))) struct sheet

/* sheet_bad(s, what): ERR_INPUT with the file and the line of the current row. */
int sheet_bad(const struct sheet *s, const char *what);
/* sheet_row(s): As csv_next, with the file's name in the note. */
int sheet_row(struct sheet *s) must_use;
/* sheet_field(s, at): Trimmed; "" behind the row's end. */
struct str sheet_field(const struct sheet *s, size_t at);
/* sheet_head(s, names): The first row is these columns, in this order; ${names} ends with
 * NULL. */
int sheet_head(struct sheet *s, const char *const *names) must_use;
/* sheet_number(s, at, least, most, ret), sheet_opt(…): A whole number in these bounds; empty is
 * refused, or absent. */
int sheet_number(
	const struct sheet *s, size_t at, int64_t least, int64_t most, int64_t *ret) must_use;
int sheet_opt(const struct sheet *s, size_t at, struct opt_i64 *ret) must_use;
/* sheet_words(s, at, mem, ret): What somebody wrote, as it was. */
int sheet_words(const struct sheet *s, size_t at, struct arena *mem, struct str *ret) must_use;

/* Writing: fields, then the end of the row. */
struct sheet_out {
	struct buf *b;
	bool is_inside; /* of a row */
};
void sheet_put_words(struct sheet_out *o, struct str s);
void sheet_put_code(struct sheet_out *o, struct str s); /* of ours: no ' in front */
void sheet_put_number(struct sheet_out *o, int64_t n);
void sheet_put_opt(struct sheet_out *o, struct opt_i64 n);
void sheet_put_head(struct sheet_out *o, const char *const *names);
void sheet_put_end(struct sheet_out *o);
