/*
 * I know how the rows of a table stand in a bundle's file: one list of columns says what is
 * written, and how it is read again.
 *
 * Each row comes out of a statement as one structure and goes into another one as the other
 * structure, whose members have the same names: what points at something else is a lasting
 * identity in the first, and the id of this house in the second.
 */
#pragma once
#include "participate/bundle.h"
#include "participate/bundle_map.h"
#include "participate/bundle_sheet.h"
#include <stddef.h>

/* What a column holds. */
enum bundle_kind {
	BUNDLE_NUMBER, /* int64_t, from least to most; both 0: any */
	BUNDLE_CODE,   /* struct str of ours: the code of a country, an address */
	BUNDLE_WORDS,  /* struct str that somebody wrote */
	BUNDLE_LANG,   /* struct str: "ar", "en-easy" */
	BUNDLE_UID,    /* struct str: the lasting identity of this row itself */
	BUNDLE_STAFF,  /* struct opt_i64, an account: only that there was one */
	BUNDLE_THEME,  /* an id; in the file its place in space.json */
	BUNDLE_CROWD,  /* the same */
	/* A row of another file, found by its number (a person) or its lasting identity: */
	BUNDLE_PERSON,
	BUNDLE_ITEM,
	BUNDLE_ORG, /* the rest is of a room above */
	BUNDLE_DOCUMENT,
	BUNDLE_BATCH,
	BUNDLE_KINDS
};

struct bundle_column {
	const char *name;
	enum bundle_kind kind;
	size_t out, in; /* where it is in each structure */
	int64_t least, most;
	bool is_optional; /* a number or an id is then a struct opt_i64 */
};

/* The ids of things that a bundle names by their place, counted from 1. */
struct bundle_places {
	int64_t *id;
	size_t n;
};

struct bundle_space {
	int64_t id;
	struct bundle_places theme, crowd;
};

/* A space that is being read. */
struct bundle_in {
	struct db *db;
	struct arena *mem;
	struct bundle_space space;
	struct bundle_map map[BUNDLE_KINDS]; /* by number or lasting identity */
	struct bundle_count n;
};

enum { BUNDLE_COLUMNS = 16, BUNDLE_FILE_MAX = 1 << 30 };

/* Staff of another house: an account that nobody has. */
enum { BUNDLE_STRANGER = 0 };

struct bundle_table {
	const char *name;       /* "votes.csv" */
	const char *twice;      /* why a row is refused that is there already … */
	const char *none;       /* … or that fits nothing; NULL: every row fits */
	enum bundle_kind names; /* of the map that the rows fill; 0: none */
	size_t counted;         /* a member of struct bundle_count */
	size_t row, in;         /* sizes of the two structures */
	int (*rows)(struct db *db, struct arena *mem, int64_t space, void **ret, size_t *ret_n);
	/* put(x, in): One row, into the database; a number of rows, or a negative. */
	int (*put)(struct bundle_in *x, void *in);
	struct bundle_column column[BUNDLE_COLUMNS]; /* ends with a name of NULL */
};

/* For lists of columns: bundle_WHAT gives the rows, put_WHAT takes them, WHAT_put says how.
 * BUNDLE_ROWS(what); makes of the first what the list can hold. */
#define BUNDLE_AT(what, member) \
	.out = offsetof(struct bundle_##what##_row, member), \
	.in = offsetof(struct put_##what##_in, member)
#define BUNDLE_OF(what) \
	.row = sizeof(struct bundle_##what##_row), .in = sizeof(struct put_##what##_in), \
	.rows = what##_rows, .put = what##_put
#define BUNDLE_ROWS(what) \
	static int what##_rows( \
		struct db *db, struct arena *mem, int64_t space, void **ret, size_t *ret_n) \
	{ \
		struct bundle_##what##_row *row = NULL; \
		int result = bundle_##what(db, mem, space, &row, ret_n); \
		*ret = row; \
		return result; \
	} \
	struct bundle_##what##_row

/* bundle_table_out(db, mem, space, t, o, n): The whole file into ${o}, its rows counted in ${n}. */
int bundle_table_out(struct db *db, struct arena *mem, const struct bundle_space *space,
	const struct bundle_table *t, struct sheet_out *o, struct bundle_count *n) must_use;

/* bundle_table_in(x, t, text): The whole file into the database. ERR_INPUT names file, line and
 * reason. */
int bundle_table_in(struct bundle_in *x, const struct bundle_table *t, struct str text) must_use;

/* bundle_know(x, kind, uid, id): From now on ${uid} is found. False: it stands there twice, or is
 * no lasting identity. */
bool bundle_know(struct bundle_in *x, enum bundle_kind kind, struct str uid, int64_t id);
