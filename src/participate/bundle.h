/*
 * I carry one space from house to house: what it asks, who took part, what was said, decided
 * and voted, with the same lasting identities.
 *
 * A bundle is a plain folder: space.json and files of comma-separated values that any
 * spreadsheet opens; whoever wants one file packs it with tar. It holds everything, also what
 * waits or is hidden and the words to authors, but nothing by which somebody could come back:
 * no code, no account, no link. Whoever wrote something there cannot change it here.
 */
#pragma once
#include "store/db.h"

struct bundle_count {
	int64_t space; /* its id in this house */
	int64_t people, items, votes;
	int64_t asks_left; /* not taken along: a bundle holds no asks and no answers */
};

/* bundle_export(db, mem, slug, folder, ret): Write the bundle into the new folder, which has
 * its name only once it is whole. ERR_MISSING: no such space; ERR_CONFLICT: there is such a
 * folder, or the space has documents, which a bundle does not hold; ERR_IO. */
int bundle_export(struct db *db, struct arena *mem, struct str slug, const char *folder,
	struct bundle_count *ret) must_use;

/* bundle_import(db, mem, folder, slug, ret): Bring it in under ${slug} (absent: its own), inside
 * the caller's transaction. ERR_INPUT: a file is broken; the note says which, in which line,
 * and why. ERR_CONFLICT: the space, or one of that name, is here already. */
int bundle_import(struct db *db, struct arena *mem, const char *folder, struct str slug,
	struct bundle_count *ret) must_use;
