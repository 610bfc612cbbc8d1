/* I know what a bundle says of the space itself. */
#pragma once
#include "participate/bundle_table.h"
#include <jansson.h>

#define BUNDLE_FORMAT "baraza space 2"

/* The files of this room. */
extern const struct bundle_part bundle_own;

/* Words for the numbers in the database; each list ends with NULL. */
extern const char *const bundle_states[], *const bundle_accesses[], *const bundle_moderations[];

/* bundle_space_json(db, mem, slug, ret, ret_json): space.json, for the caller to decref. */
int bundle_space_json(struct db *db, struct arena *mem, struct str slug, struct bundle_space *ret,
	json_t **ret_json) must_use;
/* bundle_space_put(db, mem, json, slug, ret): The other way round. ERR_INPUT names the member. */
int bundle_space_put(struct db *db, struct arena *mem, const json_t *json, struct str slug,
	struct bundle_space *ret) must_use;
