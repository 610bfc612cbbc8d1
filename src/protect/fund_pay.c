#include "protect/fund_pay.h"
#include "account/who.h"
#include "po/messages.h"
#include "protect/fund.html.h"
#include "protect/reporter.h"
#include "protect/routes.h"

enum { SHEET_MAX = 8192 };

struct pay_in {
	struct opt_i64 way;
	struct str how;
};
static const struct form pay_form = {
	.name = "payment",
	.size = sizeof(struct pay_in),
	.body_max = 16384,
	.field = { { "way", FIELD_INT, .is_required = true, .min = 1, .max = FUND_WAYS,
			   .at = offsetof(struct pay_in, way) },
		{ "how", FIELD_TEXT, .is_required = true, .max = FUND_HOW_MAX,
			.at = offsetof(struct pay_in, how) } },
};

int fund_said(struct visit *v, const struct keep_shown *text, size_t n, struct fund_view *p)
{
	p->said = arena_array(v->mem, n + 1, sizeof *p->said);
	if (!p->said)
		return ERR_NOMEM;
	for (size_t i = n; i-- > 0;) {
		struct case_sheet s = { 0 };
		struct fund_said *to = &p->said[p->n_said];
		if (!str_is(text[i].field, FUND_STATE))
			continue;
		*to = (struct fund_said){ .on_day = text[i].on_day,
			.is_broken = text[i].is_broken };
		if (!to->is_broken && case_sheet_read(v->mem, text[i].text, &s) < 0) {
			err_forget();
			to->is_broken = true;
		}
		to->state = (enum fund_state)case_sheet_number(&s, "state");
		to->sum = case_sheet_number(&s, "sum");
		to->money = case_sheet_get(&s, "money");
		to->reason = case_sheet_get(&s, "reason");
		p->n_said++;
	}
	return 0;
}

/* Whose case it is, and a seat where payments are: 1; 0: the visit has ended. */
static int sit(struct visit *v, struct keep_case *c, struct keep_seat *seat)
{
	auto_keep_seat report = { 0 };
	int result = who_form(v);
	if (result == 0)
		result = reporter_find(v, c, &report);
	if (result <= 0)
		return result < 0 ? result : (result = reporter_none(v)) < 0 ? result : 0;
	result = reporter_sit(v, &report, c, VAULT_FUND, seat);
	if (result != ERR_DENIED)
		return result < 0 ? result : 1;
	err_forget(); /* nobody pays here */
	return visit_go(v, STR("/r/case"));
}

static int show(struct visit *v, const struct keep_case *c, const struct keep_seat *seat)
{
	struct keep_shown *text = NULL;
	size_t n = 0;
	struct fund_view p = { .frame = quiet_frame(v, MSG_protect_pay_title),
		.form = &v->form,
		.is_closed = reporter_is_over(c),
		.is_saved = http_query(v->req, "saved").p != NULL };
	int result = keep_read(v, seat, &text, &n);
	if (result == 0)
		result = fund_way_of(v, text, n, &p.way);
	if (result == 0)
		result = fund_said(v, text, n, &p);
	if (result < 0)
		return result;
	p.frame.is_fault = v->form.n_fault > 0;
	fund_pay_page(&v->out, &p);
	return quiet_case_page(v, v->form.n_fault ? 422 : 200);
}

static int pay_show(struct visit *v)
{
	auto_keep_seat seat = { 0 };
	struct keep_case c = { 0 };
	int result = sit(v, &c, &seat);
	return result <= 0 ? result : show(v, &c, &seat);
}

struct paying {
	struct keep_text text;
	struct keep_case c;
};

static int pay_check(struct visit *v)
{
	auto_keep_seat seat = { 0 };
	const struct pay_in *in = visit_in(v, struct pay_in);
	struct paying *k = arena_take(v->mem, sizeof *k);
	struct buf sheet = { 0 };
	if (!k)
		return ERR_NOMEM;
	int result = sit(v, &k->c, &seat);
	if (result <= 0)
		return visit_ended(result);
	if (v->form.n_fault || reporter_is_over(&k->c))
		return visit_ended(show(v, &k->c, &seat));
	buf_init(&sheet, SHEET_MAX);
	case_sheet_put_number(&sheet, "way", in->way.v);
	case_sheet_put(&sheet, "how", in->how);
	result = sheet.failed;
	if (result == 0)
		result = keep_seal(v, &seat, FUND_WAY, buf_view(&sheet), &k->text);
	wipe(sheet.p, sheet.n);
	buf_done(&sheet);
	v->parked = k;
	return result < 0 ? result : VISIT_GO_ON;
}

static int pay_act(struct visit *v)
{
	const struct paying *k = v->parked;
	v->is_quiet = true;
	int result = keep_put(v, &k->text);
	return result < 0 ? result : visit_go(v, STR("/r/pay?saved"));
}

const struct route fund_pay_routes[] = {
	{ HTTP_GET, "/r/pay", ANYONE, NULL, NULL, pay_show },
	{ HTTP_POST, "/r/pay", ANYONE, &pay_form, pay_check, pay_act },
	{ 0 },
};
