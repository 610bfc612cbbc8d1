#include "base/clock.h"
#include "http/inner.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { EVENTS_MAX = 256 };

static _Thread_local const struct loop *my_loop;

bool loop_is_mine(const struct loop *l)
{
	return my_loop == l;
}

/* One wake-up for a batch: only the letter that finds the box empty rings. */
void loop_mail(struct loop *l, struct letter *letter)
{
	uint64_t one = 1;
	struct letter *old = atomic_load_explicit(&l->mail, memory_order_relaxed);
	do
		letter->next = old;
	while (!atomic_compare_exchange_weak_explicit(
		&l->mail, &old, letter, memory_order_release, memory_order_relaxed));
	if (!old && write(l->wake, &one, sizeof one) < 0)
		must(errno == EAGAIN);
}

/* All letters, oldest first. */
static struct letter *mail_take(struct loop *l)
{
	struct letter *in_order = NULL;
	struct letter *newest = atomic_exchange_explicit(&l->mail, NULL, memory_order_acquire);
	while (newest) {
		struct letter *older = newest->next;
		newest->next = in_order;
		in_order = newest;
		newest = older;
	}
	return in_order;
}

static struct exchange *exchange_of(struct letter *letter)
{
	return (struct exchange *)((char *)letter - offsetof(struct exchange, letter));
}

static struct conn *guest_of(struct letter *letter)
{
	return (struct conn *)((char *)letter - offsetof(struct conn, letter));
}

static void mail_read(struct loop *l)
{
	uint64_t rings;
	/* Quieten the bell before emptying the box: a letter put between rings again. */
	if (read(l->wake, &rings, sizeof rings) < 0)
		must(errno == EAGAIN);
	for (struct letter *m = mail_take(l), *next; m; m = next) {
		next = m->next;
		if (m->kind == LETTER_ANSWER)
			conn_answered(exchange_of(m));
		else
			accept_guest(l, guest_of(m));
	}
}

void loop_ready(struct loop *l, struct conn *c)
{
	if (!c->is_ready)
		TAILQ_INSERT_TAIL(&l->ready, c, ready);
	c->is_ready = true;
}

static void ready_run(struct loop *l)
{
	struct conn *last = TAILQ_LAST(&l->ready, conn_list), *c;
	while (last && (c = TAILQ_FIRST(&l->ready))) {
		bool was_last = c == last;
		TAILQ_REMOVE(&l->ready, c, ready);
		c->is_ready = false;
		conn_run(c);
		if (was_last)
			break;
	}
}

static void listen_again(struct loop *l, bool on)
{
	for (size_t i = 0; i < l->server->n_listener; i++) {
		struct listener *from = &l->server->listener[i];
		struct epoll_event want = { .events = EPOLLIN | EPOLLEXCLUSIVE, .data.ptr = from };
		if (epoll_ctl(l->epoll, on ? EPOLL_CTL_ADD : EPOLL_CTL_DEL, from->fd, &want) < 0)
			must(errno == ENOENT || errno == EEXIST || errno == ENOMEM ||
				errno == ENOSPC);
	}
}

static bool is_listener(const struct loop *l, const void *p)
{
	const struct listener *from = p;
	return from >= l->server->listener && from < l->server->listener + LISTENERS_MAX;
}

static void stopping_begin(struct loop *l)
{
	struct conn *c, *next;
	l->is_stopping = true;
	l->stop_by = l->now + STOP_MS;
	epoll_ctl(l->epoll, EPOLL_CTL_DEL, l->server->stop, NULL);
	listen_again(l, false);
	for (c = TAILQ_FIRST(&l->all); c; c = next) {
		next = TAILQ_NEXT(c, all);
		if (conn_is_quiet(c))
			conn_close(c);
	}
}

static void stopping_end(struct loop *l)
{
	struct conn *c;
	while ((c = TAILQ_FIRST(&l->all)))
		conn_close(c);
}

static void event_read(struct loop *l, const struct epoll_event *ev)
{
	if (ev->data.ptr == l) {
		mail_read(l);
	} else if (ev->data.ptr == l->server) {
		stopping_begin(l);
	} else if (is_listener(l, ev->data.ptr)) {
		if (!l->is_stopping && !l->is_deaf)
			accept_guests(l, ev->data.ptr);
	} else {
		struct conn *c = ev->data.ptr;
		if (c->state == CONN_DEAD)
			return;
		if (ev->events & (EPOLLERR | EPOLLHUP)) {
			conn_close(c);
			return;
		}
		c->can_read |= (ev->events & (EPOLLIN | EPOLLRDHUP)) != 0;
		c->saw_end |= (ev->events & EPOLLRDHUP) != 0;
		c->can_write |= (ev->events & EPOLLOUT) != 0;
		conn_run(c);
	}
}

static void dead_free(struct loop *l)
{
	struct conn *c;
	while ((c = TAILQ_FIRST(&l->dead))) {
		TAILQ_REMOVE(&l->dead, c, all);
		free(c);
	}
}

static int patience(const struct loop *l)
{
	if (!TAILQ_EMPTY(&l->ready))
		return 0;
	int wait = wheel_wait(&l->wheel, l->now);
	if ((l->is_stopping || l->is_deaf) && (wait < 0 || wait > WHEEL_TICK_MS))
		wait = WHEEL_TICK_MS;
	return wait;
}

static void turn(struct loop *l)
{
	struct epoll_event ev[EVENTS_MAX];
	struct wheel_node *node;
	bool was_deaf = l->is_deaf;
	if (was_deaf)
		listen_again(l, false);
	int n = epoll_wait(l->epoll, ev, EVENTS_MAX, patience(l));
	must(n >= 0 || errno == EINTR);
	l->now = clock_mono() / 1000000;
	if (was_deaf) {
		l->is_deaf = false;
		if (!l->is_stopping)
			listen_again(l, true);
	}
	for (int i = 0; i < n; i++)
		event_read(l, &ev[i]);
	ready_run(l);
	while ((node = wheel_pop(&l->wheel, l->now)))
		conn_expire((struct conn *)((char *)node - offsetof(struct conn, due)));
	dead_free(l);
}

static int watch(struct loop *l, int fd, void *as)
{
	struct epoll_event want = { .events = EPOLLIN, .data.ptr = as };
	return epoll_ctl(l->epoll, EPOLL_CTL_ADD, fd, &want);
}

int loop_begin(struct loop *l, struct http_server *s, int number)
{
	l->server = s;
	l->number = number;
	TAILQ_INIT(&l->all);
	TAILQ_INIT(&l->idle);
	TAILQ_INIT(&l->ready);
	TAILQ_INIT(&l->dead);
	LIST_INIT(&l->work);
	buf_init(&l->out, 32768);
	buf_init(&l->date, 64);
	l->now = clock_mono() / 1000000;
	wheel_begin(&l->wheel, l->now);
	l->epoll = epoll_create1(EPOLL_CLOEXEC);
	l->wake = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	l->scratch = malloc(SCRATCH);
	if (!l->scratch)
		return err_note(ERR_NOMEM, "room for a loop");
	if (l->epoll < 0 || l->wake < 0 || watch(l, l->wake, l) < 0 || watch(l, s->stop, s) < 0)
		return err_note(ERR_IO, "epoll: %s", strerror(errno));
	return 0;
}

void loop_run(struct loop *l)
{
	struct http_server *s = l->server;
	my_loop = l;
	l->app_data = s->app.loop_begin(s->app.ctx, l->number);
	if (l->app_data) {
		listen_again(l, true);
		while (!l->is_stopping || (!TAILQ_EMPTY(&l->all) && l->now < l->stop_by))
			turn(l);
		stopping_end(l);
		dead_free(l);
		s->app.loop_end(s->app.ctx, l->app_data);
	} else {
		atomic_store(&s->has_failed, true);
		http_stop(s);
	}
	my_loop = NULL;
}

/* Nobody else runs any more: what still waits in the box goes to nobody. */
void loop_end(struct loop *l)
{
	struct exchange *e;
	for (struct letter *m = l->server ? mail_take(l) : NULL, *next; m; m = next) {
		next = m->next;
		if (m->kind == LETTER_ANSWER) {
			exchange_end(exchange_of(m));
		} else {
			close(guest_of(m)->fd);
			free(guest_of(m));
		}
	}
	while ((e = LIST_FIRST(&l->work)))
		exchange_end(e);
	if (l->scratch)
		explicit_bzero(l->scratch, SCRATCH);
	free(l->scratch);
	buf_done(&l->out);
	buf_done(&l->date);
	if (l->server && l->epoll >= 0)
		close(l->epoll);
	if (l->server && l->wake >= 0)
		close(l->wake);
}
