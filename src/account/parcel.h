/*
 * I make the files that people take away, however large: one at a time, on a thread of my own
 * with a connection of its own, piece by piece into a file without a name in the data folder,
 * which goes when it is sent. So a file costs disk while it is on its way, and hardly memory.
 *
 * Whoever comes when as many are on their way as may is told to try again shortly (503).
 */
#pragma once
#include "account/visit.h"

enum {
	PARCELS_WAIT = 8, /* to be made */
	PARCELS_OUT = 24, /* waiting, made or being sent */
	PARCELS_EACH = 4, /* of them for one visitor */
};

struct parcels;

/* parcels_open(folder, db, ret): Start the thread; ${folder} and ${db} are kept. ERR_NOMEM. */
int parcels_open(const char *folder, const char *db, struct parcels **ret) must_use;
/* parcels_stop(p): What waits ends with ERR_BUSY; nothing is made any more. */
void parcels_stop(struct parcels *p);
/* parcels_close(p): After all that was sent is released. NULL is allowed, here and above. */
void parcels_close(struct parcels *p);

/* A file while it is made. What is put into ${b} is written by parcel_row; what writes to ${fd}
 * by itself puts nothing into it. */
struct parcel_out {
	struct buf b; /* may hold the longest row */
	int fd;
	const struct parcels *all;
};
/* parcel_row(o): To be called between two rows: writes when enough is together. ERR_IO, ERR_BUSY
 * (the house closes), ERR_LIMIT (the row was too long), ERR_NOMEM. */
int parcel_row(struct parcel_out *o) must_use;

/* parcel_flush(o): Write all that was put. */
int parcel_flush(struct parcel_out *o) must_use;

/* parcel_scratch(o, ret): Another file without a name, to be read back from its ${fd} once it is
 * flushed; parcel_scratch_done also after a failure. ERR_IO. */
int parcel_scratch(const struct parcel_out *o, struct parcel_out *ret) must_use;
void parcel_scratch_done(struct parcel_out *o);
#define auto_scratch __attribute__((cleanup(parcel_scratch_done))) struct parcel_out
/* parcel_folder(o): Where they are. */
const char *parcel_folder(const struct parcel_out *o);

struct parcel {
	const char *type, *name; /* Content-Type, file name; both static */
	/* make(v, o, of): On the parcels' thread; v->db is a steady view. Nothing may be taken
	 * from v->mem that grows with the file. */
	int (*make)(struct visit *v, struct parcel_out *o, const void *of);
	const void *of; /* static, or in the visit's arena */
};

/* parcel_park(v, p): For the check of a GET, whose act is parcel_act. VISIT_PARKED; ERR_BUSY. */
int parcel_park(struct visit *v, const struct parcel *p) must_use;
int parcel_act(struct visit *v) must_use;
