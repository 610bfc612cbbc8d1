/*
 * I know which request heads are taken: stricter than llhttp about lines, fields and
 * framing, so that nothing in front of us can understand a request otherwise than we do.
 */
#pragma once
#include "http/grammar.h"
#include "http/http.h"

enum { HEAD_FIELDS_MAX = 100 };

/* How far the lines of a head were looked at; all zero at first. */
struct head_scan {
	size_t start; /* where the request line begins, behind empty lines */
	size_t at;    /* everything before is looked at */
	size_t lines; /* the request line and fields */
};

/* What a head says beyond struct http_request. */
struct head_facts {
	bool is_10;         /* HTTP/1.0 */
	bool expects;       /* Expect: 100-continue */
	bool has_body;      /* one follows */
	struct str forward; /* the last address in X-Forwarded-For, for the client key only */
};

/* head_scan(s, bytes, max): Look at the lines of ${bytes}, of which the first s->at were
 * seen before. 0: more is needed; 1: the head is bytes[s->start .. s->at); else the status to
 * refuse it with. The answer does not depend on how the bytes were cut. */
int head_scan(struct head_scan *s, struct str bytes, size_t max) must_use;
/* What was scanned: ${text} (kept, written to: names become lower case) is ${n} bytes. */
struct head_text {
	char *text;
	size_t n, lines;
	bool is_front; /* from a front server on this machine, whose X-Forwarded-… are believed */
};

/* head_parse(g, head, req, ret): Read a head that head_scan accepted; req->mem is set. 0, or
 * the status to refuse it with. ${g} is then ready for the body: set its watch and ctx. */
int head_parse(struct grammar *g, const struct head_text *head, struct http_request *req,
	struct head_facts *ret) must_use;
