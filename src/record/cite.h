/*
 * I know which records others cite by their reference ("PUB-2026-12", a question whose appearance
 * is "reference FORM"): that they are there and everybody may read them, and the link to each.
 */
#pragma once
#include "record/record.h"

/* cite_find(by, shelf, form, ref, ret_id): 1, or 0: there is none that everybody may read. */
int cite_find(const struct record_by *by, const struct shelf *shelf, struct str form,
	struct str ref, int64_t *ret_id) must_use;
/* cite_wrong(by, shelf, a, old, ret_field, ret_row): 1: an answer cites what is not there, 0: all
 * are there. What ${old} cites already may be gone since; NULL for none. */
int cite_wrong(const struct record_by *by, const struct shelf *shelf, const struct answers *a,
	const struct answers *old, int *ret_field, size_t *ret_row) must_use;
/* cite_put(by, shelf, record, a): The links of ${record} are those that ${a} cites. */
int cite_put(const struct record_by *by, const struct shelf *shelf, int64_t record,
	const struct answers *a) must_use;
