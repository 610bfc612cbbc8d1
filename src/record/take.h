/*
 * I give the records of a list away as files, at exactly the filter that the list shows, and say
 * what their columns mean: CSV (with a row of HXL tags on wish), XLSX and JSON. A file holds what
 * its reader may take (record_can.takes) and nothing else; whoever has a role with these records
 * leaves a line in the log.
 *
 * A register is one table, each repeat another one whose rows name their record. A choice and a
 * country have two columns: the name by which programs know it, and the reader's words for it.
 * What the definition calls coarse is rounded here too.
 */
#pragma once
#include "account/parcel.h"
#include "base/json.h"
#include "record/fill.h"
#include "record/find.h"

enum { TAKE_COLUMNS = 8 + 2 * DEF_FIELDS_MAX };

enum take_what {
	TAKE_REF, /* what it is called */
	TAKE_URL,
	TAKE_STATE,
	TAKE_STATE_LABEL,
	TAKE_LANG, /* of what was written */
	TAKE_ROW,  /* of a repeat, from 1 */
	TAKE_VALUE,
	TAKE_LABEL, /* the reader's words for the value */
};
struct take_column {
	enum take_what what;
	int field; /* TAKE_VALUE, TAKE_LABEL */
	struct str name, hxl;
};
struct take_table {
	int repeat; /* -1: one row a record */
	struct str name;
	struct take_column column[TAKE_COLUMNS];
	size_t n;
};

struct take_cell {
	struct str s;
	bool is_number;
};
/* One record while it is written; all of it goes with the next one. */
struct take_record {
	const struct find_row *row;
	struct answers answers;
	const struct labels *labels; /* of the definition that it was made with */
	int state;
	struct def_fields takes;
};

/* What is to be made. */
struct take {
	struct find find;
	struct take_table *table; /* the first one is the register */
	size_t n;
	const struct take_table *only; /* CSV: this one */
	bool has_hxl;
	struct str base; /* where the house stands, for links */
};

struct take_guide {
	const struct take_table *table;
	bool has_files; /* as CSV, of its own */
	struct url csv, hxl;
};
struct take_view {
	struct frame frame;
	struct record_crumb crumb;
	const struct labels *labels;
	struct take take;
	bool is_narrow,
		is_less; /* filters are on; the list shows records of which no copies may go */
	struct take_guide *guide;
	struct url list, xlsx, json;
};

/* take_begin(v, f, ret): For this visitor and address. ERR_MISSING or ERR_DENIED: there is nothing
 * that they may take. */
int take_begin(struct visit *v, const struct shelf_form *f, struct take *ret) must_use;

/* take_cell(t, r, column, row, ret): In r->answers.mem. */
int take_cell(const struct take *t, const struct take_record *r, const struct take_column *column,
	size_t row, struct take_cell *ret) must_use;

/* take_each(v, t, each, to): Call ${each} with every record of the list, in its order. */
typedef int take_put(const struct take *t, const struct take_record *r, void *to);
int take_each(struct visit *v, const struct take *t, take_put *each, void *to) must_use;

/* take_one(v, t, row, each, to): The same with one record. */
int take_one(struct visit *v, const struct take *t, const struct find_row *row, take_put *each,
	void *to) must_use;
/* take_record_json(t, r, has_failed): One record with its repeats, as an object. */
json_t *take_record_json(const struct take *t, const struct take_record *r, bool *has_failed);

/* The files; ${of} is a struct take: see account/parcel.h. */
int take_csv(struct visit *v, struct parcel_out *o, const void *of) must_use;
int take_xlsx(struct visit *v, struct parcel_out *o, const void *of) must_use;
int take_json(struct visit *v, struct parcel_out *o, const void *of) must_use;

/* For the template. take_meaning(c): The message that says what a column is that no question stands
 * behind; 0: a question does. */
int take_meaning(const struct take_column *c);
