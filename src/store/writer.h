/*
 * I am the one thread that writes. I take all jobs that wait, run each in a savepoint
 * of one transaction, commit (on disk), and only then say that they are done.
 */
#pragma once
#include "store/db.h"

/* One write. The caller owns it until ${done} has run. */
struct writer_job {
	/* The work, on the writer's thread, inside its own savepoint. A negative result rolls
	 * back this job alone. Must not keep the db. Now and then (on PostgreSQL, when another
	 * job of the batch failed late) it is run a second time; then only the second counts. */
	int (*work)(struct db *db, void *arg);
	/* After the commit (or the failure), on the writer's thread: ${result} is what work
	 * returned, or ERR_IO when the commit failed and nothing of the batch was kept. */
	void (*done)(void *arg, int result);
	void *arg;
	struct writer_job *next; /* the writer's, like result */
	int result;
};

struct writer;
/* writer_open(db, max, ret): Start the thread on ${db} (DB_WRITE, now the writer's; closed
 * by writer_close). At most ${max} jobs wait at a time. */
int writer_open(struct db *db, size_t max, struct writer **ret) must_use;
/* writer_put(w, job): Queue a job. ERR_BUSY when full or closing: nothing was taken. */
int writer_put(struct writer *w, struct writer_job *job) must_use;
/* writer_now(w, work, arg): Queue and wait; for start-up, jobs and tests, never on a loop. */
int writer_now(struct writer *w, int (*work)(struct db *db, void *arg), void *arg) must_use;
/* writer_close(w): Finish what is queued, stop the thread, close the db. NULL is allowed. */
void writer_close(struct writer *w);
