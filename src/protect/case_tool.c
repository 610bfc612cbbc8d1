#include "protect/case_tool.h"
#include "po/messages.h"
#include "protect/case_clock.h"
#include "protect/case_desk.sql.h"
#include "protect/case_locks.h"
#include "protect/case_tool.html.h"
#include "protect/routes.h"
#include <stdio.h>
#include <time.h>

enum { DAY = 86400, DAY_HOURS = 24, SHEET_MAX = 64 << 10 };

static const struct tool *const tools[] = { &tool_risk, &tool_plan, &tool_check, &tool_remedy };
enum { TOOLS = sizeof tools / sizeof *tools };

/* ---- entries ---- */

static int64_t day_of(const struct tool_entry *e, const struct tool *tool)
{
	return tool->alarm ? case_sheet_number(&e->sheet, tool->alarm) : 0;
}

static int fill(struct visit *v, const struct tool *tool, const struct keep_shown *text,
	struct tool_entry *e)
{
	struct case_name_row row;
	*e = (struct tool_entry){
		.on_day = text->on_day, .state_day = text->on_day, .is_broken = text->is_broken
	};
	keep_id_text(&text->id, e->id);
	if (!text->is_broken && case_sheet_read(v->mem, text->text, &e->sheet) < 0) {
		err_forget();
		e->is_broken = true;
	}
	e->state = case_sheet_number(&e->sheet, "state");
	if (tool->state && e->state == 0)
		e->state = 1;
	int result = case_name(v->db, v->mem, text->account, &row);
	if (result > 0)
		e->who = row.name;
	return result < 0 ? result : 0;
}

/* A sheet about an earlier one says how that one stands now. */
static bool amend(struct tool_entry *all, size_t n, const struct tool_entry *e)
{
	struct str about = case_sheet_get(&e->sheet, "entry");
	if (!about.n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (str_is(about, all[i].id)) {
			all[i].state = e->state;
			all[i].state_day = e->on_day;
		}
	return true;
}

int tool_entries(struct visit *v, const struct keep_shown *note, size_t n, const struct tool *tool,
	struct tool_entry **ret, size_t *ret_n)
{
	struct tool_entry *all = arena_array(v->mem, TOOL_ENTRIES_MAX, sizeof *all);
	size_t used = 0;
	if (!all)
		return ERR_NOMEM;
	for (size_t i = 0; i < n && used < TOOL_ENTRIES_MAX; i++) {
		if (!str_is(note[i].field, tool->path))
			continue;
		int result = fill(v, tool, &note[i], &all[used]);
		if (result < 0)
			return result;
		used += !amend(all, used, &all[used]);
	}
	for (size_t i = 0; i < used; i++) {
		int64_t day = day_of(&all[i], tool) / DAY;
		bool is_over = tool->is_one && i + 1 < used;
		all[i].is_late = day && day < v->now / DAY && !is_over &&
			(!tool->state || all[i].state < tool->done);
	}
	for (size_t i = 0; i < used / 2; i++) {
		struct tool_entry swap = all[i];
		all[i] = all[used - 1 - i];
		all[used - 1 - i] = swap;
	}
	*ret = all;
	*ret_n = used;
	return 0;
}

int64_t tool_next(struct visit *v, const struct keep_shown *note, size_t n)
{
	int64_t next = 0;
	for (size_t t = 0; t < TOOLS; t++) {
		struct tool_entry *e;
		size_t used = 0;
		int result = tool_entries(v, note, n, tools[t], &e, &used);
		if (result < 0)
			return result;
		for (size_t i = 0; i < used; i++) {
			int64_t day = day_of(&e[i], tools[t]);
			bool is_over = (tools[t]->is_one && i) ||
				(tools[t]->state && e[i].state >= tools[t]->done);
			int64_t hour = day ? (day / DAY + 1) * DAY_HOURS : 0;
			if (hour && !is_over && (next == 0 || hour < next))
				next = hour;
		}
	}
	return next;
}

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
	const struct tool_in *in = p->form->in;
	int64_t set = in ? in->set : 0;
	if (!in && p->tool->is_one && p->n_entry)
		set = case_sheet_number(&p->entry[0].sheet, f->name);
	return set >> i & 1;
}

/* ---- the page ---- */

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
	return result;
}

static int show(struct visit *v, const struct tool *tool)
{
	struct keep_case c;
	struct tool_view p = { .frame = visit_frame(v, visit_say(v, tool->title, 0)),
		.form = &v->form,
		.tool = tool,
		.c = &c,
		.is_saved = http_query(v->req, "saved").p != NULL };
	p.frame.area = FRAME_CASES;
	int result = desk_find(v, &c);
	if (result == 0)
		result = load(v, &c, tool, &p);
	if (result == 0)
		result = locks_due(v, &c);
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
	int level;    /* of a risk that was set; 0: none */
	int64_t next; /* the next deadline of all sheets */
};

static bool is_square(int64_t risk)
{
	return risk / 10 >= 1 && risk / 10 <= MATRIX && risk % 10 >= 1 && risk % 10 <= MATRIX;
}

static void write_field(
	const struct tool_in *in, const struct tool_field *f, struct buf *to, struct visit *v)
{
	if (f->kind == TOOL_LINE || f->kind == TOOL_AREA) {
		case_sheet_put(to, f->name, in->text[f->slot]);
		return;
	}
	int64_t n = f->kind == TOOL_MANY ? in->set : in->n[f->slot].v;
	bool is_fine = f->kind != TOOL_ONE || (n >= 0 && n <= f->n_choice);
	if (f->kind == TOOL_MATRIX && !is_square(n))
		form_fault_add(&v->form, f->name, MSG_protect_risk_choose, 0);
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

/* 1: the case may be written to. */
static int find_open(struct visit *v, struct keep_case *c)
{
	int result = desk_find(v, c);
	if (result == 0)
		result = locks_due(v, c);
	return result < 0 ? result : result == 0 && c->state != KEEP_CLOSED;
}

static int check(struct visit *v, const struct tool *tool)
{
	const struct tool_in *in = visit_in(v, struct tool_in);
	struct keep_case c;
	struct kept *k = arena_take(v->mem, sizeof *k);
	struct buf sheet;
	int result = k ? desk_enter(v) : ERR_NOMEM;
	if (result != VISIT_GO_ON)
		return result;
	*k = (struct kept){ .tool = tool };
	result = find_open(v, &c);
	if (result < 0)
		return result;
	buf_init(&sheet, SHEET_MAX);
	for (const struct tool_field *f = tool->field; f->name && v->form.n_fault == 0; f++) {
		write_field(in, f, &sheet, v);
		if (f->kind == TOOL_MATRIX)
			k->level = tool_level(in->n[f->slot].v);
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
	for (size_t i = 0; i < TOOLS; i++)
		if (str_is(path, tools[i]->path) && tools[i]->state)
			return tools[i];
	return NULL;
}

static bool is_entry(const struct tool_view *p, struct str id)
{
	for (size_t i = 0; i < p->n_entry; i++)
		if (str_is(id, p->entry[i].id))
			return true;
	return false;
}

static int state_check(struct visit *v)
{
	const struct state_in *in = visit_in(v, struct state_in);
	struct keep_case c;
	struct tool_view p = { 0 };
	struct kept *k = arena_take(v->mem, sizeof *k);
	char room[128];
	struct buf sheet = { .p = room, .cap = sizeof room, .max = sizeof room };
	int result = k ? desk_enter(v) : ERR_NOMEM;
	if (result != VISIT_GO_ON)
		return result;
	const struct tool *tool = tool_of(v->part[1]);
	if (!tool || v->form.n_fault || in->state.v > tool->n_state)
		return err_note(ERR_INPUT, "no state of a sheet");
	*k = (struct kept){ .tool = tool };
	result = find_open(v, &c);
	if (result == 0)
		return visit_ended(
			visit_goto(v, "/cases/%.*s/%s", STR_ARG(v->part[0]), tool->path));
	if (result > 0)
		result = load(v, &c, tool, &p);
	if (result == 0 && !is_entry(&p, in->entry))
		result = err_note(ERR_MISSING, "no such sheet");
	case_sheet_put(&sheet, "entry", in->entry);
	case_sheet_put_number(&sheet, "state", in->state.v);
	if (result == 0)
		result = seal(v, &c, arena_copy(v->mem, buf_view(&sheet)), k);
	v->parked = k;
	return result < 0 ? result : VISIT_GO_ON;
}

static int act(struct visit *v)
{
	static const enum clock_pace pace[] = { CLOCK_CALM, CLOCK_CALM, CLOCK_CALM, CLOCK_HIGH,
		CLOCK_CRITICAL };
	const struct kept *k = v->parked;
	struct keep_case c;
	v->is_quiet = true;
	int result = find_open(v, &c);
	if (result == 0)
		return err_note(ERR_CONFLICT, "a case that was closed meanwhile");
	if (result > 0)
		result = keep_put(v, &k->text);
	if (result == 0)
		result = clock_next_set(v, &c, k->next);
	if (result == 0 && k->level)
		result = clock_pace_set(v, &c, pace[k->level]);
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
TOOL(remedy)

extern const struct form tool_form_risk, tool_form_plan, tool_form_check, tool_form_remedy;
const struct route case_tool_routes[] = {
	{ HTTP_GET, "/cases/:id/risk", SIGNED_IN, NULL, desk_enter, risk_show },
	{ HTTP_POST, "/cases/:id/risk", SIGNED_IN, &tool_form_risk, risk_check, act },
	{ HTTP_GET, "/cases/:id/plan", SIGNED_IN, NULL, desk_enter, plan_show },
	{ HTTP_POST, "/cases/:id/plan", SIGNED_IN, &tool_form_plan, plan_check, act },
	{ HTTP_GET, "/cases/:id/checkin", SIGNED_IN, NULL, desk_enter, check_show },
	{ HTTP_POST, "/cases/:id/checkin", SIGNED_IN, &tool_form_check, check_check, act },
	{ HTTP_GET, "/cases/:id/remedy", SIGNED_IN, NULL, desk_enter, remedy_show },
	{ HTTP_POST, "/cases/:id/remedy", SIGNED_IN, &tool_form_remedy, remedy_check, act },
	{ HTTP_POST, "/cases/:id/:tool/state", SIGNED_IN, &state_form, state_check, act },
	{ 0 },
};
