#include "render/press.h"
#include "base/clock.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PIECE = 1 << 16, TICK_MS = 200 };

/* A process under way: its two ends, and when it has had its time. */
struct run {
	const struct lane *press;
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
	while (!lane_is_closing(r->press) && clock_mono() / 1000000 < r->until) {
		int n = poll(&p, 1, TICK_MS);
		if (n > 0)
			return 0;
		if (n < 0 && errno != EINTR)
			return err_note(ERR_IO, "poll for the PDF");
	}
	return err_note(lane_is_closing(r->press) ? ERR_BUSY : ERR_LIMIT, "the PDF took too long");
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

static int make(struct press_job *job)
{
	struct run r = { .press = job->press,
		.to = -1,
		.from = -1,
		.until = clock_mono() / 1000000 + PRESS_SECONDS * 1000 };
	int result = lane_is_closing(job->press) ? ERR_BUSY : start(&r);
	if (result == 0)
		result = feed(&r, buf_view(&job->in));
	if (result == 0)
		result = collect(&r, &job->out);
	auto_close_fd(&r.to);
	auto_close_fd(&r.from);
	return r.pid > 0 ? end(&r, result) : result;
}

/* ---- the thread ---- */

static void print(struct lane_job *lane)
{
	struct press_job *job = (struct press_job *)lane;
	job->result = make(job);
	job->done(job);
}

int press_open(struct lane **ret)
{
	return lane_open(PRESS_QUEUE, false, ret);
}

int press_put(struct lane *press, struct press_job *job)
{
	job->press = press;
	job->lane.work = print;
	return lane_put(press, &job->lane);
}
