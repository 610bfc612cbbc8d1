/*
 * I carry one space from house to house: what it asks, who took part, what was said, decided
 * and voted, and what came of it, with the same lasting identities.
 *
 * A bundle is a plain folder: space.json and files of comma-separated values that any
 * spreadsheet opens; whoever wants one file packs it with tar. It holds everything, also what
 * waits or is hidden and the words to authors, but nothing by which somebody could come back:
 * no code, no account, no link. Whoever wrote something there cannot change it here.
 */
#pragma once
#include "store/db.h"

/* Files of a bundle, in the order in which they are read: what others point at comes first. See
 * bundle_table.h. A room above has its own, and whoever knows both rooms hands them over. */
struct bundle_table;
struct bundle_in;
struct bundle_part {
	const struct bundle_table *table;
	size_t n;
	/* check(x): When all is read. ERR_INPUT: something is missing. NULL: nothing can be. */
	int (*check)(struct bundle_in *x);
	const struct bundle_part *next; /* read behind this one; NULL: the last */
};

struct bundle_count {
	int64_t others; /* all rows that are none of these */
	int64_t space;  /* its id in this house */
	int64_t people, items, votes, asks, documents;
};

/* bundle_export(db, mem, more, slug, folder, ret): Write the bundle into the new folder, which
 * has its name only once it is whole. ERR_MISSING: no such space; ERR_CONFLICT: there is such a
 * folder; ERR_IO. */
int bundle_export(struct db *db, struct arena *mem, const struct bundle_part *more, struct str slug,
	const char *folder, struct bundle_count *ret) must_use;

/* bundle_import(db, mem, more, folder, slug, ret): Bring it in under ${slug} (absent: its own),
 * inside the caller's transaction. ERR_INPUT: a file is broken; the note says which, in which
 * line, and why. ERR_CONFLICT: the space, or one of that name, is here already. */
int bundle_import(struct db *db, struct arena *mem, const struct bundle_part *more,
	const char *folder, struct str slug, struct bundle_count *ret) must_use;
