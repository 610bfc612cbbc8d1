#include "protect/case_desk.h"
#include "account/account.sql.h"
#include "account/key.h"
#include "account/sessions.h"
#include "po/messages.h"
#include "protect/case_clock.h"
#include "protect/case_desk.html.h"
#include "protect/case_desk.sql.h"
#include "protect/case_end.h"
#include "protect/case_locks.h"
#include "protect/case_log.h"
#include "protect/case_tie.h"
#include "protect/case_tool.h"
#include "protect/channel.h"
#include "protect/keep.sql.h"
#include "protect/routes.h"
#include "protect/told.h"

enum { HOUR = 3600, DAY = 86400 };

struct say_in {
	struct str text;
	bool is_note;
};
static const struct form say_form = {
	.name = "reply",
	.size = sizeof(struct say_in),
	.field = {
		{ "text", FIELD_TEXT, .is_required = true, .max = KEEP_SAID_MAX, .at = offsetof(struct say_in, text) },
		{ "note", FIELD_BOOL, .at = offsetof(struct say_in, is_note) },
	},
};
struct close_in {
	struct opt_i64 outcome;
};
static const struct form close_form = {
	.name = "case-close",
	.size = sizeof(struct close_in),
	.body_max = 4096,
	.field = { { "outcome", FIELD_INT, .min = 1, .max = END_OUTCOMES,
		.at = offsetof(struct close_in, outcome) } },
};
const struct fault_label case_labels[] = {
	{ "text", MSG_protect_label_reply },
	{ "why", MSG_protect_ask_label },
	{ 0 },
};

/* ---- who may come in ---- */

int desk_enter(struct visit *v)
{
	struct account_by_id_row row;
	struct vault_message said, ask = { .kind = VAULT_STAY };
	int result = account_by_id(v->db, v->mem, v->who.account.v, &row);
	if (result < 0)
		return result;
	if (result == 0 || !row.second_step.p)
		return visit_ended(visit_go(v, STR("/account/second-step")));
	result = key_ask(v, &ask, &said);
	struct vault_id me = vault_id_of(v->who.account.v);
	if (result == 0 && !bytes_same(said.account.b, me.b, VAULT_ID))
		result = ERR_DENIED;
	if (result != ERR_DENIED && result != ERR_BUSY)
		return result < 0 ? result : VISIT_GO_ON;
	sessions_end(v->house->sessions, http_cookie(v->req, "s"));
	key_cookie_take(v);
	visit_cookie(v, "s", STR(""), -1);
	return visit_ended(visit_go(v, STR("/sign-in?to=/cases")));
}

int desk_sit(struct visit *v, const struct keep_case *c, enum vault_role role,
	enum vault_compartment compartment, struct keep_seat *seat)
{
	seat->role = role;
	seat->account = v->who.account.v;
	if (!key_cookie(v, seat->cookie))
		return err_note(ERR_DENIED, "a visit without a key");
	return keep_sit(v, c, compartment, seat);
}

static int sit(struct visit *v, const struct keep_case *c, enum vault_compartment compartment,
	struct keep_seat *seat)
{
	return desk_sit(v, c, VAULT_HANDLER, compartment, seat);
}

/* ---- one case ---- */

int desk_level(struct visit *v, const struct keep_shown *risk, int *ret)
{
	struct case_sheet sheet;
	int result = case_sheet_read(v->mem, risk->text, &sheet);
	if (result == 0)
		*ret = tool_level(case_sheet_number(&sheet, "risk"));
	return result;
}

/* How dangerous it is, by the newest assessment. */
static int find_level(struct visit *v, const struct keep_case *c, int *ret)
{
	auto_keep_seat seat = { 0 };
	struct keep_shown *risk;
	size_t n = 0;
	int result = sit(v, c, VAULT_INTERNAL, &seat);
	if (result == 0)
		result = keep_newest(v, &seat, tool_risk.path, &risk, &n);
	return result < 0 || n == 0 || risk[0].is_broken ? result : desk_level(v, &risk[0], ret);
}

int desk_told(struct visit *v, const struct keep_case *c, struct told_view *ret)
{
	auto_keep_seat seat = { 0 };
	struct keep_shown *said = NULL;
	size_t n = 0;
	int result = sit(v, c, VAULT_REPORT, &seat);
	if (result == 0)
		result = keep_first(v, &seat, &said, &n);
	return result < 0 ? result : told_find(v, said, n, KEEP_ANSWERS, ret);
}

int desk_find_id(struct visit *v, const struct vault_id *id, struct keep_case *c)
{
	int result = keep_case_load(v, id, c);
	if (result > 0)
		result = locks_holds(v, c, VAULT_HANDLER, VAULT_REPORT, v->who.account.v);
	if (result > 0 && c->withdrawn_on)
		result = 0;
	return result == 0 ? err_note(ERR_MISSING, "no case of theirs") : result < 0 ? result : 0;
}

int desk_find(struct visit *v, struct keep_case *c)
{
	struct vault_id id = { 0 };
	return keep_id_read(v->part[0], &id) ? desk_find_id(v, &id, c)
					     : err_note(ERR_MISSING, "no case's number");
}

int desk_find_open(struct visit *v, struct keep_case *c)
{
	int result = desk_find(v, c);
	if (result == 0)
		result = locks_due(v, c, VAULT_HANDLER);
	return result < 0 ? result : result == 0 && c->state != KEEP_CLOSED;
}

int desk_back(struct visit *v)
{
	return visit_goto(v, "/cases/%.*s?saved", STR_ARG(v->part[0]));
}

static int fill_taker(struct visit *v, struct case_view *p)
{
	struct case_name_row row;
	if (!p->c->taken_by)
		return 0;
	p->is_mine = p->c->taken_by == v->who.account.v;
	int result = case_name(v->db, v->mem, p->c->taken_by, &row);
	if (result > 0)
		p->taker = row.name;
	return result < 0 ? result : 0;
}

static int load_notes(struct visit *v, const struct keep_seat *seat, struct case_view *p)
{
	struct case_tie *tie = NULL;
	int result = keep_read(v, seat, &p->note, &p->n_note);
	if (result == 0)
		result = tie_find(v, p->note, p->n_note, &tie, &p->n_tie);
	p->tie = tie;
	return result;
}

int case_show(struct visit *v)
{
	auto_keep_seat report = { 0 }, internal = { 0 };
	struct keep_case c = { 0 };
	struct case_view p = { .frame = visit_frame(v, visit_say(v, MSG_protect_case_title, 0)),
		.form = &v->form,
		.c = &c,
		.is_saved = http_query(v->req, "saved").p != NULL };
	p.frame.area = FRAME_CASES;
	int result = desk_find(v, &c);
	if (result == 0)
		result = sit(v, &c, VAULT_REPORT, &report);
	if (result == 0)
		result = sit(v, &c, VAULT_INTERNAL, &internal);
	if (result == 0)
		result = keep_read(v, &report, &p.said, &p.n_said);
	if (result == 0)
		result = load_notes(v, &internal, &p);
	if (result == 0)
		result = told_find(v, p.said, p.n_said, KEEP_ANSWERS, &p.told);
	if (result == 0)
		result = told_find_last(v, p.said, p.n_said, KEEP_OWN_RISK, &p.own_risk);
	p.allow = allow_find(p.said, p.n_said);
	p.ask = name_ask_fill(&c, &v->form, p.said, p.n_said);
	for (size_t i = 0; i < p.n_said; i++)
		p.has_files |= p.said[i].is_file;
	if (result == 0)
		result = fill_taker(v, &p);
	if (result == 0)
		result = find_level(v, &c, &p.level);
	if (result == 0)
		result = case_timeline(v, &c, &p.done, &p.n_done);
	if (result == 0)
		result = locks_holds(v, &c, VAULT_HANDLER, VAULT_IDENTITY, v->who.account.v);
	p.has_name = result > 0;
	if (result >= 0)
		result = locks_due(v, &c, VAULT_HANDLER);
	if (result < 0)
		return result;
	p.is_due = result > 0;
	p.me = v->who.account.v;
	p.hour = v->now / HOUR;
	keep_id_text(&c.id, p.id);
	case_page(&v->out, &p);
	return visit_page(v, v->form.n_fault ? 422 : 200);
}

static int say_check(struct visit *v)
{
	auto_keep_seat seat = { 0 };
	struct keep_case c = { 0 };
	const struct say_in *in = visit_in(v, struct say_in);
	struct keep_text *text = arena_take(v->mem, sizeof *text);
	int result = text ? desk_enter(v) : ERR_NOMEM;
	if (result != VISIT_GO_ON)
		return result;
	result = desk_find(v, &c);
	if (result < 0)
		return result;
	result = locks_due(v, &c, VAULT_HANDLER);
	if (result < 0)
		return result;
	/* Nothing new is locked with keys that somebody has who is kept out. */
	if (v->form.n_fault || c.state == KEEP_CLOSED || result > 0)
		return visit_ended(case_show(v));
	result = sit(v, &c, in->is_note ? VAULT_INTERNAL : VAULT_REPORT, &seat);
	if (result == 0)
		result = keep_seal(
			v, &seat, in->is_note ? KEEP_NOTE : KEEP_SAID_BY_HANDLER, in->text, text);
	v->parked = text;
	return result < 0 ? result : VISIT_GO_ON;
}

static int say_act(struct visit *v)
{
	const struct keep_text *text = v->parked;
	struct keep_case c = { 0 };
	v->is_quiet = true;
	int result = desk_find(v, &c);
	if (result == 0)
		result = keep_put(v, text);
	if (result == 0 && text->at.compartment == VAULT_REPORT)
		result = clock_said(v, &c);
	return result < 0 ? result : desk_back(v);
}

static int take_act(struct visit *v)
{
	struct keep_case c = { 0 };
	v->is_quiet = true;
	int result = desk_find(v, &c);
	if (result == 0)
		result = keep_case_take(v->db, keep_id_bytes(&c.id), v->who.account.v);
	if (result >= 0)
		result = case_log_add(
			v, &c, c.state == KEEP_CLOSED ? CASE_REOPENED : CASE_TAKEN, 0);
	return result < 0 ? result : desk_back(v);
}

/* What a case that is closed is counted by. */
struct closing {
	struct told told;
	bool may_count;
};

static bool has_step(struct str steps, const char *step)
{
	struct str one;
	while (str_cut(&steps, ' ', &one))
		if (str_is(one, step))
			return true;
	return false;
}

static int find_closing(struct visit *v, const struct keep_case *c, struct closing *ret)
{
	auto_keep_seat seat = { 0 };
	struct keep_shown *said;
	size_t n = 0;
	int result = sit(v, c, VAULT_REPORT, &seat);
	if (result == 0)
		result = keep_newest(v, &seat, KEEP_CONSENT, &said, &n);
	if (result == 0 && n && !said[0].is_broken)
		ret->may_count = has_step(said[0].text, "count");
	if (result == 0)
		result = keep_newest(v, &seat, KEEP_ANSWERS, &said, &n);
	if (result < 0 || n == 0 || said[0].is_broken)
		return result;
	if (told_read(v, said[0].text, &ret->told) < 0) {
		ret->told = (struct told){ 0 };
		err_forget();
	}
	return 0;
}

static int close_check(struct visit *v)
{
	struct keep_case c = { 0 };
	struct closing *closing = arena_take(v->mem, sizeof *closing);
	int result = closing ? desk_enter(v) : ERR_NOMEM;
	if (result != VISIT_GO_ON)
		return result;
	result = desk_find(v, &c);
	if (result == 0)
		result = find_closing(v, &c, closing);
	v->parked = closing;
	return result < 0 ? result : v->form.n_fault ? ERR_INPUT : VISIT_GO_ON;
}

static int close_act(struct visit *v)
{
	const struct closing *closing = v->parked;
	struct keep_case c = { 0 };
	v->is_quiet = true;
	int result = desk_find(v, &c);
	if (result == 0 && c.state == KEEP_CLOSED)
		return desk_back(v);
	if (result == 0)
		result = keep_case_close(v->db, keep_id_bytes(&c.id), v->now / DAY);
	if (result >= 0)
		result = clock_closed(v, &c);
	if (result == 0)
		result = end_count(v, &c, &closing->told, closing->may_count,
			visit_in(v, struct close_in)->outcome.v);
	if (result == 0)
		result = case_log_add(v, &c, CASE_CLOSED, 0);
	return result < 0 ? result : desk_back(v);
}

const struct route case_desk_routes[] = {
	{ HTTP_GET, "/cases/:id", SIGNED_IN, NULL, desk_enter, case_show },
	{ HTTP_POST, "/cases/:id/say", SIGNED_IN, &say_form, say_check, say_act },
	{ HTTP_POST, "/cases/:id/close", SIGNED_IN, &close_form, close_check, close_act },
	{ HTTP_POST, "/cases/:id/take", SIGNED_IN, NULL, desk_enter, take_act },
	{ 0 },
};
