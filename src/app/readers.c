#include "app/readers.h"
#include <pthread.h>
#include <stdlib.h>

enum { THREADS_MAX = 32, WAITING_MAX = 1024, AT_ONCE = 16 };

struct reader {
	pthread_t thread;
	struct db *db;
	struct readers *all;
};

struct readers {
	pthread_mutex_t lock;
	pthread_cond_t wake;
	struct reader_job *first, **last;
	int waiting, n;
	bool is_over;
	struct reader reader[THREADS_MAX];
};

/* The oldest jobs, a fair share of what waits; NULL when it is over and nothing waits any more. */
static struct reader_job *take(struct readers *r)
{
	pthread_mutex_lock(&r->lock);
	while (!r->first && !r->is_over)
		pthread_cond_wait(&r->wake, &r->lock);
	struct reader_job *first = r->first;
	struct reader_job **at = &r->first;
	int n = 0;
	while (*at && n < AT_ONCE && n * r->n <= r->waiting) {
		at = &(*at)->next;
		n++;
	}
	r->waiting -= n;
	r->first = *at;
	*at = NULL;
	if (!r->first)
		r->last = &r->first;
	pthread_mutex_unlock(&r->lock);
	return first;
}

/* All of them were waiting before the view is opened, so it shows what each may expect to see;
 * what fails in it fails for one. */
static struct reader_job *read_in_one_view(struct db *db, struct reader_job *job)
{
	auto_tx tx = { 0 };
	int result = db_tx_begin(db, &tx);
	do {
		struct reader_job *next = job->next; /* work may free it */
		job->work(db, job->arg);
		job = next;
	} while (job && result == 0 && db_tx_holds(&tx));
	return job;
}

static void *read_on(void *arg)
{
	struct reader *self = arg;
	for (struct reader_job *job; (job = take(self->all));)
		while (job)
			job = read_in_one_view(self->db, job);
	return NULL;
}

static int reader_start(struct readers *r, const char *url)
{
	struct reader *self = &r->reader[r->n];
	self->all = r;
	int result = db_open(url, DB_READ, &self->db);
	if (result < 0)
		return result;
	if (pthread_create(&self->thread, NULL, read_on, self) != 0) {
		db_close(self->db);
		return err_note(ERR_NOMEM, "thread");
	}
	r->n++;
	return 0;
}

int readers_open(const char *url, int n, struct readers **ret)
{
	struct readers *r = calloc(1, sizeof *r);
	int result = r ? 0 : err_note(ERR_NOMEM, "readers");
	if (!r)
		return result;
	r->last = &r->first;
	pthread_mutex_init(&r->lock, NULL);
	pthread_cond_init(&r->wake, NULL);
	for (int i = 0; i < n && i < THREADS_MAX && result == 0; i++)
		result = reader_start(r, url);
	if (result < 0) {
		readers_close(r);
		return result;
	}
	*ret = r;
	return 0;
}

int readers_put(struct readers *r, struct reader_job *job)
{
	int result = 0;
	job->next = NULL;
	pthread_mutex_lock(&r->lock);
	if (r->is_over || r->waiting == WAITING_MAX) {
		result = err_note(ERR_BUSY, "readers");
	} else {
		*r->last = job;
		r->last = &job->next;
		r->waiting++;
		pthread_cond_signal(&r->wake);
	}
	pthread_mutex_unlock(&r->lock);
	return result;
}

void readers_close(struct readers *r)
{
	if (!r)
		return;
	pthread_mutex_lock(&r->lock);
	r->is_over = true;
	pthread_cond_broadcast(&r->wake);
	pthread_mutex_unlock(&r->lock);
	for (int i = 0; i < r->n; i++) {
		pthread_join(r->reader[i].thread, NULL);
		db_close(r->reader[i].db);
	}
	pthread_cond_destroy(&r->wake);
	pthread_mutex_destroy(&r->lock);
	free(r);
}
