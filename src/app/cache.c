#include "app/cache.h"
#include "base/num.h"
#include <brotli/encode.h>
#include <libdeflate.h>
#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum {
	SLOTS = 1024,  /* pages at a time; a power of two */
	QUICK = 5,     /* brotli quality at once: 60 µs for 20 KB */
	OFTEN = 16,    /* asked for so often, a page is worth 26 ms of brotli 11 */
	ETAG = 2 + 22, /* two quotes around 16 bytes in base64 */
	STEP = 60, /* seconds: a clock that goes back so far was set, and is not just read late */
};

struct page {
	struct cached c; /* first: cache_release gets this address */
	atomic_int held;
	uint64_t hash, version;
	int64_t until;
	int hits;
	bool is_polished;
	size_t size;
	char etag[ETAG + 1];
	struct str key;
	char bytes[]; /* key, plain, gzip, br */
};

struct cache {
	pthread_mutex_t lock;
	size_t used, max;
	int64_t now; /* when somebody last asked */
	unsigned char seed[crypto_shorthash_KEYBYTES];
	struct page *slot[SLOTS];
};

int cache_open(size_t max, struct cache **ret)
{
	struct cache *c = calloc(1, sizeof *c);
	if (!c)
		return err_note(ERR_NOMEM, "page cache");
	c->max = max;
	pthread_mutex_init(&c->lock, NULL);
	randombytes_buf(c->seed, sizeof c->seed);
	*ret = c;
	return 0;
}

static void page_drop(struct page *p)
{
	if (atomic_fetch_sub(&p->held, 1) == 1)
		free(p);
}

void cache_release(void *page)
{
	page_drop(page);
}

void cache_close(struct cache *c)
{
	if (!c)
		return;
	for (size_t i = 0; i < SLOTS; i++)
		if (c->slot[i])
			page_drop(c->slot[i]);
	pthread_mutex_destroy(&c->lock);
	free(c);
}

/* Keyed, so that nobody can choose addresses that push others' pages out. */
static uint64_t key_hash(const struct cache *c, struct str key)
{
	uint64_t h;
	crypto_shorthash((unsigned char *)&h, (const unsigned char *)key.p, key.n, c->seed);
	return h;
}

static void slot_empty(struct cache *c, size_t at)
{
	if (!c->slot[at])
		return;
	c->used -= c->slot[at]->size;
	page_drop(c->slot[at]);
	c->slot[at] = NULL;
}

/* Whoever sets a fast clock right must not go on reading "one day late" until tomorrow. */
static void mind_clock(struct cache *c, int64_t now)
{
	for (size_t i = 0; now < c->now - STEP && i < SLOTS; i++)
		slot_empty(c, i);
	c->now = now;
}

const struct cached *cache_find(struct cache *c, struct str key, uint64_t version, int64_t now)
{
	uint64_t h = key_hash(c, key);
	struct page *found = NULL;
	pthread_mutex_lock(&c->lock);
	mind_clock(c, now);
	struct page *p = c->slot[h % SLOTS];
	if (p && p->hash == h && str_eq(p->key, key)) {
		if (p->version != version || (p->until && now >= p->until)) {
			slot_empty(c, h % SLOTS);
		} else {
			atomic_fetch_add(&p->held, 1);
			p->hits++;
			found = p;
		}
	}
	pthread_mutex_unlock(&c->lock);
	return found ? &found->c : NULL;
}

static size_t gzip_to(char *to, size_t room, struct str body)
{
	struct libdeflate_compressor *z = libdeflate_alloc_compressor(6);
	size_t n = z ? libdeflate_gzip_compress(z, body.p, body.n, to, room) : 0;
	libdeflate_free_compressor(z);
	return n;
}

static size_t brotli_to(char *to, size_t room, int quality, struct str body)
{
	size_t n = room;
	if (!BrotliEncoderCompress(quality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, body.n,
		    (const uint8_t *)body.p, &n, (uint8_t *)to))
		return 0;
	return n;
}

static void etag_of(struct page *p)
{
	unsigned char digest[crypto_generichash_BYTES_MIN];
	char text[sodium_base64_ENCODED_LEN(
		sizeof digest, sodium_base64_VARIANT_URLSAFE_NO_PADDING)];
	crypto_generichash(
		digest, sizeof digest, (const unsigned char *)p->c.plain.p, p->c.plain.n, NULL, 0);
	sodium_bin2base64(
		text, sizeof text, digest, sizeof digest, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	int n = snprintf(p->etag, sizeof p->etag, "\"%s\"", text);
	p->c.etag = (struct str){ p->etag, (size_t)n };
}

/* Point the page's views at its bytes, which lie one after the other. */
static void page_views(struct page *p, size_t key, size_t plain, size_t gzip, size_t br)
{
	const char *at = p->bytes;
	p->key = (struct str){ at, key };
	p->c.plain = (struct str){ at += key, plain };
	p->c.gzip = (struct str){ gzip ? at += plain : NULL, gzip };
	p->c.br = (struct str){ br ? (gzip ? at + gzip : at + plain) : NULL, br };
}

/* A page with its bytes: plain, gzip, brotli. A compression that does not help is left out. */
static struct page *page_make(struct str key, struct str body, int quality)
{
	size_t all;
	if (!num_mul(body.n, 3, &all) || !num_add(all, sizeof(struct page) + key.n, &all))
		return NULL;
	struct page *p = malloc(all);
	if (!p)
		return NULL;
	*p = (struct page){ .c.status = 200, .held = 2, .is_polished = quality > QUICK };
	char *at = p->bytes;
	memcpy(at, key.p, key.n);
	memcpy(at += key.n, body.p, body.n);
	size_t gzip = gzip_to(at += body.n, body.n, body);
	size_t br = brotli_to(at + gzip, body.n, quality, body);
	p->size = sizeof *p + key.n + body.n + gzip + br;
	struct page *fit = realloc(p, p->size);
	p = fit ? fit : p;
	page_views(p, key.n, body.n, gzip, br);
	etag_of(p);
	return p;
}

/* Into its slot, and others out until there is room. With the lock held. */
static void slot_fill(struct cache *c, struct page *p)
{
	size_t at = p->hash % SLOTS;
	slot_empty(c, at);
	for (size_t i = 0; c->used + p->size > c->max && i < SLOTS; i++)
		slot_empty(c, (at + i) % SLOTS);
	c->slot[at] = p;
	c->used += p->size;
}

const struct cached *cache_put(
	struct cache *c, struct str key, uint64_t version, int64_t until, struct str body)
{
	struct page *p = body.n && body.n < c->max ? page_make(key, body, QUICK) : NULL;
	if (!p)
		return NULL;
	p->hash = key_hash(c, key);
	p->version = version;
	p->until = until;
	pthread_mutex_lock(&c->lock);
	slot_fill(c, p);
	pthread_mutex_unlock(&c->lock);
	return &p->c;
}

/* The busiest page that has only been compressed quickly, held. */
static struct page *busiest(struct cache *c)
{
	struct page *best = NULL;
	pthread_mutex_lock(&c->lock);
	for (size_t i = 0; i < SLOTS; i++) {
		struct page *p = c->slot[i];
		if (p && !p->is_polished && p->hits >= OFTEN && (!best || p->hits > best->hits))
			best = p;
	}
	if (best)
		atomic_fetch_add(&best->held, 1);
	pthread_mutex_unlock(&c->lock);
	return best;
}

bool cache_polish(struct cache *c)
{
	struct page *old = busiest(c);
	if (!old)
		return false;
	struct page *p = page_make(old->key, old->c.plain, BROTLI_MAX_QUALITY);
	if (p) {
		p->hash = old->hash;
		p->version = old->version;
		p->until = old->until;
		atomic_store(&p->held, 1);
		pthread_mutex_lock(&c->lock);
		p->hits = old->hits;
		bool is_current = c->slot[old->hash % SLOTS] == old;
		if (is_current)
			slot_fill(c, p);
		pthread_mutex_unlock(&c->lock);
		if (!is_current)
			page_drop(p);
	}
	page_drop(old);
	return p != NULL;
}
