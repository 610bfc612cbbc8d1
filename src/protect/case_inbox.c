#include "protect/case_inbox.h"
#include "account/key.h"
#include "po/messages.h"
#include "protect/case_clock.h"
#include "protect/case_desk.html.h"
#include "protect/case_desk.sql.h"
#include "protect/case_end.h"
#include "protect/case_tool.h"
#include "protect/channel.h"
#include "protect/cover.h"
#include "protect/keeper.h"
#include "protect/routes.h"
#include "protect/told.h"

enum { HOUR = 3600, DAY = 86400, INBOX_PAGE = 50, NAMES_MAX = 50, PAGES_MAX = 1000000 };

static const struct {
	const char *name;
	int msg;
} lists[CASE_LISTS] = { { "open", MSG_protect_cases_tab_open },
	{ "closed", MSG_protect_cases_tab_closed }, { "mine", MSG_protect_cases_tab_mine },
	{ "nobody", MSG_protect_cases_tab_nobody }, { "waiting", MSG_protect_cases_tab_waiting } };

const char *case_list(int which)
{
	return lists[which].name;
}

int case_list_msg(int which)
{
	return lists[which].msg;
}

/* A seat in one compartment of a case of the list, without asking the database again. */
static int seat_of(struct visit *v, const struct case_inbox_row *in,
	enum vault_compartment compartment, struct keep_seat *seat)
{
	struct str wrap = compartment == VAULT_REPORT ? in->wrap : in->inner_wrap;
	seat->role = VAULT_HANDLER;
	seat->account = v->who.account.v;
	seat->at.compartment = compartment;
	seat->at.epoch = (uint32_t)(compartment == VAULT_REPORT ? in->epoch : in->inner_epoch.v);
	memcpy(seat->at.of.b, in->id.p, VAULT_ID);
	if (!key_cookie(v, seat->cookie) || wrap.n != sizeof seat->wrap)
		return err_note(ERR_DENIED, "no key to this part of the case");
	memcpy(seat->wrap, wrap.p, sizeof seat->wrap);
	return shred_get(v->house->shred, in->shred, &seat->shred);
}

/* How the report begins. */
static int open_report(struct visit *v, const struct case_inbox_row *in, struct case_row *row)
{
	auto_keep_seat seat = { 0 };
	struct keep_shown said = { 0 };
	struct told told = { 0 };
	int result = seat_of(v, in, VAULT_REPORT, &seat);
	if (result < 0 || !in->report.p)
		return result;
	result = keep_open(v, &seat,
		&(struct keep_sealed){ .id = in->report,
			.epoch = in->report_epoch.v,
			.field = in->report_field,
			.box = in->report_box },
		&said);
	(void)cover_settle(false, &said, 1);
	if (result == 0)
		result = said.is_broken ? ERR_INPUT : told_read(v, said.text, &told);
	if (result == 0)
		row->title = told_title(v, &told);
	row->is_broken = result == ERR_INPUT;
	return row->is_broken ? 0 : result;
}

/* How dangerous it is, where somebody looked. */
static int open_risk(struct visit *v, const struct case_inbox_row *in, struct case_row *row)
{
	auto_keep_seat seat = { 0 };
	struct keep_shown said = { 0 };
	if (!in->risk.p)
		return 0;
	int result = seat_of(v, in, VAULT_INTERNAL, &seat);
	if (result == 0)
		result = keep_open(v, &seat,
			&(struct keep_sealed){ .id = in->risk,
				.epoch = in->risk_epoch.v,
				.field = str_c(tool_risk.path),
				.box = in->risk_box },
			&said);
	return result < 0 || said.is_broken ? result : desk_level(v, &said, &row->level);
}

static int fill_row(struct visit *v, const struct case_inbox_row *in, struct case_row *row)
{
	struct vault_id id = { 0 };
	if (in->id.n != sizeof id.b)
		return err_note(ERR_BUG, "a case without a name");
	memcpy(id.b, in->id.p, sizeof id.b);
	*row = (struct case_row){ .channel = in->channel,
		.taker = in->taker,
		.state = (enum keep_state)in->state,
		.turn = (enum keep_turn)in->turn,
		.due_hour = in->due_hour,
		.changed_on = in->changed_on,
		.end_on = in->changed_on + in->keep_days + 1 };
	keep_id_text(&id, row->id);
	int result = open_report(v, in, row);
	if (result == 0)
		result = open_risk(v, in, row);
	if (result != ERR_MISSING && result != ERR_DENIED)
		return result;
	err_forget();
	row->is_broken = true; /* destroyed, or its wrap was changed */
	return 0;
}

/* Some of one list, behind those that are there. */
static int add_rows(struct visit *v, struct case_view *p, struct case_inbox_in in)
{
	struct case_inbox_row *row;
	size_t n = 0;
	in.account = v->who.account.v;
	in.which = p->which;
	in.max = INBOX_PAGE - (int64_t)p->n_row;
	int result = case_inbox(v->db, v->mem, in, &row, &n);
	for (size_t i = 0; result >= 0 && i < n; i++)
		result = fill_row(v, &row[i], &p->row[p->n_row++]);
	return result < 0 ? result : 0;
}

/* What is late first; of the others what was promised fast, and then by what is due. */
static int load_rows(struct visit *v, struct case_view *p)
{
	struct case_inbox_count_row all;
	int result = case_inbox_count(v->db, v->mem, v->who.account.v, p->which, p->hour, &all);
	if (result < 0)
		return result;
	p->n_case = all.n;
	p->pages = (all.n + INBOX_PAGE - 1) / INBOX_PAGE;
	if (p->page > p->pages)
		p->page = p->pages ? p->pages : 1;
	p->row = arena_array(v->mem, INBOX_PAGE, sizeof *p->row);
	if (!p->row)
		return ERR_NOMEM;
	const struct {
		int64_t n, after, until, pace;
	} part[] = { { all.late, -1, p->hour, 0 },
		{ all.critical, p->hour, INT64_MAX, CLOCK_CRITICAL },
		{ all.high, p->hour, INT64_MAX, CLOCK_HIGH },
		{ all.n - all.late - all.critical - all.high, p->hour, INT64_MAX, CLOCK_CALM } };
	int64_t skip = (p->page - 1) * INBOX_PAGE;
	for (size_t i = 0; i < 4 && p->n_row < INBOX_PAGE; i++) {
		if (skip < part[i].n)
			result = add_rows(v, p,
				(struct case_inbox_in){ .after_hour = part[i].after,
					.until_hour = part[i].until,
					.pace = part[i].pace,
					.skip = skip });
		if (result < 0)
			return result;
		skip = skip > part[i].n ? skip - part[i].n : 0;
	}
	return 0;
}

/* The most dangerous first; within one level by what is due, as they came. What is late stays in
 * front of all. */
static void sort_rows(struct case_view *p)
{
	for (size_t i = 1; i < p->n_row; i++) {
		struct case_row row = p->row[i];
		int64_t rank = row.due_hour <= p->hour ? 9 : row.level;
		size_t at = i;
		for (; at > 0; at--) {
			const struct case_row *before = &p->row[at - 1];
			if ((before->due_hour <= p->hour ? 9 : before->level) >= rank)
				break;
			p->row[at] = *before;
		}
		p->row[at] = row;
	}
}

static int which_of(struct visit *v)
{
	struct str asked = http_query(v->req, "show");
	for (int i = 0; i < CASE_LISTS; i++)
		if (str_is(asked, lists[i].name))
			return i;
	return http_query(v->req, "closed").p ? 1 : 0;
}

static int load_names(struct visit *v, struct case_view *p)
{
	struct case_names_row *row;
	int result = case_names(v->db, v->mem, v->who.account.v, NAMES_MAX, &row, &p->n_name);
	p->name = arena_array(v->mem, p->n_name + 1, sizeof *p->name);
	if (result >= 0 && !p->name)
		result = ERR_NOMEM;
	for (size_t i = 0; result >= 0 && i < p->n_name; i++) {
		struct vault_id id = { 0 };
		must(row[i].id.n == sizeof id.b);
		memcpy(id.b, row[i].id.p, sizeof id.b);
		keep_id_text(&id, p->name[i].id);
		p->name[i].channel = row[i].channel;
		p->name[i].changed_on = row[i].created_on;
	}
	return result < 0 ? result : 0;
}

static int load_roles(struct visit *v, struct case_view *p)
{
	struct case_roles_row *row = NULL;
	size_t n = 0;
	int result = case_roles(v->db, v->mem, v->who.account.v, &row, &n);
	for (size_t i = 0; result >= 0 && i < n; i++) {
		p->is_officer |= row[i].role == VAULT_FUND_OFFICER;
		p->is_auditor |= row[i].role == CHANNEL_AUDITOR;
		p->is_finance |= row[i].role == CHANNEL_FINANCE;
	}
	return result < 0 ? result : 0;
}

static int cases_show(struct visit *v)
{
	struct case_view p = { .frame = visit_frame(v, visit_say(v, MSG_protect_cases_title, 0)),
		.form = &v->form,
		.hour = v->now / HOUR,
		.is_saved = http_query(v->req, "saved").p != NULL,
		.which = which_of(v) };
	int64_t page = 0;
	struct case_due_count_row due = { 0 };
	struct case_soon_count_row soon = { 0 };
	struct case_withdrawn_count_row withdrawn = { 0 };
	p.frame.area = FRAME_CASES;
	p.page = str_i64(http_query(v->req, "page"), &page) && page > 0 && page < PAGES_MAX ? page
											    : 1;
	int result = load_rows(v, &p);
	if (result == 0)
		result = load_names(v, &p);
	if (result == 0)
		result = case_soon_count(
			v->db, v->mem, v->who.account.v, v->now / DAY + END_WARN_DAYS, &soon);
	if (result >= 0)
		result = case_withdrawn_count(v->db, v->mem, v->who.account.v, &withdrawn);
	if (result >= 0)
		result = load_roles(v, &p);
	if (result >= 0)
		result = keeper_due(v, VAULT_CUSTODIAN, &p.n_keep);
	if (result >= 0)
		result = case_due_count(v->db, v->mem, v->who.account.v, &due);
	if (result < 0)
		return result;
	p.n_due = due.n;
	p.n_withdrawn = withdrawn.n;
	p.n_soon = soon.n;
	sort_rows(&p);
	cases_page(&v->out, &p);
	return visit_page(v, 200);
}

const struct route case_inbox_routes[] = {
	{ HTTP_GET, "/cases", SIGNED_IN, NULL, desk_enter, cases_show },
	{ 0 },
};
