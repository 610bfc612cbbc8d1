/*
 * I know what a request's body says: fields of a form, written in either way, or bytes as
 * they came. Read as it arrives, into one block that the sender's own length bounds.
 */
#pragma once
#include "http/multipart.h"
#include "http/urlencoded.h"

enum body_kind { BODY_RAW = 1, BODY_URLENCODED, BODY_MULTIPART };

struct body {
	enum body_kind kind; /* 0: none */
	struct fields fields;
	size_t seen, max;
	union {
		struct urlencoded urlencoded;
		struct multipart multipart;
	};
};

enum { BODY_BESIDE_FILES = 1 << 20 }; /* what else than files a body with a sink may hold */

/* body_begin(b, type, max, sink, mem): Await up to ${max} bytes of Content-Type ${type}. Memory is
 * touched only as bytes arrive; files go into ${sink}, if that is not NULL. ERR_INPUT: multipart
 * without a boundary. ERR_NOMEM. */
int body_begin(struct body *b, struct str type, size_t max, const struct http_sink *sink,
	struct arena *mem) must_use;
/* body_feed(b, piece), body_end(b, req): ERR_INPUT: not what it claims to be; ERR_LIMIT: too
 * much. body_end names the fields in ${req}, which must not outlive ${b}. */
int body_feed(struct body *b, struct str piece) must_use;
int body_end(struct body *b, struct http_request *req) must_use;
/* body_done(b): Wipe and free; all zero is allowed. */
void body_done(struct body *b);
