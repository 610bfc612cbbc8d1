#include "http/http.h"

static struct str first(const struct http_pair *pair, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (str_is(pair[i].name, name))
			return pair[i].value;
	return (struct str){ 0 };
}

struct str http_head(const struct http_request *req, const char *name)
{
	return first(req->head, req->n_head, name);
}

struct str http_query(const struct http_request *req, const char *name)
{
	return first(req->query, req->n_query, name);
}

struct str http_field(const struct http_request *req, const char *name)
{
	return first(req->field, req->n_field, name);
}

static struct str unquoted(struct str s)
{
	if (s.n >= 2 && s.p[0] == '"' && s.p[s.n - 1] == '"')
		return (struct str){ s.p + 1, s.n - 2 };
	return s;
}

struct str http_cookie(const struct http_request *req, const char *name)
{
	struct str found = { 0 }, part, key;
	for (size_t i = 0; i < req->n_head; i++) {
		struct str left = req->head[i].value;
		if (!str_is(req->head[i].name, "cookie"))
			continue;
		while (str_cut(&left, ';', &part)) {
			if (!str_cut(&part, '=', &key) || !part.p || !str_is(str_trim(key), name))
				continue;
			/* Sent twice: somebody else on this name or path set one of them. */
			if (found.p)
				return (struct str){ 0 };
			found = unquoted(str_trim(part));
		}
	}
	return found;
}
