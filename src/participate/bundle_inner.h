/* I know what a bundle's files are called, and their columns. */
#pragma once
#include "participate/bundle.h"
#include "participate/bundle_map.h"
#include "participate/bundle_sheet.h"
#include <jansson.h>

#define BUNDLE_FORMAT "baraza space 1"

enum bundle_file {
	BUNDLE_PEOPLE,
	BUNDLE_ITEMS,
	BUNDLE_TEXTS,
	BUNDLE_PAST,
	BUNDLE_VOTES,
	BUNDLE_USEFUL,
	BUNDLE_FLAGS,
	BUNDLE_LINKS,
	BUNDLE_DECISIONS,
	BUNDLE_FILES
};

enum { BUNDLE_COLUMNS = 16, BUNDLE_FILE_MAX = 1 << 30 };

struct bundle_shape {
	const char *name;
	const char *column[BUNDLE_COLUMNS]; /* ends with NULL */
};
extern const struct bundle_shape bundle_shapes[BUNDLE_FILES];

/* The ids of things that a bundle names by their place, counted from 1: themes, crowds. */
struct bundle_places {
	int64_t *id;
	size_t n;
};
/* bundle_place(p, id): 0 if it is not among them. bundle_id(p, place): 0 if there is none. */
int64_t bundle_place(const struct bundle_places *p, int64_t id);
int64_t bundle_id(const struct bundle_places *p, int64_t place);

/* Words for the numbers in the database; each list ends with NULL. */
extern const char *const bundle_states[], *const bundle_accesses[], *const bundle_moderations[];

struct bundle_space {
	int64_t id;
	struct bundle_places theme, crowd;
};

/* bundle_space_json(db, mem, slug, ret, ret_json): space.json, for the caller to decref. */
int bundle_space_json(struct db *db, struct arena *mem, struct str slug, struct bundle_space *ret,
	json_t **ret_json) must_use;
/* bundle_space_put(db, mem, json, slug, ret): The other way round. ERR_INPUT names the member. */
int bundle_space_put(struct db *db, struct arena *mem, const json_t *json, struct str slug,
	struct bundle_space *ret) must_use;

/* A space that is being read. */
struct bundle_in {
	struct db *db;
	struct arena *mem;
	struct bundle_space space;
	struct bundle_map person, item; /* by number, by uid */
	struct bundle_count n;
};
/* bundle_row(x, file, s): One row into its table. bundle_merged(x, s): The row of an item once
 * more, when all items are there: into which one it was merged. */
int bundle_row(struct bundle_in *x, enum bundle_file file, const struct sheet *s) must_use;
int bundle_merged(struct bundle_in *x, const struct sheet *s) must_use;
