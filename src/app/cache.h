/*
 * I keep public pages as bytes, compressed, until something public changes.
 *
 * A page is rendered once for each language and address. It is good while the house's version
 * is the one it was made at and its own time has not come. One lock; readers hold a reference
 * while the bytes are being sent.
 */
#pragma once
#include "base/err.h"
#include "base/str.h"

struct cache;

/* A kept page. Its bytes stay until cache_release. */
struct cached {
	struct str plain, gzip, br; /* gzip and br may be absent */
	struct str etag;            /* with quotes, for the plain bytes */
	int status;
};

/* cache_open(max, ret): Keep at most ${max} bytes of bodies. */
int cache_open(size_t max, struct cache **ret) must_use;
void cache_close(struct cache *c);

/* cache_find(c, key, version, now): The page kept under ${key}, or NULL. A ${now} before the last
 * one means that the clock was set back: then all pages go. */
const struct cached *cache_find(struct cache *c, struct str key, uint64_t version, int64_t now);

/* cache_put(c, key, version, until, body): Keep a copy of ${body} (HTML, status 200),
 * compressed, good until ${until} (0: until the version changes). Returns it as cache_find
 * would; NULL when memory is short: then send the body itself. */
const struct cached *cache_put(
	struct cache *c, struct str key, uint64_t version, int64_t until, struct str body);

/* cache_release(page): The bytes have been sent. */
void cache_release(void *page);

/* cache_polish(c): Compress as hard as can be (brotli 11) one page that is asked for often and
 * is not so compressed yet. For a background thread; false when there is none. */
bool cache_polish(struct cache *c);
