#include "app/cache.h"
#include "tests/test.h"
#include <brotli/decode.h>
#include <libdeflate.h>
#include <pthread.h>
#include <sodium.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM = 1 << 20, OFTEN = 16, PAGE = 8000 };

static char page[PAGE], noise[PAGE];

static int open_one(void **state)
{
	struct cache *c = NULL;
	static const char *const word[] = { "every ", "question ", "and its ", "answers ", "stand ",
		"here, ", "in all ", "languages. " };
	uint32_t dice = 1;
	for (size_t n = 0; n < PAGE;) {
		const char *w = word[(dice = dice * 1664525 + 1013904223) >> 29];
		while (*w && n < PAGE)
			page[n++] = *w++;
	}
	randombytes_buf(noise, sizeof noise);
	int result = cache_open(ROOM, &c);
	*state = c;
	return result;
}

static int close_one(void **state)
{
	cache_close(*state);
	return 0;
}

static struct str body(void)
{
	return (struct str){ page, PAGE };
}

static bool is_kept(struct cache *c, const char *key, uint64_t version, int64_t now)
{
	const struct cached *p = cache_find(c, str_c(key), version, now);
	if (p)
		cache_release((void *)(uintptr_t)p);
	return p != NULL;
}

static void keep(struct cache *c, const char *key, uint64_t version, int64_t until, struct str what)
{
	const struct cached *p = cache_put(c, str_c(key), version, until, what);
	assert_non_null(p);
	cache_release((void *)(uintptr_t)p);
}

static void what_is_put_is_found(void **state)
{
	struct cache *c = *state;
	assert_false(is_kept(c, "en/", 1, 0));
	const struct cached *put = cache_put(c, STR("en/"), 1, 0, body());
	const struct cached *found = cache_find(c, STR("en/"), 1, 0);
	assert_ptr_equal(put, found);
	assert_int_equal(found->status, 200);
	assert_true(str_eq(found->plain, body()));
	assert_true(found->plain.p != page);
	assert_int_equal(found->etag.n, 24);
	assert_int_equal(found->etag.p[0], '"');
	assert_false(is_kept(c, "en", 1, 0));
	assert_false(is_kept(c, "ar/", 1, 0));
	cache_release((void *)(uintptr_t)put);
	cache_release((void *)(uintptr_t)found);
}

static void compressed_bytes_are_the_same_page(void **state)
{
	const struct cached *p = cache_put(*state, STR("k"), 1, 0, body());
	char out[PAGE + 1];
	size_t n = 0;
	assert_non_null(p);
	assert_in_range(p->gzip.n, 1, PAGE - 1);
	assert_in_range(p->br.n, 1, PAGE - 1);
	struct libdeflate_decompressor *z = libdeflate_alloc_decompressor();
	assert_int_equal(
		libdeflate_gzip_decompress(z, p->gzip.p, p->gzip.n, out, sizeof out, &n), 0);
	libdeflate_free_decompressor(z);
	assert_int_equal(n, PAGE);
	assert_memory_equal(out, page, PAGE);
	n = sizeof out;
	assert_int_equal(
		BrotliDecoderDecompress(p->br.n, (const uint8_t *)p->br.p, &n, (uint8_t *)out),
		BROTLI_DECODER_RESULT_SUCCESS);
	assert_int_equal(n, PAGE);
	assert_memory_equal(out, page, PAGE);
	cache_release((void *)(uintptr_t)p);
}

static void what_does_not_shrink_is_sent_plain(void **state)
{
	const struct cached *p = cache_put(*state, STR("k"), 1, 0, (struct str){ noise, PAGE });
	assert_non_null(p);
	assert_int_equal(p->gzip.n, 0);
	assert_int_equal(p->br.n, 0);
	assert_memory_equal(p->plain.p, noise, PAGE);
	cache_release((void *)(uintptr_t)p);
}

static void a_page_has_its_version_and_its_time(void **state)
{
	struct cache *c = *state;
	keep(c, "k", 7, 100, body());
	assert_true(is_kept(c, "k", 7, 99));
	assert_false(is_kept(c, "k", 7, 100));
	assert_false(is_kept(c, "k", 7, 99)); /* it went when its time had come */
	keep(c, "k", 7, 0, body());
	assert_true(is_kept(c, "k", 7, INT64_MAX));
	assert_false(is_kept(c, "k", 8, 0));
	assert_false(is_kept(c, "k", 7, 0));
}

static void a_clock_set_back_empties_it(void **state)
{
	keep(*state, "day", 1, 5000, body());
	assert_true(is_kept(*state, "day", 1, 4000));
	assert_true(
		is_kept(*state, "day", 1, 3990)); /* another thread looked at the clock earlier */
	assert_false(is_kept(*state, "day", 1, 400));
	keep(*state, "day", 1, 5000, body());
	assert_true(is_kept(*state, "day", 1, 401));
}

static void a_new_page_takes_the_place_of_the_old(void **state)
{
	struct cache *c = *state;
	keep(c, "k", 1, 0, body());
	const struct cached *old = cache_find(c, STR("k"), 1, 0);
	keep(c, "k", 1, 0, STR("short"));
	const struct cached *now = cache_find(c, STR("k"), 1, 0);
	assert_non_null(old);
	assert_non_null(now);
	assert_str(now->plain, "short");
	assert_memory_equal(old->plain.p, page, PAGE); /* still being sent to somebody */
	assert_false(str_eq(old->etag, now->etag));
	cache_release((void *)(uintptr_t)old);
	cache_release((void *)(uintptr_t)now);
}

static void an_empty_or_too_large_page_is_not_kept(void **state)
{
	assert_null(cache_put(*state, STR("k"), 1, 0, STR("")));
	char *large = calloc(1, ROOM);
	assert_non_null(large);
	assert_null(cache_put(*state, STR("k"), 1, 0, (struct str){ large, ROOM }));
	free(large);
	assert_false(is_kept(*state, "k", 1, 0));
}

static void others_go_when_there_is_no_room(void **state)
{
	struct cache *c;
	char key[16];
	(void)state;
	assert_int_equal(cache_open(5 * PAGE, &c), 0);
	for (int i = 0; i < 100; i++) {
		snprintf(key, sizeof key, "k%d", i);
		keep(c, key, 1, 0, (struct str){ noise, PAGE });
		assert_true(is_kept(c, key, 1, 0));
	}
	int left = 0;
	for (int i = 0; i < 100; i++) {
		snprintf(key, sizeof key, "k%d", i);
		left += is_kept(c, key, 1, 0);
	}
	assert_in_range(left, 1, 4); /* the room counts keys and headers too */
	cache_close(c);
}

static void a_page_asked_for_often_is_compressed_harder(void **state)
{
	struct cache *c = *state;
	keep(c, "k", 1, 50, body());
	const struct cached *quick = cache_find(c, STR("k"), 1, 0);
	assert_non_null(quick);
	assert_false(cache_polish(c));
	for (int i = 0; i < OFTEN; i++)
		assert_true(is_kept(c, "k", 1, 0));
	assert_true(cache_polish(c));
	assert_false(cache_polish(c));
	const struct cached *hard = cache_find(c, STR("k"), 1, 49);
	assert_non_null(hard);
	assert_ptr_not_equal(hard, quick);
	assert_true(hard->br.n < quick->br.n);
	assert_true(str_eq(hard->etag, quick->etag));
	assert_true(str_eq(hard->plain, quick->plain));
	assert_false(is_kept(c, "k", 1, 50));
	cache_release((void *)(uintptr_t)quick);
	cache_release((void *)(uintptr_t)hard);
}

/* ---- many at once ---- */

enum { READERS = 3, TURNS = 400, KEYS = 5 };
static atomic_uint_fast64_t version = 1;

static void *read_pages(void *arg)
{
	struct cache *c = arg;
	char text[PAGE];
	for (int i = 0; i < TURNS; i++) {
		char key[16];
		uint64_t at = atomic_load(&version);
		int n = snprintf(key, sizeof key, "page %d", i % KEYS);
		struct str k = { key, (size_t)n };
		const struct cached *p = cache_find(c, k, at, 0);
		if (!p) {
			memcpy(text, page, PAGE);
			memcpy(text, key, (size_t)n);
			p = cache_put(c, k, at, 0, (struct str){ text, PAGE });
		}
		if (!p || memcmp(p->plain.p, key, (size_t)n) != 0)
			return c; /* another page, or none */
		cache_release((void *)(uintptr_t)p);
	}
	return NULL;
}

static void *polish_pages(void *arg)
{
	for (int i = 0; i < TURNS / 4; i++) {
		cache_polish(arg);
		if (i % 16 == 0)
			atomic_fetch_add(&version, 1);
	}
	return NULL;
}

static void many_threads_get_the_page_they_ask_for(void **state)
{
	pthread_t thread[READERS + 1];
	for (int i = 0; i <= READERS; i++)
		assert_int_equal(pthread_create(&thread[i], NULL,
					 i < READERS ? read_pages : polish_pages, *state),
			0);
	for (int i = 0; i <= READERS; i++) {
		void *wrong = NULL;
		pthread_join(thread[i], &wrong);
		assert_null(wrong);
	}
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, open_one, close_one)

int main(void)
{
	const struct CMUnitTest tests[] = {
		EACH(what_is_put_is_found),
		EACH(compressed_bytes_are_the_same_page),
		EACH(what_does_not_shrink_is_sent_plain),
		EACH(a_page_has_its_version_and_its_time),
		EACH(a_clock_set_back_empties_it),
		EACH(a_new_page_takes_the_place_of_the_old),
		EACH(an_empty_or_too_large_page_is_not_kept),
		EACH(others_go_when_there_is_no_room),
		EACH(a_page_asked_for_often_is_compressed_harder),
		EACH(many_threads_get_the_page_they_ask_for),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
