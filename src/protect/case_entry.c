#include "protect/case_entry.h"
#include "protect/case_desk.sql.h"

enum { DAY = 86400, HOUR = 3600, DAY_HOURS = 24 };

static const struct tool *const tools[] = { &tool_risk, &tool_plan, &tool_check, &tool_support,
	&tool_refer, &tool_remedy };
enum { TOOLS = sizeof tools / sizeof *tools };

const struct tool *tool_called(struct str path)
{
	for (size_t i = 0; i < TOOLS; i++)
		if (str_is(path, tools[i]->path))
			return tools[i];
	return NULL;
}

/* Sheets of support had a day once, too. */
int64_t tool_due(const struct tool *tool, const struct tool_entry *e)
{
	int64_t at = tool->alarm ? case_sheet_number(&e->sheet, tool->alarm) : 0;
	if (tool == &tool_support && at)
		return at;
	if (tool == &tool_support)
		at = case_sheet_number(&e->sheet, "by");
	return at ? (at / DAY + 1) * DAY_HOURS : 0;
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

bool tool_decide(struct tool_entry *e, int64_t decision, int64_t account)
{
	if (decision == SUPPORT_ONE && e->state <= SUPPORT_ONE && e->yes != account) {
		e->state = e->yes ? SUPPORT_BOTH : SUPPORT_ONE;
		e->second = e->yes ? account : 0;
		e->yes = e->yes ? e->yes : account;
		return true;
	}
	bool is_no = decision == SUPPORT_REFUSED && e->state < SUPPORT_BOTH;
	bool is_paid = decision == SUPPORT_PAID && e->state == SUPPORT_BOTH;
	if (is_no || is_paid)
		e->state = decision;
	return is_no || is_paid;
}

/* A sheet about an earlier one says how that one stands now. */
static bool amend(
	const struct tool *tool, struct tool_entry *all, size_t n, const struct tool_entry *e)
{
	struct str about = case_sheet_get(&e->sheet, "entry");
	if (!about.n)
		return false;
	for (size_t i = 0; i < n; i++)
		if (str_is(about, all[i].id)) {
			/* Who decided is part of what is sealed. */
			if (tool->is_decided)
				(void)tool_decide(
					&all[i], e->state, case_sheet_number(&e->sheet, "account"));
			else
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
		used += !amend(tool, all, used, &all[used]);
	}
	for (size_t i = 0; i < used; i++) {
		int64_t hour = tool_due(tool, &all[i]);
		bool is_over = tool->is_one && i + 1 < used;
		all[i].is_late = hour && hour <= v->now / HOUR && !is_over &&
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
			int64_t hour = tool_due(tools[t], &e[i]);
			bool is_over = (tools[t]->is_one && i) ||
				(tools[t]->state && e[i].state >= tools[t]->done);
			if (hour && !is_over && (next == 0 || hour < next))
				next = hour;
		}
	}
	return next;
}
