/*
 * I know who a visit is from: the cookies "s" (a session of an account) and "c" (a
 * participant's secret code), what the form's token proves, and who may what.
 */
#pragma once
#include "account/visit.h"

/* who_resolve(v): Fill v->who and v->csrf from the cookies. An ended session or a broken cookie
 * is nobody, not a failure. Reads v->db. */
int who_resolve(struct visit *v) must_use;

/* who_code(v): Make sure that this browser has a secret code: without one, draw it and set the
 * cookie; v->csrf belongs to it from now on. Pages with a form that takes part call this first.
 * The code is nobody until it writes something. */
int who_code(struct visit *v) must_use;

/* who_code_find(v, code): 1: somebody has taken part with this code (canonical); 0: nobody.
 * Reads v->db. */
int who_code_find(struct visit *v, struct str code) must_use;
/* who_code_open(v, code): From now on this browser has that code. */
int who_code_open(struct visit *v, struct str code) must_use;
/* who_code_close(v): It has none any more. */
void who_code_close(struct visit *v);

/* who_participant(v): Whoever brought a secret code is written down as somebody who takes part.
 * In a POST's act. ERR_DENIED: there is no code. */
int who_participant(struct visit *v) must_use;

/* who_form(v): Make sure that forms of this page can carry a token, for a browser that has
 * neither session nor code. Pages for anybody with a form that takes no part call this. */
int who_form(struct visit *v) must_use;

/* who_token_ok(v, token): The form came from our own page, shown to this browser not long ago. */
bool who_token_ok(const struct visit *v, struct str token);
/* who_token_early(house, req, now, token): The same while the rest of a form is still on its way,
 * so that files go nowhere before; who_token_ok is asked all the same. For any thread. */
bool who_token_early(
	struct house *house, const struct http_request *req, int64_t now, struct str token);

/* who_roles(v, space, ret): All roles that this visitor has in ${space}, those over the whole site
 * among them; an admin has every one. A set of enum role. Reads v->db. */
int who_roles(struct visit *v, int64_t space, int *ret) must_use;

/* who_may(v, space, roles): Signed in with one of ${roles} (a set of enum role) in ${space}, or
 * over the whole site; an admin may all. 1, 0 or negative. Reads v->db. */
int who_may(struct visit *v, int64_t space, int roles) must_use;
