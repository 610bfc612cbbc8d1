#include "protect/case_people.h"
#include "po/messages.h"
#include "protect/case_give.h"
#include "protect/case_log.h"
#include "protect/case_people.html.h"
#include "protect/case_people.sql.h"
#include "protect/routes.h"

enum { REASON_MAX = 500, TWO = 2 };

struct who_in {
	struct opt_i64 account;
};
struct conflict_in {
	struct opt_i64 account, office; /* account: 0: all who read it now */
	struct str reason;
};

#define IN(type, member) .at = offsetof(struct type, member)
static const struct form who_form = {
	.name = "case-who",
	.size = sizeof(struct who_in),
	.body_max = 4096,
	.field = { { "account", FIELD_INT, .is_required = true, IN(who_in, account) } },
};
static const struct form conflict_form = {
	.name = "case-conflict",
	.size = sizeof(struct conflict_in),
	.body_max = 8192,
	.field = { { "who", FIELD_INT, .is_required = true, IN(conflict_in, account) },
		{ "office", FIELD_INT, IN(conflict_in, office) },
		{ "reason", FIELD_TEXT, .is_required = true, .min = 5, .max = REASON_MAX,
			IN(conflict_in, reason) } },
};
const struct fault_label case_people_labels[] = {
	{ "account", MSG_protect_people_choose },
	{ "who", MSG_protect_people_whom },
	{ "reason", MSG_protect_people_why },
	{ 0 },
};

int people_load(struct visit *v, const struct keep_case *c, struct case_people_view *p)
{
	struct people_offices_row *row = NULL;
	int result = locks_people(v, c, &p->person, &p->n_person);
	if (result == 0)
		result = locks_candidates(v, c, &p->free, &p->n_free);
	if (result == 0)
		result = people_offices(v->db, v->mem, c->channel, &row, &p->n_office);
	p->office = arena_array(v->mem, p->n_office + 1, sizeof *p->office);
	if (result >= 0 && !p->office)
		result = ERR_NOMEM;
	if (result < 0)
		return result;
	must(row || !p->n_office);
	for (size_t i = 0; i < p->n_office; i++)
		p->office[i] = (struct people_office){ row[i].id, row[i].slug };
	for (size_t i = 0; i < p->n_person; i++)
		p->n_in += !p->person[i].is_out;
	return 0;
}

static int people_show(struct visit *v)
{
	struct keep_case c = { 0 };
	struct case_people_view p = { .frame = visit_frame(
					      v, visit_say(v, MSG_protect_people_title, 0)),
		.form = &v->form,
		.me = v->who.account.v,
		.is_saved = http_query(v->req, "saved").p != NULL };
	p.frame.area = FRAME_CASES;
	int result = desk_find(v, &c);
	if (result == 0)
		result = people_load(v, &c, &p);
	if (result < 0)
		return result;
	p.taken_by = c.taken_by;
	keep_id_text(&c.id, p.id);
	case_people_page(&v->out, &p);
	return visit_page(v, v->form.n_fault ? 422 : 200);
}

static int back(struct visit *v)
{
	return visit_goto(v, "/cases/%.*s/people?saved", STR_ARG(v->part[0]));
}

bool people_has(const struct locks_person *list, size_t n, int64_t account)
{
	for (size_t i = 0; i < n; i++)
		if (list[i].account == account && !list[i].is_out)
			return true;
	return false;
}

/* Somebody was named who can be: among those who read it, or those who could. */
static int who_check(struct visit *v, bool is_new, bool is_other)
{
	struct keep_case c = { 0 };
	struct case_people_view p = { 0 };
	int result = desk_enter(v);
	if (result != VISIT_GO_ON)
		return result;
	result = desk_find(v, &c);
	if (result == 0)
		result = people_load(v, &c, &p);
	if (result < 0)
		return result;
	int64_t who = visit_in(v, struct who_in)->account.v;
	bool is_fine = is_new ? people_has(p.free, p.n_free, who)
			      : people_has(p.person, p.n_person, who);
	if (v->form.n_fault == 0 && (!is_fine || (is_other && who == v->who.account.v)))
		form_fault_add(&v->form, "account", MSG_protect_people_nobody, 0);
	return v->form.n_fault ? visit_ended(people_show(v)) : VISIT_GO_ON;
}

static int add_check(struct visit *v)
{
	return who_check(v, true, true);
}

static int add_act(struct visit *v)
{
	struct keep_case c = { 0 };
	int64_t who = visit_in(v, struct who_in)->account.v;
	v->is_quiet = true;
	int result = desk_find(v, &c);
	if (result == 0)
		result = locks_give(v, &c, who);
	if (result == 0)
		result = case_log_add(v, &c, CASE_ADDED, who);
	return result < 0 ? result : back(v);
}

static int hand_check(struct visit *v)
{
	return who_check(v, false, false);
}

static int hand_act(struct visit *v)
{
	struct keep_case c = { 0 };
	int64_t who = visit_in(v, struct who_in)->account.v;
	v->is_quiet = true;
	int result = desk_find(v, &c);
	if (result == 0)
		result = locks_holds(v, &c, VAULT_HANDLER, VAULT_REPORT, who);
	if (result == 0)
		result = err_note(ERR_DENIED, "somebody without the key");
	if (result > 0)
		result = people_hand(v->db, keep_id_bytes(&c.id), who);
	if (result >= 0)
		result = case_log_add(v, &c, CASE_HANDED, who);
	return result < 0 ? result : back(v);
}

/* Would two be left who can read it? */
int people_leaves_two(struct visit *v, const struct keep_case *c, int64_t but)
{
	struct case_people_view p = { 0 };
	int result = people_load(v, c, &p);
	size_t n = p.n_in - people_has(p.person, p.n_person, but);
	return result < 0 ? result : n >= TWO;
}

static int out_check(struct visit *v)
{
	struct keep_case c = { 0 };
	int result = who_check(v, false, true);
	if (result != VISIT_GO_ON)
		return result;
	result = desk_find(v, &c);
	if (result == 0)
		result = people_leaves_two(v, &c, visit_in(v, struct who_in)->account.v);
	if (result == 0)
		form_fault_add(&v->form, "account", MSG_protect_people_two, 0);
	return result < 0 ? result : v->form.n_fault ? visit_ended(people_show(v)) : VISIT_GO_ON;
}

/* Keep somebody out, and change the locks at once. */
int people_shut(struct visit *v, struct keep_case *c, int64_t who, enum locks_why why)
{
	int result = locks_shut(v, c, who, why);
	if (result == 0)
		result = people_untake(v->db, keep_id_bytes(&c->id), who);
	if (result >= 0)
		result = case_log_add(v, c,
			why == LOCKS_CONFLICT       ? CASE_CONFLICT
				: why == LOCKS_LEFT ? CASE_LEFT
						    : CASE_TAKEN_OUT,
			who);
	return result;
}

int people_change(struct visit *v, struct keep_case *c)
{
	int result = locks_change(v, c, VAULT_HANDLER);
	return result < 0 ? result : case_log_add(v, c, CASE_LOCKED, 0);
}

static int out_act(struct visit *v)
{
	struct keep_case c = { 0 };
	int64_t who = visit_in(v, struct who_in)->account.v;
	v->is_quiet = true;
	int result = desk_find(v, &c);
	if (result == 0)
		result = people_leaves_two(v, &c, who);
	if (result == 0 || who == v->who.account.v)
		return result < 0 ? result : err_note(ERR_CONFLICT, "two must be left");
	if (result > 0)
		result = people_shut(v, &c, who, LOCKS_TAKEN_OUT);
	if (result == 0)
		result = people_change(v, &c);
	return result < 0 ? result : back(v);
}

/* Whoever leaves cannot make locks that shut themselves out: the others do it when they come. */
static int leave_check(struct visit *v)
{
	struct keep_case c = { 0 };
	int result = desk_enter(v);
	if (result != VISIT_GO_ON)
		return result;
	result = desk_find(v, &c);
	if (result == 0)
		result = people_leaves_two(v, &c, v->who.account.v);
	if (result == 0)
		form_fault_add(&v->form, "account", MSG_protect_people_two, 0);
	return result < 0 ? result : v->form.n_fault ? visit_ended(people_show(v)) : VISIT_GO_ON;
}

static int leave_act(struct visit *v)
{
	struct keep_case c = { 0 };
	v->is_quiet = true;
	int result = desk_find(v, &c);
	if (result == 0)
		result = people_leaves_two(v, &c, v->who.account.v);
	if (result == 0)
		return err_note(ERR_CONFLICT, "two must be left");
	if (result > 0)
		result = people_shut(v, &c, v->who.account.v, LOCKS_LEFT);
	return result < 0 ? result : visit_go(v, STR("/cases"));
}

/* ---- the threat may come from inside ---- */

/* How many of an office could be given keys. */
static int office_free(struct visit *v, const struct case_people_view *p, int64_t office,
	struct people_office_handlers_row **ret, size_t *ret_n)
{
	struct people_office_handlers_row *row;
	size_t n = 0, used = 0;
	*ret_n = 0;
	if (office == 0)
		return 0;
	int result = people_office_handlers(v->db, v->mem, office, &row, &n);
	for (size_t i = 0; result >= 0 && i < n; i++)
		if (people_has(p->free, p->n_free, row[i].account))
			row[used++] = row[i];
	*ret = row;
	*ret_n = used;
	return result < 0 ? result : 0;
}

/* 1: the case would have two who read it, and nobody of whom the threat may come. */
static int conflict_works(struct visit *v, const struct keep_case *c, struct case_people_view *p)
{
	const struct conflict_in *in = visit_in(v, struct conflict_in);
	struct people_office_handlers_row *row;
	size_t n = 0;
	int result = people_load(v, c, p);
	bool is_office = in->office.v == 0;
	for (size_t i = 0; i < p->n_office; i++)
		is_office |= p->office[i].id == in->office.v;
	if (result == 0 &&
		(!is_office ||
			(in->account.v && !people_has(p->person, p->n_person, in->account.v))))
		return err_note(ERR_INPUT, "somebody or somewhere that was not offered");
	if (result == 0)
		result = office_free(v, p, in->office.v, &row, &n);
	size_t stay = in->account.v ? p->n_in - 1 : 0;
	return result < 0 ? result : stay + n >= TWO;
}

static int conflict_check(struct visit *v)
{
	struct keep_case c = { 0 };
	struct case_people_view p = { 0 };
	int result = desk_enter(v);
	if (result != VISIT_GO_ON)
		return result;
	result = desk_find(v, &c);
	if (result == 0 && v->form.n_fault == 0)
		result = conflict_works(v, &c, &p);
	if (result == 0 && v->form.n_fault == 0)
		form_fault_add(&v->form, "who", MSG_protect_people_two, 0);
	return result < 0 ? result : v->form.n_fault ? visit_ended(people_show(v)) : VISIT_GO_ON;
}

static int give_office(struct visit *v, const struct keep_case *c, const struct case_people_view *p)
{
	struct people_office_handlers_row *row = NULL;
	size_t n = 0;
	int result = office_free(v, p, visit_in(v, struct conflict_in)->office.v, &row, &n);
	for (size_t i = 0; result >= 0 && i < n; i++) {
		result = locks_give(v, c, row[i].account);
		if (result == 0)
			result = case_log_add(v, c, CASE_ADDED, row[i].account);
	}
	return result;
}

/* Why, for those who read the case from now on. */
static int note_reason(struct visit *v, const struct keep_case *c)
{
	auto_keep_seat seat = { 0 };
	struct keep_text text = { 0 };
	int result = desk_sit(v, c, VAULT_HANDLER, VAULT_INTERNAL, &seat);
	if (result == 0)
		result = keep_seal(
			v, &seat, KEEP_NOTE, visit_in(v, struct conflict_in)->reason, &text);
	return result < 0 ? result : keep_put(v, &text);
}

/* Whoever is named, or all; last whoever visits, since the locks are changed with their key. */
static int shut_named(struct visit *v, struct keep_case *c, const struct case_people_view *p)
{
	int64_t who = visit_in(v, struct conflict_in)->account.v, me = v->who.account.v;
	int result = 0;
	for (size_t i = 0; result >= 0 && i < p->n_person; i++)
		if (p->person[i].account != me && (who == 0 || p->person[i].account == who))
			result = people_shut(v, c, p->person[i].account, LOCKS_CONFLICT);
	if (result >= 0)
		result = people_change(v, c);
	if (result >= 0)
		result = note_reason(v, c);
	if (result >= 0 && (who == 0 || who == me))
		result = people_shut(v, c, me, LOCKS_CONFLICT);
	return result;
}

static int conflict_act(struct visit *v)
{
	const struct conflict_in *in = visit_in(v, struct conflict_in);
	struct keep_case c = { 0 };
	struct case_people_view p = { 0 };
	v->is_quiet = true;
	int result = desk_find(v, &c);
	if (result == 0)
		result = conflict_works(v, &c, &p);
	if (result == 0)
		return err_note(ERR_CONFLICT, "two must be left");
	if (result > 0)
		result = give_office(v, &c, &p);
	if (result >= 0)
		result = shut_named(v, &c, &p);
	if (result >= 0 && in->office.v) {
		result = people_route(v->db, keep_id_bytes(&c.id), in->office.v);
		c.channel = in->office.v;
		if (result >= 0)
			result = case_log_add(v, &c, CASE_ROUTED, 0);
	}
	bool is_out = in->account.v == 0 || in->account.v == v->who.account.v;
	return result < 0 ? result : is_out ? visit_go(v, STR("/cases")) : back(v);
}

const struct route case_people_routes[] = {
	{ HTTP_GET, "/cases/:id/people", SIGNED_IN, NULL, desk_enter, people_show },
	{ HTTP_POST, "/cases/:id/people/add", SIGNED_IN, &who_form, add_check, add_act },
	{ HTTP_POST, "/cases/:id/people/hand", SIGNED_IN, &who_form, hand_check, hand_act },
	{ HTTP_POST, "/cases/:id/people/out", SIGNED_IN, &who_form, out_check, out_act },
	{ HTTP_POST, "/cases/:id/people/leave", SIGNED_IN, NULL, leave_check, leave_act },
	{ HTTP_POST, "/cases/:id/people/conflict", SIGNED_IN, &conflict_form, conflict_check,
		conflict_act },
	{ 0 },
};
