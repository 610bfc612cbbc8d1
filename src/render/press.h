/*
 * I have PDFs made, one at a time, by a process of their own that ends with it: what Pango and the
 * fonts need of memory goes with the process, and a fault in a font stays there.
 *
 * The process is baraza-pdf, which lies beside this program: a document as JSON goes in, the file
 * comes out.
 */
#pragma once
#include "base/lane.h"
#include "render/pdf.h"

enum { PRESS_QUEUE = 8, PRESS_SECONDS = 20, PRESS_BYTES = 16 << 20, PRESS_NO_FONTS = 3 };

/* One document. The caller owns it, and ${in}, until ${done} is called. */
struct press_job {
	struct lane_job lane; /* first: the press's, as is ${press} */
	const struct lane *press;
	struct buf in;  /* by pdf_to_json */
	struct buf out; /* the file; with a maximum */
	int result;     /* 0; ERR_MISSING: no fonts; ERR_IO, ERR_LIMIT, ERR_BUSY */
	void (*done)(struct press_job *job); /* on the press's thread */
	void *arg;
};

/* press_open(ret): Start the thread. It costs nothing while nothing is asked of it. lane_close
 * ends it, and what is under way and waits, with ERR_BUSY. */
int press_open(struct lane **ret) must_use;
/* press_put(press, job): ERR_BUSY: as many wait as may. ${done} is called exactly once, else. */
int press_put(struct lane *press, struct press_job *job) must_use;
