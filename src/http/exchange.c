#include "base/clock.h"
#include "http/inner.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/socket.h>

enum { FILE_SHARE = 1 << 20, PIECE = 1 << 16 }; /* of a file before others have their turn */

struct exchange *exchange_begin(struct conn *c)
{
	struct exchange *e = calloc(1, sizeof *e);
	if (!e)
		return NULL;
	e->letter.kind = LETTER_ANSWER;
	e->loop = c->loop;
	e->conn = c;
	arena_init(&e->mem, c->loop->server->limits.arena_max);
	e->x.req.mem = &e->mem;
	e->x.req.client = c->client;
	e->x.loop_data = c->loop->app_data;
	c->exchange = e;
	LIST_INSERT_HEAD(&c->loop->work, e, list);
	return e;
}

void exchange_end(struct exchange *e)
{
	struct http_server *s = e->loop->server;
	if (e->x.res.release)
		e->x.res.release(e->x.res.held);
	s->app.done(s->app.ctx, &e->x);
	if (e->conn)
		e->conn->exchange = NULL;
	LIST_REMOVE(e, list);
	body_done(&e->input);
	if (e->piece)
		explicit_bzero(e->piece, PIECE);
	free(e->piece);
	arena_done(&e->mem);
	explicit_bzero(e, sizeof *e); /* it has the names of files */
	free(e);
}

int exchange_head(struct exchange *e, struct str head, size_t lines)
{
	struct http_request *req = &e->x.req;
	struct head_text text = { arena_take(&e->mem, head.n), head.n, lines,
		e->conn->kind != LISTEN_TCP };
	if (!text.text)
		return 500;
	memcpy(text.text, head.p, head.n);
	int status = head_parse(&e->grammar, &text, req, &e->facts);
	/* Behind a front server the peer is the server: it alone knows who asks. */
	if (e->conn->kind == LISTEN_UNIX && e->facts.forward.n)
		req->client = client_hash(&e->loop->server->client_key, e->facts.forward);
	e->is_last = status || !e->grammar.is_kept_alive;
	return status;
}

static int on_piece(void *ctx, struct str piece)
{
	struct exchange *e = ctx;
	int st = body_feed(&e->input, piece);
	e->refusal = st == ERR_LIMIT ? 413 : 400;
	return st;
}

int exchange_body_begin(struct exchange *e)
{
	static const struct grammar_watch watch = { .body = on_piece };
	struct http_app *app = &e->loop->server->app;
	size_t max = app->body_max(app->ctx, &e->x);
	if (!max || e->grammar.length > max)
		return 413;
	size_t announced = e->grammar.is_chunked ? max : (size_t)e->grammar.length;
	const struct http_sink *sink = app->sink ? app->sink(app->ctx, &e->x) : NULL;
	int st = body_begin(
		&e->input, http_head(&e->x.req, "content-type"), announced, sink, &e->mem);
	if (e->input.kind == BODY_MULTIPART)
		e->input.multipart.req = &e->x.req;
	e->grammar.watch = &watch;
	e->grammar.ctx = e;
	/* Chunks of one byte take six. What takes more than that is only noise. */
	e->raw_max = 8 * announced + 4096;
	return st == ERR_INPUT ? 400 : st < 0 ? 500 : 0;
}

int exchange_body_feed(struct exchange *e, struct str bytes, size_t *ret_used)
{
	enum grammar_event event = grammar_feed(&e->grammar, bytes, ret_used);
	e->raw += *ret_used;
	if (event == GRAMMAR_STOPPED)
		return e->refusal;
	if (event == GRAMMAR_BAD)
		return 400;
	if (e->raw > e->raw_max)
		return 413;
	if (event != GRAMMAR_WHOLE)
		return 0;
	int st = body_end(&e->input, &e->x.req);
	return st == ERR_LIMIT ? 413 : st < 0 ? 400 : 1;
}

static struct str date(struct loop *l)
{
	int64_t now = clock_now();
	if (now != l->date_at) {
		l->date.n = 0;
		respond_date(&l->date, now);
		l->date_at = now;
	}
	return buf_view(&l->date);
}

bool exchange_write(struct exchange *e)
{
	struct loop *l = e->loop;
	struct respond_facts facts = { .date = date(l),
		.is_head = e->x.req.method == HTTP_HEAD,
		.is_10 = e->facts.is_10,
		.is_last = e->is_last,
		.is_full = e->is_full };
	if (e->x.req.method == HTTP_GET || e->x.req.method == HTTP_HEAD)
		facts.if_none_match = http_head(&e->x.req, "if-none-match");
	l->out.n = 0;
	respond_write(&l->out, &e->x.res, &facts, &e->body);
	e->head = buf_view(&l->out);
	return !l->out.failed && !l->date.failed;
}

/* The unsent parts, in order. The body is sent from where the app keeps it. */
static size_t parts(const struct exchange *e, struct iovec *io)
{
	struct str part[3] = { e->head, e->x.res.framed_by.n ? respond_framed() : respond_fixed(),
		e->body.bytes };
	size_t n = 0, skip = e->sent;
	for (size_t i = 0; i < 3; i++) {
		size_t gone = skip < part[i].n ? skip : part[i].n;
		skip -= gone;
		if (gone < part[i].n)
			io[n++] = (struct iovec){ (void *)(uintptr_t)(part[i].p + gone),
				part[i].n - gone };
	}
	return n;
}

/* From the kernel's memory to the socket, a share at a time: others wait, and a file is long. */
static int send_file(struct exchange *e, int fd)
{
	int64_t share = FILE_SHARE;
	while (e->sent_file < e->body.file_n) {
		int64_t left = e->body.file_n - e->sent_file;
		off_t at = e->sent_file;
		if (share <= 0)
			return SENT_TURN;
		ssize_t sent = sendfile(
			fd, e->x.res.file, &at, (size_t)(left < share ? left : share));
		if (sent > 0) {
			e->sent_file += sent;
			share -= sent;
		} else if (sent == 0 || (errno != EINTR && errno != EAGAIN)) {
			return ERR_IO; /* nothing comes any more: the file is shorter than was said
					*/
		} else if (errno == EAGAIN) {
			return SENT_FULL;
		}
	}
	return SENT_ALL;
}

/* The next piece of what the app writes; ERR_IO ends the connection short of what was said. */
static int make_piece(struct exchange *e)
{
	int64_t left = e->body.more_n - e->made_more;
	if (!e->piece && !(e->piece = malloc(PIECE)))
		return ERR_IO;
	int n = e->x.res.make(e->x.res.held, e->piece, PIECE);
	if (n <= 0 || n > PIECE || n > left)
		return ERR_IO;
	e->piece_n = (size_t)n;
	e->piece_at = 0;
	e->made_more += n;
	return n;
}

static int send_more(struct exchange *e, int fd)
{
	int64_t share = FILE_SHARE;
	while (e->piece_at < e->piece_n || e->made_more < e->body.more_n) {
		if (e->piece_at == e->piece_n) {
			int n = share > 0 ? make_piece(e) : SENT_TURN;
			if (share <= 0 || n < 0)
				return n;
			share -= n;
		}
		ssize_t sent = send(
			fd, e->piece + e->piece_at, e->piece_n - e->piece_at, MSG_NOSIGNAL);
		if (sent > 0)
			e->piece_at += (size_t)sent;
		else if (errno == EAGAIN)
			return SENT_FULL;
		else if (errno != EINTR)
			return ERR_IO;
	}
	return SENT_ALL;
}

static int send_behind(struct exchange *e, int fd)
{
	return e->body.more_n ? send_more(e, fd) : send_file(e, fd);
}

int exchange_send(struct exchange *e, int fd)
{
	for (;;) {
		struct iovec io[3];
		size_t n = parts(e, io);
		if (!n)
			return send_behind(e, fd);
		struct msghdr msg = { .msg_iov = io, .msg_iovlen = n };
		ssize_t sent = sendmsg(fd, &msg, MSG_NOSIGNAL);
		if (sent >= 0) {
			e->sent += (size_t)sent;
			continue;
		}
		if (errno == EINTR)
			continue;
		if (errno != EAGAIN)
			return ERR_IO;
		break;
	}
	/* Others will write heads before this one goes on: keep ours. */
	if (e->sent < e->head.n && e->head.p == e->loop->out.p)
		e->head = arena_copy(&e->mem, e->head);
	return e->head.p ? SENT_FULL : ERR_IO;
}
