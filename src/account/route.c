#include "account/route.h"

/* The next part of a path: what stands between two slashes. False at the end. */
static bool next_part(struct str *path, struct str *ret)
{
	if (path->n == 0 || path->p[0] != '/')
		return false;
	struct str rest = str_from(*path, 1);
	size_t n = str_find(rest, '/');
	*ret = (struct str){ rest.p, n };
	*path = str_from(rest, n);
	return true;
}

bool route_match(const struct route *r, struct str path, struct str part[VISIT_PARTS])
{
	struct str want = str_c(r->path), w, got;
	int n = 0;
	while (next_part(&want, &w)) {
		if (!next_part(&path, &got))
			return false;
		if (w.n == 0 || w.p[0] != ':') {
			if (!str_eq(w, got))
				return false;
			continue;
		}
		must(n < VISIT_PARTS);
		if (got.n == 0)
			return false;
		part[n++] = got;
	}
	return path.n == 0;
}
