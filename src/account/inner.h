/* I am shared by the pages of this room, and nobody else's. */
#pragma once
#include "account/account.h"
#include "account/account.sql.h"
#include "account/audit_watch.h"
#include "account/fault.h"
#include "account/key.h"
#include "account/route.h"
#include "account/sessions.h"
#include "account/who.h"
#include "po/messages.h"

/* What pockets of sessions hold (see sessions.h). */
#define POCKET_SECRET "second step" /* TOTP_SECRET_BYTES, not yet confirmed */
#define POCKET_CODES "recovery"     /* struct recovery[RECOVERY_COUNT], not yet confirmed */
#define POCKET_KEY "key"            /* struct code, not yet confirmed */
#define POCKET_INVITE "invite"      /* struct invite_token, shown once more or less */

/* page_session(v): The token of the visit's session; absent when the cookie is. */
struct str page_session(const struct visit *v);
/* page_enter(v, what): Begin a session and give its token to the browser; an older one of this
 * browser ends. */
int page_enter(struct visit *v, const struct session *what) must_use;
/* page_enter_as(v, id, turn): The same for an account wholly signed in, whose key was unlocked in
 * ${turn} (0: it was not). Reads v->db. */
int page_enter_as(struct visit *v, struct account_id id, int64_t turn) must_use;
/* page_end_all(v, id, but): End all sessions of an account and lock their keys, but this visit's
 * and the key of cookie ${but}; NULL: every one of them. */
void page_end_all(struct visit *v, struct account_id id, const uint8_t *but);
/* page_try(v, key, field): Count a try; when it comes too soon, a fault at ${field}. True: go
 * on. */
bool page_try(struct visit *v, const struct throttle_key *key, const char *field);
void page_passed(struct visit *v, const struct throttle_key *key);
/* page_local(path, otherwise): ${path} if it is one of ours, without a way out. */
struct str page_local(struct str path, struct str otherwise);
/* page_status(v): Of a form: 200, or 422 with faults. */
int page_status(const struct visit *v);
/* page_saved(v): After a change: "?saved" is in the address. */
bool page_saved(const struct visit *v);

/* Inputs that several files read. */
struct digits_in {
	struct str digits, to;
	bool is_short;
};
struct come_in_in {
	struct str code, name, password, again, key, house;
};
struct recovery_in {
	struct str code, to;
};

/* come_in_check(v): What only this room sees in a come_in_in: a name that is none or is taken,
 * passwords that differ; they become faults. come_in_park(v): As hashing_park for its password; too
 * many at once is a fault, too. */
int come_in_check(struct visit *v) must_use;
int come_in_park(struct visit *v) must_use;

/* Handlers, by file. */
int sign_in_show(struct visit *v);
int sign_in_check(struct visit *v);
int sign_in_act(struct visit *v);
int sign_in_code_show(struct visit *v);
int sign_in_code_check(struct visit *v);
int sign_in_code_act(struct visit *v);
int sign_in_recovery_show(struct visit *v);
int sign_in_recovery_check(struct visit *v);
int sign_in_recovery_act(struct visit *v);
int sign_out_act(struct visit *v);

int setup_show(struct visit *v);
int setup_check(struct visit *v);
int setup_act(struct visit *v);
int invite_show(struct visit *v);
int invite_check(struct visit *v);
int invite_act(struct visit *v);

int own_show(struct visit *v);
int own_close_act(struct visit *v);
int own_password_show(struct visit *v);
int own_password_check(struct visit *v);
int own_password_act(struct visit *v);

int own_key_show(struct visit *v);
int own_key_check(struct visit *v);
int own_key_act(struct visit *v);
int own_key_new_act(struct visit *v);

int step_show(struct visit *v);
int step_check(struct visit *v);
int step_act(struct visit *v);
int step_off_check(struct visit *v);
int step_off_act(struct visit *v);
int codes_show(struct visit *v);
int codes_check(struct visit *v);
int codes_act(struct visit *v);
int codes_new_act(struct visit *v);

int people_show(struct visit *v);
int people_invite_check(struct visit *v);
int people_invite_act(struct visit *v);
int people_link_show(struct visit *v);
int people_cancel_check(struct visit *v);
int people_cancel_act(struct visit *v);
int person_show(struct visit *v);
int person_roles_check(struct visit *v);
int person_roles_act(struct visit *v);
int person_reset_act(struct visit *v);
int person_access_check(struct visit *v);
int person_access_act(struct visit *v);

extern const struct form sign_in_form, digits_form, recovery_form, setup_form, join_form,
	invite_form, password_form, invite_roles_form, link_form, roles_form, access_form;
