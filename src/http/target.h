/* I know what a request's target names: a path that cannot climb, and its questions. */
#pragma once
#include "http/http.h"

/* target_parse(target, mem, req, ret_host): Fill ${req}'s target, path and query from an
 * origin-form or absolute-form target (whose authority goes to ${ret_host}, else absent).
 * 0, or the status to refuse it with: 400, 500 (no memory). */
int target_parse(struct str target, struct arena *mem, struct http_request *req,
	struct str *ret_host) must_use;
/* target_host_ok(host): A host name or address with an optional port, by its characters. */
bool target_host_ok(struct str host);
