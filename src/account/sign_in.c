#include "account/sign_in.h"
#include "account/hashing.h"
#include "account/inner.h"
#include "account/sign_in.html.h"
#include "crypto/totp.h"

struct sign_in_in {
	struct str name, password, to;
};

const struct form sign_in_form = {
	.name = "sign-in",
	.size = sizeof(struct sign_in_in),
	.body_max = 8192,
	.field = {
		{ "name", FIELD_LINE, .is_required = true, .max = 100, .at = offsetof(struct sign_in_in, name) },
		{ "password", FIELD_SECRET, .is_required = true, .at = offsetof(struct sign_in_in, password) },
		{ "to", FIELD_LINE, .max = 400, .at = offsetof(struct sign_in_in, to) },
	},
};
const struct form digits_form = {
	.name = "second-step",
	.size = sizeof(struct digits_in),
	.body_max = 4096,
	.field = {
		{ "digits", FIELD_LINE, .is_required = true, .max = 20, .at = offsetof(struct digits_in, digits) },
		{ "short", FIELD_BOOL, .at = offsetof(struct digits_in, is_short) },
		{ "to", FIELD_LINE, .max = 400, .at = offsetof(struct digits_in, to) },
	},
};
const struct form recovery_form = {
	.name = "recovery",
	.size = sizeof(struct recovery_in),
	.body_max = 4096,
	.field = {
		{ "code", FIELD_LINE, .is_required = true, .max = 40, .at = offsetof(struct recovery_in, code) },
		{ "to", FIELD_LINE, .max = 400, .at = offsetof(struct recovery_in, to) },
	},
};

const struct fault_label sign_in_labels[] = {
	{ "name", MSG_account_label_name },
	{ "password", MSG_account_label_password },
	{ "digits", MSG_account_label_digits },
	{ "code", MSG_account_label_recovery },
	{ 0 },
};

typedef void page_writer(struct html *w, const struct sign_in_view *p);

static int show(struct visit *v, int title, page_writer *page)
{
	int st = who_form(v);
	if (st)
		return st;
	struct str to = v->form.form ? form_typed(&v->form, "to") : http_query(v->req, "to");
	struct sign_in_view p = {
		.frame = visit_frame(v, visit_say(v, title, 0)),
		.form = &v->form,
		.to = page_local(to, STR("")),
		.is_short = !v->form.form || form_typed(&v->form, "short").n > 0,
	};
	st = url_local(STR("/me"), &p.own_words);
	if (st)
		return st;
	page(&v->out, &p);
	return visit_page(v, page_status(v));
}

/* ---- name and password ---- */

int sign_in_show(struct visit *v)
{
	if (v->who.account.v)
		return visit_go(v, STR("/account"));
	return show(v, MSG_account_sign_in_title, sign_in_page);
}

static int sign_in_again(struct visit *v)
{
	return show(v, MSG_account_sign_in_title, sign_in_page);
}

/* The same visitor with the same name, whether or not anybody has that name. */
static struct throttle_key name_key(struct visit *v)
{
	struct str name = visit_in(v, struct sign_in_in)->name, key;
	if (account_name_key(name, v->mem, &key) != 0)
		key = name;
	return (struct throttle_key){ "sign-in", key, v->req->client };
}

int sign_in_check(struct visit *v)
{
	const struct sign_in_in *in = visit_in(v, struct sign_in_in);
	struct throttle_key key = name_key(v);
	if (v->form.n_fault || !page_try(v, &key, "password"))
		return visit_ended(sign_in_again(v));
	struct account_by_key_row row;
	int found = account_by_key(v->db, v->mem, key.name, &row);
	if (found < 0)
		return found;
	struct hashing_task task = { .password = in->password };
	if (found && !row.is_disabled) {
		task.account.v = row.id;
		task.against = row.password;
	}
	int st = hashing_park_account(v, &task);
	if (st != ERR_BUSY)
		return st;
	form_fault_add(&v->form, "password", MSG_account_fault_busy, 0);
	return visit_ended(sign_in_again(v));
}

static int enter_half(struct visit *v, const struct session *session, struct str to)
{
	struct session half = *session;
	half.is_half = true;
	int st = page_enter(v, &half);
	if (st)
		return st;
	return to.n ? visit_goto(v, "/sign-in/code?to=%.*s", STR_ARG(to))
		    : visit_go(v, STR("/sign-in/code"));
}

/* Until page_enter the visitor is nobody. */
static int note(struct visit *v, enum audit_what what, int64_t account)
{
	return audit_add(v, &(struct audit_line){ .what = what, .account = { account } });
}

int sign_in_act(struct visit *v)
{
	const struct sign_in_in *in = visit_in(v, struct sign_in_in);
	struct throttle_key key = name_key(v);
	struct account_by_key_row row;
	struct account_by_id_row account;
	const struct hashing *h = hashing_of(v);
	int right = h->job.result;
	v->is_quiet = true;
	if (right < 0)
		return right;
	int st = account_by_key(v->db, v->mem, key.name, &row);
	if (st < 0)
		return st;
	if (!right || !st || row.is_disabled) {
		audit_watch_wrong(v->house->audit, (struct account_id){ st ? row.id : 0 }, v->now);
		form_fault_add(&v->form, "password", MSG_account_fault_sign_in, 0);
		return sign_in_again(v);
	}
	page_passed(v, &key);
	struct str to = page_local(in->to, STR(""));
	st = account_by_id(v->db, v->mem, row.id, &account);
	if (st <= 0)
		return st < 0 ? st : err_note(ERR_BUG, "an account without a row");
	st = hashing_keep(v, h);
	if (st)
		return st;
	const struct session session = {
		.account = row.id, .epoch = row.epoch, .turn = hashing_turn(v, h)
	};
	if (account.second_step.p)
		return enter_half(v, &session, to);
	st = note(v, AUDIT_SIGNED_IN, row.id);
	if (st == 0)
		st = page_enter(v, &session);
	return st ? st : visit_go(v, page_local(to, STR("/account")));
}

/* ---- the second step ---- */

/* Whose second step is due; 0: nobody's. */
static int64_t half_way(const struct visit *v, struct session *ret)
{
	bool is_there = sessions_find(v->house->sessions, page_session(v), v->now, ret);
	return is_there && ret->is_half ? ret->account : 0;
}

/* Guessing six digits must stay slow whoever guesses: this counts for the account. Only who
 * knows the password gets here. */
static struct throttle_key step_key(struct visit *v, int64_t account)
{
	return (struct throttle_key){ "second step", arena_f(v->mem, "%lld", (long long)account),
		0 };
}

int sign_in_code_show(struct visit *v)
{
	struct session session;
	if (!half_way(v, &session))
		return visit_go(v, STR("/sign-in"));
	return show(v, MSG_account_code_title, sign_in_code_page);
}

static int code_again(struct visit *v, int msg)
{
	if (msg)
		form_fault_add(&v->form, "digits", msg, 0);
	return show(v, MSG_account_code_title, sign_in_code_page);
}

int sign_in_code_check(struct visit *v)
{
	struct session session;
	struct account_by_id_row row;
	struct str secret;
	int64_t *step = arena_take(v->mem, sizeof *step);
	struct account_id id = { half_way(v, &session) };
	struct throttle_key key = step_key(v, id.v);
	if (!step)
		return ERR_NOMEM;
	if (!id.v)
		return visit_ended(visit_go(v, STR("/sign-in")));
	if (v->form.n_fault || !page_try(v, &key, "digits"))
		return visit_ended(code_again(v, 0));
	int st = account_by_id(v->db, v->mem, id.v, &row);
	if (st <= 0 || !row.second_step.p)
		return st < 0 ? st : err_note(ERR_DENIED, "no second step to take");
	st = account_secret_open(v->house->keys, id, row.second_step, v->mem, &secret);
	if (st)
		return st;
	struct str digits = visit_in(v, struct digits_in)->digits;
	if (!totp_check(secret.p, secret.n, v->now, row.second_step_used, digits, step)) {
		audit_watch_wrong(v->house->audit, id, v->now);
		return visit_ended(code_again(v, MSG_account_fault_digits));
	}
	v->parked = step;
	return VISIT_GO_ON;
}

int sign_in_code_act(struct visit *v)
{
	const struct digits_in *in = visit_in(v, struct digits_in);
	const int64_t *step = v->parked;
	struct session session;
	int64_t account = half_way(v, &session);
	struct throttle_key key = step_key(v, account);
	v->is_quiet = true;
	int st = account ? account_second_step_use(v->db, account, *step) : 0;
	if (st < 0)
		return st;
	if (st == 0)
		return code_again(v, MSG_account_fault_digits);
	page_passed(v, &key);
	session.is_half = false;
	session.is_short = in->is_short;
	st = note(v, AUDIT_SIGNED_IN_STEP, account);
	if (st == 0)
		st = page_enter(v, &session);
	return st ? st : visit_go(v, page_local(in->to, STR("/account")));
}

/* ---- a code from paper ---- */

int sign_in_recovery_show(struct visit *v)
{
	struct session session;
	if (!half_way(v, &session))
		return visit_go(v, STR("/sign-in"));
	return show(v, MSG_account_recover_title, sign_in_recovery_page);
}

static int recovery_again(struct visit *v, int msg)
{
	if (msg)
		form_fault_add(&v->form, "code", msg, 0);
	return show(v, MSG_account_recover_title, sign_in_recovery_page);
}

int sign_in_recovery_check(struct visit *v)
{
	struct session session;
	struct recovery *code = arena_take(v->mem, sizeof *code);
	int64_t account = half_way(v, &session);
	struct throttle_key key = step_key(v, account);
	if (!code)
		return ERR_NOMEM;
	if (!account)
		return visit_ended(visit_go(v, STR("/sign-in")));
	if (v->form.n_fault || !page_try(v, &key, "code"))
		return visit_ended(recovery_again(v, 0));
	if (recovery_parse(visit_in(v, struct recovery_in)->code, code) != 0)
		return visit_ended(recovery_again(v, MSG_account_fault_recovery));
	v->parked = code;
	return VISIT_GO_ON;
}

int sign_in_recovery_act(struct visit *v)
{
	struct session session;
	struct account_id id = { half_way(v, &session) };
	struct throttle_key key = step_key(v, id.v);
	v->is_quiet = true;
	int st = id.v ? account_recovery_take(v->db, v->house->keys, id, v->parked) : 0;
	if (st < 0)
		return st;
	if (st == 0) {
		audit_watch_wrong(v->house->audit, id, v->now);
		return recovery_again(v, MSG_account_fault_recovery);
	}
	page_passed(v, &key);
	session.is_half = false;
	st = note(v, AUDIT_SIGNED_IN_PAPER, id.v);
	if (st == 0)
		st = page_enter(v, &session);
	return st ? st : visit_go(v, STR("/account"));
}

int sign_out_act(struct visit *v)
{
	v->is_quiet = true;
	sessions_end(v->house->sessions, page_session(v));
	key_end(v);
	visit_cookie(v, "s", STR(""), -1);
	return visit_go(v, STR("/"));
}
