/* I show indicators to everybody: which there are, and their values by country and year beside who
 * publishes them; and give them out as a file. */
#pragma once
#include "account/parcel.h"
#include "monitor/value.h"

enum { VALUE_YEARS = 6 };

struct values_view {
	struct frame frame;
	struct value_source *source;
	size_t n;
	bool may_make;
};

struct value_line {
	struct str code, name;
	struct str val[VALUE_YEARS]; /* absent: none */
	const struct lang *lang;     /* by which they are in order */
};
struct value_view {
	struct frame frame;
	struct value_source source;
	struct url link; /* absent: none */
	int64_t year[VALUE_YEARS];
	struct str year_text[VALUE_YEARS];
	size_t n_year;
	struct value_line *line;
	size_t n;
	bool may_bring, is_saved;
};

/* value_find(v, uid, ret): A record of the form, that they may read. ERR_MISSING. */
int value_find(
	struct visit *v, struct str uid, struct record *record, struct value_source *ret) must_use;
