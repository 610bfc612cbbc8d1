/* I know texts that come with the program packed, so that it stays small. */
#pragma once
#include "base/arena.h"

/* A text as raw deflate, made by tool/embed --packed; ${full}: its bytes when it is unpacked. */
struct packed {
	const char *p;
	size_t n, full;
};

/* packed_into(p, room): The text, into ${room} of ${p->full} bytes. ERR_NOMEM. */
int packed_into(const struct packed *p, char *room) must_use;
/* packed_open(mem, p, ret): The text, in ${mem}. ERR_NOMEM. */
int packed_open(struct arena *mem, const struct packed *p, struct str *ret) must_use;
