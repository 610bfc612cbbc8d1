#include "protect/fund_desk.h"
#include "po/messages.h"
#include "protect/case_desk.sql.h"
#include "protect/case_locks.h"
#include "protect/case_log.h"
#include "protect/channel.sql.h"
#include "protect/fund.html.h"
#include "protect/fund.sql.h"
#include "protect/keeper.h"
#include "protect/routes.h"
#include <time.h>

enum {
	HOUR = 3600,
	CASES_MAX = 50,
	TOTALS_MAX = 240,
	REASON_MAX = 500,
	SHEET_MAX = 4096,
	YEAR = 12,
	EPOCH = 1900
};

struct paid_in {
	struct str order, reason;
	bool is_paid, is_unpaid;
};
#define IN(member) .at = offsetof(struct paid_in, member)
static const struct form paid_form = {
	.name = "paid",
	.size = sizeof(struct paid_in),
	.body_max = 8192,
	.field = { { "order", FIELD_LINE, .is_required = true, .max = KEEP_ID_CHARS, IN(order) },
		{ "reason", FIELD_TEXT, .max = REASON_MAX, IN(reason) },
		{ "paid", FIELD_BOOL, IN(is_paid) }, { "unpaid", FIELD_BOOL, IN(is_unpaid) } },
};
const struct fault_label fund_labels[] = {
	{ "reason", MSG_protect_fund_reason },
	{ "way", MSG_protect_pay_way },
	{ "how", MSG_protect_pay_how },
	{ 0 },
};

int fund_money(struct visit *v, const struct keep_case *c, struct fund_money *ret)
{
	struct channel_office_row row = { 0 };
	int result = channel_office(v->db, v->mem, c->channel, &row);
	if (result <= 0)
		return result < 0 ? result : err_note(ERR_MISSING, "no such channel");
	*ret = (struct fund_money){ row.money, row.ceiling };
	return 0;
}

/* ---- the list ---- */

static int add_case(struct visit *v, struct str of, struct fund_view *p, size_t max)
{
	struct keep_case c = { 0 };
	struct vault_id id = { 0 };
	struct fund_order *order = NULL;
	size_t n = 0;
	if (of.n != sizeof id.b)
		return err_note(ERR_BUG, "a case without a name");
	memcpy(id.b, of.p, sizeof id.b);
	int result = keep_case_load(v, &id, &c);
	if (result > 0)
		result = fund_orders(v, &c, VAULT_MECHANISM, &order, &n);
	for (size_t i = 0; result >= 0 && i < n && p->n_order < max; i++)
		p->order[p->n_order++] = order[i];
	if (result != ERR_MISSING)
		return result;
	err_forget(); /* it was destroyed */
	return 0;
}

/* What waits first, by its hour; then what is done. */
static void sort(struct fund_view *p)
{
	for (size_t i = 1; i < p->n_order; i++) {
		struct fund_order order = p->order[i];
		size_t at = i;
		for (; at > 0; at--) {
			const struct fund_order *before = &p->order[at - 1];
			bool is_first = order.state != FUND_PAID &&
				(before->state == FUND_PAID || before->until > order.until);
			if (!is_first)
				break;
			p->order[at] = *before;
		}
		p->order[at] = order;
	}
}

static int fund_show(struct visit *v)
{
	struct fund_cases_row *row = NULL;
	size_t n = 0;
	struct fund_view p = { .frame = visit_frame(v, visit_say(v, MSG_protect_fund_title, 0)),
		.form = &v->form,
		.hour = v->now / HOUR,
		.is_saved = http_query(v->req, "saved").p != NULL };
	p.frame.area = FRAME_CASES;
	int result = fund_cases(v->db, v->mem, v->who.account.v, CASES_MAX, &row, &n);
	p.order = arena_array(v->mem, 4 * CASES_MAX, sizeof *p.order);
	if (result >= 0 && !p.order)
		result = ERR_NOMEM;
	for (size_t i = 0; result >= 0 && i < n; i++)
		result = add_case(v, row[i].id, &p, 4 * (size_t)CASES_MAX);
	if (result >= 0)
		result = keeper_due(v, VAULT_FUND_OFFICER, &p.n_due);
	if (result < 0)
		return result;
	sort(&p);
	fund_page(&v->out, &p);
	return visit_page(v, 200);
}

/* ---- one case ---- */

/* The case of the address, of which whoever asks keeps payments. */
static int find(struct visit *v, struct keep_case *c, struct keep_seat *seat)
{
	struct vault_id id = { 0 };
	int result = keep_id_read(v->part[0], &id) ? keep_case_load(v, &id, c) : 0;
	if (result > 0)
		result = locks_holds(v, c, VAULT_FUND_OFFICER, VAULT_FUND, v->who.account.v);
	if (result <= 0 || c->withdrawn_on)
		return result < 0 ? result : err_note(ERR_MISSING, "no payments of theirs");
	return desk_sit(v, c, VAULT_FUND_OFFICER, VAULT_FUND, seat);
}

static int case_show_fund(struct visit *v)
{
	auto_keep_seat seat = { 0 };
	struct keep_case c = { 0 };
	struct keep_shown *text = NULL;
	size_t n = 0;
	struct fund_view p = { .frame = visit_frame(v, visit_say(v, MSG_protect_fund_one, 0)),
		.form = &v->form,
		.hour = v->now / HOUR,
		.is_saved = http_query(v->req, "saved").p != NULL };
	p.frame.area = FRAME_CASES;
	int result = find(v, &c, &seat);
	if (result == 0)
		result = keep_read(v, &seat, &text, &n);
	if (result == 0)
		result = fund_way_of(v, text, n, &p.way);
	if (result == 0)
		result = fund_orders(v, &c, VAULT_MECHANISM, &p.order, &p.n_order);
	if (result < 0)
		return result;
	keep_id_text(&c.id, p.id);
	fund_case_page(&v->out, &p);
	return visit_page(v, v->form.n_fault ? 422 : 200);
}

struct paying {
	struct keep_text order, way;
	struct fund_order of;
	bool is_paid;
};

/* Said twice: to those who asked for it, and to the reporter. */
static int seal(
	struct visit *v, const struct keep_case *c, const struct keep_seat *fund, struct paying *k)
{
	const struct paid_in *in = visit_in(v, struct paid_in);
	auto_keep_seat orders = { 0 };
	struct buf a = { 0 }, b = { 0 };
	buf_init(&a, SHEET_MAX);
	buf_init(&b, SHEET_MAX);
	case_sheet_put(&a, "order", str_c(k->of.id));
	case_sheet_put_number(&a, "account", v->who.account.v);
	case_sheet_put_number(&a, "state", k->is_paid ? FUND_PAID : FUND_UNPAID);
	case_sheet_put(&a, "reason", in->reason);
	case_sheet_put_number(&b, "state", k->is_paid ? FUND_PAID : FUND_UNPAID);
	case_sheet_put_number(&b, "sum", k->of.sum);
	case_sheet_put(&b, "money", k->of.money);
	case_sheet_put(&b, "reason", in->reason);
	int result = a.failed ? a.failed : b.failed;
	if (result == 0)
		result = desk_sit(v, c, VAULT_MECHANISM, VAULT_LIAISON, &orders);
	if (result == 0)
		result = keep_seal(v, &orders, FUND_ORDER_STATE, buf_view(&a), &k->order);
	if (result == 0)
		result = keep_seal(v, fund, FUND_STATE, buf_view(&b), &k->way);
	buf_done(&a);
	buf_done(&b);
	return result;
}

/* 1: the order is there, and not paid yet. */
static int find_order(struct visit *v, const struct keep_case *c, struct fund_order *ret)
{
	struct fund_order *all = NULL;
	size_t n = 0;
	int result = fund_orders(v, c, VAULT_MECHANISM, &all, &n);
	for (size_t i = 0; result >= 0 && i < n; i++)
		if (str_is(visit_in(v, struct paid_in)->order, all[i].id)) {
			*ret = all[i];
			return all[i].state != FUND_PAID;
		}
	return result < 0 ? result : err_note(ERR_MISSING, "no such order");
}

static int paid_check(struct visit *v)
{
	auto_keep_seat seat = { 0 };
	struct keep_case c = { 0 };
	const struct paid_in *in = visit_in(v, struct paid_in);
	struct paying *k = arena_take(v->mem, sizeof *k);
	int result = k ? desk_enter(v) : ERR_NOMEM;
	if (result != VISIT_GO_ON)
		return result;
	result = find(v, &c, &seat);
	if (result < 0)
		return result;
	if (v->form.n_fault == 0 && in->is_paid == in->is_unpaid)
		return err_note(ERR_INPUT, "neither paid nor not paid");
	if (v->form.n_fault == 0 && in->is_unpaid && !in->reason.n)
		form_fault_add(&v->form, "reason", MSG_protect_fund_why, 0);
	if (v->form.n_fault)
		return visit_ended(case_show_fund(v));
	*k = (struct paying){ .is_paid = in->is_paid };
	result = find_order(v, &c, &k->of);
	if (result == 0) {
		form_fault_add(&v->form, "", MSG_protect_fund_done, 0);
		return visit_ended(case_show_fund(v));
	}
	if (result > 0)
		result = seal(v, &c, &seat, k);
	v->parked = k;
	return result < 0 ? result : VISIT_GO_ON;
}

static int64_t month_of(int64_t now)
{
	struct tm day = { 0 };
	time_t at = (time_t)now;
	gmtime_r(&at, &day);
	return (int64_t)(day.tm_year + EPOCH) * YEAR + day.tm_mon;
}

static int paid_act(struct visit *v)
{
	auto_keep_seat seat = { 0 };
	const struct paying *k = v->parked;
	struct fund_order now = { 0 };
	struct keep_case c = { 0 };
	v->is_quiet = true;
	int result = find(v, &c, &seat);
	if (result == 0)
		result = find_order(v, &c, &now);
	if (result == 0)
		return err_note(ERR_CONFLICT, "it was paid meanwhile");
	if (result > 0)
		result = keep_put(v, &k->order);
	if (result == 0)
		result = keep_put(v, &k->way);
	if (result == 0 && k->is_paid)
		result = fund_paid_add(v->db, c.channel, month_of(v->now), k->of.money, k->of.sum);
	if (result >= 0)
		result = case_log_add(v, &c, k->is_paid ? CASE_PAID : CASE_UNPAID, 0);
	return result < 0 ? result : visit_goto(v, "/fund/%.*s?saved", STR_ARG(v->part[0]));
}

static int locks_act(struct visit *v)
{
	int result = keeper_act(v, VAULT_FUND_OFFICER);
	return result < 0 ? result : visit_go(v, STR("/fund?saved"));
}

/* ---- sums ---- */

static int64_t start_of(int64_t month)
{
	struct tm day = {
		.tm_year = (int)(month / YEAR) - EPOCH, .tm_mon = (int)(month % YEAR), .tm_mday = 1
	};
	return (int64_t)timegm(&day);
}

static int totals_show(struct visit *v)
{
	struct fund_totals_row *row = NULL;
	size_t n = 0;
	struct fund_view p = { .frame = visit_frame(v, visit_say(v, MSG_protect_fund_totals, 0)) };
	p.frame.area = FRAME_CASES;
	int result = fund_totals(v->db, v->mem, v->who.account.v, TOTALS_MAX, &row, &n);
	p.total = arena_array(v->mem, n + 1, sizeof *p.total);
	if (result >= 0 && !p.total)
		result = ERR_NOMEM;
	if (result < 0)
		return result;
	for (p.n_total = 0; p.n_total < n; p.n_total++) {
		const struct fund_totals_row *r = &row[p.n_total];
		p.total[p.n_total] = (struct fund_total){ r->channel, r->money, start_of(r->month),
			r->n, r->amount };
	}
	fund_totals_page(&v->out, &p);
	return visit_page(v, 200);
}

static int totals_enter(struct visit *v)
{
	struct fund_may_see_row row = { 0 };
	int result = fund_may_see(v->db, v->mem, v->who.account.v, &row);
	if (result <= 0)
		return result < 0 ? result : err_note(ERR_MISSING, "not finance");
	return desk_enter(v);
}

const struct route fund_routes[] = {
	{ HTTP_GET, "/fund", SIGNED_IN, NULL, desk_enter, fund_show },
	{ HTTP_GET, "/fund/totals", SIGNED_IN, NULL, totals_enter, totals_show },
	{ HTTP_POST, "/fund/locks", SIGNED_IN, NULL, desk_enter, locks_act },
	{ HTTP_GET, "/fund/:id", SIGNED_IN, NULL, desk_enter, case_show_fund },
	{ HTTP_POST, "/fund/:id", SIGNED_IN, &paid_form, paid_check, paid_act },
	{ 0 },
};
