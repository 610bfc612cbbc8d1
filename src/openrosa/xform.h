/* I make an XForm of a definition: what Collect, Enketo and others show to whoever fills it in
 * without a network. All languages are in it, and of its filler nothing but a number drawn for
 * each record. Made once for each version, I keep it. */
#pragma once
#include "record/shelf.h"

enum { XFORM_MAX = 4 << 20, XFORMS_MAX = 128, XFORM_MD5_CHARS = 32 };

struct xform {
	int64_t form;                  /* shelf_form.id */
	size_t n;                      /* bytes of UTF-8 XML */
	struct str gzip;               /* it, compressed: a sixth of that */
	char md5[XFORM_MD5_CHARS + 1]; /* a checksum, as OpenRosa wants it; it protects nothing */
};

struct xforms;
/* xforms_open(ret), xforms_close(x): NULL is allowed. ERR_NOMEM. */
int xforms_open(struct xforms **ret) must_use;
void xforms_close(struct xforms *x);
/* xforms_get(x, f, mem, ret): That of ${f}, kept as long as ${x} or, past XFORMS_MAX, ${mem}. From
 * any thread. ERR_NOMEM, ERR_LIMIT. */
int xforms_get(struct xforms *x, const struct shelf_form *f, struct arena *mem,
	struct xform *ret) must_use;

/* xform_text(x, to): It, not compressed. ERR_NOMEM, ERR_BUG. */
int xform_text(const struct xform *x, struct buf *to) must_use;

/* xform_can(f): It can be sent to a device: records can be made of it, and no name of it is one
 * that XForms needs. */
bool xform_can(const struct shelf_form *f);
/* xform_asks(f, field): The question is in it. */
bool xform_asks(const struct shelf_form *f, int field);
/* xform_write(f, to): It, anew. ERR_NOMEM, ERR_LIMIT. */
int xform_write(const struct shelf_form *f, struct buf *to) must_use;
