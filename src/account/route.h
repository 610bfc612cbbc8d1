/*
 * I know what may be asked: one row a page. Check first, then proceed.
 *
 * GET:  check (may be NULL) then act, both on the loop with a read-only database.
 * POST: token and fields are settled first; check runs with a read-only database and may end
 *       the visit with a page (faults shown, what was typed kept); act runs in the writer's
 *       transaction and normally ends with visit_go. Nothing is sent before it is on disk.
 * Faults found by form_read are in v->form when check runs: a check that finds n_fault > 0
 * shows the form again.
 */
#pragma once
#include "account/visit.h"

enum who_may {
	NOBODY, /* zero: a row that forgot to say */
	ANYONE,
	SIGNED_IN,
	STAFF, /* signed in with some role; which space it needs is for check to say */
	ADMIN,
};

struct route {
	enum http_method method;
	const char *path; /* "/c/:slug/vote"; at most VISIT_PARTS :names */
	enum who_may who;
	const struct form *input;      /* NULL: no fields, or in a POST the token only */
	int (*check)(struct visit *v); /* VISIT_GO_ON, VISIT_ENDED, VISIT_PARKED or negative */
	int (*act)(struct visit *v);   /* 0 or negative */
	/* A POST's check asks for little more than act asks again, and never parks. On PostgreSQL
	 * both then run in the writer, which remembers what it has read (docs/adr/0010). */
	bool is_swift;
	/* For programs, not for pages: no cookie says who asks, so that a POST needs no token of
	 * our pages (what a browser sends by itself gives it no rights); it ends with 201, 202. */
	bool is_machine;
};

/* route_match(r, path, part): Does ${path} fit r->path? Then the :names' values are in
 * ${part}. A name never matches an empty part or a '/'. */
bool route_match(const struct route *r, struct str path, struct str part[VISIT_PARTS]);
