/* I know in which letters files are really written, and turn them into UTF-8. */
#pragma once
#include "base/buf.h"
#include "http/http.h"

/* decode(in, to, ret_charset): 0: ${in} is UTF-8 as it is. 1: it was turned into UTF-8 in ${to}:
 * UTF-16 by its mark; else "macintosh" where lines end as old Macintoshes end them (CR alone), else
 * "windows-1252". ${ret_charset} is static. ERR_NOMEM, ERR_LIMIT (${to} is too small), ERR_INPUT.
 */
int decode(struct str in, struct buf *to, const char **ret_charset) must_use;
/* decode_sent(req): What a form brought as its file "file"; NULL: none. */
const struct http_pair *decode_sent(const struct http_request *req);
