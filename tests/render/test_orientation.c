#include "base/buf.h"
#include "render/orientation.h"
#include "tests/test.h"

/* A picture of nothing but what its camera wrote, in either order of bytes. */
static struct str picture(struct buf *b, bool is_little, uint8_t tag, uint8_t way)
{
	static const uint8_t head[] = { 0xff, 0xd8, 0xff, 0xe0, 0, 4, 'a', 'b', 0xff, 0xe1, 0, 34,
		'E', 'x', 'i', 'f', 0, 0 };
	const uint8_t little[] = { 'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, tag, 1, 3, 0, 1, 0, 0, 0, way,
		0, 0, 0, 0, 0, 0, 0 };
	const uint8_t big[] = { 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, tag, 0, 3, 0, 0, 0, 1, 0, way,
		0, 0, 0, 0, 0, 0 };
	b->n = 0;
	buf_put(b, head, sizeof head);
	buf_put(b, is_little ? little : big, sizeof big);
	return buf_view(b);
}

static void each_way_is_told(void **state)
{
	(void)state;
	auto_buf b;
	buf_init(&b, 200);
	for (uint8_t way = 1; way <= 8; way++) {
		assert_int_equal(orientation_of(picture(&b, true, 0x12, way)), way);
		assert_int_equal(orientation_of(picture(&b, false, 0x12, way)), way);
	}
}

static void what_is_no_way_is_upright(void **state)
{
	(void)state;
	auto_buf b;
	buf_init(&b, 200);
	assert_int_equal(orientation_of(picture(&b, true, 0x12, 9)), 1);
	assert_int_equal(orientation_of(picture(&b, true, 0x13, 6)), 1);
	assert_int_equal(orientation_of(str_from(picture(&b, true, 0x12, 6), 1)), 1);
	assert_int_equal(orientation_of(STR("")), 1);
	struct str whole = picture(&b, false, 0x12, 6);
	for (size_t n = 0; n < whole.n; n++)
		assert_int_equal(orientation_of((struct str){ whole.p, n }), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_way_is_told),
		cmocka_unit_test(what_is_no_way_is_upright),
	};
	return cmocka_run_group_tests_name("orientation", tests, NULL, NULL);
}
