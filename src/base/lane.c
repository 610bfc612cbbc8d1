#include "base/lane.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/resource.h>

struct lane {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	struct lane_job *first, **last;
	int waiting, max;
	bool is_low;
	_Atomic bool is_closing;
};

static struct lane_job *take(struct lane *l)
{
	pthread_mutex_lock(&l->lock);
	while (!l->first && !l->is_closing)
		pthread_cond_wait(&l->wake, &l->lock);
	struct lane_job *job = l->first;
	if (job) {
		l->first = job->next;
		if (!l->first)
			l->last = &l->first;
		l->waiting--;
	}
	pthread_mutex_unlock(&l->lock);
	return job;
}

static void *work(void *arg)
{
	struct lane *l = arg;
	if (l->is_low)
		setpriority(PRIO_PROCESS, 0, 10); /* on Linux: of this thread alone */
	for (struct lane_job *job; (job = take(l));)
		job->work(job);
	return NULL;
}

int lane_open(int max, bool is_low, struct lane **ret)
{
	struct lane *l = calloc(1, sizeof *l);
	if (!l)
		return err_note(ERR_NOMEM, "lane");
	l->last = &l->first;
	l->max = max;
	l->is_low = is_low;
	pthread_mutex_init(&l->lock, NULL);
	pthread_cond_init(&l->wake, NULL);
	if (pthread_create(&l->thread, NULL, work, l) != 0) {
		free(l);
		return err_note(ERR_NOMEM, "thread of a lane");
	}
	*ret = l;
	return 0;
}

int lane_put(struct lane *l, struct lane_job *job)
{
	int result = 0;
	job->next = NULL;
	pthread_mutex_lock(&l->lock);
	if (l->is_closing || l->waiting == l->max) {
		result = err_note(ERR_BUSY, "as many wait as may");
	} else {
		*l->last = job;
		l->last = &job->next;
		l->waiting++;
		pthread_cond_signal(&l->wake);
	}
	pthread_mutex_unlock(&l->lock);
	return result;
}

bool lane_is_closing(const struct lane *l)
{
	return l->is_closing;
}

void lane_close(struct lane *l)
{
	if (!l)
		return;
	pthread_mutex_lock(&l->lock);
	l->is_closing = true;
	pthread_cond_signal(&l->wake);
	pthread_mutex_unlock(&l->lock);
	pthread_join(l->thread, NULL);
	pthread_cond_destroy(&l->wake);
	pthread_mutex_destroy(&l->lock);
	free(l);
}
