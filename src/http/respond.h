/* I know how an answer's head is written, and when "not modified" is the answer. */
#pragma once
#include "base/buf.h"
#include "http/http.h"

/* What the head depends on besides the response. */
struct respond_facts {
	struct str date;          /* "Tue, 24 Nov 2026 06:00:00 GMT" */
	struct str if_none_match; /* of a GET or HEAD, else absent */
	bool is_head, is_10, is_last;
	bool is_full; /* the server itself says 503 */
};

/* What follows the head: bytes, then so many of the response's file. */
struct respond_body {
	struct str bytes;
	int64_t file_n, more_n;
};

/* The fields that every answer has, and the empty line behind them. */
struct str respond_fixed(void);
/* respond_framed(): Those of an answer that may be shown in a frame: respond_write names by whom.
 */
struct str respond_framed(void);
/* respond_write(out, res, facts, ret_body): Append the status line and fields, up to where
 * respond_fixed follows; what is to be sent behind that goes to ${ret_body}. A value with
 * control characters turns the answer into an empty 500: it would split the head. */
void respond_write(struct buf *out, const struct http_response *res,
	const struct respond_facts *facts, struct respond_body *ret_body);
/* respond_etag_match(list, etag): If-None-Match names ${etag}, compared weakly. */
bool respond_etag_match(struct str list, struct str etag);
/* respond_date(out, now): An IMF-fixdate. */
void respond_date(struct buf *out, int64_t now);
