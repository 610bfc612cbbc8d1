/*
 * I know the figures of a year: how often each answer was given in the cases that were closed and
 * may be counted, and which of these numbers can be shown without telling of anybody.
 *
 * A year is twelve months from 1 May and is called by the one in which it begins. What is stored is
 * a sum for each answer of a list, and nothing of a single case. Kinds of reports with fewer than
 * five cases are left out as a whole; of the others numbers below five are hidden, and with them so
 * many others that they cannot be worked out (base/hide.h).
 */
#pragma once
#include "base/hide.h"
#include "protect/told.h"

/* figures_year(now): The year that ${now} is in. figures_is_over(year, now). */
int64_t figures_year(int64_t now);
bool figures_is_over(int64_t year, int64_t now);

/* figures_count(db, now, t, outcome): One more case, in a POST's act. Of its answers only those to
 * questions named here, which are lists; ${outcome}: 1 to END_OUTCOMES. */
int figures_count(struct db *db, int64_t now, const struct told *t, int64_t outcome) must_use;

struct figures_cell {
	struct said label;
	struct str code;
	int64_t n;
	enum hide_how how;
};
struct figures_part {
	struct said label;
	struct str field;
	struct figures_cell *cell;
	size_t n;
};
struct figures_kind {
	struct str form;
	struct said title;
	int64_t all;
	struct figures_part *part;
	size_t n;
};
struct figures {
	int64_t year;
	struct figures_kind *kind;
	size_t n;
	bool has_few; /* kinds are left out */
};
/* figures_read(v, year, ret): What may be shown, in the reader's language. Reads v->db. */
int figures_read(struct visit *v, int64_t year, struct figures *ret) must_use;
/* figures_shown(mem, c): The number, "<5", or "" for one that is held back. */
struct str figures_shown(struct arena *mem, const struct figures_cell *c);
/* figures_csv(v, f, ret): As a file: codes, labels in the reader's language, numbers.
 * figures_mark(v, f, ret): The hash of that file without labels: by it two people say that they
 * saw the same, in whatever language. */
int figures_csv(struct visit *v, const struct figures *f, struct str *ret) must_use;
int figures_mark(struct visit *v, const struct figures *f, uint8_t ret[HASH_BYTES]) must_use;
