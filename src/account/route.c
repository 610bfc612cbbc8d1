#include "account/route.h"

/* One pass, byte by byte: of a few hundred rows all but one part from the path early on. */
bool route_match(const struct route *r, struct str path, struct str part[VISIT_PARTS])
{
	int n = 0;
	for (const char *want = r->path; *want;) {
		if (*want != ':') {
			if (path.n == 0 || path.p[0] != *want++)
				return false;
			path = str_from(path, 1);
			continue;
		}
		must(n < VISIT_PARTS);
		part[n] = (struct str){ path.p, str_find(path, '/') };
		if (part[n].n == 0)
			return false;
		path = str_from(path, part[n++].n);
		while (*want && *want != '/')
			want++;
	}
	return path.n == 0;
}
