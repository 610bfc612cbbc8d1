#include "http/listen.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { BACKLOG = 1024 };

static int start(int family, const void *address, socklen_t n, struct listener *l)
{
	int one = 1;
	auto_fd fd = socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return err_note(ERR_IO, "socket: %s", strerror(errno));
	if (family != AF_UNIX) {
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
		/* Accepted sockets inherit it: an answer is one write, and must not wait. */
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	}
	if (bind(fd, address, n) < 0 || listen(fd, BACKLOG) < 0)
		return err_note(ERR_IO, "cannot listen there: %s", strerror(errno));
	l->fd = fd;
	fd = -1;
	return 0;
}

static int open_unix(struct str path, struct listener *l)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	struct stat st;
	if (!path.n || path.n >= sizeof at.sun_path)
		return err_note(ERR_INPUT, "socket path empty or too long");
	memcpy(at.sun_path, path.p, path.n);
	/* A socket that an earlier run left behind; anything else stays, and bind fails. */
	if (lstat(at.sun_path, &st) == 0 && S_ISSOCK(st.st_mode))
		unlink(at.sun_path);
	int err = start(AF_UNIX, &at, sizeof at, l);
	if (err < 0)
		return err;
	memcpy(l->path, at.sun_path, sizeof l->path);
	chmod(l->path, 0660);
	return 0;
}

static int open_tcp(struct str host, int64_t port, struct listener *l)
{
	struct sockaddr_in v4 = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
	struct sockaddr_in6 v6 = { .sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port) };
	char z[INET6_ADDRSTRLEN] = { 0 };
	bool is_v6 = host.n >= 2 && host.p[0] == '[' && host.p[host.n - 1] == ']';
	int err;
	if (is_v6)
		host = (struct str){ host.p + 1, host.n - 2 };
	if (host.n >= sizeof z)
		return err_note(ERR_INPUT, "not an address to listen on");
	memcpy(z, host.p, host.n);
	if (inet_pton(is_v6 ? AF_INET6 : AF_INET, z,
		    is_v6 ? (void *)&v6.sin6_addr : (void *)&v4.sin_addr) != 1)
		return err_note(ERR_INPUT, "not an address to listen on");
	err = is_v6 ? start(AF_INET6, &v6, sizeof v6, l) : start(AF_INET, &v4, sizeof v4, l);
	if (err < 0)
		return err;
	struct sockaddr_in6 got = { 0 };
	socklen_t n = sizeof got;
	if (getsockname(l->fd, (struct sockaddr *)&got, &n) == 0)
		l->port = ntohs(got.sin6_port); /* stands at the same place in both families */
	return 0;
}

int listen_open(struct str address, struct listener *ret)
{
	struct listener l = { .fd = -1, .kind = LISTEN_TCP };
	int64_t port;
	int err;
	if (str_starts(address, "unix:") || str_starts(address, "unix-proxy:")) {
		l.kind = str_starts(address, "unix:") ? LISTEN_UNIX : LISTEN_PROXY;
		err = open_unix(str_from(address, str_find(address, ':') + 1), &l);
	} else {
		size_t colon = address.n;
		while (colon && address.p[colon - 1] != ':')
			colon--;
		if (!colon || !str_i64(str_from(address, colon), &port) || port < 0 || port > 65535)
			return err_note(ERR_INPUT, "not an address to listen on");
		err = open_tcp((struct str){ address.p, colon - 1 }, port, &l);
	}
	if (err < 0)
		return err;
	*ret = l;
	return 0;
}

void listen_close(struct listener *l)
{
	if (l->fd >= 0)
		close(l->fd);
	if (l->path[0])
		unlink(l->path);
	l->fd = -1;
	l->path[0] = 0;
}
