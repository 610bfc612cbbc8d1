#include "account/who.h"
#include "account/account.h"
#include "account/account.sql.h"
#include "account/sessions.h"
#include "crypto/code.h"
#include "crypto/token.h"
#include "vault/vault.h"

/* Cookies: "s" a session, "c" a secret code, "v" nothing but a form of a browser with neither. */
enum { VISIT_SECRET_BYTES = 16, VISIT_SECRET_CHARS = 22, CODE_COOKIE_LIFE = 180 * 86400 };
enum { DAY_SECONDS = 86400, SOON_DAYS = 14 };

/* What the navigation reminds of. */
static int resolve_asks(struct visit *v)
{
	struct account_asks_row row;
	int64_t today = v->now / DAY_SECONDS;
	int st = account_asks(v->db, v->mem, v->who.account.v, today, today + SOON_DAYS, &row);
	if (st < 0)
		return st;
	v->who.late = row.late;
	v->who.due_soon = row.soon;
	return 0;
}

static int resolve_cases(struct visit *v)
{
	struct account_handles_row row;
	int st = account_handles(v->db, v->mem, v->who.account.v, &row);
	v->who.is_handler = st > 0 && row.n > 0;
	return st < 0 ? st : 0;
}

static int resolve_roles(struct visit *v)
{
	struct account_roles_of_row *row;
	size_t n = 0;
	int st = account_roles_of(v->db, v->mem, v->who.account.v, &row, &n);
	if (st < 0)
		return st;
	for (size_t i = 0; i < n; i++) {
		v->who.is_responder |= (row[i].roles & ROLE_RESPONDER) != 0;
		v->who.runs_some |= (row[i].roles & (ROLE_ORGANISER | ROLE_EDITOR)) != 0;
		if (row[i].space == WHOLE_SITE)
			v->who.roles_site = (int)row[i].roles;
	}
	v->who.is_staff = n > 0;
	st = resolve_cases(v);
	if (st < 0)
		return st;
	return v->who.is_responder ? resolve_asks(v) : 0;
}

/* With the vault that held a session's key the session has ended. */
static bool has_lost_key(const struct visit *v, const struct session *session)
{
	return session->turn && session->turn != vault_turn(v->house->vault);
}

/* A session of an account that was disabled or reset since, perhaps by another process, is
 * over. */
static int resolve_session(struct visit *v, struct str token)
{
	struct session session;
	struct account_by_id_row row;
	if (!sessions_find(v->house->sessions, token, v->now, &session))
		return 0;
	int st = account_by_id(v->db, v->mem, session.account, &row);
	if (st < 0)
		return st;
	if (st == 0 || row.is_disabled || row.epoch != session.epoch || has_lost_key(v, &session)) {
		sessions_end(v->house->sessions, token);
		return 0;
	}
	if (session.is_half)
		return 0;
	v->who.account.v = session.account;
	v->who.account_name = row.name;
	v->who.key_turn = session.turn;
	return resolve_roles(v);
}

static void keep_code(struct visit *v, const struct code *code)
{
	uint8_t hash[HASH_BYTES];
	code_hash(&v->house->keys->take_part, "participate", code, hash);
	v->who.code = arena_copy(v->mem, (struct str){ code->z, CODE_CHARS });
	v->who.code_key = arena_copy(v->mem, (struct str){ (const char *)hash, sizeof hash });
	v->who.has_code = v->who.code.p && v->who.code_key.p;
}

static int resolve_code(struct visit *v, struct str cookie)
{
	struct code code;
	struct account_participant_row row;
	if (cookie.n != CODE_CHARS || code_parse(cookie, &code) != 0)
		return 0;
	keep_code(v, &code);
	if (!v->who.has_code)
		return ERR_NOMEM;
	int st = account_participant(v->db, v->mem, v->who.code_key, &row);
	if (st > 0)
		v->who.participant.v = row.id;
	return st < 0 ? st : 0;
}

/* Somebody who takes part and signed in needs no code: the account knows theirs, but not the
 * letters of it. What stands in their place must only stay the same, and be nobody else's. */
static int resolve_held(struct visit *v)
{
	struct account_held_first_row row;
	char text[VISIT_SECRET_CHARS + 1];
	int st = account_held_first(v->db, v->mem, v->who.account.v, &row);
	if (st <= 0)
		return st;
	if (row.code_key.n < VISIT_SECRET_BYTES)
		return err_note(ERR_BUG, "a code's key");
	base64_url((const uint8_t *)row.code_key.p, VISIT_SECRET_BYTES, text, sizeof text);
	v->who.code = arena_copy(v->mem, (struct str){ text, VISIT_SECRET_CHARS });
	v->who.code_key = row.code_key;
	v->who.has_code = v->who.code.p != NULL;
	v->who.participant.v = row.id;
	v->who.takes_part = true;
	return v->who.has_code ? 0 : ERR_NOMEM;
}

static int token_for(struct visit *v, struct str secret)
{
	struct token token;
	token_make(&v->house->keys->token, secret, v->now, &token);
	v->csrf = v->out.csrf = arena_copy(v->mem, (struct str){ token.z, TOKEN_CHARS });
	return v->csrf.p ? 0 : ERR_NOMEM;
}

static bool is_visit_secret(struct str s)
{
	uint8_t bytes[VISIT_SECRET_BYTES];
	return s.n == VISIT_SECRET_CHARS && base64_url_bytes(s, bytes, sizeof bytes);
}

/* A session guards its forms alone: weaker cookies count only for whoever has none. */
static struct str session_secret(const struct visit *v)
{
	struct session session;
	struct str token = http_cookie(v->req, "s");
	bool is_there = token.n && sessions_find(v->house->sessions, token, v->now, &session);
	return is_there ? token : (struct str){ 0 };
}

int who_resolve(struct visit *v)
{
	struct str session = http_cookie(v->req, "s"), code = http_cookie(v->req, "c");
	struct str visit = http_cookie(v->req, "v");
	int st = session.n ? resolve_session(v, session) : 0;
	if (st == 0 && code.n)
		st = resolve_code(v, code);
	if (st == 0 && v->who.account.v)
		st = resolve_held(v);
	if (st)
		return st;
	if (session.n)
		session = session_secret(v);
	if (session.n)
		return token_for(v, session);
	if (v->who.has_code)
		return token_for(v, v->who.code);
	return is_visit_secret(visit) ? token_for(v, visit) : 0;
}

int who_code(struct visit *v)
{
	struct code code;
	if (v->who.has_code)
		return 0;
	code_make(&code);
	keep_code(v, &code);
	wipe(&code, sizeof code);
	if (!v->who.has_code)
		return ERR_NOMEM;
	visit_cookie(v, "c", v->who.code, CODE_COOKIE_LIFE);
	return v->who.account.v ? 0 : token_for(v, v->who.code);
}

int who_code_find(struct visit *v, struct str text)
{
	uint8_t hash[HASH_BYTES];
	struct account_participant_row row;
	struct code code;
	if (code_parse(text, &code) != 0)
		return 0;
	code_hash(&v->house->keys->take_part, "participate", &code, hash);
	return account_participant(
		v->db, v->mem, (struct str){ (const char *)hash, sizeof hash }, &row);
}

int who_code_open(struct visit *v, struct str text)
{
	struct code code;
	if (code_parse(text, &code) != 0)
		return err_note(ERR_INPUT, "not a code");
	keep_code(v, &code);
	if (!v->who.has_code)
		return ERR_NOMEM;
	visit_cookie(v, "c", v->who.code, CODE_COOKIE_LIFE);
	return 0;
}

void who_code_close(struct visit *v)
{
	visit_cookie(v, "c", STR(""), -1);
}

/* Whoever has written before is known since the visit began; only a new code is written down. */
int who_participant(struct visit *v)
{
	struct account_participant_add_row made;
	if (!v->who.has_code)
		return err_note(ERR_DENIED, "no code");
	if (v->who.participant.v)
		return 0;
	int result = account_participant_add(v->db, v->mem, v->who.code_key, &made);
	if (result > 0)
		v->who.participant.v = made.id;
	return result < 0 ? result : 0;
}

int who_form(struct visit *v)
{
	uint8_t secret[VISIT_SECRET_BYTES];
	char text[VISIT_SECRET_CHARS + 1];
	if (v->csrf.n)
		return 0;
	random_bytes(secret, sizeof secret);
	base64_url(secret, sizeof secret, text, sizeof text);
	struct str kept = arena_copy(v->mem, (struct str){ text, VISIT_SECRET_CHARS });
	if (!kept.p)
		return ERR_NOMEM;
	visit_cookie(v, "v", kept, 0);
	return token_for(v, kept);
}

bool who_token_ok(const struct visit *v, struct str token)
{
	const struct secret *key = &v->house->keys->token;
	struct str session = session_secret(v), visit = http_cookie(v->req, "v");
	if (session.n)
		return token_ok(key, session, v->now, token);
	if (v->who.has_code && token_ok(key, v->who.code, v->now, token))
		return true;
	return is_visit_secret(visit) && token_ok(key, visit, v->now, token);
}

bool who_token_early(
	struct house *house, const struct http_request *req, int64_t now, struct str token)
{
	struct visit v = { .req = req, .house = house, .now = now };
	struct str cookie = http_cookie(req, "c");
	struct code code = { 0 };
	if (cookie.n == CODE_CHARS && code_parse(cookie, &code) == 0) {
		v.who.code = (struct str){ code.z, CODE_CHARS };
		v.who.has_code = true;
	}
	bool is_ok = who_token_ok(&v, token);
	wipe(&code, sizeof code);
	err_forget();
	return is_ok;
}

int who_roles(struct visit *v, int64_t space, int *ret)
{
	struct account_roles_in_row row = { 0 };
	int roles = v->who.roles_site, st = 0;
	if (v->who.account.v)
		st = account_roles_in(v->db, v->mem, v->who.account.v, space, &row);
	if (st < 0)
		return st;
	*ret = roles & ROLE_ADMIN ? ROLES_ALL : roles | (int)row.roles;
	return 0;
}

int who_may(struct visit *v, int64_t space, int roles)
{
	int mine;
	int st = who_roles(v, space, &mine);
	return st < 0 ? st : (mine & roles) != 0;
}
