#include "tool/tmplc/inner.h"

/*
 * The catalogue's keys, a line each, as tool/poc writes them:
 *   key <tab> "plural" or "-" <tab> placeholders with commas between ("link" for {link}…{/link})
 */
struct key {
	struct str flags, names;
};

static bool find(const char *keys, const char *key, int n, struct key *ret)
{
	struct str left = str_c(keys), line;
	while (str_cut(&left, '\n', &line)) {
		struct str name, flags;
		if (!str_cut(&line, '\t', &name) || !str_cut(&line, '\t', &flags))
			continue;
		if (!str_eq(name, (struct str){ key, (size_t)n }))
			continue;
		*ret = (struct key){ flags, line };
		return true;
	}
	return false;
}

static bool is_listed(struct str names, const char *s, int n)
{
	struct str name;
	while (str_cut(&names, ',', &name))
		if (str_eq(name, (struct str){ s, (size_t)n }))
			return true;
	return false;
}

static bool is_given(const struct arg *arg, int n_arg, struct str name)
{
	for (int i = 0; i < n_arg; i++)
		if (str_eq(name, (struct str){ arg[i].name, (size_t)arg[i].n_name }))
			return true;
	return false;
}

void keys_check(struct tmplc *t, const char *key, int n, const struct arg *arg, int n_arg)
{
	struct key found;
	if (!t->job->keys)
		return;
	if (!find(t->job->keys, key, n, &found))
		fail(t, "no message %.*s: add it to a catalogue in po/ in all six languages", n,
			key);
	bool plural = str_is(found.flags, "plural");
	if (plural && !is_given(arg, n_arg, STR("count")))
		fail(t, "message %.*s needs count=: it has plural forms", n, key);
	for (int i = 0; i < n_arg; i++)
		if (!is_listed(found.names, arg[i].name, arg[i].n_name) &&
			!(plural &&
				str_is((struct str){ arg[i].name, (size_t)arg[i].n_name },
					"count")))
			fail(t, "message %.*s has no {%.*s}", n, key, arg[i].n_name, arg[i].name);
	struct str names = found.names, name;
	while (str_cut(&names, ',', &name))
		if (name.n && !is_given(arg, n_arg, name))
			fail(t, "message %.*s needs %.*s=", n, key, STR_ARG(name));
}
