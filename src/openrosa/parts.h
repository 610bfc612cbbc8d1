/*
 * I know the files of a record that a device sends, which may come in several parts: each part is
 * the same record with some of its files. Until the last one has come, files wait without a record;
 * what waited too long is taken away by night.
 */
#pragma once
#include "openrosa/sent.h"

enum {
	PARTS_DAYS = 7,        /* that files wait for the rest */
	PARTS_DAYS_NOBODY = 1, /* from a device of nobody */
};

enum parts_fault {
	PARTS_FINE,
	PARTS_EARLY,   /* ${name} came in front of the record */
	PARTS_UNKNOWN, /* no answer names ${name} */
	PARTS_TWICE,   /* ${name} came twice */
	PARTS_MISSING, /* ${name} did not come */
	PARTS_MANY,    /* more than a record may hold */
	PARTS_OTHER,   /* those that wait are another record's, or somebody else's */
	PARTS_FILE,    /* ${name} is not taken: the message ${why} */
};

/* What a record's files are made of. */
struct parts {
	const struct sent *sent;
	struct str form, hash;                 /* name of the form; of the XML, in hexadecimal */
	int64_t account;                       /* of the device; 0: nobody */
	const struct answers *old;             /* of the record that is changed; NULL: a new one */
	bool is_part;                          /* the rest is still to come */
	struct blob_sent came[HTTP_FILES_MAX]; /* with this request */
	size_t n_came;
	struct str uid; /* who holds them: the record to be */
	/* What is wrong. */
	enum parts_fault fault;
	struct str name;
	int why;
};

/* parts_find(v, p): Which files came with this request, and is every one there? In a check, whose
 * database is only read. 0, also with a fault in ${p}. */
int parts_find(struct visit *v, struct parts *p) must_use;
/* parts_hold(v, p, ret): From now on p->uid holds all that came, settled. Where more is to come,
 * it waits; else ${ret}, a copy of the answers that were sent, names each file as a record does.
 * In a POST's act. 0, also with a fault. */
int parts_hold(struct visit *v, struct parts *p, struct answers *ret) must_use;
/* parts_end(v, p): The record is made or changed: nothing waits for it any more. */
int parts_end(struct visit *v, const struct parts *p) must_use;
/* parts_sweep(db, now): What waited too long goes. In the writer. */
int parts_sweep(struct db *db, int64_t now) must_use;
