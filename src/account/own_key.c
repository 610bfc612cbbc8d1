/* The code on paper that opens a person's key when the password is lost: shown once, retyped. */
#include "account/inner.h"
#include "account/own.h"
#include "account/own.html.h"
#include "crypto/code.h"

/* The code that waits to be retyped, drawn when there is none. */
static int pending(struct visit *v, struct code *ret)
{
	struct str kept, session = page_session(v);
	if (sessions_pocket_get(v->house->sessions, session, POCKET_KEY, v->mem, &kept) &&
		kept.n == sizeof *ret) {
		memcpy(ret, kept.p, sizeof *ret);
		return 0;
	}
	code_make(ret);
	bool is_kept = sessions_pocket_put(v->house->sessions, session, POCKET_KEY,
		(struct str){ (const char *)ret, sizeof *ret });
	return is_kept ? 0 : err_note(ERR_DENIED, "no session to keep a code");
}

static int load(struct visit *v, struct own_view *p)
{
	struct account_key key;
	int st = account_key_find(v->db, v->mem, v->who.account, &key);
	if (st < 0)
		return st;
	*p = (struct own_view){ .frame = visit_frame(v, visit_say(v, MSG_account_key_title, 0)),
		.form = &v->form,
		.has_key = st > 0 && v->who.key_turn,
		.has_key_code = st > 0 && key.has_recovery,
		.is_saved = page_saved(v) };
	return 0;
}

int own_key_show(struct visit *v)
{
	struct own_view p;
	struct code code;
	struct str kept;
	int st = load(v, &p);
	if (st)
		return st;
	bool is_asked = sessions_pocket_get(
		v->house->sessions, page_session(v), POCKET_KEY, v->mem, &kept);
	if (p.has_key && (is_asked || !p.has_key_code)) {
		st = pending(v, &code);
		if (st)
			return st;
		p.key_code = arena_copy(v->mem, str_c(code_show(&code).z));
		wipe(&code, sizeof code);
	}
	own_key_page(&v->out, &p);
	return visit_page(v, page_status(v));
}

int own_key_check(struct visit *v)
{
	struct code typed, drawn;
	struct vault_message ask = { .kind = VAULT_RECODE }, said;
	struct str *slot = arena_take(v->mem, sizeof *slot);
	int st = slot ? pending(v, &drawn) : ERR_NOMEM;
	if (st)
		return st;
	bool is_it = v->form.n_fault == 0 &&
		code_parse(visit_in(v, struct recovery_in)->code, &typed) == 0 &&
		bytes_same(typed.z, drawn.z, CODE_CHARS);
	if (!is_it && v->form.n_fault == 0)
		form_fault_add(&v->form, "code", MSG_account_fault_key, 0);
	if (!is_it)
		return visit_ended(own_key_show(v));
	ask.code = drawn;
	st = key_ask(v, &ask, &said);
	if (st == 0)
		*slot = arena_copy(
			v->mem, (struct str){ (const char *)said.recovery, sizeof said.recovery });
	if (st == 0 && !slot->p)
		st = ERR_NOMEM;
	v->parked = slot;
	return st ? st : VISIT_GO_ON;
}

int own_key_act(struct visit *v)
{
	const struct str *slot = v->parked;
	v->is_quiet = true;
	int st = account_key_recovery_keep(v->db, v->who.account, (const uint8_t *)slot->p);
	if (st == 0)
		st = audit_add(v, &(struct audit_line){ .what = AUDIT_CODES_MADE });
	if (st)
		return st;
	sessions_pocket_empty(v->house->sessions, page_session(v));
	return visit_go(v, STR("/account/key?saved"));
}

int own_key_new_act(struct visit *v)
{
	struct code code;
	v->is_quiet = true;
	int st = pending(v, &code);
	wipe(&code, sizeof code);
	return st ? st : visit_go(v, STR("/account/key"));
}
