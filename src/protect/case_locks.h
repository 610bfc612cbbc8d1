/*
 * I know who holds the keys of a case, and make new ones without those who are kept out: all texts
 * are locked with them, so that the old keys open nothing, not even in old copies of the database.
 * All of it in a POST's act: nothing may come between.
 */
#pragma once
#include "protect/keep.h"

/* Why somebody is kept out; the numbers are in the database. */
enum locks_why { LOCKS_LEFT = 1, LOCKS_TAKEN_OUT, LOCKS_CONFLICT };

struct locks_person {
	int64_t account;
	struct str name;
	struct str channel; /* of a candidate: where they handle reports */
	bool is_out;        /* kept out, or no key of theirs fits any more */
};

/* locks_holds(v, c, role, compartment, account): 1: an account has the key and is not kept out; 0.
 * locks_due(v, c, role): 1: somebody who is kept out has a key of what ${role} holds (handler,
 * custodian or fund officer), so that its locks must be changed; 0.
 * locks_people(v, c, ret, ret_n): Who holds the report's key as a handler, whoever asks among them.
 * locks_candidates(v, c, ret, ret_n): Who could be given it: handlers of any channel who are ready,
 * hold no key of the case, keep no names or payments of its channel, and are not shut out for good.
 * All read v->db. */
int locks_holds(struct visit *v, const struct keep_case *c, enum vault_role role,
	enum vault_compartment compartment, int64_t account) must_use;
int locks_due(struct visit *v, const struct keep_case *c, enum vault_role role) must_use;
int locks_people(struct visit *v, const struct keep_case *c, struct locks_person **ret,
	size_t *ret_n) must_use;
/* locks_handler(v, c, account, ret): A handler of the report who is not out, with their key: 1; 0.
 */
int locks_handler(struct visit *v, const struct keep_case *c, int64_t account,
	struct vault_holder *ret) must_use;
int locks_candidates(struct visit *v, const struct keep_case *c, struct locks_person **ret,
	size_t *ret_n) must_use;

/* locks_shut(v, c, account, why): Keep somebody out from now on: by rows at once, by key when the
 * locks are changed. locks_change(v, c, role): New keys of what ${role} holds for all who hold one
 * and are not kept out; every text is locked anew under them and another slot. ${c} has the new
 * slot. The old one is zeroed when this is on disk. */
int locks_shut(
	struct visit *v, const struct keep_case *c, int64_t account, enum locks_why why) must_use;
int locks_change(struct visit *v, struct keep_case *c, enum vault_role role) must_use;
/* What those in one role hold: changed together, under one slot. locks_bunch_of(role): A handler, a
 * custodian or a fund officer. locks_sit(v, c, role, compartment, seat): The seat of whoever
 * visits; ERR_DENIED: no key, or kept out. */
enum { LOCKS_PARTS = 3 };
struct locks_bunch {
	enum vault_role role;
	enum vault_compartment part[LOCKS_PARTS];
	size_t n;
};
const struct locks_bunch *locks_bunch_of(enum vault_role role);
int locks_sit(struct visit *v, const struct keep_case *c, enum vault_role role,
	enum vault_compartment compartment, struct keep_seat *seat) must_use;

/* locks_end(v, slot): A slot is to be zeroed when this visit's work is on disk.
 * locks_finish(db, shred): Zero what a house that was stopped did not get to. */
int locks_end(struct visit *v, int64_t slot) must_use;
int locks_finish(struct db *db, struct shred *shred) must_use;
