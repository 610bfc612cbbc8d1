#include "store/writer.h"
#include "store/inner.h"
#include <pthread.h>

/* A batch is no longer than this, so that the first of it does not wait for thousands. */
enum { BATCH = 1024 };

struct writer {
	struct db *db;
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	struct writer_job *first, **end; /* waiting, oldest first */
	size_t n, max;
	bool is_asleep, is_closing;
};

/* ---- on the writer's thread ---- */

/* The oldest jobs, ${ret_first} NULL when closing and nothing is left. */
static void take(struct writer *w, struct writer_job **ret_first)
{
	pthread_mutex_lock(&w->lock);
	while (!w->first && !w->is_closing) {
		w->is_asleep = true;
		pthread_cond_wait(&w->wake, &w->lock);
		w->is_asleep = false;
	}
	*ret_first = w->first;
	struct writer_job **at = &w->first;
	size_t n = 0;
	for (; *at && n < BATCH; n++)
		at = &(*at)->next;
	w->first = *at;
	*at = NULL;
	w->n -= n;
	if (!w->first)
		w->end = &w->first;
	pthread_mutex_unlock(&w->lock);
}

static int run_one(struct db *db, const struct writer_job *job)
{
	auto_tx tx = { 0 };
	int rc = db_tx_begin(db, &tx);
	if (rc < 0)
		return rc;
	int result = job->work(db, job->arg);
	if (result < 0)
		return result;
	rc = db_tx_end(&tx);
	return rc < 0 ? rc : result;
}

/* All of them in one transaction. When it cannot begin or end, nothing is kept, whatever
 * the single jobs thought. */
static void run_all(struct db *db, struct writer_job *first)
{
	auto_tx tx = { 0 };
	int rc = db_tx_begin(db, &tx);
	for (struct writer_job *job = first; job; job = job->next)
		job->result = rc < 0 ? rc : run_one(db, job);
	if (rc < 0)
		return;
	if (db_tx_end(&tx) < 0)
		for (struct writer_job *job = first; job; job = job->next)
			job->result = ERR_IO;
}

/* First in haste. If a failure comes to light only after other jobs, nothing of the batch is
 * kept, and all run again, each waited for. */
static void run(struct db *db, struct writer_job *first)
{
	db->is_late = false;
	db->is_hasty = true;
	run_all(db, first);
	db->is_hasty = false;
	if (db->is_late)
		run_all(db, first);
}

static void tell(struct writer_job *job)
{
	while (job) {
		struct writer_job *next = job->next; /* done may free it */
		job->done(job->arg, job->result);
		job = next;
	}
}

static void *loop(void *arg)
{
	struct writer *w = arg;
	struct writer_job *first;
	for (take(w, &first); first; take(w, &first)) {
		run(w->db, first);
		tell(first);
	}
	return NULL;
}

/* ---- for everybody else ---- */

int writer_open(struct db *db, size_t max, struct writer **ret)
{
	struct writer *w = calloc(1, sizeof *w);
	if (!w)
		return err_note(ERR_NOMEM, "writer");
	w->db = db;
	w->max = max;
	w->end = &w->first;
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->wake, NULL);
	if (pthread_create(&w->thread, NULL, loop, w) != 0) {
		pthread_cond_destroy(&w->wake);
		pthread_mutex_destroy(&w->lock);
		free(w);
		return err_note(ERR_NOMEM, "the writer's thread does not start");
	}
	*ret = w;
	return 0;
}

int writer_put(struct writer *w, struct writer_job *job)
{
	pthread_mutex_lock(&w->lock);
	bool is_taken = !w->is_closing && w->n < w->max;
	if (is_taken) {
		job->next = NULL;
		*w->end = job;
		w->end = &job->next;
		w->n++;
	}
	bool must_wake = is_taken && w->is_asleep;
	pthread_mutex_unlock(&w->lock);
	if (must_wake)
		pthread_cond_signal(&w->wake);
	return is_taken ? 0 : err_note(ERR_BUSY, "the writer's queue is full");
}

struct wait {
	pthread_mutex_t lock;
	pthread_cond_t wake;
	bool is_done;
	int result;
	int (*work)(struct db *db, void *arg);
	void *arg;
};

static int wait_work(struct db *db, void *arg)
{
	const struct wait *wait = arg;
	return wait->work(db, wait->arg);
}

static void wait_done(void *arg, int result)
{
	struct wait *wait = arg;
	pthread_mutex_lock(&wait->lock);
	wait->result = result;
	wait->is_done = true;
	pthread_cond_signal(&wait->wake); /* inside the lock: ${wait} is gone right behind it */
	pthread_mutex_unlock(&wait->lock);
}

int writer_now(struct writer *w, int (*work)(struct db *db, void *arg), void *arg)
{
	struct wait wait = { .work = work, .arg = arg };
	struct writer_job job = { .work = wait_work, .done = wait_done, .arg = &wait };
	pthread_mutex_init(&wait.lock, NULL);
	pthread_cond_init(&wait.wake, NULL);
	int rc = writer_put(w, &job);
	if (rc == 0) {
		pthread_mutex_lock(&wait.lock);
		while (!wait.is_done)
			pthread_cond_wait(&wait.wake, &wait.lock);
		pthread_mutex_unlock(&wait.lock);
		rc = wait.result;
	}
	pthread_cond_destroy(&wait.wake);
	pthread_mutex_destroy(&wait.lock);
	return rc;
}

void writer_close(struct writer *w)
{
	if (!w)
		return;
	pthread_mutex_lock(&w->lock);
	w->is_closing = true;
	pthread_mutex_unlock(&w->lock);
	pthread_cond_signal(&w->wake);
	pthread_join(w->thread, NULL);
	pthread_cond_destroy(&w->wake);
	pthread_mutex_destroy(&w->lock);
	db_close(w->db);
	free(w);
}
