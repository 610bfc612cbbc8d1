#include "participate/bundle_map.h"

struct bundle_map_place {
	uint64_t key;
	int64_t id; /* 0: free */
};

int bundle_map_init(struct bundle_map *m, struct arena *mem, size_t most)
{
	size_t n = 16;
	while (n < most * 2)
		n *= 2;
	m->mask = n - 1;
	m->place = arena_array(mem, n, sizeof *m->place);
	return m->place ? 0 : err_note(ERR_NOMEM, "a bundle of %zu things", most);
}

/* Where ${key} stands, or would. */
static struct bundle_map_place *find(const struct bundle_map *m, uint64_t key)
{
	size_t at = (size_t)(key * 0x9e3779b97f4a7c15u >> 17) & m->mask;
	while (m->place[at].id && m->place[at].key != key)
		at = (at + 1) & m->mask;
	return &m->place[at];
}

bool bundle_map_put(struct bundle_map *m, uint64_t key, int64_t id)
{
	struct bundle_map_place *p = find(m, key);
	if (p->id)
		return false;
	*p = (struct bundle_map_place){ key, id };
	return true;
}

int64_t bundle_map_get(const struct bundle_map *m, uint64_t key)
{
	return find(m, key)->id;
}

bool bundle_uid(struct str s, uint64_t *ret)
{
	uint64_t n = 0;
	if (s.n != 16)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f'))
			return false;
		n = n << 4 | (uint64_t)(c <= '9' ? c - '0' : c - 'a' + 10);
	}
	*ret = n;
	return true;
}
