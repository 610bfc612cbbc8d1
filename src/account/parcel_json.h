/* I write JSON to take away: an object whose last member is a list of any length. */
#pragma once
#include "account/parcel.h"
#include "base/json.h"

struct parcel_json {
	struct parcel_out *o;
	bool has_item;
};

/* parcel_json_begin(j, head, has_failed, key): The members of ${head}, then the list ${key}, whose
 * items follow; parcel_json_end closes both. ${head} and ${item} are taken; ${has_failed}: they
 * are not whole. ERR_NOMEM, or as parcel_row. */
int parcel_json_begin(
	struct parcel_json *j, json_t *head, bool has_failed, const char *key) must_use;
int parcel_json_item(struct parcel_json *j, json_t *item, bool has_failed) must_use;
int parcel_json_end(struct parcel_json *j) must_use;
