/*
 * I know pictures that people send: which they are, and how to make them anew from their dots
 * alone, so that nothing of place, time, camera or whatever else lies hidden in them remains.
 *
 * baraza-image does it, a program beside this one that gives up files, network and all else before
 * it looks at the first byte.
 */
#pragma once
#include "base/buf.h"
#include "base/lane.h"

enum {
	PICTURE_BYTES = 20 << 20,
	PICTURE_DOTS = 40 << 20, /* 40 million: more than cameras make, less than a trap needs */
	PICTURE_SECONDS = 20,
	PICTURE_BROKEN = 3, /* how baraza-image ends with something that is no picture, … */
	PICTURE_HUGE = 4,   /* … and with one of too many dots */
};

enum picture_kind { PICTURE_NONE, PICTURE_JPEG, PICTURE_PNG, PICTURE_WEBP };

/* picture_kind(head): By its first bytes; 12 are enough. picture_type(kind): "image/png". */
enum picture_kind picture_kind(struct str head);
const char *picture_type(enum picture_kind kind);

/* picture_clean(lane, in, out): The same picture, made anew, of the same kind. On a thread of
 * ${lane}. ERR_INPUT: it is none; ERR_LIMIT: of too many dots, or too slow; ERR_IO, ERR_BUSY. */
int picture_clean(const struct lane *lane, struct str in, struct buf *out) must_use;
