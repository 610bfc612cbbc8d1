#include "account/hold.h"
#include "account/hashing.h"
#include "account/hold.html.h"
#include "account/inner.h"
#include "account/pages.h"
#include "crypto/code.h"

struct add_in {
	struct str code;
};
static const struct form add_form = {
	.name = "add-code",
	.size = sizeof(struct add_in),
	.body_max = 2048,
	.field = {
		{ "code", FIELD_CODE, .is_required = true, .at = offsetof(struct add_in, code) },
	},
};

const struct fault_label hold_labels[] = {
	{ "name", MSG_account_label_name },
	{ "password", MSG_account_label_password },
	{ "again", MSG_account_label_again },
	{ "code", MSG_words_code_title },
	{ 0 },
};

int hold_find(struct db *db, struct arena *mem, struct account_id account)
{
	struct account_held_count_row row;
	int st = account.v ? account_held_count(db, mem, account.v, &row) : 0;
	return st <= 0 ? st : row.n > 0;
}

int hold_load(struct visit *v, struct hold *ret)
{
	struct account_held_count_row count = { 0 };
	struct account_held_by_row by;
	struct hold h = { 0 };
	int st = 0;
	if (v->who.account.v)
		st = account_held_count(v->db, v->mem, v->who.account.v, &count);
	else if (v->who.participant.v)
		st = account_held_by(v->db, v->mem, v->who.participant.v, &by);
	if (st < 0)
		return st;
	h.codes = count.n;
	h.is_held = !v->who.account.v && st > 0;
	h.may_make = !v->who.account.v && v->who.participant.v && !h.is_held;
	*ret = h;
	return 0;
}

static int page(struct visit *v, const struct hold *h)
{
	struct hold_view p = { .frame = visit_frame(v, visit_say(v, MSG_account_hold_title, 0)),
		.form = &v->form,
		.hold = *h,
		.name = v->who.account_name };
	p.frame.area = FRAME_WORDS;
	hold_page(&v->out, &p);
	return visit_page(v, page_status(v));
}

/* Nothing here is for somebody who has not taken part, nor for whoever has a role. */
static int need(struct visit *v, bool (*is_one)(const struct hold *h), struct hold *ret)
{
	int st = hold_load(v, ret);
	if (st == 0 && !is_one(ret))
		st = err_note(ERR_DENIED, "not an account of somebody who takes part");
	return st;
}

static bool is_any(const struct hold *h)
{
	return h->codes || h->is_held || h->may_make;
}

static bool may_make(const struct hold *h)
{
	return h->may_make;
}

static bool has_codes(const struct hold *h)
{
	return h->codes > 0;
}

static bool is_held(const struct hold *h)
{
	return h->is_held;
}

static int hold_show(struct visit *v)
{
	struct hold h;
	int st = hold_load(v, &h);
	if (st < 0)
		return st;
	return is_any(&h) ? page(v, &h) : visit_go(v, STR("/me"));
}

/* ---- making one ---- */

static int make_check(struct visit *v)
{
	struct hold h;
	int st = need(v, may_make, &h);
	if (st == 0)
		st = come_in_check(v);
	if (st == 0 && v->form.n_fault == 0)
		st = come_in_park(v);
	if (st == VISIT_PARKED) /* another thread has it: not to be looked at any more */
		return st;
	return v->form.n_fault ? visit_ended(page(v, &h)) : st;
}

static int make_act(struct visit *v)
{
	const struct come_in_in *in = visit_in(v, struct come_in_in);
	const struct password_job *job = &hashing_of(v)->job;
	struct account_id id;
	struct hold h;
	v->is_quiet = true;
	int st = job->result < 0 ? job->result : need(v, may_make, &h);
	if (st < 0)
		return st;
	st = account_make(v->db, v->mem, in->name, str_c(job->hash), &id);
	if (st == ERR_CONFLICT) {
		form_fault_add(&v->form, "name", MSG_account_fault_taken, 0);
		return page(v, &h);
	}
	if (st == 0)
		st = account_held_add(v->db, v->who.participant.v, id.v);
	if (st >= 0)
		st = page_enter_as(v, id, hashing_turn(v, hashing_of(v)));
	return st < 0 ? st : visit_go(v, STR("/me?made"));
}

/* ---- another code ---- */

static int add_fault(struct visit *v, int msg)
{
	struct hold h;
	int st = need(v, has_codes, &h);
	if (msg)
		form_fault_add(&v->form, "code", msg, 0);
	return st < 0 ? st : page(v, &h);
}

static int find_code(struct visit *v, int64_t *ret)
{
	struct code code;
	uint8_t hash[HASH_BYTES];
	struct account_participant_row row;
	if (code_parse(visit_in(v, struct add_in)->code, &code) != 0)
		return 0;
	code_hash(&v->house->keys->take_part, "participate", &code, hash);
	int st = account_participant(
		v->db, v->mem, (struct str){ (const char *)hash, sizeof hash }, &row);
	wipe(&code, sizeof code);
	if (st > 0)
		*ret = row.id;
	return st;
}

static int add_check(struct visit *v)
{
	struct hold h;
	struct account_held_by_row by;
	int64_t participant = 0;
	int st = need(v, has_codes, &h);
	if (st < 0 || v->form.n_fault)
		return st < 0 ? st : visit_ended(page(v, &h));
	st = find_code(v, &participant);
	if (st == 0)
		return visit_ended(add_fault(v, MSG_words_open_fault));
	if (st > 0)
		st = account_held_by(v->db, v->mem, participant, &by);
	if (st > 0 && by.account != v->who.account.v)
		return visit_ended(add_fault(v, MSG_account_hold_taken));
	return st < 0 ? st : VISIT_GO_ON;
}

/* Whose it is already may say so again. */
static int add_act(struct visit *v)
{
	struct hold h;
	struct account_held_by_row by;
	int64_t participant = 0;
	v->is_quiet = true;
	int st = need(v, has_codes, &h);
	if (st == 0)
		st = find_code(v, &participant);
	if (st == 0)
		return err_note(ERR_CONFLICT, "a code that is gone");
	if (st > 0)
		st = account_held_by(v->db, v->mem, participant, &by);
	if (st > 0 && by.account != v->who.account.v)
		return add_fault(v, MSG_account_hold_taken);
	if (st == 0)
		st = account_held_add(v->db, participant, v->who.account.v);
	return st < 0 ? st : visit_go(v, STR("/me?added"));
}

/* ---- leaving ---- */

/* All that is known of an account goes; what it held is as if it had never been there. */
static int erase(struct visit *v, int64_t account)
{
	int st = account_held_clear(v->db, account);
	if (st >= 0)
		st = account_recovery_clear(v->db, account);
	if (st >= 0)
		st = account_key_drop(v->db, account);
	if (st >= 0)
		st = account_erase(v->db, account, arena_f(v->mem, "#%lld", (long long)account));
	if (st < 0)
		return st;
	sessions_end_all(v->house->sessions, account, (struct str){ 0 });
	return 0;
}

static int leave_act(struct visit *v)
{
	struct hold h;
	v->is_quiet = true;
	int st = need(v, has_codes, &h);
	if (st == 0)
		st = erase(v, v->who.account.v);
	if (st < 0)
		return st;
	visit_cookie(v, "s", STR(""), -1);
	return visit_go(v, STR("/me?left"));
}

/* The code is proof enough. */
static int part_act(struct visit *v)
{
	struct hold h;
	struct account_held_by_row by;
	struct account_held_count_row left;
	v->is_quiet = true;
	int st = need(v, is_held, &h);
	if (st == 0)
		st = account_held_by(v->db, v->mem, v->who.participant.v, &by);
	if (st > 0)
		st = account_held_drop(v->db, v->who.participant.v);
	if (st > 0)
		st = account_held_count(v->db, v->mem, by.account, &left);
	if (st > 0 && left.n == 0)
		st = erase(v, by.account);
	return st < 0 ? st : visit_go(v, STR("/me?parted"));
}

const struct route hold_routes[] = {
	/* method    path                who     input        check       act */
	{ HTTP_GET, "/me/account", ANYONE, NULL, NULL, hold_show },
	{ HTTP_POST, "/me/account", ANYONE, &join_form, make_check, make_act },
	{ HTTP_POST, "/me/account/add", SIGNED_IN, &add_form, add_check, add_act },
	{ HTTP_POST, "/me/account/leave", SIGNED_IN, NULL, NULL, leave_act },
	{ HTTP_POST, "/me/account/part", ANYONE, NULL, NULL, part_act },
	{ 0 },
};
