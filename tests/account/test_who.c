#include "account/account.sql.h"
#include "account/who.h"
#include "crypto/code.h"
#include "tests/account/world.h"

static char *cookie(struct world *w, const char *name, struct str value)
{
	struct str s = arena_f(&w->mem, "%s=%.*s", name, STR_ARG(value));
	return (char *)(uintptr_t)s.p;
}

static void nobody_is_nobody(void **state)
{
	struct world *w = *state;
	static const char *const odd[] = { NULL, "", "s=", "c=", "s=x; c=y; v=z", "s=a; s=b",
		"c=01ABCDEFGHJKMNPQRST!", "v=AAAAAAAAAAAAAAAAAAAAAAA",
		"s=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA" };
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
		struct world_visit x;
		world_visit(w, &x, odd[i]);
		assert_int_equal(who_resolve(&x.v), 0);
		assert_int_equal(x.v.who.account.v, 0);
		assert_false(x.v.who.has_code || x.v.who.is_staff);
		assert_int_equal(x.v.csrf.n, 0);
		assert_int_equal(who_may(&x.v, 1, ROLES_ALL), 0);
		assert_false(who_token_ok(&x.v, STR("")));
	}
}

static void a_session_says_who_and_what_one_may(void **state)
{
	struct world *w = *state;
	struct account_id ana = world_account(w, "Ana", 0);
	struct world_visit x;
	assert_int_equal(account_roles_set(w->db, ana, 7, ROLE_MODERATOR), 0);
	world_visit(w, &x, cookie(w, "s", world_sign_in(w, ana, false)));
	assert_int_equal(who_resolve(&x.v), 0);
	assert_int_equal(x.v.who.account.v, ana.v);
	assert_str(x.v.who.account_name, "Ana");
	assert_true(x.v.who.is_staff);
	assert_int_equal(x.v.who.roles_site, 0);
	assert_int_equal(who_may(&x.v, 7, ROLE_MODERATOR | ROLE_ORGANISER), 1);
	assert_int_equal(who_may(&x.v, 7, ROLE_ORGANISER), 0);
	assert_int_equal(who_may(&x.v, 8, ROLE_MODERATOR), 0);
	assert_int_equal(account_roles_set(w->db, ana, WHOLE_SITE, ROLE_ORGANISER), 0);
	assert_int_equal(who_resolve(&x.v), 0);
	assert_int_equal(who_may(&x.v, 8, ROLE_ORGANISER), 1);
	assert_int_equal(who_may(&x.v, 8, ROLE_EDITOR), 0);
	assert_int_equal(account_roles_set(w->db, ana, WHOLE_SITE, ROLE_ADMIN), 0);
	assert_int_equal(who_resolve(&x.v), 0);
	assert_int_equal(who_may(&x.v, 8, ROLE_EDITOR), 1);
}

static void half_signed_in_is_nobody(void **state)
{
	struct world *w = *state;
	struct world_visit x;
	struct str token = world_sign_in(w, world_account(w, "Ana", ROLE_ADMIN), true);
	world_visit(w, &x, cookie(w, "s", token));
	assert_int_equal(who_resolve(&x.v), 0);
	assert_int_equal(x.v.who.account.v, 0);
	assert_int_equal(x.v.who.roles_site, 0);
	assert_true(who_token_ok(&x.v, x.v.csrf));
}

static void a_disabled_or_reset_account_is_out_at_once(void **state)
{
	struct world *w = *state;
	struct account_id ana = world_account(w, "Ana", ROLE_ADMIN);
	struct world_visit x;
	char *c = cookie(w, "s", world_sign_in(w, ana, false));
	assert_int_equal(account_password_set(w->db, ana.v, STR("new")), 1);
	world_visit(w, &x, c);
	assert_int_equal(who_resolve(&x.v), 0);
	assert_int_equal(x.v.who.account.v, 0);
	assert_int_equal(sessions_count(w->house.sessions), 0);

	c = cookie(w, "s", world_sign_in(w, ana, false));
	assert_int_equal(account_disabled_set(w->db, ana.v, 1), 1);
	world_visit(w, &x, c);
	assert_int_equal(who_resolve(&x.v), 0);
	assert_int_equal(x.v.who.account.v, 0);
}

static void a_code_is_drawn_once_and_known_again(void **state)
{
	struct world *w = *state;
	struct world_visit x, y;
	world_visit(w, &x, NULL);
	assert_int_equal(who_resolve(&x.v), 0);
	assert_int_equal(who_code(&x.v), 0);
	assert_int_equal(x.v.who.code.n, CODE_CHARS);
	struct str set = world_cookie(&x, "c");
	assert_true(str_eq(set, x.v.who.code));
	assert_int_equal(who_code(&x.v), 0);
	assert_int_equal(x.res.n_cookie, 1);

	world_visit(w, &y, cookie(w, "c", set));
	assert_int_equal(who_resolve(&y.v), 0);
	assert_true(y.v.who.has_code);
	assert_true(str_eq(y.v.who.code_key, x.v.who.code_key));
	assert_int_equal(y.v.who.participant.v, 0);
	assert_true(who_token_ok(&y.v, x.v.csrf));
	assert_int_equal(who_code(&y.v), 0);
	assert_int_equal(y.res.n_cookie, 0);
}

static void a_token_belongs_to_one_browser(void **state)
{
	struct world *w = *state;
	struct world_visit x, y;
	world_visit(w, &x, NULL);
	assert_int_equal(who_form(&x.v), 0);
	struct str secret = world_cookie(&x, "v");
	assert_true(secret.n > 0);
	world_visit(w, &y, cookie(w, "v", secret));
	assert_int_equal(who_resolve(&y.v), 0);
	assert_true(who_token_ok(&y.v, x.v.csrf));
	assert_true(who_token_ok(&y.v, y.v.csrf));
	assert_int_equal(who_form(&y.v), 0);
	assert_int_equal(y.res.n_cookie, 0);

	/* Somebody else's, and none at all. */
	world_visit(w, &y, NULL);
	assert_int_equal(who_form(&y.v), 0);
	assert_false(who_token_ok(&y.v, x.v.csrf));

	/* Whoever is signed in needs a token of the session: the weaker cookie does not do. */
	struct str token = world_sign_in(w, world_account(w, "Ana", 0), false);
	struct str both = arena_f(&w->mem, "s=%.*s; v=%.*s", STR_ARG(token), STR_ARG(secret));
	world_visit(w, &y, arena_z(&w->mem, both));
	assert_int_equal(who_resolve(&y.v), 0);
	assert_false(who_token_ok(&y.v, x.v.csrf));
	assert_true(who_token_ok(&y.v, y.v.csrf));
}

const struct CMUnitTest who_tests[] = {
	cmocka_unit_test_setup_teardown(nobody_is_nobody, world_open, world_close),
	cmocka_unit_test_setup_teardown(
		a_session_says_who_and_what_one_may, world_open, world_close),
	cmocka_unit_test_setup_teardown(half_signed_in_is_nobody, world_open, world_close),
	cmocka_unit_test_setup_teardown(
		a_disabled_or_reset_account_is_out_at_once, world_open, world_close),
	cmocka_unit_test_setup_teardown(
		a_code_is_drawn_once_and_known_again, world_open, world_close),
	cmocka_unit_test_setup_teardown(a_token_belongs_to_one_browser, world_open, world_close),
};
const size_t n_who_tests = sizeof who_tests / sizeof *who_tests;
