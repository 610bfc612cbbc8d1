#include "tests/vault/tests.h"
#include "vault/seal.h"
#include "vault/slot.h"

static const struct secret shred = { { 9 } }, pepper = { { 10 } };
static uint8_t room[SEALED_ROOM_MAX];

struct person {
	struct secret secret;
	struct vault_holder as;
};

static struct person person(enum vault_role role, int64_t account)
{
	struct person p = { .as = { .role = role, .id = vault_id_of(account) } };
	pair_make(&p.secret, &p.as.key);
	return p;
}

static struct str view(const void *p, size_t n)
{
	return (struct str){ p, n };
}

static void who_may_hold_what_is_the_table_of_the_protocol(void **state)
{
	(void)state;
	static const char *const want[] = {
		/* report identity internal fund liaison */
		[VAULT_REPORTER] = "yynyn",
		[VAULT_HANDLER] = "ynyny",
		[VAULT_CUSTODIAN] = "nynnn",
		[VAULT_FUND_OFFICER] = "nnnyn",
		[VAULT_MECHANISM] = "nnnny",
	};
	for (int role = 0; role <= VAULT_MECHANISM + 1; role++)
		for (int c = 0; c <= VAULT_LIAISON + 1; c++) {
			bool is = role > 0 && role <= VAULT_MECHANISM && c > 0 &&
				c <= VAULT_LIAISON && want[role][c - 1] == 'y';
			assert_int_equal(
				vault_may_hold((enum vault_role)role, (enum vault_compartment)c),
				is);
		}
}

static void only_a_custodian_reveals_and_a_reporter_chooses_nobody(void **state)
{
	(void)state;
	assert_true(vault_may_give(VAULT_HANDLER, VAULT_HANDLER, VAULT_REPORT));
	assert_true(vault_may_give(VAULT_HANDLER, VAULT_REPORTER, VAULT_REPORT));
	assert_false(vault_may_give(VAULT_HANDLER, VAULT_REPORTER, VAULT_INTERNAL));
	assert_true(vault_may_give(VAULT_CUSTODIAN, VAULT_HANDLER, VAULT_IDENTITY));
	assert_false(vault_may_give(VAULT_HANDLER, VAULT_HANDLER, VAULT_IDENTITY));
	assert_false(vault_may_give(VAULT_CUSTODIAN, VAULT_HANDLER, VAULT_REPORT));
	assert_false(vault_may_give(VAULT_REPORTER, VAULT_HANDLER, VAULT_REPORT));
	assert_false(vault_may_give(VAULT_MECHANISM, VAULT_HANDLER, VAULT_LIAISON));
}

static void a_wrap_opens_for_its_holder_in_its_place(void **state)
{
	(void)state;
	struct person me = person(VAULT_HANDLER, 1), them = person(VAULT_HANDLER, 2);
	struct vault_place at = { vault_id_make(), VAULT_REPORT, 1 }, wrong = at;
	struct vault_raw raw, back;
	uint8_t wrap[PAIR_WRAP];
	vault_raw_make(&raw);
	assert_int_equal(vault_wrap(&at, &me.as, &raw, wrap), 0);
	assert_int_equal(vault_unwrap(&at, &me.as, &me.secret, wrap, &back), 0);
	assert_memory_equal(back.key.b, raw.key.b, sizeof raw.key.b);
	assert_int_equal(vault_unwrap(&at, &them.as, &them.secret, wrap, &back), ERR_INPUT);
	wrong.epoch = 2;
	assert_int_equal(vault_unwrap(&wrong, &me.as, &me.secret, wrap, &back), ERR_INPUT);
	wrong = at;
	wrong.compartment = VAULT_INTERNAL;
	assert_int_equal(vault_unwrap(&wrong, &me.as, &me.secret, wrap, &back), ERR_INPUT);
	wrong = at;
	wrong.of.b[0] ^= 1;
	assert_int_equal(vault_unwrap(&wrong, &me.as, &me.secret, wrap, &back), ERR_INPUT);
	me.as.role = VAULT_CUSTODIAN; /* the same key in another role */
	assert_int_equal(vault_unwrap(&at, &me.as, &me.secret, wrap, &back), ERR_INPUT);
}

static void a_text_opens_in_its_place_alone(void **state)
{
	(void)state;
	struct vault_place at = { vault_id_make(), VAULT_REPORT, 1 };
	struct vault_raw raw;
	struct vault_key key, later;
	struct vault_object object = { vault_id_make(), STR("message") }, wrong = object;
	uint8_t box[SEALED_EXTRA + SEALED_ROOM_MIN];
	struct str back;
	vault_raw_make(&raw);
	assert_int_equal(vault_key_of(&at, &raw, &shred, &key), 0);
	vault_seal(&key, &object, STR("hello"), box);
	assert_int_equal(vault_unseal(&key, &object, view(box, sizeof box), room, &back), 0);
	assert_str(back, "hello");
	wrong.field = STR("name");
	assert_int_equal(vault_unseal(&key, &wrong, view(box, sizeof box), room, &back), ERR_INPUT);
	wrong = object;
	wrong.id.b[3] ^= 1;
	assert_int_equal(vault_unseal(&key, &wrong, view(box, sizeof box), room, &back), ERR_INPUT);
	at.epoch = 2;
	assert_int_equal(vault_key_of(&at, &raw, &shred, &later), 0);
	assert_int_equal(
		vault_unseal(&later, &object, view(box, sizeof box), room, &back), ERR_INPUT);
}

static void a_zeroed_slot_ends_a_case(void **state)
{
	(void)state;
	struct vault_place at = { vault_id_make(), VAULT_REPORT, 1 };
	struct secret none = { 0 }, other = { { 8 } };
	struct vault_raw raw;
	struct vault_key key, before;
	vault_raw_make(&raw);
	assert_int_equal(vault_key_of(&at, &raw, &none, &key), ERR_MISSING);
	assert_int_equal(vault_key_of(&at, &raw, &other, &key), 0);
	assert_int_equal(vault_key_of(&at, &raw, &shred, &before), 0);
	assert_memory_not_equal(key.key.b, before.key.b, sizeof key.key.b);
}

static void a_card_is_no_text_and_comes_back_whole(void **state)
{
	(void)state;
	struct vault_place at = { vault_id_make(), VAULT_REPORT, 1 };
	struct vault_raw raw;
	struct vault_key key;
	struct vault_id file = vault_id_make();
	struct vault_card back,
		card = { .key = { { 5 } },
			.size = 123456,
			.type = STR("image/png"),
			.name = STR("a.png") };
	uint8_t box[SEALED_EXTRA + 512];
	struct str text;
	vault_raw_make(&raw);
	assert_int_equal(sealed_size(VAULT_CARD_MAX), sizeof box);
	assert_int_equal(vault_key_of(&at, &raw, &shred, &key), 0);
	vault_card_seal(&key, &file, &card, box);
	assert_int_equal(vault_card_open(&key, &file, view(box, sizeof box), room, &back), 0);
	assert_int_equal(back.size, 123456);
	assert_str(back.type, "image/png");
	assert_str(back.name, "a.png");
	assert_memory_equal(back.key.b, card.key.b, sizeof back.key.b);
	assert_int_equal(vault_unseal(&key, &(struct vault_object){ file, STR("/file") },
				 view(box, sizeof box), room, &text),
		ERR_INPUT);
	assert_int_equal(vault_card_part(&card, 123450, STR("123456\0\0"), &text), 0);
	assert_str(text, "123456");
	assert_int_equal(vault_card_part(&card, 123450, STR("1234567\0"), &text), ERR_INPUT);
	assert_int_equal(vault_card_part(&card, 200000, STR("\0\0"), &text), 0);
	assert_int_equal(text.n, 0);
}

static void a_slot_opens_with_its_own_thing(void **state)
{
	(void)state;
	struct person me = person(VAULT_HANDLER, 1), them = person(VAULT_HANDLER, 2);
	struct vault_owner owner = { me.as.id, me.as.key }, wrong = { them.as.id, me.as.key };
	struct secret key, back;
	uint8_t salt[PASSWORD_SALT] = { 1 }, verifier[HASH_BYTES], again[HASH_BYTES];
	uint8_t slot[SEALED_SECRET];
	assert_int_equal(vault_password_key(&pepper, STR("secret"), salt, &key, verifier), 0);
	vault_slot_make(VAULT_BY_PASSWORD, &key, &owner, &me.secret, slot);
	assert_int_equal(vault_slot_open(VAULT_BY_PASSWORD, &key, &owner, slot, &back), 0);
	assert_memory_equal(back.b, me.secret.b, sizeof back.b);
	assert_int_equal(vault_slot_open(VAULT_BY_RECOVERY, &key, &owner, slot, &back), ERR_INPUT);
	assert_int_equal(vault_slot_open(VAULT_BY_PASSWORD, &key, &wrong, slot, &back), ERR_INPUT);
	assert_int_equal(vault_password_key(&shred, STR("secret"), salt, &key, again), 0);
	assert_memory_not_equal(again, verifier, sizeof again); /* another pepper */
	assert_int_equal(vault_slot_open(VAULT_BY_PASSWORD, &key, &owner, slot, &back), ERR_INPUT);
	vault_slot_make(VAULT_BY_PASSWORD, &key, &owner, &them.secret, slot);
	assert_int_equal(vault_slot_open(VAULT_BY_PASSWORD, &key, &owner, slot, &back), ERR_INPUT);
}

static void a_code_opens_its_own_account(void **state)
{
	(void)state;
	struct vault_id a = vault_id_of(1), b = vault_id_of(2);
	struct code code;
	struct secret one, two, receipt;
	uint8_t lookup[VAULT_LOOKUP];
	code_make(&code);
	vault_recovery_key(&pepper, &a, &code, &one);
	vault_recovery_key(&pepper, &b, &code, &two);
	assert_memory_not_equal(one.b, two.b, sizeof one.b);
	vault_receipt_key(&pepper, &code, lookup, &receipt);
	assert_memory_not_equal(lookup, receipt.b, sizeof lookup);
	assert_memory_not_equal(one.b, receipt.b, sizeof one.b);
}

static void two_of_three_officers_open_and_one_does_not(void **state)
{
	(void)state;
	struct person me = person(VAULT_HANDLER, 1), officer[VAULT_OFFICERS];
	struct vault_owner owner = { me.as.id, me.as.key };
	struct public_key key[VAULT_OFFICERS];
	uint8_t escrow[VAULT_ESCROW], half[PAIR_WRAP];
	struct secret back;
	for (size_t i = 0; i < VAULT_OFFICERS; i++) {
		officer[i] = person(VAULT_HANDLER, 10 + (int64_t)i);
		key[i] = officer[i].as.key;
	}
	assert_int_equal(vault_escrow_make(&owner, key, &me.secret, escrow), 0);
	for (size_t i = 0; i < VAULT_OFFICERS; i++) {
		size_t next = (i + 1) % VAULT_OFFICERS, third = (i + 2) % VAULT_OFFICERS;
		const uint8_t *share = escrow + i * VAULT_SHARE;
		assert_int_equal(vault_escrow_first(&key[next], &officer[next].secret, share, half),
			ERR_INPUT);
		assert_int_equal(vault_escrow_first(&key[i], &officer[i].secret, share, half), 0);
		assert_int_equal(
			vault_escrow_second(&owner, key, i, &officer[i].secret, half, &back),
			ERR_INPUT);
		assert_int_equal(
			vault_escrow_second(&owner, key, i, &officer[third].secret, half, &back),
			ERR_INPUT);
		assert_int_equal(
			vault_escrow_second(&owner, key, i, &officer[next].secret, half, &back), 0);
		assert_memory_equal(back.b, me.secret.b, sizeof back.b);
		owner.account.b[0] ^= 1;
		assert_int_equal(
			vault_escrow_second(&owner, key, i, &officer[next].secret, half, &back),
			ERR_INPUT);
		owner.account.b[0] ^= 1;
	}
	key[2] = key[0];
	assert_int_equal(vault_escrow_make(&owner, key, &me.secret, escrow), ERR_INPUT);
}

const struct CMUnitTest seal_tests[] = {
	cmocka_unit_test(who_may_hold_what_is_the_table_of_the_protocol),
	cmocka_unit_test(only_a_custodian_reveals_and_a_reporter_chooses_nobody),
	cmocka_unit_test(a_wrap_opens_for_its_holder_in_its_place),
	cmocka_unit_test(a_text_opens_in_its_place_alone),
	cmocka_unit_test(a_zeroed_slot_ends_a_case),
	cmocka_unit_test(a_card_is_no_text_and_comes_back_whole),
	cmocka_unit_test(a_slot_opens_with_its_own_thing),
	cmocka_unit_test(a_code_opens_its_own_account),
	cmocka_unit_test(two_of_three_officers_open_and_one_does_not),
};
const size_t n_seal_tests = sizeof seal_tests / sizeof *seal_tests;
