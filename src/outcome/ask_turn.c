/* When asks become public, and when one is taken back: see ask_desk.h. */
#include "notify/news.h"
#include "outcome/ask_desk.h"
#include "outcome/ask_desk.sql.h"
#include "po/messages.h"

static const char *const turns[] = { "publish", "withdraw", NULL };
enum turn { TURN_PUBLISH, TURN_WITHDRAW };

struct turn_in {
	struct opt_i64 turn, seen;
	struct str reason;
};
struct all_in {
	struct opt_i64 n;
};

#define AT(member) .at = offsetof(struct turn_in, member)
static const struct form turn_form = {
	.name = "turn",
	.size = sizeof(struct turn_in),
	.field = { { "do", FIELD_CHOICE, .is_required = true, .choices = turns, AT(turn) },
		{ "reason", FIELD_TEXT, .max = ASK_REASON_MAX, AT(reason) },
		{ "seen", FIELD_INT, .is_required = true, .max = INT64_MAX, AT(seen) } },
};
static const struct form all_form = {
	.name = "summary",
	.size = sizeof(struct all_in),
	.field = { { "n", FIELD_INT, .is_required = true, .min = 1, .max = ASK_READY_MAX,
		.at = offsetof(struct all_in, n) } },
};

static int publish(struct visit *v, int64_t id)
{
	int64_t today = v->now / DAY * DAY;
	int result = ask_publish(v->db, id, today, today + ASK_REPLY_DAYS * DAY);
	if (result >= 0)
		result = item_set_status(v, id, ITEM_PUBLISHED);
	return result < 0 ? result : news_tell(v, id);
}

/* ---- one ---- */

static int turn_check(struct visit *v)
{
	const struct turn_in *in = visit_in(v, struct turn_in);
	struct ask_desk_view p = { 0 };
	int result = ask_desk_find(v, &p);
	if (result < 0)
		return result;
	if (in->turn.v == TURN_WITHDRAW && !in->reason.n && !form_fault_of(&v->form, "reason"))
		form_fault_add(&v->form, "reason", MSG_site_fault_required, 0);
	p.is_late = !v->form.n_fault && in->seen.v != p.one.a.version;
	if (v->form.n_fault || p.is_late)
		return visit_ended(ask_desk_show(v, &p, p.is_late ? 409 : 422));
	return VISIT_GO_ON;
}

static int turn_act(struct visit *v)
{
	const struct turn_in *in = visit_in(v, struct turn_in);
	struct ask_desk_view p = { 0 };
	int result = ask_desk_find(v, &p);
	if (result < 0)
		return result;
	const struct ask_desk_row *one = &p.one;
	bool may = in->turn.v == TURN_PUBLISH ? !one->a.is_public && !one->is_gone && !one->gaps
					      : one->a.is_public;
	if (!may || in->seen.v != one->a.version)
		return err_note(ERR_CONFLICT, "something changed, or is missing");
	if (in->turn.v == TURN_PUBLISH) {
		result = publish(v, one->a.id);
	} else {
		result = ask_take_back(v->db, one->a.id);
		if (result >= 0)
			result = item_set_status(v, one->a.id, ITEM_WITHDRAWN);
		if (result >= 0)
			result = ask_withdrawn_put(
				v->db, one->a.id, in->reason, v->who.account.v, v->now);
	}
	return result < 0 ? result
			  : visit_goto(v, "/desk/%.*s/asks/%.*s?saved", STR_ARG(p.s.slug),
				    STR_ARG(one->a.address));
}

/* ---- all that are ready ---- */

static int find_ready(
	struct visit *v, const struct space *s, struct ask_ready_row **ret, size_t *ret_n)
{
	int result = ask_ready(v->db, v->mem, s->id, ASK_READY_MAX, ret, ret_n);
	return result < 0 ? result : 0;
}

/* As many as were shown when the button was pressed, or none. */
static int all_check(struct visit *v)
{
	struct ask_desk_view p = { 0 };
	struct ask_ready_row *ready;
	size_t n = 0;
	int result = desk_here(v, MAY_EDIT, &p.s);
	if (result == 0)
		result = find_ready(v, &p.s, &ready, &n);
	if (result < 0)
		return result;
	if (!v->form.n_fault && (int64_t)n == visit_in(v, struct all_in)->n.v)
		return VISIT_GO_ON;
	p.is_late = true;
	return visit_ended(ask_desk_list(v, &p));
}

static int all_act(struct visit *v)
{
	struct space s;
	struct ask_ready_row *ready;
	size_t n = 0;
	int result = desk_here(v, MAY_EDIT, &s);
	if (result == 0)
		result = find_ready(v, &s, &ready, &n);
	if (result == 0 && (int64_t)n != visit_in(v, struct all_in)->n.v)
		return err_note(ERR_CONFLICT, "not as many as were shown");
	for (size_t i = 0; i < n && result == 0; i++)
		result = publish(v, ready[i].id);
	return result < 0
		? result
		: visit_goto(v, "/desk/%.*s/asks?published=%lld", STR_ARG(s.slug), (long long)n);
}

const struct route ask_turn_routes[] = {
	/* method    path                       who    input  check  act */
	{ HTTP_POST, "/desk/:slug/asks/:n/turn", STAFF, &turn_form, turn_check, turn_act },
	{ HTTP_POST, "/desk/:slug/summary", STAFF, &all_form, all_check, all_act },
	{ 0 },
};
