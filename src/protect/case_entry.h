/* I know what the sheets of a tool say together: each entry, how it stands now, and what is due
 * next. */
#pragma once
#include "protect/case_tool.h"

/* tool_called(path): A tool, or NULL. */
const struct tool *tool_called(struct str path);

/* tool_decide(e, decision, account): Somebody says yes (SUPPORT_ONE), no, or that it was paid;
 * false: they may not. Two different people must say yes. */
bool tool_decide(struct tool_entry *e, int64_t decision, int64_t account);

/* tool_due(tool, e): The hour since 1970 by which an entry is to be done; 0: none. */
int64_t tool_due(const struct tool *tool, const struct tool_entry *e);

/* tool_entries(v, note, n, tool, ret, ret_n): Among a case's texts, those of a tool, the newest
 * first. */
int tool_entries(struct visit *v, const struct keep_shown *note, size_t n, const struct tool *tool,
	struct tool_entry **ret, size_t *ret_n) must_use;
/* tool_next(v, note, n): The first hour since 1970 at which something that is set in any sheet is
 * over; 0: nothing is set. */
int64_t tool_next(struct visit *v, const struct keep_shown *note, size_t n);
