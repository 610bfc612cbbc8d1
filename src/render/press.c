#include "render/press.h"
#include "base/clock.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PIECE = 1 << 16, TICK_MS = 200 };

struct press {
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	struct press_job *first, **last;
	int waiting;
	_Atomic bool is_closing;
};

/* A process under way: its two ends, and when it has had its time. */
struct run {
	struct press *press;
	pid_t pid;
	int to, from;
	int64_t until;
};

/* ---- one process ---- */

static int spawn(int in, int out, pid_t *ret)
{
	char name[] = "baraza-pdf", path[PATH_MAX];
	char *const words[] = { name, NULL };
	ssize_t n = readlink("/proc/self/exe", path, sizeof path - sizeof "-pdf");
	if (n < 0)
		return err_note(ERR_IO, "do not know where baraza-pdf lies");
	memcpy(path + n, "-pdf", sizeof "-pdf");
	posix_spawn_file_actions_t actions;
	if (posix_spawn_file_actions_init(&actions) != 0)
		return err_note(ERR_NOMEM, "spawn");
	int failed = posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
	if (!failed)
		failed = posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
	if (!failed)
		failed = posix_spawn_file_actions_addopen(
			&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	if (!failed)
		failed = posix_spawn(ret, path, &actions, NULL, words, environ);
	posix_spawn_file_actions_destroy(&actions);
	return failed ? err_note(ERR_IO, "cannot start baraza-pdf, which belongs beside baraza")
		      : 0;
}

/* The end that can be waited for is ours alone; the other one becomes the process's. */
static int start(struct run *r)
{
	int in[2] = { -1, -1 }, out[2] = { -1, -1 };
	int result = pipe2(in, O_CLOEXEC) || pipe2(out, O_CLOEXEC)
		? err_note(ERR_IO, "no pipe for the PDF")
		: spawn(in[0], out[1], &r->pid);
	auto_close_fd(&in[0]);
	auto_close_fd(&out[1]);
	if (result == 0 && fcntl(in[1], F_SETFL, O_NONBLOCK) < 0)
		result = err_note(ERR_IO, "pipe of the PDF");
	r->to = in[1];
	r->from = out[0];
	return result;
}

/* Waits until something can be done with ${fd}. */
static int ready(const struct run *r, int fd, short what)
{
	struct pollfd p = { .fd = fd, .events = what };
	while (!r->press->is_closing && clock_mono() / 1000000 < r->until) {
		int n = poll(&p, 1, TICK_MS);
		if (n > 0)
			return 0;
		if (n < 0 && errno != EINTR)
			return err_note(ERR_IO, "poll for the PDF");
	}
	return err_note(r->press->is_closing ? ERR_BUSY : ERR_LIMIT, "the PDF took too long");
}

static int feed(struct run *r, struct str s)
{
	int result = 0;
	while (s.n && result == 0) {
		ssize_t n = write(r->to, s.p, s.n);
		if (n >= 0)
			s = str_from(s, (size_t)n);
		else if (errno == EAGAIN)
			result = ready(r, r->to, POLLOUT);
		else if (errno != EINTR)
			result = err_note(ERR_IO, "the PDF's process ended early");
	}
	auto_close_fd(&r->to);
	r->to = -1;
	return result;
}

static int collect(struct run *r, struct buf *out)
{
	for (;;) {
		int result = ready(r, r->from, POLLIN);
		char *room = result < 0 ? NULL : buf_room(out, PIECE);
		if (!room)
			return result < 0 ? result : err_note(out->failed, "PDF too large");
		ssize_t n = read(r->from, room, PIECE);
		if (n == 0)
			return 0;
		if (n < 0 && errno != EINTR)
			return err_note(ERR_IO, "read the PDF");
		out->n += n > 0 ? (size_t)n : 0;
	}
}

static int end(struct run *r, int result)
{
	int status = 0;
	if (result < 0)
		kill(r->pid, SIGKILL);
	while (waitpid(r->pid, &status, 0) < 0 && errno == EINTR)
		continue;
	if (WIFEXITED(status) && WEXITSTATUS(status) == PRESS_NO_FONTS)
		return err_note(ERR_MISSING, "no fonts for the PDF");
	if (result == 0 && (!WIFEXITED(status) || WEXITSTATUS(status)))
		return err_note(ERR_IO, "the PDF's process failed");
	return result;
}

static int make(struct press *p, struct press_job *job)
{
	struct run r = { .press = p,
		.to = -1,
		.from = -1,
		.until = clock_mono() / 1000000 + PRESS_SECONDS * 1000 };
	int result = p->is_closing ? ERR_BUSY : start(&r);
	if (result == 0)
		result = feed(&r, buf_view(&job->in));
	if (result == 0)
		result = collect(&r, &job->out);
	auto_close_fd(&r.to);
	auto_close_fd(&r.from);
	return r.pid > 0 ? end(&r, result) : result;
}

/* ---- the thread ---- */

static struct press_job *take(struct press *p)
{
	pthread_mutex_lock(&p->lock);
	while (!p->first && !p->is_closing)
		pthread_cond_wait(&p->wake, &p->lock);
	struct press_job *job = p->first;
	if (job) {
		p->first = job->next;
		if (!p->first)
			p->last = &p->first;
		p->waiting--;
	}
	pthread_mutex_unlock(&p->lock);
	return job;
}

static void *work(void *arg)
{
	struct press *p = arg;
	for (struct press_job *job; (job = take(p));) {
		job->result = make(p, job);
		job->done(job);
	}
	return NULL;
}

int press_open(struct press **ret)
{
	struct press *p = calloc(1, sizeof *p);
	if (!p)
		return err_note(ERR_NOMEM, "press");
	p->last = &p->first;
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->wake, NULL);
	if (pthread_create(&p->thread, NULL, work, p) != 0) {
		free(p);
		return err_note(ERR_NOMEM, "no thread for the press");
	}
	*ret = p;
	return 0;
}

int press_put(struct press *p, struct press_job *job)
{
	int result = ERR_BUSY;
	pthread_mutex_lock(&p->lock);
	if (!p->is_closing && p->waiting < PRESS_QUEUE) {
		job->next = NULL;
		*p->last = job;
		p->last = &job->next;
		p->waiting++;
		pthread_cond_signal(&p->wake);
		result = 0;
	}
	pthread_mutex_unlock(&p->lock);
	return result;
}

void press_close(struct press *p)
{
	if (!p)
		return;
	pthread_mutex_lock(&p->lock);
	p->is_closing = true;
	pthread_cond_signal(&p->wake);
	pthread_mutex_unlock(&p->lock);
	pthread_join(p->thread, NULL);
	pthread_cond_destroy(&p->wake);
	pthread_mutex_destroy(&p->lock);
	free(p);
}
