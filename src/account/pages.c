#include "account/pages.h"
#include "account/inner.h"

const struct route account_routes[] = {
	{ HTTP_GET, "/sign-in", ANYONE, NULL, NULL, sign_in_show },
	{ HTTP_POST, "/sign-in", ANYONE, &sign_in_form, sign_in_check, sign_in_act },
	{ HTTP_GET, "/sign-in/code", ANYONE, NULL, NULL, sign_in_code_show },
	{ HTTP_POST, "/sign-in/code", ANYONE, &digits_form, sign_in_code_check, sign_in_code_act },
	{ HTTP_GET, "/sign-in/recovery", ANYONE, NULL, NULL, sign_in_recovery_show },
	{ HTTP_POST, "/sign-in/recovery", ANYONE, &recovery_form, sign_in_recovery_check,
		sign_in_recovery_act },
	{ HTTP_POST, "/sign-out", ANYONE, NULL, NULL, sign_out_act },

	{ HTTP_GET, "/setup", ANYONE, NULL, NULL, setup_show },
	{ HTTP_POST, "/setup", ANYONE, &setup_form, setup_check, setup_act },
	{ HTTP_GET, "/invite/:token", ANYONE, NULL, NULL, invite_show },
	{ HTTP_POST, "/invite/:token", ANYONE, &invite_form, invite_check, invite_act },

	{ HTTP_GET, "/account", SIGNED_IN, NULL, NULL, own_show },
	{ HTTP_POST, "/account/close", SIGNED_IN, NULL, NULL, own_close_act },
	{ HTTP_GET, "/account/password", SIGNED_IN, NULL, NULL, own_password_show },
	{ HTTP_POST, "/account/password", SIGNED_IN, &password_form, own_password_check,
		own_password_act },
	{ HTTP_GET, "/account/key", SIGNED_IN, NULL, NULL, own_key_show },
	{ HTTP_POST, "/account/key", SIGNED_IN, &recovery_form, own_key_check, own_key_act },
	{ HTTP_POST, "/account/key/new", SIGNED_IN, NULL, NULL, own_key_new_act },
	{ HTTP_GET, "/account/second-step", SIGNED_IN, NULL, NULL, step_show },
	{ HTTP_POST, "/account/second-step", SIGNED_IN, &digits_form, step_check, step_act },
	{ HTTP_POST, "/account/second-step/off", SIGNED_IN, &digits_form, step_off_check,
		step_off_act },
	{ HTTP_GET, "/account/recovery", SIGNED_IN, NULL, NULL, codes_show },
	{ HTTP_POST, "/account/recovery", SIGNED_IN, &recovery_form, codes_check, codes_act },
	{ HTTP_POST, "/account/recovery/new", SIGNED_IN, NULL, NULL, codes_new_act },

	{ HTTP_GET, "/site/people", ADMIN, NULL, NULL, people_show },
	{ HTTP_POST, "/site/people/invite", ADMIN, &invite_roles_form, people_invite_check,
		people_invite_act },
	{ HTTP_GET, "/site/people/link", ADMIN, NULL, NULL, people_link_show },
	{ HTTP_POST, "/site/people/cancel", ADMIN, &link_form, people_cancel_check,
		people_cancel_act },
	{ HTTP_GET, "/site/people/:id", ADMIN, NULL, NULL, person_show },
	{ HTTP_POST, "/site/people/:id/roles", ADMIN, &roles_form, person_roles_check,
		person_roles_act },
	{ HTTP_POST, "/site/people/:id/reset", ADMIN, NULL, NULL, person_reset_act },
	{ HTTP_POST, "/site/people/:id/access", ADMIN, &access_form, person_access_check,
		person_access_act },
	{ 0 },
};

struct str page_session(const struct visit *v)
{
	return http_cookie(v->req, "s");
}

int page_enter(struct visit *v, const struct session *what)
{
	char token[SESSION_TOKEN_CHARS + 1];
	sessions_end(v->house->sessions, page_session(v));
	int st = sessions_start(v->house->sessions, what, v->now, token);
	if (st)
		return st;
	visit_cookie(v, "s", (struct str){ token, SESSION_TOKEN_CHARS }, 0);
	visit_cookie(v, "v", STR(""), -1);
	wipe(token, sizeof token);
	return 0;
}

void page_end_all(struct visit *v, struct account_id id, const uint8_t *but)
{
	struct str own = but ? page_session(v) : (struct str){ 0 };
	sessions_end_all(v->house->sessions, id.v, own);
	key_end_all(v, id, but);
}

int page_enter_as(struct visit *v, struct account_id id, int64_t turn)
{
	struct account_by_id_row row;
	int st = account_by_id(v->db, v->mem, id.v, &row);
	if (st <= 0)
		return st < 0 ? st : err_note(ERR_MISSING, "an account that is gone");
	return page_enter(
		v, &(struct session){ .account = id.v, .epoch = row.epoch, .turn = turn });
}

bool page_try(struct visit *v, const struct throttle_key *key, const char *field)
{
	int wait = throttle_try(sessions_throttle(v->house->sessions), key, v->now);
	if (wait)
		form_fault_add(&v->form, field, MSG_account_fault_wait, wait);
	return wait == 0;
}

void page_passed(struct visit *v, const struct throttle_key *key)
{
	throttle_passed(sessions_throttle(v->house->sessions), key);
}

struct str page_local(struct str path, struct str otherwise)
{
	struct url url;
	return path.n && path.n < 400 && url_local(path, &url) == 0 ? url.s : otherwise;
}

int page_status(const struct visit *v)
{
	return v->form.n_fault ? 422 : 200;
}

bool page_saved(const struct visit *v)
{
	return http_query(v->req, "saved").p != NULL;
}
