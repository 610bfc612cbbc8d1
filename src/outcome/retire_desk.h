/* I let organisers say how long a consultation is kept after it closed, and an administrator delete
 * one by hand. */
#pragma once
#include "outcome/retire.h"
#include "participate/desk.h"

enum keep_how { KEEP_HOUSE, KEEP_ALWAYS, KEEP_YEARS, KEEP_HOWS };

struct keep_view {
	struct frame frame;
	const struct form_result *form;
	struct space s;
	int how; /* enum keep_how */
	struct str years, name;
	int64_t now, house_years;
	int64_t due_at; /* 0: none; the day that was warned of, or that comes out */
	bool is_warned, is_saved, may_delete;
	/* What would go, and what stays: */
	int64_t people, contributions, replies, statements, votes, asks, answers, documents;
};

extern const char *const keep_hows[KEEP_HOWS + 1];
extern const struct fault_label keep_labels[];
extern const struct route retire_desk_routes[];
