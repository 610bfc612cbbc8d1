/* I show whoever brings records in from a file how far that is: which column answers which
 * question, what would become of each row, which words nobody has explained, and what came of it.
 */
#pragma once
#include "record/fill.h"
#include "record/intake.h"

enum { IMPORT_ROWS = 50, IMPORT_EXAMPLES = 3, IMPORT_LIST = 30, IMPORT_ASKS = 40 };

struct import_row {
	struct str uid, file;
	int state;
	int64_t at;
};
struct import_list_view {
	struct frame frame;
	struct record_crumb crumb;
	const struct shelf_form *form;
	const struct labels *labels;
	struct import_row *row;
	size_t n;
	int fault; /* message; 0: none */
	struct str why;
};

/* One column of the file. */
struct import_column {
	struct str name, example;
	int field; /* -1: none */
	int as;
};
/* A question that no column answers. */
struct import_always {
	int field;
	struct str value;
};
struct import_ask {
	int field;
	struct str word;
	int64_t n;
};
struct import_line {
	int64_t number, line;
	struct str title, value, uid;
	int fault;
	int field; /* -1: none */
	bool is_done;
};
struct import_view {
	struct frame frame;
	struct record_crumb crumb;
	const struct shelf_form *form;
	const struct labels *labels;
	struct str uid, file, note, charset;
	enum intake_state state;
	int64_t place, done, n[INTAKE_VERDICTS];
	bool is_theirs, is_blocked; /* blocked: rows are refused, and they are not to be left out */
	bool is_whole, has_fault;
	/* naming */
	struct import_column *column;
	size_t n_column;
	struct import_always *always;
	size_t n_always;
	const struct country *country;
	size_t n_country;
	/* looked through */
	struct import_ask *ask;
	size_t n_ask;
	int verdict; /* whose rows are shown */
	struct import_line *line;
	size_t n_line;
	int64_t next; /* 0: no further page */
};

struct import_wish {
	const struct import_view *view;
	int64_t id;
};
/* import_refused(v, p, id): For the check of a GET: the refused rows as a file. ${p}, of which form
 * and labels are used, is in the visit's arena. */
int import_refused(struct visit *v, const struct import_view *p, int64_t id) must_use;

/* For the template: import_ways(): how many ways of reading a value there are; the bits of one, and
 * its message. */
size_t import_ways(void);
int import_bits(size_t way);
int import_words(size_t way);
int import_verdict(int verdict);
int import_state(int state);
int import_fault(int fault);

/* import_naming(v, p, mapping): The columns and how they are named now. */
int import_naming(struct visit *v, struct import_view *p, int64_t id, struct str mapping) must_use;
/* import_named(v, p, id, ret): What the form says; in ${ret} as JSON. */
int import_named(
	struct visit *v, const struct import_view *p, int64_t id, struct str *ret) must_use;
