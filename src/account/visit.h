/*
 * I know one visit: who asks, in which language, for what, and where the answer goes. It is
 * all a handler sees.
 */
#pragma once
#include "form/form.h"
#include "http/http.h"
#include "i18n/i18n.h"
#include "render/html.h"
#include "store/db.h"

enum role {
	ROLE_ORGANISER = 1,
	ROLE_MODERATOR = 2,
	ROLE_TRANSLATOR = 4,
	ROLE_EDITOR = 8,
	ROLE_RESPONDER = 16,
	ROLE_ADMIN = 32, /* of the whole site */
};

struct account_id {
	int64_t v;
};
struct participant_id {
	int64_t v;
};

/* Who is asking. Nobody: all zero. */
struct who {
	struct account_id account; /* signed in, 0 if not */
	struct str account_name;
	int roles_site;                    /* ROLE_* over the whole site */
	bool has_code;                     /* brought a participant's secret code (cookie) */
	struct str code_key;               /* 32 bytes: the code, hashed under the server's key */
	struct participant_id participant; /* 0: the code has not written anything yet */
};

struct visit {
	struct arena *mem;
	const struct http_request *req;
	struct http_response *res;
	struct db *db; /* read-only in check and in a GET's do; writing in a POST's do */
	const struct lang *lang;
	int64_t now; /* the same all through one request */
	struct who who;
	struct str part[4];      /* values of :names in the route's path, in order */
	struct form_result form; /* of a POST */
	const struct site *site; /* name, settings, sample mark: see site */
	struct html out;         /* the page */
	struct str csrf;         /* this visit's token */
	bool is_public; /* the page holds nothing of one person: may be cached and compressed */
	int64_t fresh_until; /* a public page changes by the clock then; 0: never */
};

/* Ends of a handler. Each returns 0 so that handlers can say "return visit_…(v, …)". */
int visit_page(struct visit *v, int status);    /* v->out is the page */
int visit_go(struct visit *v, struct str path); /* 303 to a local path */
int visit_goto(struct visit *v, const char *fmt, ...) printf_like(2, 3);
int visit_bytes(struct visit *v, const char *type, struct str body, const char *filename);
