/*
 * I run a small program that lies beside this one, once: bytes go in by a pipe, bytes come out by
 * another. It ends with what it was asked, and what it needs of memory, or breaks, goes with it.
 */
#pragma once
#include "base/buf.h"
#include "base/lane.h"

enum { CHILD_KILLED = -1 };

struct child {
	const char *suffix;      /* "-pdf": of this program's own path */
	int seconds;             /* that it may take */
	const struct lane *lane; /* on whose thread it is waited for */
};
/* child_run(child, in, out, ret_status): All of ${in} is written before anything is read.
 * ${ret_status}: what it ended with, or CHILD_KILLED. ERR_IO, ERR_BUSY: the lane closes; ERR_LIMIT:
 * too slow, or more than ${out} takes; then the status says nothing. */
int child_run(const struct child *child, struct str in, struct buf *out, int *ret_status) must_use;
