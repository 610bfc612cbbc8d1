/*
 * I read from a database that is away: a few threads, each with a connection of its own, so
 * that an event loop never waits for PostgreSQL. SQLite needs none of this: it is read on the
 * loop, in microseconds. What waits together is read in one view of the data, which saves each
 * the round trips that open and close one.
 */
#pragma once
#include "store/db.h"

struct readers;

/* One piece of reading. The caller owns it until ${work} begins. */
struct reader_job {
	void (*work)(struct db *db, void *arg); /* on a reader's thread */
	void *arg;
	struct reader_job *next; /* the readers' */
};

/* readers_open(url, n, ret): ${n} threads with connections to ${url} (DB_READ). */
int readers_open(const char *url, int n, struct readers **ret) must_use;
/* readers_put(r, job): ERR_BUSY: as many wait as may. */
int readers_put(struct readers *r, struct reader_job *job) must_use;
/* readers_close(r): Finish what waits, stop. NULL is allowed. */
void readers_close(struct readers *r);
