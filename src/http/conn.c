#include "http/inner.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* What a connection has read and not yet understood, in the loop's scratch memory. */
struct input {
	size_t at, n, most; /* most: how far it has ever reached */
};

/* GO: take the next step; WAIT: for the peer or the app; GONE: the connection is closed. */
enum step { GO, WAIT, GONE };

static void due_in(struct conn *c, int64_t ms)
{
	wheel_set(&c->loop->wheel, &c->due, c->loop->now + ms);
}

static const struct http_limits *limits(const struct conn *c)
{
	return &c->loop->server->limits;
}

static struct str view(const struct conn *c, const struct input *in)
{
	return (struct str){ c->loop->scratch + in->at, in->n - in->at };
}

bool conn_is_quiet(const struct conn *c)
{
	return c->state <= CONN_HEAD && !c->is_begun;
}

void conn_idle_drop(struct conn *c)
{
	if (c->is_idle)
		TAILQ_REMOVE(&c->loop->idle, c, idle);
	c->is_idle = false;
}

void conn_close(struct conn *c)
{
	struct loop *l = c->loop;
	if (c->state == CONN_DEAD)
		return;
	/* An exchange that the app has at work stays until its answer comes, for nobody. */
	if (c->exchange && c->state == CONN_WORK)
		c->exchange->conn = NULL;
	else if (c->exchange)
		exchange_end(c->exchange);
	c->exchange = NULL;
	c->state = CONN_DEAD;
	conn_idle_drop(c);
	if (c->is_ready)
		TAILQ_REMOVE(&l->ready, c, ready);
	wheel_drop(&l->wheel, &c->due);
	close(c->fd);
	if (c->kept)
		explicit_bzero(c->kept, c->n_kept);
	free(c->kept);
	c->kept = NULL;
	/* The turn's other events may still name it: freed at the end of the turn. */
	TAILQ_REMOVE(&l->all, c, all);
	TAILQ_INSERT_TAIL(&l->dead, c, all);
	atomic_fetch_sub(&l->load, 1);
	atomic_fetch_sub(&l->server->n_conn, 1);
}

static enum step gone(struct conn *c)
{
	conn_close(c);
	return GONE;
}

/* Read more behind what is there. */
static enum step fill(struct conn *c, struct input *in)
{
	char *scratch = c->loop->scratch;
	if (!c->can_read)
		return WAIT;
	if (++c->turns > TURNS_MAX) {
		loop_ready(c->loop, c);
		return WAIT;
	}
	if (in->at) {
		memmove(scratch, scratch + in->at, in->n - in->at);
		in->n -= in->at;
		in->at = 0;
	}
	size_t room = SCRATCH - in->n;
	ssize_t n = recv(c->fd, scratch + in->n, room, 0);
	if (n > 0) {
		in->n += (size_t)n;
		in->most = in->most > in->n ? in->most : in->n;
		/* A short read empties the socket: epoll will tell of the next byte. */
		c->can_read = (size_t)n == room || c->saw_end;
		return GO;
	}
	if (n < 0 && errno == EINTR)
		return GO;
	if (n < 0 && errno == EAGAIN) {
		c->can_read = false;
		return WAIT;
	}
	return gone(c);
}

static int64_t answer_size(const struct exchange *e)
{
	return (int64_t)e->body.bytes.n + e->body.file_n + e->body.more_n;
}

static enum step answer(struct conn *c)
{
	struct exchange *e = c->exchange;
	e->is_last |= c->loop->is_stopping;
	c->state = CONN_SEND;
	if (!exchange_write(e))
		return gone(c);
	due_in(c, limits(c)->answer_seconds * 1000 + answer_size(e) / SLOWEST * 1000);
	return GO;
}

/* The server itself says no, and then no more: what still comes was not understood. */
static enum step refuse(struct conn *c, int status)
{
	struct http_app *app = &c->loop->server->app;
	struct exchange *e = c->exchange ? c->exchange : exchange_begin(c);
	if (!e)
		return gone(c);
	conn_idle_drop(c);
	c->is_refused = true;
	e->is_last = true;
	e->is_full = status == 503;
	e->x.res = (struct http_response){ .status = status };
	app->refuse(app->ctx, &e->x, status);
	return answer(c);
}

static enum step handle(struct conn *c)
{
	struct http_app *app = &c->loop->server->app;
	struct exchange *e = c->exchange;
	c->state = CONN_WORK;
	due_in(c, limits(c)->answer_seconds * 1000);
	e->is_in_handle = true;
	app->handle(app->ctx, &e->x);
	e->is_in_handle = false;
	return e->is_answered ? answer(c) : WAIT;
}

/* The client waits for a word before it sends the body. */
static enum step encourage(struct conn *c)
{
	struct str word = STR("HTTP/1.1 100 Continue\r\n\r\n");
	ssize_t n = send(c->fd, word.p, word.n, MSG_NOSIGNAL);
	/* Part of a word would spoil the answer; none at all only costs the client a second. */
	return n > 0 && (size_t)n < word.n ? gone(c) : GO;
}

static enum step body_begin_step(struct conn *c, bool has_more)
{
	struct exchange *e = c->exchange;
	int status = exchange_body_begin(e);
	if (status)
		return refuse(c, status);
	c->state = CONN_BODY;
	due_in(c, limits(c)->body_seconds * 1000 + (int64_t)(e->input.max / SLOWEST) * 1000);
	return e->facts.expects && !has_more ? encourage(c) : GO;
}

static enum step head_step(struct conn *c, struct input *in)
{
	if (in->at == in->n)
		return fill(c, in);
	if (!c->is_begun) {
		c->is_begun = true;
		conn_idle_drop(c);
		due_in(c, limits(c)->head_seconds * 1000);
	}
	int got = head_scan(&c->scan, view(c, in), limits(c)->head_max);
	if (got == 0)
		return fill(c, in);
	if (got != 1)
		return refuse(c, got);
	struct exchange *e = exchange_begin(c);
	if (!e)
		return gone(c);
	struct str head = { view(c, in).p + c->scan.start, c->scan.at - c->scan.start };
	int status = exchange_head(e, head, c->scan.lines);
	in->at += c->scan.at;
	c->scan = (struct head_scan){ 0 };
	if (status)
		return refuse(c, status);
	return e->facts.has_body ? body_begin_step(c, in->at < in->n) : handle(c);
}

static enum step body_step(struct conn *c, struct input *in)
{
	size_t used;
	if (in->at == in->n)
		return fill(c, in);
	int got = exchange_body_feed(c->exchange, view(c, in), &used);
	in->at += used;
	return got == 0 ? GO : got == 1 ? handle(c) : refuse(c, got);
}

static enum step proxy_step(struct conn *c, struct input *in)
{
	struct str source;
	size_t used;
	int got = client_proxy(view(c, in), &source, &used);
	/* Whoever speaks wrongly here is a front server set up wrongly: no page would help. */
	if (got < 0)
		return gone(c);
	if (got == 0) {
		c->is_begun = in->n > in->at;
		return fill(c, in);
	}
	c->client = client_hash(&c->loop->server->client_key, source);
	in->at += used;
	c->state = CONN_HEAD;
	return GO;
}

static void idle_begin(struct conn *c)
{
	c->state = CONN_HEAD;
	c->is_begun = false;
	c->is_idle = true;
	TAILQ_INSERT_TAIL(&c->loop->idle, c, idle);
	due_in(c, limits(c)->idle_seconds * 1000);
}

static enum step send_step(struct conn *c, struct input *in)
{
	struct exchange *e = c->exchange;
	if (!c->can_write)
		return WAIT;
	int st = exchange_send(e, c->fd);
	if (st < 0)
		return gone(c);
	if (st == SENT_TURN)
		loop_ready(c->loop, c);
	c->can_write = st != SENT_FULL;
	if (st != SENT_ALL)
		return WAIT;
	bool is_last = e->is_last;
	exchange_end(e);
	if (!is_last) {
		idle_begin(c);
		if (++c->turns <= TURNS_MAX)
			return GO;
		loop_ready(c->loop, c);
		return WAIT;
	}
	/* Closing with bytes unread would reset the connection and lose the answer. */
	if (!c->is_refused && in->at == in->n && !c->can_read)
		return gone(c);
	shutdown(c->fd, SHUT_WR);
	c->state = CONN_LINGER;
	due_in(c, LINGER_MS);
	return GO;
}

static enum step linger_step(struct conn *c, struct input *in)
{
	c->lingered += in->n - in->at;
	in->at = in->n = 0;
	return c->lingered > LINGER_MAX ? gone(c) : fill(c, in);
}

static enum step step(struct conn *c, struct input *in)
{
	switch (c->state) {
	case CONN_PROXY: return proxy_step(c, in);
	case CONN_HEAD: return head_step(c, in);
	case CONN_BODY: return body_step(c, in);
	case CONN_WORK: return WAIT;
	case CONN_SEND: return send_step(c, in);
	case CONN_LINGER: return linger_step(c, in);
	case CONN_DEAD: break;
	}
	return GONE;
}

/* Bytes read too far wait in memory of the connection's own: none while it idles. */
static void keep(struct conn *c, const struct input *in)
{
	struct str rest = view(c, in);
	if (!rest.n)
		return;
	c->kept = malloc(rest.n);
	if (!c->kept) {
		conn_close(c);
		return;
	}
	memcpy(c->kept, rest.p, rest.n);
	c->n_kept = rest.n;
}

void conn_run(struct conn *c)
{
	struct input in = { 0, c->n_kept, c->n_kept };
	struct loop *l = c->loop;
	enum step next = GO;
	if (c->state == CONN_DEAD)
		return;
	if (c->kept) {
		memcpy(c->loop->scratch, c->kept, c->n_kept);
		explicit_bzero(c->kept, c->n_kept);
		free(c->kept);
		c->kept = NULL;
		c->n_kept = 0;
	}
	c->turns = 0;
	while (next == GO)
		next = step(c, &in);
	if (next == WAIT)
		keep(c, &in);
	explicit_bzero(l->scratch, in.most); /* whoever speaks next may be silent for long */
}

void conn_answered(struct exchange *e)
{
	struct conn *c = e->conn;
	if (!c)
		exchange_end(e);
	else if (answer(c) == GO)
		conn_run(c);
}

void conn_over_limit(struct conn *c)
{
	if (refuse(c, 503) == GO)
		conn_run(c);
}

void conn_expire(struct conn *c)
{
	enum step next = GONE;
	switch (c->state) {
	case CONN_HEAD:
		if (!c->is_begun)
			break;
		next = refuse(c, 408);
		break;
	case CONN_BODY: next = refuse(c, 408); break;
	case CONN_WORK:
		/* The app may still write into its exchange: the refusal needs one of its own. */
		c->exchange->conn = NULL;
		c->exchange = NULL;
		next = refuse(c, 503);
		break;
	case CONN_PROXY:
	case CONN_SEND:
	case CONN_LINGER:
	case CONN_DEAD: break;
	}
	if (next == GO)
		conn_run(c);
	else
		conn_close(c);
}
