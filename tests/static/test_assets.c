#include "static/assets.h"
#include "tests/test.h"

#include <brotli/decode.h>
#include <libdeflate.h>

static void addresses_lead_to_files(void **state)
{
	(void)state;
	struct str url = asset_url("site.css");
	assert_true(str_starts(url, "/static/site.") && str_ends(url, ".css"));
	assert_int_equal(url.n, strlen("/static/site.0123456789.css"));
	const struct asset *a = asset_find(url);
	assert_non_null(a);
	assert_str(a->type, "text/css; charset=utf-8");
	assert_true(a == asset_named(STR("site.css")));
	assert_int_equal(a->etag.n, 12);
	assert_null(asset_find(STR("/static/site.css")));
	assert_null(asset_named(STR("site.js")));
}

static void packed_forms_unpack_to_the_same(void **state)
{
	(void)state;
	const struct asset *a = asset_named(STR("site.css"));
	size_t n = 0;
	char *room = malloc(a->body.n);
	assert_non_null(room);
	struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
	assert_int_equal(
		libdeflate_gzip_decompress(d, a->gzip.p, a->gzip.n, room, a->body.n, &n), 0);
	libdeflate_free_decompressor(d);
	assert_true(str_eq((struct str){ room, n }, a->body));
	n = a->body.n;
	assert_int_equal(
		BrotliDecoderDecompress(a->br.n, (const uint8_t *)a->br.p, &n, (uint8_t *)room), 1);
	assert_true(str_eq((struct str){ room, n }, a->body));
	free(room);
}

/* The budget of the design: all pages share one stylesheet of at most 9 KB. */
static void the_stylesheet_is_light(void **state)
{
	(void)state;
	assert_in_range(asset_named(STR("site.css"))->gzip.n, 1, 9 * 1024);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_lead_to_files),
		cmocka_unit_test(packed_forms_unpack_to_the_same),
		cmocka_unit_test(the_stylesheet_is_light),
	};
	return cmocka_run_group_tests_name("assets", tests, NULL, NULL);
}
