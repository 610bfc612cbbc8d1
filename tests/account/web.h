/*
 * I know how a request to this room's pages goes, without a network: route, who, form, token,
 * check, the wait for the password thread, act in a transaction. A browser keeps its cookies.
 */
#pragma once
#include "tests/account/world.h"

struct browser {
	struct world *w;
	struct str session, code, visit; /* cookies */
	enum lang_id lang;
	int64_t now;
	int status; /* of the last answer; negative: the failure */
	struct str body, location, token;
};

void browser_open(struct browser *b, struct world *w);
/* browser_get(b, path): ${path} may end in a query. Fills the answer and the page's token. */
void browser_get(struct browser *b, const char *path);
/* browser_post(b, path, fields): "name=value&…", not encoded. The token of the last page goes
 * with it. */
void browser_post(struct browser *b, const char *path, const char *fields);
bool browser_sees(const struct browser *b, const char *text);
/* browser_follow(b): Get what the last answer redirects to. */
void browser_follow(struct browser *b);
