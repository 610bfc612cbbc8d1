/*
 * I show those who reported what became of it: with their secret code they come back, read, write
 * and leave no trace of the visit. The cookie "r" holds what their session in the vault is locked
 * under; nothing else knows that they are here.
 */
#pragma once
#include "account/fault.h"
#include "protect/keep.h"
#include "protect/quiet.h"

struct reporter_view {
	struct frame frame;
	const struct form_result *form;
	const struct keep_case *c; /* NULL: this browser has opened none */
	struct keep_shown *said;
	size_t n_said;
	struct keep_shown *name; /* who they are, and each opening of it with its reason */
	size_t n_name, n_opened;
	bool is_sent;
};
extern const struct fault_label reporter_labels[];

/* reporter_cookie(ret), reporter_cookie_give(v, cookie): A new one, and into the browser.
 * reporter_lock(v): End the session of this browser, if there is one. */
void reporter_cookie_give(struct visit *v, const uint8_t cookie[VAULT_COOKIE]);
void reporter_lock(struct visit *v);
