#include "http/inner.h"
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <unistd.h>

static int or_default(int value, int otherwise)
{
	return value > 0 ? value : otherwise;
}

/* Every connection takes a descriptor; databases and logs want some too. */
static int descriptors(int wanted)
{
	enum { OTHERS = 128 };
	struct rlimit r;
	if (getrlimit(RLIMIT_NOFILE, &r) < 0)
		return wanted;
	rlim_t need = (rlim_t)wanted + GUESTS_OVER_LIMIT + OTHERS;
	if (r.rlim_cur < need) {
		r.rlim_cur = r.rlim_max < need ? r.rlim_max : need;
		setrlimit(RLIMIT_NOFILE, &r);
		getrlimit(RLIMIT_NOFILE, &r);
	}
	if (r.rlim_cur >= need)
		return wanted;
	return r.rlim_cur > 2 * OTHERS ? (int)r.rlim_cur - GUESTS_OVER_LIMIT - OTHERS : OTHERS;
}

static void limits_take(struct http_limits *to, const struct http_limits *from)
{
	*to = *from;
	if (!to->head_max)
		to->head_max = 16384;
	if (to->head_max > SCRATCH / 2)
		to->head_max = SCRATCH / 2;
	if (!to->arena_max)
		to->arena_max = 4 << 20;
	to->connections_max = descriptors(or_default(to->connections_max, 4096));
	to->head_seconds = or_default(to->head_seconds, 10);
	to->body_seconds = or_default(to->body_seconds, 60);
	to->answer_seconds = or_default(to->answer_seconds, 60);
	to->idle_seconds = or_default(to->idle_seconds, 15);
}

int http_open(const struct str *listen, size_t n, const struct http_limits *limits,
	const struct http_app *app, struct http_server **ret)
{
	static const struct http_limits none = { 0 };
	if (!n || n > LISTENERS_MAX)
		return err_note(
			ERR_INPUT, "between 1 and %d addresses to listen on", LISTENERS_MAX);
	struct http_server *s = calloc(1, sizeof *s);
	if (!s)
		return err_note(ERR_NOMEM, "room for the server");
	int err = client_begin(&s->client_key);
	if (err < 0) {
		free(s);
		return err;
	}
	limits_take(&s->limits, limits ? limits : &none);
	s->app = *app;
	s->stop = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	if (s->stop < 0)
		err = err_note(ERR_IO, "eventfd: %s", strerror(errno));
	for (size_t i = 0; i < n && err == 0; i++)
		if ((err = listen_open(listen[i], &s->listener[i])) == 0)
			s->n_listener++;
	if (err < 0) {
		http_close(s);
		return err;
	}
	*ret = s;
	return 0;
}

static void *loop_thread(void *loop)
{
	loop_run(loop);
	return NULL;
}

int http_run(struct http_server *s, int loops)
{
	signal(SIGPIPE, SIG_IGN); /* sendfile cannot be told to leave it out */
	int err = 0, n_thread = 1;
	if (loops < 1 || loops > LOOPS_MAX || s->n_loop)
		return err_note(ERR_INPUT, "between 1 and %d loops, once", LOOPS_MAX);
	/* All are made before one runs: each looks at the others' load. */
	for (s->n_loop = 0; s->n_loop < loops && err == 0; s->n_loop++)
		err = loop_begin(&s->loop[s->n_loop], s, s->n_loop);
	if (err < 0)
		return err;
	for (; n_thread < loops; n_thread++) {
		if (pthread_create(
			    &s->loop[n_thread].thread, NULL, loop_thread, &s->loop[n_thread])) {
			err = err_note(ERR_IO, "no thread for a loop");
			http_stop(s);
			break;
		}
	}
	loop_run(&s->loop[0]);
	for (int i = 1; i < n_thread; i++)
		pthread_join(s->loop[i].thread, NULL);
	return err == 0 && atomic_load(&s->has_failed) ? err_note(ERR_IO, "a loop did not begin")
						       : err;
}

void http_stop(struct http_server *s)
{
	int saved = errno;
	uint64_t one = 1;
	if (write(s->stop, &one, sizeof one) < 0)
		must(errno == EAGAIN);
	errno = saved;
}

void http_close(struct http_server *s)
{
	if (!s)
		return;
	for (int i = 0; i < s->n_loop; i++)
		loop_end(&s->loop[i]);
	for (size_t i = 0; i < s->n_listener; i++)
		listen_close(&s->listener[i]);
	if (s->stop >= 0)
		close(s->stop);
	client_done(&s->client_key);
	free(s);
}

int http_port(const struct http_server *s)
{
	for (size_t i = 0; i < s->n_listener; i++)
		if (s->listener[i].kind == LISTEN_TCP)
			return s->listener[i].port;
	return 0;
}

void http_answer(struct http_exchange *x)
{
	struct exchange *e = (struct exchange *)x;
	if (loop_is_mine(e->loop) && e->is_in_handle)
		e->is_answered = true;
	else
		loop_mail(e->loop, &e->letter);
}
