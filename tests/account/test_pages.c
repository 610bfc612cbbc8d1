#include "account/account.sql.h"
#include "account/first.h"
#include "crypto/password.h"
#include "tests/account/web.h"
#include <liboath/oath.h>

#define PASSWORD "four words not related"

static struct account_id make(struct world *w, const char *name, int roles)
{
	char hash[PASSWORD_HASH_SIZE];
	struct account_id id = world_account(w, name, roles);
	assert_int_equal(password_hash_now(&w->keys.password, STR(PASSWORD), hash), 0);
	assert_int_equal(account_password_set(w->db, id.v, str_c(hash)), 1);
	return id;
}

static void sign_in(struct browser *b, const char *name)
{
	browser_get(b, "/sign-in");
	assert_int_equal(b->status, 200);
	browser_post(b, "/sign-in",
		arena_z(&b->w->mem,
			arena_f(&b->w->mem, "name=%s&password=" PASSWORD "&to=", name)));
}

/* The six digits of a half minute, as the person's app would show them. */
static struct str digits(struct world *w, const void *secret, int64_t now)
{
	char out[7];
	assert_int_equal(oath_hotp_generate(secret, TOTP_SECRET_BYTES, (uint64_t)now / TOTP_STEP, 6,
				 false, OATH_HOTP_DYNAMIC_TRUNCATION, out),
		OATH_OK);
	return arena_f(&w->mem, "digits=%s&short=1&to=", out);
}

static struct str secret_of(struct browser *b)
{
	struct str secret;
	assert_true(sessions_pocket_get(
		b->w->house.sessions, b->session, "second step", &b->w->mem, &secret));
	return secret;
}

static void the_first_start_ends_with_an_administrator(void **state)
{
	struct world *w = *state;
	struct browser b;
	struct code_shown shown;
	browser_open(&b, w);
	assert_int_equal(first_code(w->db, &w->keys, b.now, &shown), 0);
	browser_get(&b, "/setup");
	assert_int_equal(b.status, 200);
	browser_post(&b, "/setup", "code=0000&name=a/b&password=z!q&again=other");
	assert_int_equal(b.status, 422);
	assert_true(browser_sees(&b, "id=\"e-code\""));
	assert_true(browser_sees(&b, "id=\"e-name\""));
	assert_true(browser_sees(&b, "id=\"e-password\""));
	assert_true(browser_sees(&b, "value=\"a/b\""));
	assert_false(browser_sees(&b, "z!q")); /* no token holds that by chance */
	browser_post(&b, "/setup",
		"code=0000 0000 0000 0000 0000&name=Ana&password=" PASSWORD "&again=" PASSWORD);
	assert_int_equal(b.status, 422);
	struct str right = arena_f(
		&w->mem, "code=%s&name=Ana&password=" PASSWORD "&again=" PASSWORD, shown.z);
	browser_post(&b, "/setup", arena_z(&w->mem, right));
	assert_int_equal(b.status, 303);
	assert_str(b.location, "/account/second-step");
	browser_get(&b, "/site/people");
	assert_int_equal(b.status, 200);
	assert_true(browser_sees(&b, "Ana"));

	browser_open(&b, w);
	browser_get(&b, "/setup");
	assert_int_equal(b.status, 303);
	assert_str(b.location, "/sign-in");
}

static void a_wrong_name_and_a_wrong_password_look_alike(void **state)
{
	struct world *w = *state;
	struct browser b;
	make(w, "Ana", 0);
	browser_open(&b, w);
	browser_get(&b, "/sign-in");
	browser_post(&b, "/sign-in", "name=Ana&password=wrong wrong wrong&to=");
	assert_int_equal(b.status, 422);
	assert_true(browser_sees(&b, "value=\"Ana\""));
	struct str known = b.body, known_token = b.token;
	browser_post(&b, "/sign-in", "name=Bob&password=wrong wrong wrong&to=");
	assert_int_equal(b.status, 422);
	/* But for the name typed and the token, the same bytes. */
	assert_int_equal(known.n, b.body.n);
	assert_false(str_eq(known_token, b.token));
	assert_int_equal(b.session.n, 0);
	browser_post(&b, "/sign-in", "name= aNA &password=" PASSWORD "&to=/site/people");
	assert_int_equal(b.status, 303);
	assert_str(b.location, "/site/people");
	browser_get(&b, "/account");
	assert_int_equal(b.status, 200);
	browser_get(&b, "/site/people");
	assert_int_equal(b.status, ERR_DENIED);
	browser_get(&b, "/sign-in");
	assert_int_equal(b.status, 303);
}

static void a_way_out_is_no_place_to_go(void **state)
{
	struct world *w = *state;
	struct browser b;
	make(w, "Ana", 0);
	static const char *const out[] = { "//evil.example", "https://evil.example", "/\\evil",
		"x" };
	for (size_t i = 0; i < sizeof out / sizeof *out; i++) {
		browser_open(&b, w);
		browser_get(&b, arena_z(&w->mem, arena_f(&w->mem, "/sign-in?to=%s", out[i])));
		assert_false(browser_sees(&b, "evil"));
		browser_post(&b, "/sign-in",
			arena_z(&w->mem,
				arena_f(&w->mem, "name=Ana&password=" PASSWORD "&to=%s", out[i])));
		assert_int_equal(b.status, 303);
		assert_str(b.location, "/account");
	}
}

static void tries_are_slowed_down_for_the_visitor(void **state)
{
	struct world *w = *state;
	struct browser b;
	make(w, "Ana", 0);
	browser_open(&b, w);
	browser_get(&b, "/sign-in");
	for (int i = 0; i < 4; i++) {
		browser_post(&b, "/sign-in", "name=Ana&password=x&to=");
		assert_true(browser_sees(&b, "not right"));
	}
	browser_post(&b, "/sign-in", "name=Ana&password=" PASSWORD "&to=");
	assert_int_equal(b.status, 422);
	assert_true(browser_sees(&b, "Too many tries"));
	b.now += 61;
	browser_post(&b, "/sign-in", "name=Ana&password=" PASSWORD "&to=");
	assert_int_equal(b.status, 303);
}

static void a_form_without_its_token_does_nothing(void **state)
{
	struct world *w = *state;
	struct browser b;
	make(w, "Ana", ROLE_ADMIN);
	browser_open(&b, w);
	browser_post(&b, "/sign-in", "name=Ana&password=" PASSWORD "&to=");
	assert_int_equal(b.status, 422);
	assert_true(browser_sees(&b, "open for a long time"));
	assert_int_equal(b.session.n, 0);
	browser_post(&b, "/sign-in", "name=Ana&password=" PASSWORD "&to=");
	assert_int_equal(b.status, 303);
	b.token = STR("");
	browser_post(&b, "/account/close", "");
	assert_int_equal(b.status, ERR_DENIED);
	browser_post(&b, "/sign-out", "");
	assert_int_equal(b.status, ERR_DENIED);
	browser_post(&b, "/site/people/1/reset", "");
	assert_int_equal(b.status, ERR_DENIED);
	browser_get(&b, "/account");
	assert_int_equal(b.status, 200);
}

static void every_page_denies_whoever_may_not(void **state)
{
	struct world *w = *state;
	struct browser b;
	browser_open(&b, w);
	static const char *const post[] = { "/account/close", "/account/password",
		"/account/second-step", "/account/second-step/off", "/account/recovery",
		"/account/recovery/new", "/site/people/invite", "/site/people/cancel",
		"/site/people/1/roles", "/site/people/1/reset", "/site/people/1/access" };
	for (int signed_in = 0; signed_in < 2; signed_in++) {
		for (size_t i = signed_in ? 6 : 0; i < sizeof post / sizeof *post; i++) {
			browser_post(&b, post[i], "off=1&role=admin&link=1");
			assert_int_equal(b.status, ERR_DENIED);
		}
		if (!signed_in) {
			make(w, "Ana", ROLES_ALL & ~ROLE_ADMIN);
			sign_in(&b, "Ana");
			assert_int_equal(b.status, 303);
			browser_follow(&b);
		}
	}
}

static void a_code_from_paper_works_once(struct browser *b, const char *typed)
{
	for (int again = 0; again < 2; again++) {
		sign_in(b, "Ana");
		browser_get(b, "/sign-in/recovery");
		browser_post(b, "/sign-in/recovery", typed);
		assert_int_equal(b->status, again ? 422 : 303);
		if (!again) {
			browser_follow(b);
			assert_true(browser_sees(b, "9 recovery codes"));
			browser_post(b, "/sign-out", "");
		}
	}
}

static void the_second_step_guards_from_setting_up_to_taking_away(void **state)
{
	struct world *w = *state;
	struct browser b;
	make(w, "Ana", 0);
	browser_open(&b, w);
	sign_in(&b, "Ana");
	browser_get(&b, "/account/second-step");
	assert_true(browser_sees(&b, "<svg class=\"qr\""));
	struct str secret = secret_of(&b);
	browser_get(&b, "/account/second-step");
	assert_memory_equal(secret.p, secret_of(&b).p, TOTP_SECRET_BYTES);
	browser_post(&b, "/account/second-step", "digits=000000&to=");
	assert_int_equal(b.status, 422);
	browser_post(&b, "/account/second-step", arena_z(&w->mem, digits(w, secret.p, b.now)));
	browser_follow(&b);
	assert_true(browser_sees(&b, "class=\"code\""));
	struct str codes;
	assert_true(sessions_pocket_get(w->house.sessions, b.session, "recovery", &w->mem, &codes));
	browser_post(&b, "/account/recovery", "code=AAAAA AAAAA&to=");
	assert_int_equal(b.status, 422);
	struct str typed = arena_f(&w->mem, "code=%s&to=", ((const struct recovery *)codes.p)[4].z);
	browser_post(&b, "/account/recovery", arena_z(&w->mem, typed));
	browser_follow(&b);
	assert_true(browser_sees(&b, "10 recovery codes"));
	browser_post(&b, "/sign-out", "");
	assert_str(b.location, "/");
	browser_get(&b, "/account");
	assert_int_equal(b.status, ERR_DENIED);

	/* With the password alone one is nobody; the same digits do not work a second time. */
	sign_in(&b, "Ana");
	assert_str(b.location, "/sign-in/code");
	browser_get(&b, "/account");
	assert_int_equal(b.status, ERR_DENIED);
	browser_get(&b, "/sign-in/code");
	browser_post(&b, "/sign-in/code", arena_z(&w->mem, digits(w, secret.p, b.now)));
	assert_int_equal(b.status, 422);
	b.now += 60;
	browser_post(&b, "/sign-in/code", arena_z(&w->mem, digits(w, secret.p, b.now)));
	assert_int_equal(b.status, 303);
	browser_follow(&b);
	assert_int_equal(b.status, 200);
	browser_post(&b, "/sign-out", "");

	a_code_from_paper_works_once(&b, arena_z(&w->mem, typed));
	b.now += 60;
	browser_get(&b, "/sign-in/code");
	browser_post(&b, "/sign-in/code", arena_z(&w->mem, digits(w, secret.p, b.now)));
	browser_get(&b, "/account/second-step");
	b.now += 60;
	browser_post(&b, "/account/second-step/off", arena_z(&w->mem, digits(w, secret.p, b.now)));
	browser_follow(&b);
	assert_true(browser_sees(&b, "It is off"));
}

static void a_new_password_ends_the_other_sessions(void **state)
{
	struct world *w = *state;
	struct browser here, there;
	make(w, "Ana", 0);
	browser_open(&here, w);
	browser_open(&there, w);
	sign_in(&here, "Ana");
	sign_in(&there, "Ana");
	browser_get(&here, "/account/password");
	browser_post(&here, "/account/password", "old=wrong&password=five words&again=five words");
	assert_int_equal(here.status, 422);
	browser_post(&here, "/account/password",
		"old=wrong&password=five other words here&again=five other words here");
	assert_int_equal(here.status, 422);
	assert_true(browser_sees(&here, "id=\"e-old\""));
	browser_post(&here, "/account/password",
		"old=" PASSWORD "&password=five other words here&again=five other words here");
	assert_int_equal(here.status, 303);
	browser_follow(&here);
	assert_int_equal(here.status, 200);
	browser_get(&there, "/account");
	assert_int_equal(there.status, ERR_DENIED);
	sign_in(&there, "Ana");
	assert_int_equal(there.status, 422);

	browser_get(&there, "/sign-in");
	browser_post(&there, "/sign-in", "name=Ana&password=five other words here&to=");
	assert_int_equal(there.status, 303);
	browser_get(&here, "/account");
	browser_post(&here, "/account/close", "");
	browser_follow(&here);
	assert_int_equal(here.status, 200);
	browser_get(&there, "/account");
	assert_int_equal(there.status, ERR_DENIED);
}

/* The link on the page, without the house's address. */
static const char *link_on(struct browser *b)
{
	const char *at = memmem(b->body.p, b->body.n, "/invite/", 8);
	assert_non_null(at);
	return arena_z(&b->w->mem, arena_copy(&b->w->mem, (struct str){ at, 8 + INVITE_CHARS }));
}

static void an_invitation_is_shown_once_and_works_once(void **state)
{
	struct world *w = *state;
	struct browser admin, guest;
	make(w, "Ana", ROLE_ADMIN);
	browser_open(&admin, w);
	browser_open(&guest, w);
	sign_in(&admin, "Ana");
	browser_get(&admin, "/site/people");
	browser_post(&admin, "/site/people/invite", "");
	assert_int_equal(admin.status, 422);
	browser_post(&admin, "/site/people/invite", "role=moderator&role=editor");
	browser_follow(&admin);
	const char *link = link_on(&admin);
	browser_get(&admin, "/site/people/link");
	assert_int_equal(admin.status, 303);

	browser_get(&guest, link);
	assert_int_equal(guest.status, 200);
	assert_true(browser_sees(&guest, "Moderator"));
	browser_post(&guest, link, "name=&password=" PASSWORD "&again=" PASSWORD);
	assert_int_equal(guest.status, 422);
	browser_post(&guest, link, "name=aNA&password=" PASSWORD "&again=" PASSWORD);
	assert_int_equal(guest.status, 422);
	browser_post(&guest, link, "name=Ben&password=" PASSWORD "&again=" PASSWORD " x");
	assert_int_equal(guest.status, 422);
	browser_post(&guest, link, "name=Ben&password=" PASSWORD "&again=" PASSWORD);
	assert_int_equal(guest.status, 303);
	browser_get(&guest, "/account");
	assert_true(browser_sees(&guest, "Editor"));
	browser_get(&guest, link);
	assert_int_equal(guest.status, 404);
	browser_get(&guest, "/invite/x");
	assert_int_equal(guest.status, 404);

	/* A link can be taken back. */
	browser_get(&admin, "/site/people");
	browser_post(&admin, "/site/people/invite", "role=editor");
	browser_follow(&admin);
	link = link_on(&admin);
	struct account_invite_open_row *open;
	size_t n;
	assert_int_equal(account_invite_open(w->db, &w->mem, admin.now, 9, &open, &n), 1);
	browser_get(&admin, "/site/people");
	browser_post(&admin, "/site/people/cancel",
		arena_z(&w->mem, arena_f(&w->mem, "link=%lld", (long long)open[0].id)));
	assert_int_equal(admin.status, 303);
	browser_get(&guest, link);
	assert_int_equal(guest.status, 404);
}

static void the_administrator_changes_roles_and_access(void **state)
{
	struct world *w = *state;
	struct browser admin, ben;
	struct account_id ana = make(w, "Ana", ROLE_ADMIN), id = make(w, "Ben", ROLE_EDITOR);
	const char *self = arena_z(
		&w->mem, arena_f(&w->mem, "/site/people/%lld", (long long)ana.v));
	const char *page = arena_z(&w->mem, arena_f(&w->mem, "/site/people/%lld", (long long)id.v));
	struct account_roles_in_row roles;
	browser_open(&admin, w);
	browser_open(&ben, w);
	sign_in(&admin, "Ana");
	sign_in(&ben, "Ben");
	browser_get(&admin, page);
	assert_true(browser_sees(&admin, "value=\"editor\" checked"));
	browser_post(
		&admin, arena_z(&w->mem, arena_f(&w->mem, "%s/roles", page)), "role=responder");
	browser_follow(&admin);
	assert_int_equal(account_roles_in(w->db, &w->mem, id.v, WHOLE_SITE, &roles), 1);
	assert_int_equal(roles.roles, ROLE_RESPONDER);

	browser_post(&admin, arena_z(&w->mem, arena_f(&w->mem, "%s/roles", self)), "role=editor");
	assert_int_equal(admin.status, 422);
	browser_post(&admin, arena_z(&w->mem, arena_f(&w->mem, "%s/access", self)), "off=1");
	assert_int_equal(admin.status, 422);

	browser_post(&admin, arena_z(&w->mem, arena_f(&w->mem, "%s/access", page)), "off=1");
	assert_int_equal(admin.status, 303);
	browser_get(&ben, "/account");
	assert_int_equal(ben.status, ERR_DENIED);
	sign_in(&ben, "Ben");
	assert_int_equal(ben.status, 422);
	browser_post(&admin, arena_z(&w->mem, arena_f(&w->mem, "%s/access", page)), "off=");
	browser_open(&ben, w);
	ben.now += 60;
	sign_in(&ben, "Ben");
	assert_int_equal(ben.status, 303);

	browser_post(&admin, arena_z(&w->mem, arena_f(&w->mem, "%s/reset", page)), "");
	browser_follow(&admin);
	const char *link = link_on(&admin);
	browser_get(&ben, link);
	assert_true(browser_sees(&ben, "Ben"));
	browser_post(&ben, link, "password=entirely new words&again=entirely new words");
	assert_int_equal(ben.status, 303);
	static const char *const odd[] = { "/site/people/0", "/site/people/x", "/site/people/999" };
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
		browser_get(&admin, odd[i]);
		assert_int_equal(admin.status, ERR_MISSING);
	}
}

static void every_page_stands_in_every_language(void **state)
{
	struct world *w = *state;
	struct browser b;
	static const char *const page[] = { "/account", "/account/password", "/account/second-step",
		"/account/recovery", "/site/people", "/site/people/1" };
	assert_int_equal(make(w, "Ana", ROLE_ADMIN).v, 1);
	browser_open(&b, w);
	sign_in(&b, "Ana");
	for (int lang = 0; lang < LANG_COUNT; lang++)
		for (size_t i = 0; i < sizeof page / sizeof *page; i++) {
			b.lang = (enum lang_id)lang;
			browser_get(&b, page[i]);
			assert_int_equal(b.status, 200);
			assert_false(browser_sees(&b, "{"));
			assert_true(browser_sees(&b, "<h1>"));
		}
}

const struct CMUnitTest pages_tests[] = {
	cmocka_unit_test_setup_teardown(
		the_first_start_ends_with_an_administrator, world_open, world_close),
	cmocka_unit_test_setup_teardown(
		a_wrong_name_and_a_wrong_password_look_alike, world_open, world_close),
	cmocka_unit_test_setup_teardown(a_way_out_is_no_place_to_go, world_open, world_close),
	cmocka_unit_test_setup_teardown(
		tries_are_slowed_down_for_the_visitor, world_open, world_close),
	cmocka_unit_test_setup_teardown(
		a_form_without_its_token_does_nothing, world_open, world_close),
	cmocka_unit_test_setup_teardown(every_page_denies_whoever_may_not, world_open, world_close),
	cmocka_unit_test_setup_teardown(
		the_second_step_guards_from_setting_up_to_taking_away, world_open, world_close),
	cmocka_unit_test_setup_teardown(
		a_new_password_ends_the_other_sessions, world_open, world_close),
	cmocka_unit_test_setup_teardown(
		an_invitation_is_shown_once_and_works_once, world_open, world_close),
	cmocka_unit_test_setup_teardown(
		the_administrator_changes_roles_and_access, world_open, world_close),
	cmocka_unit_test_setup_teardown(
		every_page_stands_in_every_language, world_open, world_close),
};
const size_t n_pages_tests = sizeof pages_tests / sizeof *pages_tests;
