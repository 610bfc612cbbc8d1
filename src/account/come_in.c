#include "account/come_in.h"
#include "account/come_in.html.h"
#include "account/first.h"
#include "account/hashing.h"
#include "account/inner.h"
#include "account/settings.h"
#include "crypto/code.h"

#define AT(member) .at = offsetof(struct come_in_in, member)
const struct form setup_form = {
	.name = "setup",
	.size = sizeof(struct come_in_in),
	.body_max = 8192,
	.field = {
		{ "code", FIELD_CODE, .is_required = true, AT(code) },
		{ "name", FIELD_LINE, .is_required = true, .min = ACCOUNT_NAME_MIN, .max = ACCOUNT_NAME_MAX, AT(name) },
		{ "password", FIELD_SECRET, .is_required = true, .min = PASSWORD_MIN, .max = PASSWORD_MAX, AT(password) },
		{ "again", FIELD_SECRET, .is_required = true, .max = PASSWORD_MAX, AT(again) },
		{ "house", FIELD_LINE, .max = HOUSE_NAME_MAX, AT(house) },
	},
};
/* What everybody gives who makes an account of their own. */
const struct form join_form = {
	.name = "join",
	.size = sizeof(struct come_in_in),
	.body_max = 8192,
	.field = {
		{ "name", FIELD_LINE, .is_required = true, .min = ACCOUNT_NAME_MIN, .max = ACCOUNT_NAME_MAX, AT(name) },
		{ "password", FIELD_SECRET, .is_required = true, .min = PASSWORD_MIN, .max = PASSWORD_MAX, AT(password) },
		{ "again", FIELD_SECRET, .is_required = true, .max = PASSWORD_MAX, AT(again) },
	},
};
/* The name is asked for only when the account is new: see invite_check. */
const struct form invite_form = {
	.name = "invite",
	.size = sizeof(struct come_in_in),
	.body_max = 8192,
	.field = {
		{ "name", FIELD_LINE, .min = ACCOUNT_NAME_MIN, .max = ACCOUNT_NAME_MAX, AT(name) },
		{ "password", FIELD_SECRET, .is_required = true, .min = PASSWORD_MIN, .max = PASSWORD_MAX, AT(password) },
		{ "again", FIELD_SECRET, .is_required = true, .max = PASSWORD_MAX, AT(again) },
		{ "key", FIELD_LINE, .max = 60, AT(key) },
	},
};

const struct fault_label come_in_labels[] = {
	{ "code", MSG_account_label_setup },
	{ "name", MSG_account_label_name },
	{ "password", MSG_account_label_password },
	{ "again", MSG_account_label_again },
	{ "key", MSG_account_label_key },
	{ "house", MSG_site_settings_name },
	{ 0 },
};

typedef void page_writer(struct html *w, const struct come_in_view *p);

static int show(struct visit *v, int title, struct come_in_view *p, page_writer *page)
{
	int st = who_form(v);
	if (st)
		return st;
	p->frame = visit_frame(v, visit_say(v, title, 0));
	p->form = &v->form;
	page(&v->out, p);
	return visit_page(v, page_status(v));
}

static bool is_fine(const struct visit *v, const char *field)
{
	return form_fault_of(&v->form, field) == NULL;
}

/* What only this room sees: a name that is none or is taken, passwords that differ. */
static int check_name(struct visit *v)
{
	struct str key;
	struct account_by_key_row row;
	if (!is_fine(v, "name"))
		return 0;
	int st = account_name_key(visit_in(v, struct come_in_in)->name, v->mem, &key);
	if (st == ERR_INPUT)
		form_fault_add(&v->form, "name", MSG_account_fault_name, 0);
	if (st)
		return st == ERR_INPUT ? 0 : st;
	st = account_by_key(v->db, v->mem, key, &row);
	if (st > 0)
		form_fault_add(&v->form, "name", MSG_account_fault_taken, 0);
	return st < 0 ? st : 0;
}

static void check_again(struct visit *v)
{
	const struct come_in_in *in = visit_in(v, struct come_in_in);
	if (is_fine(v, "password") && is_fine(v, "again") && !str_eq(in->password, in->again))
		form_fault_add(&v->form, "again", MSG_account_fault_again, 0);
}

int come_in_check(struct visit *v)
{
	int st = check_name(v);
	check_again(v);
	return st;
}

int come_in_park(struct visit *v)
{
	struct str password = visit_in(v, struct come_in_in)->password;
	int st = hashing_park(v, password);
	if (st == ERR_BUSY)
		form_fault_add(&v->form, "password", MSG_account_fault_busy, 0);
	return st;
}

/* ---- the first start ---- */

static int setup_again(struct visit *v)
{
	struct str typed = form_typed(&v->form, "house");
	struct come_in_view p = { .house = typed.p ? typed
						   : atomic_load(&v->house->settings)->name };
	return show(v, MSG_account_setup_title, &p, setup_page);
}

int setup_show(struct visit *v)
{
	int st = first_is_due(v->db, v->mem);
	if (st <= 0)
		return st < 0 ? st : visit_go(v, STR("/sign-in"));
	return setup_again(v);
}

static int check_setup_code(struct visit *v)
{
	struct throttle_key key = { "set-up", STR(""), v->req->client };
	if (!is_fine(v, "code") || !page_try(v, &key, "code"))
		return 0;
	struct str code = visit_in(v, struct come_in_in)->code;
	int st = first_code_ok(v->db, v->mem, v->house->keys, code, v->now);
	if (st == 0)
		form_fault_add(&v->form, "code", MSG_account_fault_setup, 0);
	else
		page_passed(v, &key);
	return st < 0 ? st : 0;
}

int setup_check(struct visit *v)
{
	int st = first_is_due(v->db, v->mem);
	if (st <= 0)
		return st < 0 ? st : visit_ended(visit_go(v, STR("/sign-in")));
	st = check_setup_code(v);
	if (st == 0)
		st = check_name(v);
	check_again(v);
	if (st == 0 && v->form.n_fault == 0)
		st = come_in_park(v);
	if (st == VISIT_PARKED)
		return st;
	return v->form.n_fault ? visit_ended(setup_again(v)) : st;
}

static int welcome(struct visit *v, struct account_id id)
{
	int st = page_enter_as(v, id, hashing_turn(v, hashing_of(v)));
	return st ? st : visit_go(v, STR("/account/second-step"));
}

/* Who comes in is nobody before. */
static int note(struct visit *v, enum audit_what what, struct account_id id)
{
	return audit_add(v, &(struct audit_line){ .what = what, .account = id, .ref = id.v });
}

static void use_settings(struct house *house, const void *what)
{
	settings_use(house, what);
}

/* A house without a name of its own keeps the one that all have. */
static int name_house(struct visit *v)
{
	const struct come_in_in *in = visit_in(v, struct come_in_in);
	struct settings *set = arena_take(v->mem, sizeof *set);
	if (!set)
		return ERR_NOMEM;
	*set = *atomic_load(&v->house->settings);
	if (!in->house.n || str_eq(in->house, set->name))
		return 0;
	set->name = in->house;
	v->kept = use_settings;
	v->kept_what = set;
	return settings_set(v->db, "name", set->name);
}

int setup_act(struct visit *v)
{
	const struct come_in_in *in = visit_in(v, struct come_in_in);
	const struct password_job *job = &hashing_of(v)->job;
	struct account_id id;
	if (job->result < 0)
		return job->result;
	const struct first_admin what = { in->code, in->name, str_c(job->hash) };
	int st = first_admin(v->db, v->mem, v->house->keys, &what, &id);
	if (st == 0)
		st = note(v, AUDIT_FIRST_ADMIN, id);
	if (st == 0)
		st = name_house(v);
	return st ? st : welcome(v, id);
}

/* ---- an invitation ---- */

static int invite_gone(struct visit *v)
{
	struct come_in_view p = { .frame = visit_frame(
					  v, visit_say(v, MSG_account_invite_gone_title, 0)),
		.form = &v->form };
	invite_gone_page(&v->out, &p);
	return visit_page(v, 404);
}

static int invite_again(struct visit *v, const struct invite *invite)
{
	struct come_in_view p = { .token = v->part[0], .roles = invite->roles };
	struct account_by_id_row row;
	struct account_key key;
	if (invite->account.v) {
		int st = account_by_id(v->db, v->mem, invite->account.v, &row);
		if (st <= 0)
			return st < 0 ? st : invite_gone(v);
		p.name = row.name;
		st = account_key_find(v->db, v->mem, invite->account, &key);
		if (st < 0)
			return st;
		p.has_key = st > 0 && key.has_recovery;
	}
	int title = p.name.p ? MSG_account_reset_title : MSG_account_invite_title;
	return show(v, title, &p, invite_page);
}

static int find(struct visit *v, struct invite *ret)
{
	return account_invite_find(v->db, v->mem, v->house->keys, v->part[0], v->now, ret);
}

int invite_show(struct visit *v)
{
	struct invite invite;
	int st = find(v, &invite);
	if (st < 0)
		return st;
	return st ? invite_again(v, &invite) : invite_gone(v);
}

/* Somebody who lost a password and kept the code of their key: both get in by the code. */
static int park_recovery(struct visit *v, const struct invite *invite)
{
	const struct come_in_in *in = visit_in(v, struct come_in_in);
	struct code *code = arena_take(v->mem, sizeof *code);
	if (!code)
		return ERR_NOMEM;
	if (code_parse(in->key, code) != 0) {
		form_fault_add(&v->form, "key", MSG_account_fault_key, 0);
		return 0;
	}
	int st = hashing_park_account(v,
		&(struct hashing_task){
			.account = invite->account, .recovery = code, .next = in->password });
	if (st == ERR_BUSY)
		form_fault_add(&v->form, "password", MSG_account_fault_busy, 0);
	return st;
}

int invite_check(struct visit *v)
{
	struct invite invite;
	int st = find(v, &invite);
	if (st <= 0)
		return st < 0 ? st : visit_ended(invite_gone(v));
	if (!invite.account.v && !visit_in(v, struct come_in_in)->name.n)
		form_fault_add(&v->form, "name", MSG_site_fault_required, 0);
	else if (!invite.account.v)
		st = check_name(v);
	check_again(v);
	bool is_recovery = invite.account.v && visit_in(v, struct come_in_in)->key.n;
	if (st >= 0 && v->form.n_fault == 0)
		st = is_recovery ? park_recovery(v, &invite) : come_in_park(v);
	if (st == VISIT_PARKED) /* another thread has it: not to be looked at any more */
		return st;
	return v->form.n_fault ? visit_ended(invite_again(v, &invite)) : st;
}

int invite_act(struct visit *v)
{
	const struct come_in_in *in = visit_in(v, struct come_in_in);
	const struct hashing *h = hashing_of(v);
	struct invite invite;
	struct account_id id;
	v->is_quiet = true;
	int st = h->job.result < 0 ? h->job.result : find(v, &invite);
	if (st <= 0)
		return st < 0 ? st : invite_gone(v);
	if (h->task.recovery && h->job.result == 0) {
		form_fault_add(&v->form, "key", MSG_account_fault_key, 0);
		return invite_again(v, &invite);
	}
	st = account_invite_accept(v->db, v->mem, &invite, in->name, str_c(h->job.hash), &id);
	if (st == ERR_CONFLICT) {
		form_fault_add(&v->form, "name", MSG_account_fault_taken, 0);
		return invite_again(v, &invite);
	}
	if (st == 0)
		st = hashing_keep(v, h);
	if (st == 0)
		st = note(v, invite.account.v ? AUDIT_RESET_TAKEN : AUDIT_INVITE_TAKEN, id);
	if (st)
		return st;
	sessions_end_all(v->house->sessions, id.v, (struct str){ 0 });
	key_end_all(v, id, h->cookie);
	return welcome(v, id);
}
