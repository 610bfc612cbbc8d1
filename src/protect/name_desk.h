/*
 * I show identity custodians who reported, when they give a reason: one a day, sealed beside the
 * name, where the reporter reads it. What was reported they cannot open.
 */
#pragma once
#include "account/fault.h"
#include "protect/told.h"
#include "render/frame.h"

#define NAME_OPENED "opened by custodian"

struct name_view {
	struct frame frame;
	const struct form_result *form;
	char id[KEEP_ID_CHARS + 1];
	struct keep_shown *text; /* the name, and each opening with its reason */
	size_t n_text;
	struct told_view told;
	struct str agreed; /* to what the reporter said yes */
	bool is_agreed;
	bool is_open; /* a reason of today stands there */
};
extern const struct fault_label name_labels[];
