/*
 * I know the accounts of people who take part: offered, never needed. One holds the secret codes
 * that its owner put there, so that a name and a password show the words of all of them; it has no
 * role, and what it does leaves no line in the log.
 */
#pragma once
#include "account/fault.h"
#include "account/route.h"

/* How a visitor and the accounts of those who take part stand to each other. */
struct hold {
	int64_t codes; /* that the visitor's account holds; 0: it is none of these */
	bool is_held;  /* the code that this browser brought is in an account */
	bool may_make; /* nobody is signed in, and the code is in no account */
};

/* hold_load(v, ret): Reads v->db. */
int hold_load(struct visit *v, struct hold *ret) must_use;
/* hold_find(db, mem, account): 1: it is an account of somebody who takes part; 0, negative. */
int hold_find(struct db *db, struct arena *mem, struct account_id account) must_use;

struct hold_view {
	struct frame frame;
	const struct form_result *form;
	struct hold hold;
	struct str name; /* of the account */
};

extern const struct fault_label hold_labels[];
