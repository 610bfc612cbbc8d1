#include "tests/http/serve.h"
#include "base/clock.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { LATER_MAX = 4096, BIG = 3 << 20 };

struct serve {
	int file;
	atomic_int files; /* on their way */
	struct http_server *http;
	const char *listen;
	int loops, code;
	pthread_t thread, other;
	atomic_int handled, begun, done, loops_begun, loops_ended;
	/* Exchanges for the other thread; those of /never wait until the end. */
	pthread_mutex_t lock;
	pthread_cond_t more;
	struct http_exchange *later[LATER_MAX], *never[LATER_MAX];
	size_t n_later, n_never;
	bool is_ending;
	char *big;
};

static void *loop_begin(void *ctx, int loop)
{
	struct serve *s = ctx;
	(void)loop;
	atomic_fetch_add(&s->loops_begun, 1);
	return s;
}

static void loop_end(void *ctx, void *loop_data)
{
	struct serve *s = ctx;
	assert_ptr_equal(loop_data, s);
	atomic_fetch_add(&s->loops_ended, 1);
}

static void tell(
	struct str *to, struct arena *mem, const char *mark, struct http_pair *pair, size_t n)
{
	for (size_t i = 0; i < n; i++)
		*to = arena_f(mem, "%.*s%s %.*s=%.*s;%.*s\n", STR_ARG(*to), mark,
			STR_ARG(pair[i].name), STR_ARG(pair[i].value), STR_ARG(pair[i].filename));
}

static void echo(struct http_exchange *x)
{
	struct http_request *req = &x->req;
	struct str text = arena_f(req->mem, "method %d\ntarget %.*s\npath %.*s\n", (int)req->method,
		STR_ARG(req->target), STR_ARG(req->path));
	tell(&text, req->mem, "query", req->query, req->n_query);
	tell(&text, req->mem, "head", req->head, req->n_head);
	tell(&text, req->mem, "field", req->field, req->n_field);
	text = arena_f(req->mem, "%.*sbody %.*s\nclient %016llx\ntls %d\n", STR_ARG(text),
		STR_ARG(req->body), (unsigned long long)req->client, req->is_tls);
	x->res = (struct http_response){
		.status = 200, .type = STR("text/plain; charset=utf-8"), .body = text
	};
}

static size_t body_max(void *ctx, struct http_exchange *x)
{
	struct serve *s = ctx;
	if (!x->app_data)
		atomic_fetch_add(&s->begun, 1);
	x->app_data = s;
	return str_is(x->req.path, "/none") ? 0 : 1000;
}

static void put(struct serve *s, struct http_exchange **list, size_t *n, struct http_exchange *x)
{
	pthread_mutex_lock(&s->lock);
	assert_true(*n < LATER_MAX);
	list[(*n)++] = x;
	pthread_cond_signal(&s->more);
	pthread_mutex_unlock(&s->lock);
}

static void close_file(void *held)
{
	struct serve *s = held;
	atomic_fetch_sub(&s->files, 1);
}

/* Three shares and a bit, and where each byte stands in the file. */
static void send_file(struct serve *s, struct http_exchange *x)
{
	atomic_fetch_add(&s->files, 1);
	x->res.body = STR("");
	x->res.file = s->file;
	x->res.file_n = BIG + 3;
	x->res.release = close_file;
	x->res.held = s;
}

static void handle(void *ctx, struct http_exchange *x)
{
	struct serve *s = ctx;
	struct str path = x->req.path;
	if (!x->app_data)
		atomic_fetch_add(&s->begun, 1);
	x->app_data = s;
	atomic_fetch_add(&s->handled, 1);
	if (str_is(path, "/later")) {
		put(s, s->later, &s->n_later, x);
		return;
	}
	if (str_is(path, "/never")) {
		put(s, s->never, &s->n_never, x);
		return;
	}
	echo(x);
	if (str_is(path, "/big"))
		x->res.body = (struct str){ s->big, BIG };
	else if (str_is(path, "/file"))
		send_file(s, x);
	else if (str_is(path, "/tag"))
		x->res.etag = STR("\"abc\"");
	else if (str_is(path, "/empty"))
		x->res = (struct http_response){ .status = 303, .location = STR("/next") };
	else if (str_is(path, "/split"))
		x->res.location = STR("/x\r\nSet-Cookie: a=b");
	http_answer(x);
}

static void refuse(void *ctx, struct http_exchange *x, int status)
{
	struct serve *s = ctx;
	if (!x->app_data)
		atomic_fetch_add(&s->begun, 1);
	x->app_data = s;
	x->res.status = status;
	x->res.type = STR("text/plain");
	x->res.body = STR("refused\n");
}

static void done(void *ctx, struct http_exchange *x)
{
	struct serve *s = ctx;
	if (x->app_data)
		atomic_fetch_add(&s->done, 1);
}

static void *other_thread(void *ctx)
{
	struct serve *s = ctx;
	pthread_mutex_lock(&s->lock);
	for (;;) {
		while (!s->n_later && !s->is_ending)
			pthread_cond_wait(&s->more, &s->lock);
		if (!s->n_later && s->is_ending)
			break;
		struct http_exchange *x = s->later[--s->n_later];
		pthread_mutex_unlock(&s->lock);
		echo(x);
		http_answer(x);
		pthread_mutex_lock(&s->lock);
	}
	for (size_t i = 0; i < s->n_never; i++) {
		echo(s->never[i]);
		http_answer(s->never[i]);
	}
	pthread_mutex_unlock(&s->lock);
	return NULL;
}

static void *server_thread(void *ctx)
{
	struct serve *s = ctx;
	s->code = http_run(s->http, s->loops);
	return NULL;
}

struct serve *serve_begin(const struct http_limits *limits, const char *listen, int loops)
{
	struct serve *s = calloc(1, sizeof *s);
	assert_non_null(s);
	struct str at = str_c(listen);
	struct http_app app = { .ctx = s,
		.loop_begin = loop_begin,
		.loop_end = loop_end,
		.body_max = body_max,
		.handle = handle,
		.refuse = refuse,
		.done = done };
	s->listen = listen;
	s->loops = loops;
	s->big = malloc(BIG);
	assert_non_null(s->big);
	memset(s->big, 'b', BIG);
	s->file = memfd_create("file", MFD_CLOEXEC);
	for (int i = 0; i < BIG / 4 + 1; i++)
		assert_int_equal(pwrite(s->file, &(int){ i }, 4, 4 * (off_t)i), 4);
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->more, NULL);
	assert_int_equal(http_open(&at, 1, limits, &app, &s->http), 0);
	assert_int_equal(pthread_create(&s->other, NULL, other_thread, s), 0);
	assert_int_equal(pthread_create(&s->thread, NULL, server_thread, s), 0);
	return s;
}

void serve_stop(struct serve *s)
{
	http_stop(s->http);
}

void serve_end(struct serve *s)
{
	http_stop(s->http);
	pthread_join(s->thread, NULL);
	pthread_mutex_lock(&s->lock);
	s->is_ending = true;
	pthread_cond_signal(&s->more);
	pthread_mutex_unlock(&s->lock);
	pthread_join(s->other, NULL);
	http_close(s->http);
	assert_int_equal(s->code, 0);
	assert_int_equal(atomic_load(&s->begun), atomic_load(&s->done));
	assert_int_equal(atomic_load(&s->loops_begun), s->loops);
	assert_int_equal(atomic_load(&s->loops_ended), s->loops);
	pthread_mutex_destroy(&s->lock);
	pthread_cond_destroy(&s->more);
	close(s->file);
	assert_int_equal(s->files, 0);
	free(s->big);
	free(s);
}

int serve_handled(const struct serve *s)
{
	return atomic_load(&s->handled);
}

static int connect_unix(const char *path)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	assert_true(strlen(path) < sizeof at.sun_path);
	memcpy(at.sun_path, path, strlen(path) + 1);
	assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof at), 0);
	return fd;
}

static int connect_tcp(int port)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	assert_int_equal(connect(fd, (struct sockaddr *)&at, sizeof at), 0);
	return fd;
}

int serve_connect(const struct serve *s)
{
	struct timeval patience = { .tv_sec = 8 };
	const char *colon = strchr(s->listen, ':');
	int fd = strncmp(s->listen, "unix", 4) == 0 ? connect_unix(colon + 1)
						    : connect_tcp(http_port(s->http));
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	return fd;
}

void send_all(int fd, struct str bytes)
{
	while (bytes.n) {
		ssize_t n = send(fd, bytes.p, bytes.n, MSG_NOSIGNAL);
		/* A server that refuses need not read on. */
		if (n < 0)
			return;
		bytes = str_from(bytes, (size_t)n);
	}
}

static char *text;

static const char *keep(char *fresh)
{
	free(text);
	return text = fresh;
}

const char *read_end(int fd)
{
	size_t n = 0, cap = BIG + 65536;
	char *to = malloc(cap);
	assert_non_null(to);
	for (;;) {
		ssize_t got = recv(fd, to + n, cap - n - 1, 0);
		if (got < 0 && errno == ECONNRESET)
			break;
		assert_true(got >= 0);
		if (got == 0)
			break;
		n += (size_t)got;
	}
	to[n] = 0;
	close(fd);
	return keep(to);
}

const char *read_one(int fd)
{
	size_t n = 0, cap = 65536, want = SIZE_MAX;
	char *to = malloc(cap);
	assert_non_null(to);
	/* A byte at a time: what follows stays for the next call. */
	while (n < want && n + 1 < cap) {
		ssize_t got = recv(fd, to + n, want == SIZE_MAX ? 1 : want - n, 0);
		assert_true(got >= 0);
		if (!got)
			break;
		n += (size_t)got;
		to[n] = 0;
		if (want == SIZE_MAX && n > 4 && memcmp(to + n - 4, "\r\n\r\n", 4) == 0) {
			const char *length = strstr(to, "\r\nContent-Length: ");
			want = n + (length ? strtoul(length + 18, NULL, 10) : 0);
		}
	}
	return keep(to);
}

const char *ask(const struct serve *s, struct str bytes)
{
	int fd = serve_connect(s);
	send_all(fd, bytes);
	shutdown(fd, SHUT_WR);
	return read_end(fd);
}

int status_of(const char *t)
{
	return strncmp(t, "HTTP/1.1 ", 9) == 0 ? (int)strtol(t + 9, NULL, 10) : 0;
}

int count_of(const char *t, const char *what)
{
	int n = 0;
	for (; (t = strstr(t, what)); t++)
		n++;
	return n;
}
