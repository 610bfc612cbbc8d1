/*
 * I know what may be asked: one row a page. Check first, then proceed.
 *
 * GET:  check (may be NULL) then do, both on the loop with a read-only database.
 * POST: token and fields are settled first; check runs with a read-only database and may end
 *       the visit with a page (faults shown, what was typed kept); do runs in the writer's
 *       transaction and normally ends with visit_go. Nothing is sent before it is on disk.
 */
#pragma once
#include "account/visit.h"

enum who_may {
	NOBODY, /* zero: a row that forgot to say */
	ANYONE,
	PARTICIPANT, /* anyone; a POST makes a participant of whoever brings a code cookie */
	SIGNED_IN,
	ORGANISER,
	MODERATOR,
	TRANSLATOR,
	EDITOR,
	RESPONDER, /* of the space in the path, or an admin */
	ADMIN,
};

struct route {
	enum http_method method;
	const char *path; /* "/c/:slug/vote"; at most 4 :names */
	enum who_may who;
	const struct form *input;      /* NULL: no fields (a GET), or the token only (a POST) */
	int (*check)(struct visit *v); /* 0 go on · 1 the visit has ended · negative failure */
	int (*act)(struct visit *v);   /* 0 · negative failure */
};
