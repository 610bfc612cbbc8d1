/*
 * I know how an HTML template becomes C. docs: tool/tmplc/README.md.
 *
 * In memory only: the program in main.c, the tests and the fuzzer read and write for me.
 */
#pragma once
#include "base/buf.h"

struct tmplc_job {
	const char *path;    /* as errors and #line name it */
	const char *text;    /* the template, NUL-terminated, UTF-8 */
	const char *include; /* how the C file includes its header */
	const char *keys;    /* the catalogue's keys (see keys.c), or NULL: not checked */
};

/* tmplc_compile(job, c, h, err): 0, or ERR_INPUT with "path:line: what is wrong" in ${err},
 * or ERR_NOMEM. The buffers are the caller's, ready for use. */
int tmplc_compile(
	const struct tmplc_job *job, struct buf *c, struct buf *h, struct buf *err) must_use;
