#include "crypto/pair.h"
#include "crypto/sealed.h"
#include "crypto/stream.h"
#include "tests/crypto/tests.h"

static const struct secret key = { { 42 } }, other_key = { { 43 } };
static uint8_t box[SEALED_ROOM_MAX + SEALED_EXTRA], room[SEALED_ROOM_MAX + SEALED_EXTRA],
	text[SEALED_TEXT_MAX];

static struct str view(const void *p, size_t n)
{
	return (struct str){ p, n };
}

static void a_seal_opens_only_where_it_was_made(void **state)
{
	(void)state;
	struct str back = { 0 };
	size_t n = sealed_size(5);
	sealed_make(&key, STR("here"), STR("hello"), box);
	assert_int_equal(sealed_open(&key, STR("here"), view(box, n), room, &back), 0);
	assert_str(back, "hello");
	struct str untouched = back;
	assert_int_equal(sealed_open(&key, STR("there"), view(box, n), room, &back), ERR_INPUT);
	assert_int_equal(
		sealed_open(&other_key, STR("here"), view(box, n), room, &back), ERR_INPUT);
	for (size_t i = 0; i < n; i++) {
		box[i] ^= 1;
		assert_int_equal(
			sealed_open(&key, STR("here"), view(box, n), room, &back), ERR_INPUT);
		box[i] ^= 1;
	}
	for (size_t cut = 0; cut < n; cut++)
		assert_int_equal(
			sealed_open(&key, STR("here"), view(box, cut), room, &back), ERR_INPUT);
	assert_ptr_equal(back.p, untouched.p);
}

static void what_is_stored_tells_only_a_class_of_sizes(void **state)
{
	(void)state;
	static const size_t n[] = { 0, 1, 44, 252, 253, 508, 509, 5000, SEALED_TEXT_MAX };
	static const size_t want[] = { 256, 256, 256, 256, 512, 512, 1024, 8192, SEALED_ROOM_MAX };
	assert_int_equal(sealed_size(44), 328);
	memset(text, 'x', sizeof text);
	for (size_t i = 0; i < sizeof n / sizeof *n; i++) {
		struct str back;
		assert_int_equal(sealed_size(n[i]), want[i] + SEALED_EXTRA);
		sealed_make(&key, STR(""), view(text, n[i]), box);
		assert_int_equal(
			sealed_open(&key, STR(""), view(box, sealed_size(n[i])), room, &back), 0);
		assert_int_equal(back.n, n[i]);
		assert_memory_equal(back.p, text, n[i]);
	}
}

static void two_seals_of_one_text_share_nothing(void **state)
{
	(void)state;
	uint8_t again[SEALED_EXTRA + SEALED_ROOM_MIN];
	sealed_make(&key, STR("here"), STR("hello"), box);
	sealed_make(&key, STR("here"), STR("hello"), again);
	for (size_t i = 0; i + 8 <= sizeof again; i += 8)
		assert_memory_not_equal(box + i, again + i, 8);
}

static void padding_is_exact_or_refused(void **state)
{
	(void)state;
	struct str back;
	size_t n = sealed_pad(STR("hello"), room);
	assert_int_equal(n, 256);
	assert_int_equal(sealed_unpad(view(room, n), &back), 0);
	assert_str(back, "hello");
	assert_int_equal(sealed_unpad(view(room, n - 1), &back), ERR_INPUT);
	memset(room + n, 0, n);
	assert_int_equal(sealed_unpad(view(room, 2 * n), &back), ERR_INPUT); /* a larger room */
	room[n - 1] = 1;
	assert_int_equal(sealed_unpad(view(room, n), &back), ERR_INPUT);
	room[n - 1] = 0;
	room[0] = 253; /* longer than fits */
	assert_int_equal(sealed_unpad(view(room, n), &back), ERR_INPUT);
	room[0] = 5;
	room[3] = 0xff;
	assert_int_equal(sealed_unpad(view(room, n), &back), ERR_INPUT);
}

static void a_key_can_be_sealed(void **state)
{
	(void)state;
	uint8_t slot[SEALED_SECRET];
	struct secret back = { 0 };
	sealed_secret_make(&key, STR("slot"), &other_key, slot);
	assert_int_equal(sealed_secret_open(&key, STR("slot"), slot, &back), 0);
	assert_memory_equal(back.b, other_key.b, sizeof back.b);
	back = (struct secret){ 0 };
	slot[60] ^= 4;
	assert_int_equal(sealed_secret_open(&key, STR("slot"), slot, &back), ERR_INPUT);
	assert_int_equal(back.b[0], 0);
}

static void a_wrap_is_for_one_person_and_one_place(void **state)
{
	(void)state;
	struct secret mine, theirs, back = { 0 };
	struct public_key me, them, zero = { 0 };
	uint8_t wrap[PAIR_WRAP];
	struct pair_context at = { "test", STR("here") }, there = { "test", STR("there") },
			    else_for = { "rest", STR("here") };
	pair_make(&mine, &me);
	pair_make(&theirs, &them);
	assert_int_equal(sizeof wrap, 112);
	assert_true(pair_is(&mine, &me));
	assert_false(pair_is(&mine, &them));
	assert_int_equal(pair_wrap(&me, at, &key, wrap), 0);
	assert_int_equal(pair_unwrap(&mine, &me, at, wrap, &back), 0);
	assert_memory_equal(back.b, key.b, sizeof back.b);
	back = (struct secret){ 0 };
	assert_int_equal(pair_unwrap(&theirs, &them, at, wrap, &back), ERR_INPUT);
	assert_int_equal(pair_unwrap(&mine, &me, there, wrap, &back), ERR_INPUT);
	assert_int_equal(pair_unwrap(&mine, &me, else_for, wrap, &back), ERR_INPUT);
	wrap[111] ^= 0x80;
	assert_int_equal(pair_unwrap(&mine, &me, at, wrap, &back), ERR_INPUT);
	assert_int_equal(back.b[0], 0);
	assert_int_equal(pair_wrap(&zero, at, &key, wrap), ERR_INPUT);
}

static uint8_t plain[STREAM_PIECE], sealed[3 * STREAM_SEALED];

/* Three pieces, the last of ten bytes; returns how long they are together. */
static size_t three_pieces(struct str id, uint8_t head[STREAM_HEAD])
{
	struct stream s;
	stream_seal_start(&key, head, &s);
	stream_seal(&s, id, view(plain, sizeof plain), false, sealed);
	stream_seal(&s, id, view(plain, sizeof plain), false, sealed + STREAM_SEALED);
	stream_seal(&s, id, view(plain, 10), true, sealed + 2 * (size_t)STREAM_SEALED);
	return 2 * (size_t)STREAM_SEALED + 10 + STREAM_EXTRA;
}

static void a_file_opens_whole_and_in_order(void **state)
{
	(void)state;
	uint8_t head[STREAM_HEAD], out[STREAM_PIECE];
	struct stream s;
	struct str id = STR("file"), last;
	memset(plain, 7, sizeof plain);
	size_t n = three_pieces(id, head);
	last = view(sealed + 2 * (size_t)STREAM_SEALED, n - 2 * (size_t)STREAM_SEALED);
	assert_int_equal(stream_open_start(&key, head, &s), 0);
	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(
			stream_open(&s, id, view(sealed + i * STREAM_SEALED, STREAM_SEALED), out),
			0);
		assert_memory_equal(out, plain, sizeof out);
		assert_false(s.is_over);
	}
	assert_int_equal(stream_open(&s, id, last, out), 0);
	assert_true(s.is_over);
	assert_int_equal(stream_open(&s, id, last, out), ERR_INPUT); /* nothing behind the end */
}

static void a_file_that_was_touched_does_not_open(void **state)
{
	(void)state;
	uint8_t head[STREAM_HEAD], out[STREAM_PIECE];
	struct stream s;
	struct str id = STR("file"), first = view(sealed, STREAM_SEALED),
		   second = view(sealed + STREAM_SEALED, STREAM_SEALED);
	three_pieces(id, head);
	assert_int_equal(stream_open_start(&key, head, &s), 0);
	assert_int_equal(stream_open(&s, id, second, out), ERR_INPUT); /* out of turn */
	assert_int_equal(stream_open(&s, STR("else"), first, out), ERR_INPUT);
	assert_int_equal(stream_open(&s, id, view(sealed, STREAM_SEALED - 1), out), ERR_INPUT);
	assert_int_equal(stream_open(&s, id, view(sealed, STREAM_EXTRA - 1), out), ERR_INPUT);
	assert_int_equal(stream_open(&s, id, first, out), 0);
	assert_int_equal(stream_open(&s, id, first, out), ERR_INPUT); /* twice */
	assert_int_equal(stream_open_start(&other_key, head, &s), 0);
	assert_int_equal(stream_open(&s, id, first, out), ERR_INPUT);
}

static void a_file_is_given_room(void **state)
{
	(void)state;
	assert_int_equal(stream_room(0), STREAM_PIECE);
	assert_int_equal(stream_room(STREAM_PIECE), STREAM_PIECE);
	assert_int_equal(stream_room(70000), 71680);
	for (uint64_t n = STREAM_PIECE; n < (uint64_t)1 << 50; n = n * 9 / 7 + 1) {
		uint64_t got = stream_room(n);
		assert_true(got >= n && got - n <= n * 12 / 100);
		assert_int_equal(stream_room(got), got); /* a class, not a shift */
	}
}

const struct CMUnitTest sealed_tests[] = {
	cmocka_unit_test(a_seal_opens_only_where_it_was_made),
	cmocka_unit_test(what_is_stored_tells_only_a_class_of_sizes),
	cmocka_unit_test(two_seals_of_one_text_share_nothing),
	cmocka_unit_test(padding_is_exact_or_refused),
	cmocka_unit_test(a_key_can_be_sealed),
	cmocka_unit_test(a_wrap_is_for_one_person_and_one_place),
	cmocka_unit_test(a_file_opens_whole_and_in_order),
	cmocka_unit_test(a_file_that_was_touched_does_not_open),
	cmocka_unit_test(a_file_is_given_room),
};
const size_t n_sealed_tests = sizeof sealed_tests / sizeof *sealed_tests;
