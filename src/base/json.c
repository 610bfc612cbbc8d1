#include "base/json.h"
#include "base/err.h"
#include <stdlib.h>

void json_start(void)
{
	json_set_alloc_funcs(malloc, free_wiped);
}

void json_put(json_t *to, bool *has_failed, const char *key, json_t *value)
{
	if (json_object_set_new(to, key, value) < 0)
		*has_failed = true;
}

void json_put_str(json_t *to, bool *has_failed, const char *key, struct str s)
{
	json_put(to, has_failed, key, json_stringn(s.p ? s.p : "", s.n));
}

void json_add(json_t *list, bool *has_failed, json_t *value)
{
	if (json_array_append_new(list, value) < 0)
		*has_failed = true;
}
