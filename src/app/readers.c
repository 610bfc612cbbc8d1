#include "app/readers.h"
#include <pthread.h>
#include <stdlib.h>

enum { THREADS_MAX = 32, WAITING_MAX = 1024 };

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

/* The next job; NULL when it is over and nothing waits any more. */
static struct reader_job *next_job(struct readers *r)
{
	pthread_mutex_lock(&r->lock);
	while (!r->first && !r->is_over)
		pthread_cond_wait(&r->wake, &r->lock);
	struct reader_job *job = r->first;
	if (job) {
		r->first = job->next;
		if (!r->first)
			r->last = &r->first;
		r->waiting--;
	}
	pthread_mutex_unlock(&r->lock);
	return job;
}

static void *read_on(void *arg)
{
	struct reader *self = arg;
	for (struct reader_job *job; (job = next_job(self->all));)
		job->work(self->db, job->arg);
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
