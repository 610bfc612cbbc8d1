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

static const char *short_escape(char c)
{
	switch (c) {
	case '"': return "\\\"";
	case '\\': return "\\\\";
	case '\b': return "\\b";
	case '\f': return "\\f";
	case '\n': return "\\n";
	case '\r': return "\\r";
	case '\t': return "\\t";
	default: return NULL;
	}
}

void json_text(struct buf *to, struct str s)
{
	size_t from = 0;
	buf_byte(to, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c >= ' ' && c != '"' && c != '\\')
			continue;
		const char *as = short_escape(s.p[i]);
		buf_put(to, s.p + from, i - from);
		if (as)
			buf_c(to, as);
		else
			buf_f(to, "\\u%04X", c);
		from = i + 1;
	}
	buf_put(to, s.p + from, s.n - from);
	buf_byte(to, '"');
}
