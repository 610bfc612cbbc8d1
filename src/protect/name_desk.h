/*
 * I show identity custodians who reported, when they give a reason: one a day, sealed beside the
 * name, where the reporter reads it. What was reported they cannot open.
 */
#pragma once
#include "account/fault.h"
#include "protect/case_locks.h"
#include "protect/told.h"
#include "render/frame.h"

#define NAME_OPENED "opened by custodian"
#define NAME_GIVEN "given by custodian" /* to a case worker: why */

struct name_view {
	struct frame frame;
	const struct form_result *form;
	char id[KEEP_ID_CHARS + 1];
	struct keep_shown *text; /* the name, and each opening with its reason */
	size_t n_text;
	struct told_view told;
	struct str agreed; /* to what the reporter said yes */
	bool is_agreed;
	struct locks_person *person; /* case workers who could be given it */
	size_t n_person;
	struct str *given; /* and who have it */
	size_t n_given;
	bool is_saved;
	bool is_open; /* a reason of today stands there */
};
extern const struct fault_label name_labels[];

/* name_sit(v, c, seat): The case of the address, whose name whoever visits keeps, and their seat.
 * ERR_MISSING: none. name_agreed(text, n, ret_to): The reporter's newest answer is a yes; ${ret_to}
 * is what they said yes to. name_is_open(v, text, n): Whoever visits opened it today, with a reason
 * that stands there. name_show(v): The page. */
bool name_is_open(const struct visit *v, const struct keep_shown *text, size_t n);
int name_sit(struct visit *v, struct keep_case *c, struct keep_seat *seat) must_use;
bool name_agreed(const struct keep_shown *text, size_t n, struct str *ret_to);
int name_show(struct visit *v) must_use;
