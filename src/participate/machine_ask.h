/* I speak LibreTranslate's HTTP: one question, one answer. Only for machine.c. */
#pragma once
#include "base/arena.h"
#include "participate/machine.h"
#include <stdatomic.h>

struct machine_line;

/* machine_line_open(address, stop, ret): A connection; soon after ${stop} is true its question
 * under way ends. ERR_NOMEM; ERR_IO: see outside_open. */
int machine_line_open(const struct machine_address *address, const atomic_bool *stop,
	struct machine_line **ret) must_use;
/* machine_line_close(l): NULL is allowed. */
void machine_line_close(struct machine_line *l);

/* machine_line_ask(l, mem, from, to, title, body): Both texts into language ${to}, in ${mem}, over
 * what they were; an empty one stays empty. ERR_INPUT: it will not translate this (4xx),
 * or made nothing of it.
 * ERR_IO: it is away, busy (429) or makes no sense. */
int machine_line_ask(struct machine_line *l, struct arena *mem, struct str from, struct str to,
	struct str *title, struct str *body) must_use;
