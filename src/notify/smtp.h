/* I know how to hand one letter to a mail server (libcurl). One connection serves many letters. */
#pragma once
#include "base/err.h"
#include "base/str.h"
#include <stdatomic.h>

struct smtp;

/* smtp_ok(url): ${url} is "smtp://…" or "smtps://…". */
bool smtp_ok(const char *url) must_use;

/* smtp_open(url, from, stop, ret): ${url}: "smtps://name:password@host:465", or "smtp://host:587",
 * where the connection must turn to TLS unless the host is this very machine. Keeps all three;
 * what is under way ends soon after ${stop} is true. ERR_NOMEM, ERR_INPUT; ERR_IO: see
 * outside_open. */
int smtp_open(
	const char *url, const char *from, const atomic_bool *stop, struct smtp **ret) must_use;
/* smtp_close(s): NULL is allowed. */
void smtp_close(struct smtp *s);

/* smtp_send(s, to, text, ret_reply): 0: the server has taken it. ERR_DENIED: it will not take this
 * letter now; its number (450, 550 …) is in ${ret_reply}. ERR_IO: the server cannot be
 * reached, or serves nobody. */
int smtp_send(struct smtp *s, const char *to, struct str text, long *ret_reply) must_use;
