/* I know who does something to a record, and in which roles of its definition. */
#pragma once
#include "account/visit.h"
#include "record/def.h"

/* Who acts, on which database, when. */
struct record_by {
	struct db *db;
	struct arena *mem;
	int64_t now, account, participant; /* both 0: nobody known, or the house */
	bool is_staff;
	bool is_house; /* the house itself, which may all: samples, derived records */
	struct str lang;
};

/* record_by(v): The visitor. */
struct record_by record_by(const struct visit *v);

/* record_roles(by, def, account, participant, ret): The set of roles in a record that was made by
 * ${account} or ${participant}; both absent: in the form. */
int record_roles(const struct record_by *by, const struct def *def, struct opt_i64 account,
	struct opt_i64 participant, uint32_t *ret) must_use;
