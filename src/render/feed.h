/* I write feeds: what is new, newest first, as Atom (RFC 4287). */
#pragma once
#include "base/arena.h"

struct feed_entry {
	struct str uid; /* 16 hexadecimal digits: its lasting identity */
	struct str url; /* where it stands */
	struct str title, body, lang, by;
	int64_t at; /* when it became public */
};

struct feed {
	struct str key;        /* what it is of: a text that stays the same for ever */
	struct str self, page; /* its own address, and that of the page beside it */
	struct str title, lang;
	const struct feed_entry *entry;
	size_t n_entry;
};

/* feed_atom(mem, f, ret): The file. Identities are UUIDs of version 8 (RFC 9562) made from ${uid}
 * and ${key}, so that they stay when a house moves. ERR_NOMEM. */
int feed_atom(struct arena *mem, const struct feed *f, struct str *ret) must_use;
