/*
 * I know a report that is being written: sealed under a key that only the visitor's cookie "d"
 * holds, kept until the end of the day after it was touched last, and with the secret code that
 * it will have.
 */
#pragma once
#include "account/visit.h"
#include "crypto/code.h"
#include "protect/file.h"

enum { UNSENT_COOKIE = 32 };

struct unsent {
	int64_t channel;
	struct code code;
	struct str told; /* what was answered so far; see told.h */
	struct file_sealed file[FILES_MAX];
	size_t n_file;
	struct str id; /* of its row */
};

/* unsent_begin(v, d): Seal and keep it, under a new cookie of this browser, with a code of its own;
 * in a POST's act. unsent_keep(v, d): The same one again, changed; in a POST's act.
 * unsent_get(v, ret): The one of this browser: 1, or 0: none. Reads v->db.
 * unsent_drop(v, d): It is done with; in a POST's act. unsent_forget(v): The browser loses its
 * cookie, and with it nobody can open the draft any more. */
int unsent_begin(struct visit *v, struct unsent *d) must_use;
int unsent_keep(struct visit *v, const struct unsent *d) must_use;
int unsent_get(struct visit *v, struct unsent *ret) must_use;
int unsent_drop(struct visit *v, const struct unsent *d) must_use;
void unsent_forget(struct visit *v);
