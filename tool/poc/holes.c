#include "tool/poc/poc.h"

bool holes_have(const struct holes *h, struct str name)
{
	for (size_t i = 0; i < h->n; i++)
		if (str_eq(h->name[i], name))
			return true;
	return false;
}

static bool is_name(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (!((c >= 'a' && c <= 'z') || c == '_' || (i && c >= '0' && c <= '9')))
			return false;
	}
	return s.n > 0;
}

const char *holes_scan(struct str text, struct holes *ret)
{
	struct holes h = { .n = 0 };
	bool is_open = false;
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '}')
			return "a } without its {";
		if (text.p[i] != '{')
			continue;
		struct str name = str_from(text, i + 1);
		name.n = str_find(name, '}');
		i += name.n + 1;
		if (i >= text.n)
			return "a { without its }";
		bool is_end = str_is(name, "/link");
		if (is_end || str_is(name, "link")) {
			if (is_open != is_end)
				return "{link} and {/link} do not pair";
			is_open = !is_open;
			h.links += is_end;
		} else if (!is_name(name)) {
			return "a placeholder must be {lower_case}, {link} or {/link}";
		} else if (!holes_have(&h, name)) {
			if (h.n == HOLES_MAX)
				return "too many placeholders";
			h.name[h.n++] = name;
		}
	}
	if (is_open)
		return "{link} without {/link}";
	*ret = h;
	return NULL;
}
