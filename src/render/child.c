#include "render/child.h"
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
	const struct child *child;
	pid_t pid;
	int to, from;
	int64_t until;
};

static int spawn(const struct child *child, int in, int out, pid_t *ret)
{
	char name[] = "baraza-child", path[PATH_MAX];
	char *const words[] = { name, NULL };
	size_t n_suffix = strlen(child->suffix) + 1;
	ssize_t n = readlink("/proc/self/exe", path, sizeof path - n_suffix);
	if (n < 0)
		return err_note(ERR_IO, "do not know where the program lies");
	memcpy(path + n, child->suffix, n_suffix);
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
	return failed ? err_note(ERR_IO, "cannot start baraza%s, which belongs beside baraza",
				child->suffix)
		      : 0;
}

/* The end that can be waited for is ours alone; the other one becomes the process's. */
static int start(struct run *r)
{
	int in[2] = { -1, -1 }, out[2] = { -1, -1 };
	int result = pipe2(in, O_CLOEXEC) || pipe2(out, O_CLOEXEC)
		? err_note(ERR_IO, "no pipe for a child")
		: spawn(r->child, in[0], out[1], &r->pid);
	auto_close_fd(&in[0]);
	auto_close_fd(&out[1]);
	if (result == 0 && fcntl(in[1], F_SETFL, O_NONBLOCK) < 0)
		result = err_note(ERR_IO, "pipe of a child");
	r->to = in[1];
	r->from = out[0];
	return result;
}

/* Waits until something can be done with ${fd}. */
static int ready(const struct run *r, int fd, short what)
{
	struct pollfd p = { .fd = fd, .events = what };
	while (!lane_is_closing(r->child->lane) && clock_mono() / 1000000 < r->until) {
		int n = poll(&p, 1, TICK_MS);
		if (n > 0)
			return 0;
		if (n < 0 && errno != EINTR)
			return err_note(ERR_IO, "poll for a child");
	}
	return err_note(
		lane_is_closing(r->child->lane) ? ERR_BUSY : ERR_LIMIT, "a child took too long");
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
			result = err_note(ERR_IO, "a child ended early");
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
			return result < 0 ? result
					  : err_note(out->failed, "what a child made is too large");
		ssize_t n = read(r->from, room, PIECE);
		if (n == 0)
			return 0;
		if (n < 0 && errno != EINTR)
			return err_note(ERR_IO, "read from a child");
		out->n += n > 0 ? (size_t)n : 0;
	}
}

static int end(struct run *r, int result, int *ret_status)
{
	int status = 0;
	if (result < 0)
		kill(r->pid, SIGKILL);
	while (waitpid(r->pid, &status, 0) < 0 && errno == EINTR)
		continue;
	*ret_status = WIFEXITED(status) ? WEXITSTATUS(status) : CHILD_KILLED;
	return result;
}

int child_run(const struct child *child, struct str in, struct buf *out, int *ret_status)
{
	struct run r = { .child = child,
		.to = -1,
		.from = -1,
		.until = clock_mono() / 1000000 + child->seconds * 1000 };
	int result = lane_is_closing(child->lane) ? ERR_BUSY : start(&r);
	if (result == 0)
		result = feed(&r, in);
	if (result == 0)
		result = collect(&r, out);
	auto_close_fd(&r.to);
	auto_close_fd(&r.from);
	return r.pid > 0 ? end(&r, result, ret_status) : result;
}
