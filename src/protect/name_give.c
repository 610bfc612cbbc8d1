#include "protect/name_give.h"
#include "po/messages.h"
#include "protect/case_desk.h"
#include "protect/case_give.h"
#include "protect/case_locks.sql.h"
#include "protect/case_log.h"
#include "protect/name_desk.html.h"
#include "protect/routes.h"

enum { REASON_MAX = 500 };

struct give_in {
	struct opt_i64 account;
	struct str why;
};
static const struct form give_form = {
	.name = "name-give",
	.size = sizeof(struct give_in),
	.body_max = 8192,
	.field = { { "account", FIELD_INT, .is_required = true,
			   .at = offsetof(struct give_in, account) },
		{ "why", FIELD_TEXT, .is_required = true, .min = 5, .max = REASON_MAX,
			.at = offsetof(struct give_in, why) } },
};

int name_people(struct visit *v, const struct keep_case *c, struct name_view *p)
{
	struct locks_person *all = NULL;
	struct locks_named_row *row = NULL;
	size_t n = 0;
	int result = locks_people(v, c, &all, &n);
	if (result == 0)
		result = locks_named(v->db, v->mem, keep_id_bytes(&c->id), &row, &p->n_given);
	p->given = arena_array(v->mem, p->n_given + 1, sizeof *p->given);
	if (result >= 0 && !p->given)
		result = ERR_NOMEM;
	if (result < 0)
		return result;
	p->person = all;
	for (size_t i = 0; i < n; i++) {
		bool has = all[i].is_out;
		for (size_t k = 0; k < p->n_given; k++)
			has |= row[k].account == all[i].account;
		if (!has)
			p->person[p->n_person++] = all[i];
	}
	for (size_t k = 0; k < p->n_given; k++)
		p->given[k] = row[k].name;
	return 0;
}

struct giving {
	struct keep_text text;
	struct keep_case c;
};

/* Somebody may be given it: 1; 0: there is a fault. Agreed, and not yet theirs. */
static int may_give(struct visit *v, const struct keep_case *c, const struct keep_seat *seat)
{
	struct name_view p = { 0 };
	struct keep_shown *text = NULL;
	struct str to = { 0 };
	size_t n = 0;
	int result = keep_read(v, seat, &text, &n);
	if (result == 0 && !name_agreed(text, n, &to))
		return err_note(ERR_DENIED, "the reporter has not agreed");
	if (result == 0)
		result = name_people(v, c, &p);
	for (size_t i = 0; result == 0 && i < p.n_person; i++)
		if (p.person[i].account == visit_in(v, struct give_in)->account.v)
			return 1;
	if (result == 0 && !v->form.n_fault)
		form_fault_add(&v->form, "account", MSG_protect_people_nobody, 0);
	return result;
}

static int give_check(struct visit *v)
{
	auto_keep_seat seat = { 0 };
	struct giving *g = arena_take(v->mem, sizeof *g);
	int result = g ? desk_enter(v) : ERR_NOMEM;
	if (result != VISIT_GO_ON)
		return result;
	result = name_sit(v, &g->c, &seat);
	if (result == 0)
		result = may_give(v, &g->c, &seat);
	if (result < 0)
		return result;
	if (v->form.n_fault)
		return visit_ended(name_show(v));
	result = keep_seal(v, &seat, NAME_GIVEN, visit_in(v, struct give_in)->why, &g->text);
	v->parked = g;
	return result < 0 ? result : VISIT_GO_ON;
}

static int back(struct visit *v)
{
	return visit_goto(v, "/names/%.*s?saved", STR_ARG(v->part[0]));
}

static int give_act(struct visit *v)
{
	auto_keep_seat seat = { 0 };
	struct giving *g = v->parked;
	int64_t who = visit_in(v, struct give_in)->account.v;
	v->is_quiet = true;
	int result = name_sit(v, &g->c, &seat);
	if (result == 0)
		result = may_give(v, &g->c, &seat);
	if (result == 0)
		return err_note(ERR_CONFLICT, "given meanwhile");
	if (result > 0)
		result = keep_put(v, &g->text);
	if (result == 0)
		result = locks_give_name(v, &g->c, who);
	if (result >= 0)
		result = case_log_add(v, &g->c, CASE_NAME_GIVEN, who);
	return result < 0 ? result : back(v);
}

static int take_act(struct visit *v)
{
	auto_keep_seat seat = { 0 };
	struct keep_case c = { 0 };
	v->is_quiet = true;
	int result = name_sit(v, &c, &seat);
	if (result == 0)
		result = locks_take_name(v, &c);
	if (result >= 0)
		result = case_log_add(v, &c, CASE_LOCKED, 0);
	return result < 0 ? result : back(v);
}

/* ---- for whom it was given to ---- */

static int given_show(struct visit *v)
{
	auto_keep_seat seat = { 0 };
	struct keep_case c = { 0 };
	struct name_view p = { .frame = visit_frame(v, visit_say(v, MSG_protect_name_title, 0)),
		.form = &v->form };
	p.frame.area = FRAME_CASES;
	int result = desk_find(v, &c);
	if (result == 0)
		result = locks_holds(v, &c, VAULT_HANDLER, VAULT_IDENTITY, v->who.account.v);
	if (result == 0)
		return err_note(ERR_MISSING, "a name that was not given to them");
	if (result > 0)
		result = desk_sit(v, &c, VAULT_HANDLER, VAULT_IDENTITY, &seat);
	if (result == 0)
		result = keep_read(v, &seat, &p.text, &p.n_text);
	if (result == 0)
		result = told_find(v, p.text, p.n_text, KEEP_CONTACT, &p.told);
	if (result < 0)
		return result;
	/* A yes that was taken back shuts it again; the custodian changes the locks. */
	p.is_agreed = name_agreed(p.text, p.n_text, &p.agreed);
	keep_id_text(&c.id, p.id);
	given_name_page(&v->out, &p);
	return visit_page(v, 200);
}

const struct route name_give_routes[] = {
	{ HTTP_POST, "/names/:id/give", SIGNED_IN, &give_form, give_check, give_act },
	{ HTTP_POST, "/names/:id/take", SIGNED_IN, NULL, desk_enter, take_act },
	{ HTTP_GET, "/cases/:id/name", SIGNED_IN, NULL, desk_enter, given_show },
	{ 0 },
};
