/* I know how a record is written; only this room's record_write and derive use me. */
#pragma once
#include "record/record.h"

/* One job while it is done. */
struct writing {
	const struct record_by *by;
	const struct shelf *shelf;
	const struct record_job *job;
	struct record r;      /* as it will be; of an existing one, as it was before that */
	struct str was_state; /* absent: there was none */
	struct chain_line line;
	bool is_agreed;
	const struct def_move *moved; /* NULL: it stays in its state */
	struct str body;
};

/* write_derive(w, form): Make the record of ${form} that ${w} ends in, and link the two. */
int write_derive(const struct writing *w, struct str form) must_use;
/* write_take_back(w): What was derived when ${w} came into the state that it leaves now is moved by
 * its form's "take_back", where it has such a move; without the reason, which others wrote. */
int write_take_back(const struct writing *w) must_use;
/* write_ref(mem, r, year, number, ret): What its definition says it is called. */
int write_ref(struct arena *mem, const struct record *r, int64_t year, int64_t number,
	struct str *ret) must_use;
