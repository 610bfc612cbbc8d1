/*
 * I find records of a form: by values of their facets, by state, day and words, newest first, a
 * page at a time, with how many there are of what else. Nobody finds by what they may not read.
 */
#pragma once
#include "record/record.h"
#include "render/html.h"

enum {
	FIND_FILTERS = 4,
	FIND_MOST = 51,   /* records at a time: a page, and whether there is another one */
	FIND_VALUES = 10, /* of a facet that are shown */
	FIND_COUNT_MAX =
		5000, /* records that are counted through; of more only what is known anyway */
	FIND_WORDS_CHARS = 100,
};

struct find_filter {
	int field;      /* -1: the state */
	int64_t number; /* of the field in the index */
	struct str val;
	struct said title, name;
	struct url off;
};

struct find {
	struct visit *v;
	const struct shelf_form *form;
	const struct labels *labels;
	struct record_can can;
	struct def_fields sees; /* in every state in which they read at all */
	struct str states;      /* "|shown|gone|" in which they may read; absent: in none */
	struct str take_states; /* of these, in which they may take copies; absent: in none */
	bool may_search;
	struct find_filter filter[FIND_FILTERS];
	size_t n_filter;
	struct str words;
	struct str from_day, to_day;                  /* as typed; "" for none */
	int64_t since, before;                        /* seconds; the widest without */
	int64_t ord, id;                              /* behind which the page begins */
	int64_t number[DEF_FIELDS_MAX], state_number; /* of fields in the index; 0: none yet */
};

/* find_begin(v, f, ret): What the address asks for; what it asks for and is not there, or not
 * theirs to find by, is passed by. */
int find_begin(struct visit *v, const struct shelf_form *f, struct find *ret) must_use;
bool find_is_narrow(const struct find *f);
/* find_roles(f): In which they look: a list is of all records, so nobody is their author. */
static inline uint32_t find_roles(const struct find *f)
{
	return f->can.roles & ~(1u << DEF_AUTHOR);
}
/* find_take(f): From here on only records that they may take copies of. False: there is no state in
 * which they may. */
bool find_take(struct find *f);

struct find_row {
	int64_t id, form, ord;
	struct str uid, ref, state, lang, body;
	bool is_sample;
};
/* find_rows(f, ret, ret_n): At most FIND_MOST, in order. */
int find_rows(const struct find *f, struct find_row **ret, size_t *ret_n) must_use;

struct find_value {
	struct str val;
	struct said name;
	int64_t n; /* -1: not counted */
	bool is_on;
	struct url to; /* with it, or without it where it is on */
};
struct find_facet {
	int field; /* -1: the state */
	struct said title;
	struct find_value value[FIND_VALUES];
	size_t n;
};
/* find_facets(f, ret, ret_n, ret_total): State first, then what it is found by; and how many there
 * are in all, -1 where that is not counted. */
int find_facets(
	const struct find *f, struct find_facet **ret, size_t *ret_n, int64_t *ret_total) must_use;

/* find_may_filter(f, field): It is a facet, and theirs to read. */
bool find_may_filter(const struct find *f, int field);
/* find_value_name(f, field, val, ret): What a value of a facet is called (-1: of the state); false:
 * there is no such value. */
bool find_value_name(const struct find *f, int field, struct str val, struct said *ret);

/* find_address(f, without, field, val, after, ret): The list with one filter less (its place; -1:
 * none less), one more (${val} absent: none more; ${field} -1: the state), from behind ${after}. */
struct find_step {
	int without, field;
	struct str val, after;
	bool without_words, without_days;
	const char *page; /* behind the list's own address: "/data"; NULL: the list itself */
};
int find_address(const struct find *f, const struct find_step *step, struct url *ret) must_use;
