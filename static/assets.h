/*
 * I know the files that stand in the binary itself: the stylesheet, the icon, the map's
 * outlines. tool/embed makes the table behind me from static/ at build time.
 */
#pragma once
#include "base/str.h"

struct asset {
	struct str name; /* "site.css" */
	struct str url;  /* "/static/site.3f2a9c01ab.css": changes with the content, cache it for
			    good */
	struct str type; /* "text/css; charset=utf-8" */
	struct str etag; /* quoted */
	struct str body;
	struct str gzip, br; /* packed as tightly as can be; absent where packing does not help */
};

/* asset_find(path): The file behind a whole request path, NULL if there is none. */
const struct asset *asset_find(struct str path);

/* asset_named(name): The file of that name, NULL if there is none. */
const struct asset *asset_named(struct str name);

/* asset_url(name): Where a page finds the file. A name that is not there is our own mistake:
 * the process stops. */
struct str asset_url(const char *name);
