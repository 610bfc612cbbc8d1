#include "tests/vault/tests.h"
#include "tests/vault/world.h"
#include "vault/vault_answer.h"

/* Everything goes through the bytes of its message, as between two processes. */
static struct vault_answer_state state;
static struct vault_answer_room room;
static int64_t clock_says = 1000;
static struct world w;

static int ask_here(const struct vault_message *ask, struct vault_message *ret)
{
	static char kept[VAULT_HEAD + VAULT_MESSAGE_MAX];
	struct vault_message heard, said;
	auto_buf there, back;
	buf_init(&there, sizeof kept);
	buf_init(&back, sizeof kept);
	vault_message_write(ask, &there);
	assert_int_equal(vault_message_read((const uint8_t *)there.p,
				 str_from(buf_view(&there), VAULT_HEAD), &heard),
		0);
	vault_answer(&state, &room, clock_says, &heard, &said);
	vault_message_write(&said, &back);
	assert_int_equal(back.failed, 0);
	memcpy(kept, back.p, back.n);
	assert_int_equal(vault_message_read((const uint8_t *)kept,
				 (struct str){ kept + VAULT_HEAD, back.n - VAULT_HEAD }, ret),
		0);
	/* Nothing of it stays where it was put together. */
	vault_answer_room_wipe(&room, &heard);
	for (size_t i = 0; i < sizeof room; i++)
		assert_int_equal(((const uint8_t *)&room)[i], 0);
	return ret->result;
}

static int fresh(void **unused)
{
	static const struct secret pepper = { { 4 } };
	(void)unused;
	memset(&state, 0, sizeof state);
	vault_answer_state_init(&state, &pepper);
	clock_says = 1000;
	world_make(ask_here, &w);
	return 0;
}

/* A text of the reporter's in the report, as it is stored. */
static struct str seal_report(struct str text)
{
	static char kept[VAULT_BOX_MAX];
	struct vault_message ret;
	struct vault_message ask = world_use(
		&w, VAULT_SEAL, w.reporter, VAULT_REPORTER, VAULT_REPORT);
	ask.text = text;
	assert_int_equal(ask_here(&ask, &ret), 0);
	memcpy(kept, ret.box.p, ret.box.n);
	return (struct str){ kept, ret.box.n };
}

static int open_as(
	const uint8_t *cookie, enum vault_role role, struct str box, struct vault_message *ret)
{
	struct vault_message ask = world_use(&w, VAULT_OPEN, cookie, role, VAULT_REPORT);
	ask.box = box;
	return ask_here(&ask, ret);
}

static void what_a_reporter_seals_the_handlers_read(void **unused)
{
	(void)unused;
	struct vault_message ret;
	struct str box = seal_report(STR("They came at night."));
	assert_int_equal(open_as(w.anna.cookie, VAULT_HANDLER, box, &ret), 0);
	assert_str(ret.text, "They came at night.");
	assert_int_equal(open_as(w.boris.cookie, VAULT_HANDLER, box, &ret), 0);
	assert_int_equal(open_as(w.reporter, VAULT_REPORTER, box, &ret), 0);
	assert_int_equal(open_as(w.clara.cookie, VAULT_CUSTODIAN, box, &ret), ERR_DENIED);
	assert_int_equal(open_as(w.clara.cookie, VAULT_HANDLER, box, &ret), ERR_INPUT);
	assert_int_equal(open_as(w.anna.cookie, VAULT_REPORTER, box, &ret), ERR_DENIED);
	assert_int_equal(open_as(w.reporter, VAULT_HANDLER, box, &ret), ERR_DENIED);
	assert_int_equal(open_as(w.anna.account.key.b, VAULT_HANDLER, box, &ret), ERR_DENIED);
}

static void a_borrowed_wrap_does_not_help(void **unused)
{
	(void)unused;
	struct vault_message ret, ask;
	struct str box = seal_report(STR("hello"));
	ask = world_use(&w, VAULT_OPEN, w.anna.cookie, VAULT_HANDLER, VAULT_REPORT);
	ask.box = box;
	memcpy(ask.cookie, w.clara.cookie, sizeof ask.cookie);
	assert_int_equal(ask_here(&ask, &ret), ERR_INPUT);
	memcpy(ask.cookie, w.anna.cookie, sizeof ask.cookie);
	ask.shred.b[0] ^= 1;
	assert_int_equal(ask_here(&ask, &ret), ERR_INPUT);
	memset(&ask.shred, 0, sizeof ask.shred);
	assert_int_equal(ask_here(&ask, &ret), ERR_MISSING);
}

static void the_reporter_has_no_internal_notes(void **unused)
{
	(void)unused;
	struct vault_message ret, ask;
	ask = world_use(&w, VAULT_SEAL, w.anna.cookie, VAULT_HANDLER, VAULT_INTERNAL);
	ask.text = STR("a note");
	assert_int_equal(ask_here(&ask, &ret), 0);
	ask = world_use(&w, VAULT_SEAL, w.reporter, VAULT_REPORTER, VAULT_INTERNAL);
	ask.text = STR("a note");
	assert_int_equal(ask_here(&ask, &ret), ERR_DENIED);
	for (size_t i = 0; i < w.opened.holders.n / VAULT_HOLDER; i++) {
		enum vault_compartment c;
		struct vault_holder h;
		assert_int_equal(vault_holder_read(w.opened.holders, i, &c, &h), 0);
		assert_true(vault_may_hold(h.role, c));
	}
}

static void a_session_ends_when_idle_or_told(void **unused)
{
	(void)unused;
	struct vault_message ret, end = { .kind = VAULT_LOCK };
	struct str box = seal_report(STR("hello"));
	clock_says += UNLOCKED_IDLE - 1;
	assert_int_equal(open_as(w.anna.cookie, VAULT_HANDLER, box, &ret), 0);
	clock_says += UNLOCKED_IDLE - 1;
	assert_int_equal(open_as(w.anna.cookie, VAULT_HANDLER, box, &ret), 0);
	assert_int_equal(open_as(w.boris.cookie, VAULT_HANDLER, box, &ret), ERR_DENIED);
	memcpy(end.cookie, w.anna.cookie, sizeof end.cookie);
	assert_int_equal(ask_here(&end, &ret), 0);
	assert_int_equal(open_as(w.anna.cookie, VAULT_HANDLER, box, &ret), ERR_DENIED);
	assert_int_equal(world_unlock(&w, &w.anna, "a good password"), 0);
	end = (struct vault_message){ .kind = VAULT_EVICT, .account = w.anna.account.account };
	memcpy(end.cookie, w.anna.cookie, sizeof end.cookie);
	assert_int_equal(ask_here(&end, &ret), 0); /* all but this one */
	assert_int_equal(open_as(w.anna.cookie, VAULT_HANDLER, box, &ret), 0);
	memset(end.cookie, 0, sizeof end.cookie);
	assert_int_equal(ask_here(&end, &ret), 0);
	assert_int_equal(open_as(w.anna.cookie, VAULT_HANDLER, box, &ret), ERR_DENIED);
}

static void a_session_says_whose_it_is(void **unused)
{
	(void)unused;
	struct vault_message ret, stay = { .kind = VAULT_STAY };
	memcpy(stay.cookie, w.anna.cookie, sizeof stay.cookie);
	clock_says += UNLOCKED_IDLE - 1;
	assert_int_equal(ask_here(&stay, &ret), 0);
	assert_memory_equal(ret.account.b, w.anna.account.account.b, VAULT_ID);
	clock_says += UNLOCKED_IDLE - 1;
	assert_int_equal(ask_here(&stay, &ret), 0);
	memcpy(stay.cookie, w.reporter, sizeof stay.cookie);
	assert_int_equal(ask_here(&stay, &ret), ERR_DENIED);
	stay.kind = VAULT_RECODE;
	assert_int_equal(ask_here(&stay, &ret), ERR_DENIED);
}

static void a_wrong_password_or_code_begins_nothing(void **unused)
{
	(void)unused;
	struct vault_message ret, ask = { .kind = VAULT_RECOVER };
	assert_int_equal(world_unlock(&w, &w.anna, "a bad password"), ERR_DENIED);
	ask.account = w.anna.account.account;
	ask.key = w.anna.account.key;
	ask.code = w.boris.code;
	memcpy(ask.slot, w.anna.account.recovery, sizeof ask.slot);
	assert_int_equal(ask_here(&ask, &ret), ERR_DENIED);
	ask.code = w.anna.code;
	assert_int_equal(ask_here(&ask, &ret), 0);
	ask.kind = VAULT_ENTER;
	assert_int_equal(ask_here(&ask, &ret), ERR_DENIED);
}

static void a_receipt_opens_its_case_again(void **unused)
{
	(void)unused;
	struct vault_message ret, ask = { .kind = VAULT_FIND, .code = w.receipt };
	struct str box = seal_report(STR("hello"));
	assert_int_equal(ask_here(&ask, &ret), 0);
	assert_memory_equal(ret.found.b, w.opened.found.b, VAULT_ID);
	ask = (struct vault_message){
		.kind = VAULT_ENTER, .code = w.receipt, .account = w.of, .key = w.opened.key
	};
	random_bytes(w.reporter, sizeof w.reporter);
	memcpy(ask.cookie, w.reporter, sizeof ask.cookie);
	memcpy(ask.slot, w.opened.slot, sizeof ask.slot);
	assert_int_equal(ask_here(&ask, &ret), 0);
	assert_int_equal(open_as(w.reporter, VAULT_REPORTER, box, &ret), 0);
	assert_str(ret.text, "hello");
	ask.account.b[0] ^= 1; /* as if it were the slot of another case */
	assert_int_equal(ask_here(&ask, &ret), ERR_DENIED);
}

static void another_password_keeps_the_key(void **unused)
{
	(void)unused;
	struct vault_message ret, ask = { .kind = VAULT_REKEY, .password = STR("another one") };
	struct str box = seal_report(STR("hello"));
	memcpy(ask.cookie, w.anna.cookie, sizeof ask.cookie);
	assert_int_equal(ask_here(&ask, &ret), 0);
	memcpy(w.anna.account.slot, ret.slot, sizeof ret.slot);
	memcpy(w.anna.account.salt, ret.salt, sizeof ret.salt);
	memcpy(w.anna.account.verifier, ret.verifier, sizeof ret.verifier);
	assert_int_equal(world_unlock(&w, &w.anna, "a good password"), ERR_DENIED);
	assert_int_equal(world_unlock(&w, &w.anna, "another one"), 0);
	assert_int_equal(open_as(w.anna.cookie, VAULT_HANDLER, box, &ret), 0);
	memcpy(ask.cookie, w.reporter, sizeof ask.cookie);
	assert_int_equal(ask_here(&ask, &ret), ERR_DENIED);
}

static int open_case(const uint8_t *holders, size_t n)
{
	struct vault_message ret, ask = { .kind = VAULT_CASE, .account = vault_id_make() };
	ask.holders = (struct str){ (const char *)holders, n * VAULT_HOLDER };
	code_make(&ask.code);
	random_bytes(ask.cookie, sizeof ask.cookie);
	return ask_here(&ask, &ret);
}

static void a_case_that_nobody_could_read_is_refused(void **unused)
{
	(void)unused;
	uint8_t h[3][VAULT_HOLDER] = { 0 };
	struct person twin = w.boris;
	assert_int_equal(open_case(h[0], 0), ERR_INPUT);
	world_holder(&w.anna, VAULT_HANDLER, VAULT_REPORT, h[0]);
	assert_int_equal(open_case(h[0], 1), ERR_DENIED);
	world_holder(&w.anna, VAULT_HANDLER, VAULT_REPORT, h[1]);
	assert_int_equal(open_case(h[0], 2), ERR_INPUT);
	twin.account.key = w.anna.account.key; /* two names, one key */
	world_holder(&twin, VAULT_HANDLER, VAULT_REPORT, h[1]);
	assert_int_equal(open_case(h[0], 2), ERR_INPUT);
	twin.account.key = (struct public_key){ 0 }; /* no key yet */
	world_holder(&twin, VAULT_HANDLER, VAULT_REPORT, h[1]);
	assert_int_equal(open_case(h[0], 2), ERR_INPUT);
	world_holder(&w.boris, VAULT_HANDLER, VAULT_REPORT, h[1]);
	assert_int_equal(open_case(h[0], 2), 0);
	world_holder(&w.clara, VAULT_HANDLER, VAULT_IDENTITY, h[2]);
	assert_int_equal(open_case(h[0], 3), ERR_DENIED);
	world_holder(&w.clara, VAULT_REPORTER, VAULT_INTERNAL, h[2]);
	assert_int_equal(open_case(h[0], 3), ERR_DENIED);
}

static void keys_are_given_only_as_the_table_says(void **unused)
{
	(void)unused;
	uint8_t h[VAULT_HOLDER];
	struct vault_message ret, ask;
	ask = world_use(&w, VAULT_GIVE, w.anna.cookie, VAULT_HANDLER, VAULT_REPORT);
	ask.holders = world_holder(&w.clara, VAULT_CUSTODIAN, VAULT_REPORT, h);
	assert_int_equal(ask_here(&ask, &ret), ERR_DENIED);
	ask.holders = world_holder(&w.clara, VAULT_HANDLER, VAULT_INTERNAL, h);
	assert_int_equal(ask_here(&ask, &ret), ERR_DENIED);
	ask.holders = world_holder(&w.clara, VAULT_HANDLER, VAULT_REPORT, h);
	assert_int_equal(ask_here(&ask, &ret), 0);
	assert_int_equal(ret.wraps.n, PAIR_WRAP);
	ask = world_use(&w, VAULT_GIVE, w.reporter, VAULT_REPORTER, VAULT_REPORT);
	ask.holders = world_holder(&w.clara, VAULT_HANDLER, VAULT_REPORT, h);
	assert_int_equal(ask_here(&ask, &ret), ERR_DENIED);
}

static void a_custodian_reveals_a_name_to_one_handler(void **unused)
{
	(void)unused;
	uint8_t h[VAULT_HOLDER], wrap[PAIR_WRAP];
	struct vault_message ret, ask;
	char box[SEALED_EXTRA + SEALED_ROOM_MIN];
	ask = world_use(&w, VAULT_SEAL, w.reporter, VAULT_REPORTER, VAULT_IDENTITY);
	ask.text = STR("Amina");
	assert_int_equal(ask_here(&ask, &ret), 0);
	assert_int_equal(ret.box.n, sizeof box);
	memcpy(box, ret.box.p, sizeof box);
	ask = world_use(&w, VAULT_GIVE, w.clara.cookie, VAULT_CUSTODIAN, VAULT_IDENTITY);
	ask.holders = world_holder(&w.anna, VAULT_HANDLER, VAULT_IDENTITY, h);
	assert_int_equal(ask_here(&ask, &ret), 0);
	memcpy(wrap, ret.wraps.p, sizeof wrap);
	ask = world_use(&w, VAULT_OPEN, w.anna.cookie, VAULT_HANDLER, VAULT_IDENTITY);
	memcpy(ask.wrap, wrap, sizeof wrap);
	ask.box = (struct str){ box, sizeof box };
	assert_int_equal(ask_here(&ask, &ret), 0);
	assert_str(ret.text, "Amina");
	ask.kind = VAULT_GIVE; /* and no further */
	ask.holders = world_holder(&w.boris, VAULT_HANDLER, VAULT_IDENTITY, h);
	assert_int_equal(ask_here(&ask, &ret), ERR_DENIED);
	ask.kind = VAULT_ROTATE;
	assert_int_equal(ask_here(&ask, &ret), ERR_DENIED);
	memcpy(ask.cookie, w.boris.cookie, sizeof ask.cookie);
	ask.kind = VAULT_OPEN;
	assert_int_equal(ask_here(&ask, &ret), ERR_INPUT);
}

static const struct secret other_shred = { { 77 } };

/* The next epoch of the report, for Anna and the reporter: their wraps, and the text moved. */
static struct str next_epoch(struct str box, uint8_t wraps[2][PAIR_WRAP])
{
	static char kept[VAULT_BOX_MAX];
	uint8_t h[2][VAULT_HOLDER];
	struct vault_message ret, ask;
	struct person reporter = { .account = { .key = w.opened.key } };
	ask = world_use(&w, VAULT_ROTATE, w.anna.cookie, VAULT_HANDLER, VAULT_REPORT);
	world_holder(&w.anna, VAULT_HANDLER, VAULT_REPORT, h[0]);
	world_holder(&reporter, VAULT_REPORTER, VAULT_REPORT, h[1]);
	ask.holders = (struct str){ (const char *)h, sizeof h };
	assert_int_equal(ask_here(&ask, &ret), 0);
	memcpy(wraps, ret.wraps.p, 2 * (size_t)PAIR_WRAP);
	ask = world_use(&w, VAULT_MOVE, w.anna.cookie, VAULT_HANDLER, VAULT_REPORT);
	ask.to = ask.at;
	ask.to.epoch = 2;
	ask.to_shred = other_shred;
	memcpy(ask.to_wrap, wraps[0], PAIR_WRAP);
	ask.box = box;
	assert_int_equal(ask_here(&ask, &ret), 0);
	assert_int_equal(ret.box.n, box.n);
	memcpy(kept, ret.box.p, ret.box.n);
	return (struct str){ kept, ret.box.n };
}

static void whoever_is_left_out_of_an_epoch_reads_no_further(void **unused)
{
	(void)unused;
	uint8_t wraps[2][PAIR_WRAP];
	struct vault_message ret, ask;
	struct str box = next_epoch(seal_report(STR("before")), wraps);
	/* the reporter, who was not there, reads it */
	ask = world_use(&w, VAULT_OPEN, w.reporter, VAULT_REPORTER, VAULT_REPORT);
	ask.at.epoch = 2;
	ask.shred = other_shred;
	memcpy(ask.wrap, wraps[1], PAIR_WRAP);
	ask.box = box;
	assert_int_equal(ask_here(&ask, &ret), 0);
	assert_str(ret.text, "before");
	/* Boris, who was left out, does not: neither with another's wrap nor with his old one */
	memcpy(ask.cookie, w.boris.cookie, sizeof ask.cookie);
	ask.role = VAULT_HANDLER;
	memcpy(ask.wrap, wraps[0], PAIR_WRAP);
	assert_int_equal(ask_here(&ask, &ret), ERR_INPUT);
	ask = world_use(&w, VAULT_OPEN, w.boris.cookie, VAULT_HANDLER, VAULT_REPORT);
	ask.box = box;
	assert_int_equal(ask_here(&ask, &ret), ERR_INPUT);
}

static void a_text_moves_neither_back_nor_aside(void **unused)
{
	(void)unused;
	struct vault_message ret, ask;
	ask = world_use(&w, VAULT_MOVE, w.anna.cookie, VAULT_HANDLER, VAULT_REPORT);
	ask.box = seal_report(STR("hello"));
	ask.to = ask.at;
	ask.to.compartment = VAULT_INTERNAL;
	assert_int_equal(ask_here(&ask, &ret), ERR_DENIED);
	ask.to = ask.at;
	ask.at.epoch = 2;
	assert_int_equal(ask_here(&ask, &ret), ERR_DENIED);
	ask.at.epoch = 1;
	ask.to.of.b[0] ^= 1;
	assert_int_equal(ask_here(&ask, &ret), ERR_DENIED);
}

static void a_card_is_not_opened_as_a_text(void **unused)
{
	(void)unused;
	struct vault_message ret, ask;
	ask = world_use(&w, VAULT_OPEN, w.anna.cookie, VAULT_HANDLER, VAULT_REPORT);
	ask.field = STR("/file");
	ask.box = seal_report(STR("hello"));
	assert_int_equal(ask_here(&ask, &ret), ERR_DENIED);
	ask.kind = VAULT_SEAL;
	assert_int_equal(ask_here(&ask, &ret), ERR_DENIED);
}

/* What a handler shares with the reporter they can seal, but not mark. */
static void only_the_reporter_marks_their_texts(void **unused)
{
	(void)unused;
	struct vault_message first, ret;
	struct vault_message ask = { .kind = VAULT_MARK,
		.at = { w.of, VAULT_REPORT, 1 },
		.field = STR("consent"),
		.text = STR("contact n:1") };
	memcpy(ask.cookie, w.reporter, sizeof ask.cookie);
	assert_int_equal(ask_here(&ask, &first), 0);
	assert_int_equal(ask_here(&ask, &ret), 0);
	assert_memory_equal(first.verifier, ret.verifier, sizeof ret.verifier);
	ask.text = STR("contact n:2");
	assert_int_equal(ask_here(&ask, &ret), 0);
	assert_memory_not_equal(first.verifier, ret.verifier, sizeof ret.verifier);
	ask.text = STR("contact n:1");
	ask.at.of.b[0] ^= 1;
	assert_int_equal(ask_here(&ask, &ret), ERR_DENIED);
	ask.at.of = w.of;
	memcpy(ask.cookie, w.anna.cookie, sizeof ask.cookie);
	assert_int_equal(ask_here(&ask, &ret), ERR_DENIED);
	memcpy(ask.cookie, w.clara.cookie, sizeof ask.cookie);
	assert_int_equal(ask_here(&ask, &ret), ERR_DENIED);
}

static void no_answer_has_room_for_a_key(void **unused)
{
	(void)unused;
	for (int kind = VAULT_HELLO; kind < VAULT_KINDS; kind++)
		assert_false(vault_answer_has_secret((enum vault_kind)kind));
}

static void reporters_do_not_crowd_out_handlers(void **unused)
{
	(void)unused;
	struct vault_message ret, ask = { .kind = VAULT_ENTER, .code = w.receipt };
	int result = 0;
	size_t n = 1; /* the one who reported */
	ask.account = w.of;
	ask.key = w.opened.key;
	memcpy(ask.slot, w.opened.slot, sizeof ask.slot);
	for (; n < UNLOCKED_MAX && result == 0; n += result == 0) {
		memcpy(ask.cookie, &n, sizeof n);
		result = ask_here(&ask, &ret);
	}
	assert_int_equal(result, ERR_BUSY);
	assert_int_equal(n, UNLOCKED_REPORTERS_MAX);
	assert_int_equal(world_unlock(&w, &w.anna, "a good password"), 0);
	clock_says += UNLOCKED_IDLE;
	assert_int_equal(ask_here(&ask, &ret), 0);
}

#define each(test) cmocka_unit_test_setup(test, fresh)
const struct CMUnitTest answer_tests[] = {
	each(what_a_reporter_seals_the_handlers_read),
	each(a_borrowed_wrap_does_not_help),
	each(the_reporter_has_no_internal_notes),
	each(a_session_ends_when_idle_or_told),
	each(a_session_says_whose_it_is),
	each(a_wrong_password_or_code_begins_nothing),
	each(a_receipt_opens_its_case_again),
	each(another_password_keeps_the_key),
	each(a_case_that_nobody_could_read_is_refused),
	each(keys_are_given_only_as_the_table_says),
	each(a_custodian_reveals_a_name_to_one_handler),
	each(whoever_is_left_out_of_an_epoch_reads_no_further),
	each(a_text_moves_neither_back_nor_aside),
	each(a_card_is_not_opened_as_a_text),
	each(only_the_reporter_marks_their_texts),
	cmocka_unit_test(no_answer_has_room_for_a_key),
	each(reporters_do_not_crowd_out_handlers),
};
const size_t n_answer_tests = sizeof answer_tests / sizeof *answer_tests;
