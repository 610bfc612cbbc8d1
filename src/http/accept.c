#include "http/inner.h"
#include <errno.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <unistd.h>

enum { ACCEPT_MAX = 16 };

/* The loop with the fewest connections; this one unless another has clearly fewer. */
static struct loop *least_loaded(struct loop *l)
{
	struct loop *best = l;
	int least = atomic_load(&l->load) - 1;
	for (int i = 0; i < l->server->n_loop; i++) {
		int load = atomic_load(&l->server->loop[i].load);
		if (load < least) {
			least = load;
			best = &l->server->loop[i];
		}
	}
	return best;
}

void accept_guest(struct loop *l, struct conn *c)
{
	struct http_server *s = l->server;
	struct epoll_event want = { .events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET,
		.data.ptr = c };
	c->loop = l;
	TAILQ_INSERT_TAIL(&l->all, c, all);
	TAILQ_INSERT_TAIL(&l->idle, c, idle);
	c->is_idle = true;
	wheel_set(&l->wheel, &c->due, l->now + s->limits.head_seconds * 1000);
	if (l->is_stopping || epoll_ctl(l->epoll, EPOLL_CTL_ADD, c->fd, &want) < 0)
		conn_close(c);
	else if (c->is_over_limit)
		conn_over_limit(c);
}

/* Full: whoever has been silent longest gives way, since nothing of theirs is lost; if all are
 * busy the newcomer is told 503. Leaving them unaccepted would tell them nothing, and let
 * whoever holds idle connections keep everybody out. */
static bool make_room(struct loop *l)
{
	struct conn *c = TAILQ_FIRST(&l->idle);
	if (c && conn_is_quiet(c)) {
		conn_close(c);
		return true;
	}
	return false;
}

/* Handed on whole: what frees a connection has to be given one. */
_Static_assert(offsetof(struct conn, letter) == 0, "the letter stands first");

static void greet(struct loop *l, int fd, const struct listener *from, uint64_t client)
{
	struct http_server *s = l->server;
	int max = s->limits.connections_max, n = atomic_load(&s->n_conn);
	bool is_over = n >= max && !make_room(l);
	struct conn *c = n < max + GUESTS_OVER_LIMIT ? calloc(1, sizeof *c) : NULL;
	if (!c) {
		close(fd);
		return;
	}
	c->letter.kind = LETTER_GUEST;
	c->fd = fd;
	c->kind = from->kind;
	c->state = from->kind == LISTEN_PROXY ? CONN_PROXY : CONN_HEAD;
	c->can_write = true;
	c->is_over_limit = is_over;
	c->client = client;
	struct loop *to = least_loaded(l);
	atomic_fetch_add(&s->n_conn, 1);
	atomic_fetch_add(&to->load, 1);
	if (to == l)
		accept_guest(l, c);
	else
		loop_mail(to, (struct letter *)c);
}

void accept_guests(struct loop *l, const struct listener *from)
{
	for (int i = 0; i < ACCEPT_MAX; i++) {
		struct sockaddr_storage peer = { 0 };
		socklen_t n = sizeof peer;
		int fd = accept4(
			from->fd, (struct sockaddr *)&peer, &n, SOCK_NONBLOCK | SOCK_CLOEXEC);
		if (fd >= 0) {
			greet(l, fd, from, client_of_address(&l->server->client_key, &peer));
			continue;
		}
		/* No descriptor left for it: make room, else be deaf until the next tick. */
		if ((errno == EMFILE || errno == ENFILE || errno == ENOMEM) && !make_room(l))
			l->is_deaf = true;
		if (errno != EINTR && errno != ECONNABORTED)
			break;
	}
}
