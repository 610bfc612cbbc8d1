#include "account/account.sql.h"
#include "account/first.h"
#include "tests/account/world.h"

enum { NOW = 1000000000 };

static void names_are_the_same_whatever_their_case(void **state)
{
	struct world *w = *state;
	struct str a, b;
	static const char *const same[][2] = { { "Ana", " aNA " },
		{ "STRASSE",
			"stra\xc3\x9f"
			"e" },
		{ "\xd0\x90\xd0\xbd\xd0\xbd\xd0\xb0", "\xd0\xb0\xd0\xbd\xd0\xbd\xd0\xb0" },
		{ "Jose\xcc\x81", "jos\xc3\xa9" }, { "\xef\xbc\xa1na", "ana" } };
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		assert_int_equal(account_name_key(str_c(same[i][0]), &w->mem, &a), 0);
		assert_int_equal(account_name_key(str_c(same[i][1]), &w->mem, &b), 0);
		assert_true(str_eq(a, b));
	}
	static const char *const bad[] = { "", "a", " a ", "a/b", "a<b", "a\nb",
		("a\xe2\x80\x8e"
		 "b"),
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_int_equal(account_name_key(str_c(bad[i]), &w->mem, &a), ERR_INPUT);
}

static void a_name_is_taken_once(void **state)
{
	struct world *w = *state;
	struct account_id id = world_account(w, "Ana", 0), other = { 0 };
	assert_true(id.v > 0);
	assert_int_equal(account_make(w->db, &w->mem, STR("aNA"), STR("h"), &other), ERR_CONFLICT);
	assert_int_equal(other.v, 0);
}

static void an_invitation_works_once_and_in_time(void **state)
{
	struct world *w = *state;
	const struct invite what = { .space = 5, .roles = ROLE_MODERATOR };
	struct invite found;
	struct invite_token token;
	struct account_id id;
	assert_int_equal(account_invite_make(w->db, &w->mem, &w->keys, &what, NOW, &token), 0);
	struct str t = str_c(token.z);
	assert_int_equal(
		account_invite_find(w->db, &w->mem, &w->keys, t, NOW + INVITE_LIFE, &found), 0);
	assert_int_equal(account_invite_find(w->db, &w->mem, &w->keys, STR("x"), NOW, &found), 0);
	assert_int_equal(account_invite_find(w->db, &w->mem, &w->keys, t, NOW, &found), 1);
	assert_int_equal(
		account_invite_accept(w->db, &w->mem, &found, STR("Ben"), STR("h"), &id), 0);
	struct account_roles_in_row roles;
	assert_int_equal(account_roles_in(w->db, &w->mem, id.v, 5, &roles), 1);
	assert_int_equal(roles.roles, ROLE_MODERATOR);
	assert_int_equal(account_roles_in(w->db, &w->mem, id.v, WHOLE_SITE, &roles), 0);
	assert_int_equal(account_invite_find(w->db, &w->mem, &w->keys, t, NOW, &found), 0);
	assert_int_equal(account_invite_accept(w->db, &w->mem, &found, STR("Cy"), STR("h"), &id),
		ERR_CONFLICT);
}

static void a_reset_changes_the_password_and_drops_the_second_step(void **state)
{
	struct world *w = *state;
	struct account_id id = world_account(w, "Ana", ROLE_EDITOR), again;
	struct recovery codes[RECOVERY_COUNT];
	struct account_by_id_row before, after;
	for (size_t i = 0; i < RECOVERY_COUNT; i++)
		recovery_make(&codes[i]);
	assert_int_equal(account_recovery_put(w->db, &w->keys, id, codes), 0);
	assert_int_equal(account_second_step_set(w->db, id.v, STR("box"), 5), 1);
	assert_int_equal(account_by_id(w->db, &w->mem, id.v, &before), 1);

	const struct invite reset = { .account = id };
	struct invite found;
	struct invite_token token;
	assert_int_equal(account_invite_make(w->db, &w->mem, &w->keys, &reset, NOW, &token), 0);
	assert_int_equal(
		account_invite_find(w->db, &w->mem, &w->keys, str_c(token.z), NOW, &found), 1);
	assert_int_equal(found.account.v, id.v);
	assert_int_equal(
		account_invite_accept(w->db, &w->mem, &found, STR(""), STR("new"), &again), 0);
	assert_int_equal(again.v, id.v);
	assert_int_equal(account_by_id(w->db, &w->mem, id.v, &after), 1);
	assert_str(after.password, "new");
	assert_null(after.second_step.p);
	assert_int_equal(after.epoch, before.epoch + 1);
	assert_int_equal(account_recovery_take(w->db, &w->keys, id, &codes[0]), 0);
}

static void a_recovery_code_is_good_once_and_for_one(void **state)
{
	struct world *w = *state;
	struct account_id ana = world_account(w, "Ana", 0), ben = world_account(w, "Ben", 0);
	struct recovery codes[RECOVERY_COUNT];
	for (size_t i = 0; i < RECOVERY_COUNT; i++)
		recovery_make(&codes[i]);
	assert_int_equal(account_recovery_put(w->db, &w->keys, ana, codes), 0);
	assert_int_equal(account_recovery_take(w->db, &w->keys, ben, &codes[3]), 0);
	assert_int_equal(account_recovery_take(w->db, &w->keys, ana, &codes[3]), 1);
	assert_int_equal(account_recovery_take(w->db, &w->keys, ana, &codes[3]), 0);
	struct account_recovery_count_row count;
	assert_int_equal(account_recovery_count(w->db, &w->mem, ana.v, &count), 1);
	assert_int_equal(count.n, RECOVERY_COUNT - 1);
}

static void a_second_step_opens_for_its_account_only(void **state)
{
	struct world *w = *state;
	struct str back,
		box = account_secret_seal(&w->keys, (struct account_id){ 1 }, STR("s"), &w->mem);
	assert_int_equal(
		account_secret_open(&w->keys, (struct account_id){ 1 }, box, &w->mem, &back), 0);
	assert_str(back, "s");
	assert_int_equal(
		account_secret_open(&w->keys, (struct account_id){ 2 }, box, &w->mem, &back),
		ERR_INPUT);
}

static void a_half_minute_is_used_once(void **state)
{
	struct world *w = *state;
	struct account_id id = world_account(w, "Ana", 0);
	assert_int_equal(account_second_step_use(w->db, id.v, 10), 1);
	assert_int_equal(account_second_step_use(w->db, id.v, 10), 0);
	assert_int_equal(account_second_step_use(w->db, id.v, 9), 0);
	assert_int_equal(account_second_step_use(w->db, id.v, 11), 1);
}

static void the_first_code_makes_one_administrator(void **state)
{
	struct world *w = *state;
	struct code_shown older, shown;
	struct code code;
	struct account_id id = { 0 };
	assert_int_equal(first_is_due(w->db, &w->mem), 1);
	assert_int_equal(first_code(w->db, &w->keys, NOW, &older), 0);
	assert_int_equal(first_code(w->db, &w->keys, NOW, &shown), 0);
	assert_int_equal(code_parse(str_c(older.z), &code), 0);
	assert_int_equal(first_code_ok(w->db, &w->mem, &w->keys, str_c(code.z), NOW), 0);
	assert_int_equal(code_parse(str_c(shown.z), &code), 0);
	struct str typed = str_c(code.z);
	assert_int_equal(first_code_ok(w->db, &w->mem, &w->keys, typed, NOW), 1);
	assert_int_equal(first_code_ok(w->db, &w->mem, &w->keys, typed, NOW + SETUP_LIFE), 0);
	const struct first_admin what = { typed, STR("Ana"), STR("hash") };
	assert_int_equal(first_admin(w->db, &w->mem, &w->keys, &what, &id), 0);
	struct account_roles_in_row roles;
	assert_int_equal(account_roles_in(w->db, &w->mem, id.v, WHOLE_SITE, &roles), 1);
	assert_int_equal(roles.roles, ROLE_ADMIN);
	assert_int_equal(first_admin(w->db, &w->mem, &w->keys, &what, &id), ERR_CONFLICT);
	assert_int_equal(first_is_due(w->db, &w->mem), 0);
	assert_int_equal(account_is_last_admin(w->db, &w->mem, id), 1);
	world_account(w, "Ben", ROLE_ADMIN);
	assert_int_equal(account_is_last_admin(w->db, &w->mem, id), 0);
}

const struct CMUnitTest account_tests[] = {
	cmocka_unit_test_setup_teardown(
		names_are_the_same_whatever_their_case, world_open, world_close),
	cmocka_unit_test_setup_teardown(a_name_is_taken_once, world_open, world_close),
	cmocka_unit_test_setup_teardown(
		an_invitation_works_once_and_in_time, world_open, world_close),
	cmocka_unit_test_setup_teardown(
		a_reset_changes_the_password_and_drops_the_second_step, world_open, world_close),
	cmocka_unit_test_setup_teardown(
		a_recovery_code_is_good_once_and_for_one, world_open, world_close),
	cmocka_unit_test_setup_teardown(
		a_second_step_opens_for_its_account_only, world_open, world_close),
	cmocka_unit_test_setup_teardown(a_half_minute_is_used_once, world_open, world_close),
	cmocka_unit_test_setup_teardown(
		the_first_code_makes_one_administrator, world_open, world_close),
};
const size_t n_account_tests = sizeof account_tests / sizeof *account_tests;
