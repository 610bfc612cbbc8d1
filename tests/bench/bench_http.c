/* For hands only: serve SIZE bytes from memory on PORT with LOOPS loops until SIGTERM, to be
 * compared with nginx serving the same bytes (tests/bench/bench_http.sh). */
#include "http/http.h"
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct http_server *server;
static struct str page;

static void *loop_begin(void *ctx, int loop)
{
	(void)loop;
	return ctx;
}

static void loop_end(void *ctx, void *loop_data)
{
	(void)ctx;
	(void)loop_data;
}

static size_t body_max(void *ctx, struct http_exchange *x)
{
	(void)ctx;
	(void)x;
	return 65536;
}

static void handle(void *ctx, struct http_exchange *x)
{
	(void)ctx;
	x->res.status = 200;
	x->res.type = STR("text/html; charset=utf-8");
	x->res.body = page;
	x->res.etag = STR("\"0123456789abcdef\"");
	x->res.cache = STR("no-cache");
	http_answer(x);
}

static void refuse(void *ctx, struct http_exchange *x, int status)
{
	(void)ctx;
	x->res.status = status;
}

static void done(void *ctx, struct http_exchange *x)
{
	(void)ctx;
	(void)x;
}

static void on_term(int signal_number)
{
	(void)signal_number;
	http_stop(server);
}

int main(int argc, char **argv)
{
	if (argc != 4) {
		fprintf(stderr, "usage: bench-http PORT LOOPS SIZE\n");
		return 2;
	}
	char at[40];
	int64_t size;
	int loops = (int)strtol(argv[2], NULL, 10);
	if (!str_i64(str_c(argv[3]), &size) || size < 0)
		return 2;
	struct http_app app = { .ctx = &page,
		.loop_begin = loop_begin,
		.loop_end = loop_end,
		.body_max = body_max,
		.handle = handle,
		.refuse = refuse,
		.done = done };
	char *bytes = malloc((size_t)size + 1);
	if (!bytes)
		return 1;
	memset(bytes, 'x', (size_t)size);
	page = (struct str){ bytes, (size_t)size };
	snprintf(at, sizeof at, "127.0.0.1:%s", argv[1]);
	struct str listen = str_c(at);
	if (http_open(&listen, 1, NULL, &app, &server) < 0 || signal(SIGTERM, on_term) == SIG_ERR ||
		http_run(server, loops) < 0) {
		fprintf(stderr, "%s\n", err_noted());
		return 1;
	}
	http_close(server);
	free(bytes);
	return 0;
}
