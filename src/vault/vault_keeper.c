#include "vault/sandbox.h"
#include "vault/vault_inner.h"
#include <errno.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LINE_SECONDS = 30, HOUSE = 3 };

int line_send(int fd, struct str bytes)
{
	while (bytes.n) {
		ssize_t n = send(fd, bytes.p, bytes.n, MSG_NOSIGNAL);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return err_note(ERR_IO, "nobody listens in the vault");
		bytes = str_from(bytes, (size_t)n);
	}
	return 0;
}

int line_read(int fd, void *p, size_t n)
{
	for (size_t have = 0; have < n;) {
		ssize_t got = recv(fd, (char *)p + have, n - have, 0);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return err_note(ERR_IO, "nobody speaks in the vault");
		have += (size_t)got;
	}
	return 0;
}

/* Room for the ends of lines that travel with a message, aligned as the kernel wants it. */
union ends {
	char b[CMSG_SPACE(sizeof(int) * LINES)];
	struct cmsghdr align;
};

static int hand_over(int to, const struct lines *lines)
{
	union ends room = { 0 };
	struct lines sent = *lines;
	struct iovec part = { &sent, sizeof sent };
	struct msghdr m = { .msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = room.b,
		.msg_controllen = sizeof room.b };
	struct cmsghdr *c = CMSG_FIRSTHDR(&m);
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof sent.fd);
	memcpy(CMSG_DATA(c), sent.fd, sizeof sent.fd);
	return sendmsg(to, &m, MSG_NOSIGNAL) == (ssize_t)sizeof sent ? 0 : -1;
}

static int take_over(int from, struct lines *ret)
{
	union ends room = { 0 };
	struct lines got = { 0 };
	struct iovec part = { &got, sizeof got };
	struct msghdr m = { .msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = room.b,
		.msg_controllen = sizeof room.b };
	ssize_t n = recvmsg(from, &m, MSG_CMSG_CLOEXEC);
	struct cmsghdr *c = n == (ssize_t)sizeof got ? CMSG_FIRSTHDR(&m) : NULL;
	if (!c || c->cmsg_type != SCM_RIGHTS || c->cmsg_len != CMSG_LEN(sizeof got.fd))
		return err_note(ERR_IO, "the vault's keeper is gone");
	memcpy(got.fd, CMSG_DATA(c), sizeof got.fd);
	*ret = got;
	return 0;
}

static void close_both(int pair[2])
{
	auto_close_fd(&pair[0]);
	auto_close_fd(&pair[1]);
}

/* The vault keeps its ends, and no line to the keeper. */
static int start_vault(const struct secret *pepper)
{
	int quick[2] = { -1, -1 }, slow[2] = { -1, -1 };
	int result = socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, quick);
	if (result == 0)
		result = socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, slow);
	pid_t pid = result == 0 ? fork() : -1;
	if (pid == 0) {
		const int ends[LINES] = { [LINE_QUICK] = quick[1], [LINE_SLOW] = slow[1] };
		close(quick[0]);
		close(slow[0]);
		close(HOUSE);
		vault_process(ends, pepper);
	}
	const struct lines lines = { .fd = { [LINE_QUICK] = quick[0], [LINE_SLOW] = slow[0] },
		.pid = pid };
	result = pid < 0 ? -1 : hand_over(HOUSE, &lines);
	close_both(quick);
	close_both(slow);
	return result;
}

/* It alone can start another vault: the house has threads by then, and a copy of a process with
 * threads can do next to nothing. It ends when the house closes its line. */
static _Noreturn void keep(int house, const struct secret *pepper)
{
	char asked;
	signal(SIGCHLD, SIG_IGN);
	if (dup2(house, HOUSE) < 0 || syscall(SYS_close_range, HOUSE + 1u, ~0u, 0u) != 0 ||
		sandbox_quiet() < 0)
		_exit(1);
	while (line_read(HOUSE, &asked, 1) == 0)
		if (start_vault(pepper) < 0)
			_exit(1);
	_exit(0);
}

int keeper_start(const struct secret *pepper, int *ret)
{
	int pair[2];
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
		return err_note(ERR_IO, "no line to the vault's keeper");
	pid_t pid = fork();
	if (pid == 0) {
		pid = fork(); /* nobody's child, so that nobody need wait for it */
		if (pid == 0)
			keep(pair[1], pepper);
		_exit(pid < 0 ? 1 : 0);
	}
	close(pair[1]);
	int status = 1;
	if (pid < 0 || waitpid(pid, &status, 0) != pid || status != 0) {
		close(pair[0]);
		return err_note(ERR_IO, "the vault's keeper does not start");
	}
	*ret = pair[0];
	return 0;
}

int keeper_ask(int fd, struct lines *ret)
{
	const struct timeval wait = { LINE_SECONDS, 0 };
	struct lines got = { 0 };
	int result = line_send(fd, STR("!"));
	if (result == 0)
		result = take_over(fd, &got);
	if (result < 0)
		return result;
	for (size_t i = 0; i < LINES; i++) {
		setsockopt(got.fd[i], SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
		setsockopt(got.fd[i], SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof wait);
	}
	*ret = got;
	return 0;
}
