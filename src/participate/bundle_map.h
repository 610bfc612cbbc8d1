/* I find what was written under which number or lasting identity. */
#pragma once
#include "base/arena.h"

/* A table of fixed size: twice as many places as it will ever hold. */
struct bundle_map {
	struct bundle_map_place *place;
	size_t mask;
};

/* bundle_map_init(m, mem, most): For ${most} entries. */
int bundle_map_init(struct bundle_map *m, struct arena *mem, size_t most) must_use;
/* bundle_map_put(m, key, id): False if ${key} is there already. ${id} is not 0. */
bool bundle_map_put(struct bundle_map *m, uint64_t key, int64_t id);
/* bundle_map_get(m, key): 0 if it is not there. */
int64_t bundle_map_get(const struct bundle_map *m, uint64_t key);
/* bundle_uid(s, ret): 16 small hexadecimal digits as a number. */
bool bundle_uid(struct str s, uint64_t *ret);
