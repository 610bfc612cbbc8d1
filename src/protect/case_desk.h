/* I show handlers what came in: a list by what is due next, and each case with its talk. */
#pragma once
#include "account/fault.h"
#include "protect/allow.h"
#include "protect/case_audit.h"
#include "protect/name_ask.h"
#include "protect/told.h"
#include "render/frame.h"

struct case_row {
	char id[KEEP_ID_CHARS + 1];
	struct str channel, taker; /* taker: absent: nobody */
	enum keep_state state;
	enum keep_turn turn;
	int64_t due_hour, changed_on; /* due_hour: what comes first, of all that is due */
	int64_t end_on;               /* of a closed one: the day on which it is destroyed */
	int level;                    /* of the risk; 0: nobody looked */
	struct str title;             /* how the report begins */
	bool is_broken;
};
struct case_view {
	struct frame frame;
	const struct form_result *form;
	int64_t hour;                /* that runs now, since 1970 */
	struct case_row *row, *name; /* handled; and names that a custodian keeps */
	size_t n_row, n_name;
	int64_t page, pages, n_case;             /* of the list; n_case: on all its pages */
	int which;                               /* list, see case_desk.sql */
	bool is_auditor, is_officer, is_finance; /* somewhere */
	int64_t n_keep; /* cases whose names must be locked anew or given to another custodian */
	int64_t n_due;  /* cases whose locks must be changed */
	int64_t n_withdrawn; /* taken back by their reporters */
	int64_t n_soon;      /* closed ones that are destroyed soon */

	const struct keep_case *c;
	char id[KEEP_ID_CHARS + 1];
	struct str taker;
	struct told_view told, own_risk;
	struct allow allow;
	bool has_files, has_name; /* has_name: a custodian gave it to whoever asks */
	struct name_ask_view ask;
	bool is_mine, is_saved, is_due; /* is_due: the locks must be changed */
	struct keep_shown *said, *note;
	struct audit_case_row *done; /* what was done with it, the newest first */
	size_t n_done;
	size_t n_said, n_note;
	const struct case_tie *tie; /* see case_tie.h */
	size_t n_tie;
	int level;
	int64_t me; /* the account that reads */
};
enum { CASE_LISTS = 5 };
/* case_list(which): What a list is called in addresses; case_list_msg(which): for people. */
const char *case_list(int which);
int case_list_msg(int which);
extern const struct fault_label case_labels[];
/* desk_enter(v): Whoever reads cases has a second step and an unlocked key; a session that lost its
 * key, because it was idle or the vault died, begins anew. VISIT_GO_ON, or the visit has ended.
 * desk_sit(v, c, role, compartment, seat): keep_sit for whoever asks. */
/* desk_find(v, c): The case of the address, of which whoever asks holds the report's key as a
 * handler and is not kept out. ERR_MISSING: none. desk_find_id: The same of a number.
 * desk_find_open(v, c): The same of the address; 1 if it may be written to, 0 if it is closed or
 * its locks are due. desk_told(v, c, ret): What its report says, as a handler reads it.
 * desk_level(v, risk, ret): How dangerous an opened look at the danger says it is. desk_back(v, c):
 * To its page, all being well. */
/* case_show(v): The page of the case. */
int case_show(struct visit *v) must_use;
int desk_enter(struct visit *v) must_use;
int desk_find(struct visit *v, struct keep_case *c) must_use;
int desk_find_open(struct visit *v, struct keep_case *c) must_use;
int desk_find_id(struct visit *v, const struct vault_id *id, struct keep_case *c) must_use;
int desk_told(struct visit *v, const struct keep_case *c, struct told_view *ret) must_use;
int desk_level(struct visit *v, const struct keep_shown *risk, int *ret) must_use;
int desk_back(struct visit *v) must_use;
int desk_sit(struct visit *v, const struct keep_case *c, enum vault_role role,
	enum vault_compartment compartment, struct keep_seat *seat) must_use;
