#include "protect/case_tool.h"
#include "po/messages.h"
#include "protect/case_clock.h"
#include "protect/case_entry.h"
#include "protect/case_locks.h"
#include "protect/case_log.h"
#include "protect/case_tool.html.h"
#include "protect/fund_desk.h"
#include "protect/refer.h"
#include "protect/routes.h"
#include <stdio.h>
#include <time.h>

enum { DAY = 86400, HOUR = 3600, SHEET_MAX = 64 << 10, SENT = 2 };

struct str tool_typed(struct arena *mem, const struct tool_view *p, const struct tool_field *f)
{
	struct str typed = form_typed(p->form, f->name);
	if (typed.p || p->form->n_fault || !p->tool->is_one || p->n_entry == 0)
		return typed;
	struct str was = case_sheet_get(&p->entry[0].sheet, f->name);
	if (f->kind != TOOL_DAY || !was.n)
		return was;
	char text[16];
	struct tm day;
	time_t at = (time_t)case_sheet_number(&p->entry[0].sheet, f->name);
	gmtime_r(&at, &day);
	size_t n = strftime(text, sizeof text, "%Y-%m-%d", &day);
	return arena_copy(mem, (struct str){ text, n });
}

bool tool_is(struct arena *mem, const struct tool_view *p, const struct tool_field *f, int64_t n)
{
	int64_t got;
	return str_i64(tool_typed(mem, p, f), &got) && got == n;
}

bool tool_has(const struct tool_view *p, const struct tool_field *f, int64_t i)
{
	const struct tool_in *in = p->form->form == p->tool->form ? p->form->in : NULL;
	int64_t set = in ? in->set : 0;
	if (!in && p->tool->is_one && p->n_entry)
		set = case_sheet_number(&p->entry[0].sheet, f->name);
	return set >> i & 1;
}

bool tool_may_go(const struct tool_view *p, size_t i)
{
	return refer_may(p->body, p->n_body, case_sheet_number(&p->entry[i].sheet, "body")) > 0;
}

/* ---- the page ---- */

/* Where officers pay, they say whether it was paid. */
static int load_orders(struct visit *v, const struct keep_case *c, struct tool_view *p)
{
	struct fund_order *order = NULL;
	size_t n = 0;
	int result = fund_is_kept(v, c);
	p->has_fund = result > 0;
	if (result > 0)
		result = fund_orders(v, c, VAULT_HANDLER, &order, &n);
	for (size_t i = 0; result >= 0 && i < n; i++)
		for (size_t k = 0; k < p->n_entry; k++)
			if (str_is(order[i].entry, p->entry[k].id) && order[i].state != FUND_OPEN) {
				bool is_paid = order[i].state == FUND_PAID;
				p->entry[k].state = is_paid ? SUPPORT_PAID : SUPPORT_UNPAID;
				p->entry[k].reason = order[i].reason;
			}
	return result < 0 ? result : 0;
}

static int load(
	struct visit *v, const struct keep_case *c, const struct tool *tool, struct tool_view *p)
{
	auto_keep_seat seat = { 0 };
	struct keep_shown *note;
	size_t n = 0;
	int result = desk_sit(v, c, VAULT_HANDLER, VAULT_INTERNAL, &seat);
	if (result == 0)
		result = keep_read(v, &seat, &note, &n);
	if (result == 0)
		result = tool_entries(v, note, n, tool, &p->entry, &p->n_entry);
	return result == 0 && tool->is_decided ? load_orders(v, c, p) : result;
}

static int show(struct visit *v, const struct tool *tool)
{
	struct keep_case c = { 0 };
	struct tool_view p = { .frame = visit_frame(v, visit_say(v, tool->title, 0)),
		.form = &v->form,
		.tool = tool,
		.c = &c,
		.is_saved = http_query(v->req, "saved").p != NULL };
	p.frame.area = FRAME_CASES;
	int result = desk_find(v, &c);
	if (result == 0)
		result = load(v, &c, tool, &p);
	if (result == 0 && tool->is_referral)
		result = refer_bodies(v, &c, &p.body, &p.n_body);
	if (result == 0)
		result = locks_due(v, &c, VAULT_HANDLER);
	if (result < 0)
		return result;
	p.is_due = result > 0;
	keep_id_text(&c.id, p.id);
	tool_page(&v->out, &p);
	return visit_page(v, v->form.n_fault ? 422 : 200);
}

/* ---- keeping a sheet ---- */

/* What a check prepares. */
struct kept {
	struct keep_text text;
	const struct tool *tool;
	enum case_what what; /* for the log; 0: nothing */
	bool is_yes;         /* to support: with another's, it is ordered */
	int level;           /* of a risk that was set; 0: none */
	int64_t next;        /* the next deadline of all sheets */
};

static bool is_square(int64_t risk)
{
	return risk / 10 >= 1 && risk / 10 <= MATRIX && risk % 10 >= 1 && risk % 10 <= MATRIX;
}

/* To whom: by name, so that the sheet says it by itself. */
static void write_body(const struct tool_view *p, const struct tool_field *f, int64_t id,
	struct buf *to, struct visit *v)
{
	for (size_t i = 0; i < p->n_body; i++)
		if (p->body[i].id == id) {
			case_sheet_put(to, f->name, p->body[i].name);
			case_sheet_put_number(to, "body", id);
			return;
		}
	form_fault_add(&v->form, f->name, MSG_protect_people_nobody, 0);
}

static void write_field(
	const struct tool_in *in, const struct tool_field *f, struct buf *to, struct visit *v)
{
	if (f->kind == TOOL_BODY)
		return;
	if (f->kind == TOOL_LINE || f->kind == TOOL_AREA) {
		case_sheet_put(to, f->name, in->text[f->slot]);
		return;
	}
	int64_t n = f->kind == TOOL_MANY ? in->set : in->n[f->slot].v;
	bool is_fine = f->kind != TOOL_ONE || (n >= 0 && n <= f->n_choice);
	if (f->kind == TOOL_MATRIX && !is_square(n))
		form_fault_add(&v->form, f->name, MSG_protect_risk_choose, 0);
	if (f->kind == TOOL_HOURS)
		n += v->now / HOUR;
	if (is_fine)
		case_sheet_put_number(to, f->name, n);
}

/* The next deadline, this sheet counted in. */
static int find_next(
	struct visit *v, const struct keep_seat *seat, struct str sheet, struct kept *k)
{
	struct keep_shown *note, *all;
	size_t n = 0;
	int result = keep_read(v, seat, &note, &n);
	if (result < 0)
		return result;
	all = arena_array(v->mem, n + 1, sizeof *all);
	if (!all)
		return ERR_NOMEM;
	if (n)
		memcpy(all, note, n * sizeof *all);
	all[n] = (struct keep_shown){ .id = k->text.id,
		.field = str_c(k->tool->path),
		.text = sheet,
		.account = v->who.account.v,
		.on_day = v->now / DAY };
	k->next = tool_next(v, all, n + 1);
	return k->next < 0 ? (int)k->next : 0;
}

static int seal(struct visit *v, const struct keep_case *c, struct str sheet, struct kept *k)
{
	auto_keep_seat seat = { 0 };
	int result = desk_sit(v, c, VAULT_HANDLER, VAULT_INTERNAL, &seat);
	if (result == 0)
		result = keep_seal(v, &seat, k->tool->path, sheet, &k->text);
	if (result == 0)
		result = find_next(v, &seat, sheet, k);
	return result;
}

/* One case gets so much at most, all that was not refused taken together. */
static int check_ceiling(struct visit *v, const struct keep_case *c, int64_t sum)
{
	struct tool_view p = { 0 };
	struct fund_money money = { 0 };
	int result = fund_money(v, c, &money);
	if (result == 0)
		result = load(v, c, &tool_support, &p);
	for (size_t i = 0; result == 0 && i < p.n_entry; i++)
		if (p.entry[i].state != SUPPORT_REFUSED)
			sum += case_sheet_number(&p.entry[i].sheet, "sum");
	if (result == 0 && money.ceiling && sum > money.ceiling)
		form_fault_add(&v->form, "sum", MSG_protect_support_over, 0);
	return result;
}

/* What only some tools ask besides. */
static int check_more(
	struct visit *v, const struct tool *tool, const struct keep_case *c, struct buf *to)
{
	const struct tool_in *in = visit_in(v, struct tool_in);
	struct tool_view p = { 0 };
	int result = tool->is_decided ? check_ceiling(v, c, in->n[0].v) : 0;
	if (!tool->is_referral || v->form.n_fault || result < 0)
		return result;
	result = refer_bodies(v, c, &p.body, &p.n_body);
	if (result < 0)
		return result;
	write_body(&p, &tool->field[0], in->n[0].v, to, v);
	if (v->form.n_fault || in->n[1].v <= 1)
		return 0;
	result = refer_may(p.body, p.n_body, in->n[0].v);
	if (result == 0)
		form_fault_add(&v->form, "to", MSG_protect_refer_no_consent, 0);
	return result;
}

static int check(struct visit *v, const struct tool *tool)
{
	const struct tool_in *in = visit_in(v, struct tool_in);
	struct keep_case c = { 0 };
	struct kept *k = arena_take(v->mem, sizeof *k);
	struct buf sheet;
	int result = k ? desk_enter(v) : ERR_NOMEM;
	if (result != VISIT_GO_ON)
		return result;
	*k = (struct kept){ .tool = tool };
	result = desk_find_open(v, &c);
	if (result < 0)
		return result;
	buf_init(&sheet, SHEET_MAX);
	for (const struct tool_field *f = tool->field; f->name && v->form.n_fault == 0; f++) {
		write_field(in, f, &sheet, v);
		if (f->kind == TOOL_MATRIX)
			k->level = tool_level(in->n[f->slot].v);
	}
	int more = v->form.n_fault ? 0 : check_more(v, tool, &c, &sheet);
	if (more < 0) {
		buf_done(&sheet);
		return more;
	}
	if (v->form.n_fault || result == 0) {
		buf_done(&sheet);
		return visit_ended(show(v, tool));
	}
	result = sheet.failed ? sheet.failed : seal(v, &c, arena_copy(v->mem, buf_view(&sheet)), k);
	wipe(sheet.p, sheet.n);
	buf_done(&sheet);
	v->parked = k;
	return result < 0 ? result : VISIT_GO_ON;
}

/* ---- how an entry stands ---- */

struct state_in {
	struct str entry;
	struct opt_i64 state;
};
static const struct form state_form = {
	.name = "tool-state",
	.size = sizeof(struct state_in),
	.body_max = 4096,
	.field = { { "entry", FIELD_LINE, .is_required = true, .max = KEEP_ID_CHARS,
			   .at = offsetof(struct state_in, entry) },
		{ "state", FIELD_INT, .is_required = true, .min = 1, .max = 20,
			.at = offsetof(struct state_in, state) } },
};

static const struct tool *tool_of(struct str path)
{
	const struct tool *tool = tool_called(path);
	return tool && tool->state ? tool : NULL;
}

static struct tool_entry *entry_of(const struct tool_view *p, struct str id)
{
	for (size_t i = 0; i < p->n_entry; i++)
		if (str_is(id, p->entry[i].id))
			return &p->entry[i];
	return NULL;
}

static int may_refer(struct visit *v, const struct keep_case *c, int64_t id)
{
	struct tool_view p = { 0 };
	int result = refer_bodies(v, c, &p.body, &p.n_body);
	if (result == 0 && !refer_may(p.body, p.n_body, id))
		form_fault_add(&v->form, "", MSG_protect_refer_no_consent, 0);
	return result;
}

/* May it stand so? Otherwise there is a fault. */
static int may_stand(
	struct visit *v, const struct tool *tool, const struct keep_case *c, struct tool_entry *e)
{
	const struct state_in *in = visit_in(v, struct state_in);
	int result = 0;
	if (tool->is_decided && in->state.v == SUPPORT_PAID && fund_is_kept(v, c) != 0)
		form_fault_add(&v->form, "", MSG_protect_fund_says, 0);
	else if (tool->is_decided && !tool_decide(e, in->state.v, v->who.account.v))
		form_fault_add(&v->form, "", MSG_protect_support_turn, 0);
	if (tool->is_referral && in->state.v > 1)
		result = may_refer(v, c, case_sheet_number(&e->sheet, "body"));
	return result < 0 ? result : 0;
}

/* A tool of the address, and a state that can be set there. */
static const struct tool *tool_asked(struct visit *v)
{
	const struct state_in *in = visit_in(v, struct state_in);
	const struct tool *tool = tool_of(v->part[1]);
	if (!tool || v->form.n_fault || in->state.v > tool->n_state ||
		(tool->offer && !(tool->offer >> in->state.v & 1)))
		return NULL;
	return tool;
}

/* The sheet is there and may stand so; otherwise there is a fault, or a failure. */
static int check_entry(struct visit *v, const struct keep_case *c, const struct tool *tool)
{
	struct tool_view p = { 0 };
	int result = load(v, c, tool, &p);
	struct tool_entry *e = result == 0 ? entry_of(&p, visit_in(v, struct state_in)->entry)
					   : NULL;
	if (result == 0 && !e)
		result = err_note(ERR_MISSING, "no such sheet");
	return result < 0 ? result : may_stand(v, tool, c, e);
}

static int seal_state(struct visit *v, const struct keep_case *c, struct kept *k)
{
	const struct state_in *in = visit_in(v, struct state_in);
	char room[128];
	struct buf sheet = { .p = room, .cap = sizeof room, .max = sizeof room };
	if (k->tool->is_decided) {
		k->what = CASE_DECIDED;
		k->is_yes = in->state.v == SUPPORT_ONE;
	}
	if (k->tool->is_referral && in->state.v == SENT)
		k->what = CASE_REFERRED;
	case_sheet_put_number(&sheet, "account", v->who.account.v);
	case_sheet_put(&sheet, "entry", in->entry);
	case_sheet_put_number(&sheet, "state", in->state.v);
	return sheet.failed ? sheet.failed : seal(v, c, arena_copy(v->mem, buf_view(&sheet)), k);
}

static int state_check(struct visit *v)
{
	struct keep_case c = { 0 };
	struct kept *k = arena_take(v->mem, sizeof *k);
	int result = k ? desk_enter(v) : ERR_NOMEM;
	if (result != VISIT_GO_ON)
		return result;
	const struct tool *tool = tool_asked(v);
	if (!tool)
		return err_note(ERR_INPUT, "no state of a sheet");
	*k = (struct kept){ .tool = tool };
	result = desk_find_open(v, &c);
	if (result == 0)
		return visit_ended(
			visit_goto(v, "/cases/%.*s/%s", STR_ARG(v->part[0]), tool->path));
	if (result > 0)
		result = check_entry(v, &c, tool);
	if (result == 0 && v->form.n_fault)
		return visit_ended(show(v, tool));
	if (result == 0)
		result = seal_state(v, &c, k);
	v->parked = k;
	return result < 0 ? result : VISIT_GO_ON;
}

/* Looked at again when it is kept: two who agreed at the same time are two as well. */
static int order(struct visit *v, const struct keep_case *c, const struct kept *k)
{
	struct tool_view p = { 0 };
	int result = load(v, c, k->tool, &p);
	struct tool_entry *e = result == 0 ? entry_of(&p, visit_in(v, struct state_in)->entry)
					   : NULL;
	return e && e->state == SUPPORT_BOTH ? fund_order(v, c, e) : result;
}

static int act(struct visit *v)
{
	static const enum clock_pace pace[] = { CLOCK_CALM, CLOCK_CALM, CLOCK_CALM, CLOCK_HIGH,
		CLOCK_CRITICAL };
	const struct kept *k = v->parked;
	struct keep_case c = { 0 };
	v->is_quiet = true;
	int result = desk_find_open(v, &c);
	if (result == 0)
		return err_note(ERR_CONFLICT, "a case that was closed meanwhile");
	if (result > 0)
		result = keep_put(v, &k->text);
	if (result == 0 && k->is_yes)
		result = order(v, &c, k);
	if (result == 0)
		result = clock_next_set(v, &c, k->next);
	if (result == 0 && k->level)
		result = clock_pace_set(v, &c, pace[k->level]);
	if (result == 0 && k->what)
		result = case_log_add(v, &c, k->what, 0);
	return result < 0
		? result
		: visit_goto(v, "/cases/%.*s/%s?saved", STR_ARG(v->part[0]), k->tool->path);
}

#define TOOL(x) \
	static int x##_show(struct visit *v) \
	{ \
		return show(v, &tool_##x); \
	} \
	static int x##_check(struct visit *v) \
	{ \
		return check(v, &tool_##x); \
	}
TOOL(risk)
TOOL(plan)
TOOL(check)
TOOL(support)
TOOL(refer)
TOOL(remedy)

extern const struct form tool_form_risk, tool_form_plan, tool_form_check, tool_form_support,
	tool_form_refer, tool_form_remedy;
const struct route case_tool_routes[] = {
	{ HTTP_GET, "/cases/:id/risk", SIGNED_IN, NULL, desk_enter, risk_show },
	{ HTTP_POST, "/cases/:id/risk", SIGNED_IN, &tool_form_risk, risk_check, act },
	{ HTTP_GET, "/cases/:id/plan", SIGNED_IN, NULL, desk_enter, plan_show },
	{ HTTP_POST, "/cases/:id/plan", SIGNED_IN, &tool_form_plan, plan_check, act },
	{ HTTP_GET, "/cases/:id/checkin", SIGNED_IN, NULL, desk_enter, check_show },
	{ HTTP_POST, "/cases/:id/checkin", SIGNED_IN, &tool_form_check, check_check, act },
	{ HTTP_GET, "/cases/:id/support", SIGNED_IN, NULL, desk_enter, support_show },
	{ HTTP_POST, "/cases/:id/support", SIGNED_IN, &tool_form_support, support_check, act },
	{ HTTP_GET, "/cases/:id/referral", SIGNED_IN, NULL, desk_enter, refer_show },
	{ HTTP_POST, "/cases/:id/referral", SIGNED_IN, &tool_form_refer, refer_check, act },
	{ HTTP_GET, "/cases/:id/remedy", SIGNED_IN, NULL, desk_enter, remedy_show },
	{ HTTP_POST, "/cases/:id/remedy", SIGNED_IN, &tool_form_remedy, remedy_check, act },
	{ HTTP_POST, "/cases/:id/:tool/state", SIGNED_IN, &state_form, state_check, act },
	{ 0 },
};
