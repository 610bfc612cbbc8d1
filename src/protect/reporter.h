/*
 * I show those who reported what became of it: with their secret code they come back, read, write
 * and leave no trace of the visit. The cookie "r" holds what their session in the vault is locked
 * under; nothing else knows that they are here.
 */
#pragma once
#include "account/fault.h"
#include "protect/allow.h"
#include "protect/cover.h"
#include "protect/keep.h"
#include "protect/quiet.h"
#include "protect/told.h"

/* What was said, for a page. */
struct said_view {
	const struct keep_shown *said;
	size_t n;
	const char *mine; /* the field of whoever reads */
	const char *id;   /* of the case, where details can be covered; NULL: for who reported */
	bool may_cover;
	int64_t me; /* the account that reads */
};
struct tool_body;
struct reporter_view {
	struct frame frame;
	const struct form_result *form;
	const struct keep_case *c; /* NULL: this browser has opened none */
	struct keep_shown *said;
	size_t n_said;
	struct keep_shown *name; /* who they are, and each opening of it with its reason */
	size_t n_name, n_opened;
	bool is_sent, is_saved, has_files, has_fund; /* has_fund: somebody keeps payments of it */
	struct told_view told, own_risk;
	struct allow allow;
	bool is_theirs;         /* what is allowed is what they said */
	struct tool_body *body; /* to whom it could go */
	size_t n_body;
	struct str asked; /* the newest question about the name, if there is one */
	int64_t asked_on;
	enum name_word { NAME_UNASKED, NAME_OPEN, NAME_YES, NAME_NO } name_word;
	const struct fault_label *labels;
};
extern const struct fault_label reporter_labels[];

/* reporter_cookie(ret), reporter_cookie_give(v, cookie): A new one, and into the browser.
 * reporter_lock(v): End the session of this browser, if there is one. */
void reporter_cookie_give(struct visit *v, const uint8_t cookie[VAULT_COOKIE]);
void reporter_lock(struct visit *v);
/* reporter_find(v, c, seat): Whose session this is: 1, with a seat in the report; 0: nobody's, or
 * none any more. reporter_sit(seat, v, c, compartment, ret): Theirs in another compartment.
 * reporter_none(v): The page that asks for the code. reporter_show(v): The page of the case. */
int reporter_find(struct visit *v, struct keep_case *c, struct keep_seat *seat) must_use;
int reporter_sit(struct visit *v, const struct keep_seat *seat, const struct keep_case *c,
	enum vault_compartment compartment, struct keep_seat *ret) must_use;
int reporter_none(struct visit *v) must_use;
/* reporter_is_over(c): Closed, or taken back: they write nothing more. */
bool reporter_is_over(const struct keep_case *c);
int reporter_show(struct visit *v) must_use;

/* name_word(said, n, ret_asked, ret_on): How the newest question about the name stands. */
enum name_word name_word(
	const struct keep_shown *said, size_t n, struct str *ret_asked, int64_t *ret_on);
