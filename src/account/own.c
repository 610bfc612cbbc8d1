#include "account/own.h"
#include "account/escrow.h"
#include "account/hashing.h"
#include "account/inner.h"
#include "account/own.html.h"

struct password_in {
	struct str old, password, again;
};

#define AT(member) .at = offsetof(struct password_in, member)
const struct form password_form = {
	.name = "password",
	.size = sizeof(struct password_in),
	.body_max = 8192,
	.field = {
		{ "old", FIELD_SECRET, .is_required = true, AT(old) },
		{ "password", FIELD_SECRET, .is_required = true, .min = PASSWORD_MIN, .max = PASSWORD_MAX, AT(password) },
		{ "again", FIELD_SECRET, .is_required = true, .max = PASSWORD_MAX, AT(again) },
	},
};

const struct fault_label own_labels[] = {
	{ "old", MSG_account_label_old_password },
	{ "password", MSG_account_label_new_password },
	{ "again", MSG_account_label_again },
	{ "digits", MSG_account_label_digits },
	{ "code", MSG_account_label_retype },
	{ 0 },
};

const struct fault_label own_key_labels[] = {
	{ "code", MSG_account_label_key_retype },
	{ 0 },
};

static int load(struct visit *v, struct account_by_id_row *ret)
{
	int st = account_by_id(v->db, v->mem, v->who.account.v, ret);
	return st == 0 ? err_note(ERR_MISSING, "an account that is gone") : st < 0 ? st : 0;
}

int own_show(struct visit *v)
{
	struct account_by_id_row row;
	struct account_recovery_count_row count;
	struct account_key key = { 0 };
	int st = load(v, &row);
	if (st == 0)
		st = account_recovery_count(v->db, v->mem, v->who.account.v, &count);
	int has_key = st < 0 ? st : account_key_find(v->db, v->mem, v->who.account, &key);
	int is_asked = has_key < 0 ? has_key : escrow_is_asked(v);
	if (is_asked < 0)
		return is_asked;
	struct own_view p = {
		.frame = visit_frame(v, visit_say(v, MSG_account_own_title, 0)),
		.form = &v->form,
		.name = row.name,
		.roles = v->who.roles_site,
		.is_saved = page_saved(v),
		.runs_some = v->who.runs_some,
		.is_asked = is_asked > 0,
		.has_step = row.second_step.p != NULL,
		.codes_left = count.n,
		.has_key = has_key > 0,
		.has_key_code = key.has_recovery,
	};
	own_page(&v->out, &p);
	return visit_page(v, 200);
}

int own_close_act(struct visit *v)
{
	v->is_quiet = true;
	int st = account_epoch_next(v->db, v->who.account.v);
	if (st >= 0)
		st = audit_add(v, &(struct audit_line){ .what = AUDIT_SESSIONS_ENDED });
	if (st < 0)
		return st;
	uint8_t own[VAULT_COOKIE] = { 0 };
	if (!key_cookie(v, own))
		memset(own, 0, sizeof own);
	page_end_all(v, v->who.account, own);
	st = page_enter_as(v, v->who.account, v->who.key_turn);
	return st ? st : visit_go(v, STR("/account?saved"));
}

/* ---- the password ---- */

int own_password_show(struct visit *v)
{
	struct own_view p = { .frame = visit_frame(v, visit_say(v, MSG_account_own_password, 0)),
		.form = &v->form,
		.name = v->who.account_name };
	own_password_page(&v->out, &p);
	return visit_page(v, page_status(v));
}

static int password_again(struct visit *v, const char *field, int msg)
{
	form_fault_add(&v->form, field, msg, 0);
	return own_password_show(v);
}

static struct throttle_key own_key(struct visit *v)
{
	return (struct throttle_key){ "own password",
		arena_f(v->mem, "%lld", (long long)v->who.account.v), v->req->client };
}

int own_password_check(struct visit *v)
{
	const struct password_in *in = visit_in(v, struct password_in);
	struct throttle_key key = own_key(v);
	struct account_by_id_row row;
	if (!str_eq(in->password, in->again) && !v->form.n_fault)
		form_fault_add(&v->form, "again", MSG_account_fault_again, 0);
	if (v->form.n_fault || !page_try(v, &key, "old"))
		return visit_ended(own_password_show(v));
	int st = load(v, &row);
	if (st)
		return st;
	st = hashing_park_account(v,
		&(struct hashing_task){ .password = in->old,
			.against = row.password,
			.account = v->who.account,
			.next = in->password });
	return st == ERR_BUSY ? visit_ended(password_again(v, "password", MSG_account_fault_busy))
			      : st;
}

int own_password_act(struct visit *v)
{
	const struct hashing *h = hashing_of(v);
	struct throttle_key key = own_key(v);
	v->is_quiet = true;
	if (h->job.result < 0)
		return h->job.result;
	if (h->job.result == 0)
		return password_again(v, "old", MSG_account_fault_old_password);
	page_passed(v, &key);
	int st = hashing_keep(v, h);
	if (st == 0)
		st = account_epoch_next(v->db, v->who.account.v);
	if (st >= 0)
		st = audit_add(v, &(struct audit_line){ .what = AUDIT_PASSWORD_SET });
	if (st < 0)
		return st;
	page_end_all(v, v->who.account, h->cookie);
	st = page_enter_as(v, v->who.account, hashing_turn(v, h));
	return st ? st : visit_go(v, STR("/account?saved"));
}
