#include "protect/case_hand.h"
#include "po/messages.h"
#include "protect/case_give.h"
#include "protect/case_log.h"
#include "protect/case_people.html.h"
#include "protect/case_people.sql.h"
#include "protect/routes.h"

enum { CASES_MAX = 200 };

struct all_in {
	struct opt_i64 account;
	bool leaves;
};

#define IN(type, member) .at = offsetof(struct type, member)
static const struct form all_form = {
	.name = "case-all",
	.size = sizeof(struct all_in),
	.body_max = 4096,
	.field = { { "account", FIELD_INT, .is_required = true, IN(all_in, account) },
		{ "leaves", FIELD_BOOL, IN(all_in, leaves) } },
};
/* ---- the locks of one case, and of all ---- */

static int locks_act(struct visit *v)
{
	struct keep_case c = { 0 };
	v->is_quiet = true;
	int result = desk_find(v, &c);
	if (result == 0)
		result = people_change(v, &c);
	return result < 0 ? result : desk_back(v);
}

static int case_of_row(struct visit *v, struct str of, struct keep_case *ret)
{
	struct vault_id id = { 0 };
	if (of.n != sizeof id.b)
		return err_note(ERR_BUG, "a case without a name");
	memcpy(id.b, of.p, sizeof id.b);
	return keep_case_load(v, &id, ret);
}

static int change_row(struct visit *v, struct str of)
{
	struct keep_case c = { 0 };
	int result = case_of_row(v, of, &c);
	if (result > 0)
		result = people_change(v, &c);
	return result == ERR_MISSING ? 0 : result; /* it was destroyed */
}

static int locks_all_act(struct visit *v)
{
	struct people_cases_due_row *row;
	size_t n = 0;
	v->is_quiet = true;
	int result = people_cases_due(v->db, v->mem, v->who.account.v, CASES_MAX, &row, &n);
	for (size_t i = 0; result >= 0 && i < n; i++)
		result = change_row(v, row[i].id);
	return result < 0 ? result : visit_go(v, STR("/cases?saved"));
}

/* ---- all my cases to another ---- */

static int all_show(struct visit *v)
{
	struct people_cases_row *row;
	size_t n = 0;
	const struct keep_case none = { 0 };
	struct case_people_view p = { .frame = visit_frame(
					      v, visit_say(v, MSG_protect_hand_title, 0)),
		.form = &v->form,
		.me = v->who.account.v };
	p.frame.area = FRAME_CASES;
	int result = locks_candidates(v, &none, &p.free, &p.n_free);
	if (result == 0)
		result = people_cases(v->db, v->mem, v->who.account.v, CASES_MAX, &row, &n);
	if (result < 0)
		return result;
	p.n_case = (int64_t)n;
	for (size_t i = 0; i < p.n_free; i++)
		p.free[i].is_out = p.free[i].account == p.me;
	case_hand_page(&v->out, &p);
	return visit_page(v, v->form.n_fault ? 422 : 200);
}

static int all_check(struct visit *v)
{
	const struct keep_case none = { 0 };
	struct case_people_view p = { 0 };
	int64_t who = visit_in(v, struct all_in)->account.v;
	int result = desk_enter(v);
	if (result != VISIT_GO_ON)
		return result;
	result = locks_candidates(v, &none, &p.free, &p.n_free);
	if (result < 0)
		return result;
	if (v->form.n_fault == 0 && (who == v->who.account.v || !people_has(p.free, p.n_free, who)))
		form_fault_add(&v->form, "account", MSG_protect_people_nobody, 0);
	return v->form.n_fault ? visit_ended(all_show(v)) : VISIT_GO_ON;
}

static int hand_one(struct visit *v, const struct keep_case *c, bool has)
{
	const struct all_in *in = visit_in(v, struct all_in);
	int result = has ? 0 : locks_give(v, c, in->account.v);
	if (result == 0 && !has)
		result = case_log_add(v, c, CASE_ADDED, in->account.v);
	if (result < 0 || c->taken_by != v->who.account.v)
		return result;
	result = people_hand(v->db, keep_id_bytes(&c->id), in->account.v);
	return result < 0 ? result : case_log_add(v, c, CASE_HANDED, in->account.v);
}

/* A case that the other may not have, or that would be left with one, stays as it is. */
static int hand_row(struct visit *v, struct str of)
{
	const struct all_in *in = visit_in(v, struct all_in);
	struct keep_case c = { 0 };
	struct case_people_view p = { 0 };
	int result = case_of_row(v, of, &c);
	if (result > 0)
		result = people_load(v, &c, &p);
	if (result < 0)
		return result == ERR_MISSING ? 0 : result; /* it was destroyed */
	bool has = people_has(p.person, p.n_person, in->account.v);
	if (!has && !people_has(p.free, p.n_free, in->account.v))
		return 0;
	result = hand_one(v, &c, has);
	if (result >= 0 && in->leaves)
		result = people_leaves_two(v, &c, v->who.account.v);
	if (result > 0 && in->leaves)
		result = people_shut(v, &c, v->who.account.v, LOCKS_LEFT);
	return result < 0 ? result : 0;
}

static int all_act(struct visit *v)
{
	struct people_cases_row *row;
	size_t n = 0;
	v->is_quiet = true;
	int result = people_cases(v->db, v->mem, v->who.account.v, CASES_MAX, &row, &n);
	for (size_t i = 0; result >= 0 && i < n; i++)
		result = hand_row(v, row[i].id);
	return result < 0 ? result : visit_go(v, STR("/cases?saved"));
}

const struct route case_hand_routes[] = {
	{ HTTP_GET, "/cases/hand", SIGNED_IN, NULL, desk_enter, all_show },
	{ HTTP_POST, "/cases/hand", SIGNED_IN, &all_form, all_check, all_act },
	{ HTTP_POST, "/cases/locks", SIGNED_IN, NULL, desk_enter, locks_all_act },
	{ HTTP_POST, "/cases/:id/locks", SIGNED_IN, NULL, desk_enter, locks_act },
	{ 0 },
};
