/*
 * I know how the columns of a file become answers: which column answers which question, how it is
 * read, and which columns tell one record from another. A choice is found by its name or its label
 * in any of our languages, a country by country_by_name; a word that is neither is asked about,
 * never guessed.
 */
#pragma once
#include "record/answers.h"
#include "record/rows.h"
#include "record/shelf.h"

enum { MAP_LINES_MAX = 200, MAP_UNKNOWN_MAX = 24, MAP_KEY_CHARS = 32, MAP_WORD_MAX = 200 };

/* How a value is read: bits of a set. */
enum map_as {
	MAP_HTML = 1,  /* without marks and entities of web pages */
	MAP_DASH = 2,  /* without "- " in front */
	MAP_HEAD = 4,  /* of each part only the first word */
	MAP_SPLIT = 8, /* several, parted by commas */
	MAP_DMY = 16,  /* a day: day, month, year */
	MAP_MDY = 32,  /* month, day, year */
	MAP_SESSION =
		64,    /* a number of a session of the Universal Periodic Review: its first day */
	MAP_KEY = 128, /* tells one record from another */
};

struct map_line {
	struct str column; /* absent: ${always} stands in every record */
	struct str always;
	int field; /* -1: the column only tells records apart */
	int as;    /* a set of enum map_as */
};
struct mapping {
	struct map_line line[MAP_LINES_MAX];
	size_t n;
	bool is_whole; /* nothing is brought in while a row is refused */
};

/* What a word of earlier files means in a field; val "": it is left out. */
struct map_word {
	struct str field, word, val;
};

enum map_fault {
	MAP_FINE,
	MAP_MISSING,  /* a question that must be answered is not */
	MAP_NOT_SUCH, /* no day, no number */
	MAP_TOO_LONG,
	MAP_NOT_FIT, /* the definition's own condition */
	MAP_MANY,    /* more than one where one is asked for */
	MAP_UNKNOWN, /* a word that somebody has to explain */
	MAP_TWICE,   /* the same record stands in the file already */
	MAP_DENIED,  /* not theirs to make or change */
	MAP_KEYLESS, /* nothing tells it from others */
	MAP_TOUCHED, /* somebody changed it meanwhile */
	MAP_FAULTS
};

/* What is needed to read rows. */
struct map_reader {
	const struct shelf_form *form;
	const struct mapping *mapping;
	const struct map_word *word;
	size_t n_word;
	int64_t now;
	int column[MAP_LINES_MAX]; /* of each line; -1: there is none of that name */
};
struct map_unknown {
	int field;
	struct str word;
};
/* One row read. */
struct mapped {
	struct answers a;
	enum map_fault fault;
	int field; /* that ${fault} is about; -1: none in particular */
	struct str value;
	struct map_unknown unknown[MAP_UNKNOWN_MAX];
	size_t n_unknown;
	char key[MAP_KEY_CHARS + 1]; /* the same for the same record in another file; "": no key */
};

/* mapping_guess(f, rows, ret): By the definition's table import where all its columns are there,
 * else by names, labels and HXL tags. */
void mapping_guess(const struct shelf_form *f, const struct rows *rows, struct mapping *ret);
/* mapping_can(def, field): A file may answer it: it is open, and asked. */
bool mapping_can(const struct def *def, int field);
/* mapping_write(m, def, mem, ret), mapping_read(text, def, mem, ret): As JSON. What ${def} does not
 * know any more is passed by. ERR_INPUT: no mapping. ERR_NOMEM. */
int mapping_write(const struct mapping *m, const struct def *def, struct arena *mem,
	struct str *ret) must_use;
int mapping_read(
	struct str text, const struct def *def, struct arena *mem, struct mapping *ret) must_use;
/* mapping_as(name, ret): The bit of a word of the definition's column "as"; false: it has none. */
bool mapping_as(struct str name, int *ret);

/* mapping_begin(r, rows): Find the columns. */
void mapping_begin(struct map_reader *r, const struct rows *rows);
/* mapping_row(r, rows, mem, ret): Read the current row. ERR_NOMEM, ERR_LIMIT. */
int mapping_row(const struct map_reader *r, const struct rows *rows, struct arena *mem,
	struct mapped *ret) must_use;
/* mapping_has(m, field): A file of this mapping says something about it. */
bool mapping_has(const struct mapping *m, int field);

/* mapping_plain(s, as, mem): ${s} without what ${as} takes off; absent without memory. */
struct str mapping_plain(struct str s, int as, struct arena *mem);
/* mapping_day(s, as, is_month, mem, ret): As "2026-06-09". */
bool mapping_day(struct str s, int as, bool is_month, struct arena *mem, struct str *ret);
