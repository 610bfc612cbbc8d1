/* I bring the rows of a file in as records of a form, from the command line: all of them, or none.
 */
#pragma once
#include "record/shelf.h"

struct records_import {
	struct str form;
	const char *path;
	struct str lang;         /* of what was written */
	const char *const *word; /* "FIELD:WORD=VALUE": what a word of the file means */
	size_t n_word;
	/* "COLUMN=FIELD,AS,…", as a row of the table import: "tags[]=act", "=US=country" for what
	 * all rows have in common, "id=,key" for what only tells them apart. None: as it looks. */
	const char *const *column;
	size_t n_column;
	bool may_skip;    /* rows that are refused are left out; else they stop it all */
	struct str bytes; /* of the file, while it is read */
};

/* import_records(db, shelf, what): In one transaction; says on stdout what became of the rows.
 * ERR_CONFLICT: rows are refused. ERR_INPUT: the file cannot be read to its end. ERR_MISSING: no
 * such file or form. ERR_DENIED. */
int import_records(
	struct db *db, const struct shelf *shelf, const struct records_import *what) must_use;
