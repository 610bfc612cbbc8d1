#include "account/parcel_json.h"
#include <stdlib.h>
#include <string.h>

enum { HOW = JSON_INDENT(1) | JSON_REAL_PRECISION(15) };

int parcel_json_begin(struct parcel_json *j, json_t *head, bool has_failed, const char *key)
{
	static const char end[] = "\n}";
	char *text = has_failed ? NULL : json_dumps(head, HOW);
	size_t n = text ? strlen(text) : 0;
	json_decref(head);
	if (!text)
		return err_note(ERR_NOMEM, "JSON to take away");
	must(n > strlen(end) && !strcmp(text + n - strlen(end), end));
	buf_put(&j->o->b, text, n - strlen(end));
	buf_f(&j->o->b, ",\n \"%s\": [", key);
	free(text);
	return parcel_row(j->o);
}

static int put(const char *bytes, size_t n, void *to)
{
	struct parcel_out *o = to;
	buf_put(&o->b, bytes, n);
	return parcel_row(o);
}

int parcel_json_item(struct parcel_json *j, json_t *item, bool has_failed)
{
	buf_c(&j->o->b, j->has_item ? ",\n" : "\n");
	j->has_item = true;
	int result = has_failed || json_dump_callback(item, put, j->o, HOW) != 0
		? err_note(ERR_NOMEM, "JSON to take away")
		: 0;
	json_decref(item);
	return result < 0 ? result : parcel_row(j->o);
}

int parcel_json_end(struct parcel_json *j)
{
	buf_c(&j->o->b, "\n ]\n}\n");
	return parcel_row(j->o);
}
