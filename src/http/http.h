/*
 * I know requests and responses; not who asks, nor why.
 *
 * One event loop per core (epoll), llhttp's strict grammar, a wheel of deadlines.
 * A request reaches its handler whole: head checked, body read within the limit
 * that the app named for it. The answer may come from another thread.
 */
#pragma once
#include "base/arena.h"
#include "base/str.h"

enum http_method { HTTP_GET = 1, HTTP_HEAD, HTTP_POST };

struct http_pair {
	struct str name, value;
	struct str filename; /* of an uploaded file: its last part, made harmless; else absent */
	void *held;          /* of a file that went into a sink: what the sink made of it */
};

/* What a client sent; lives in ${mem} until the response is written. */
struct http_request {
	enum http_method method;
	struct str target;       /* as sent: "/c/demo?q=1" */
	struct str path;         /* percent-decoded, UTF-8, begins with '/', no dot segments */
	struct http_pair *query; /* decoded pairs of the query string, in order */
	size_t n_query;
	struct http_pair *head; /* header fields, names in lower case, values trimmed */
	size_t n_head;
	struct http_pair *field; /* decoded fields of a urlencoded or multipart body, in order */
	size_t n_field;
	struct str body; /* other bodies, as sent */
	uint64_t client; /* an opaque key for rate limits: PROXY circuit or peer, hashed with
			  * a key that changes daily and is never stored */
	bool is_tls;     /* a front server said so (X-Forwarded-Proto on the Unix socket) */
	struct arena *mem;
};

/* One answer. Everything it points to lives in the request's arena, is static, or is
 * held by ${release}. */
struct http_response {
	int status;
	struct str type; /* "text/html; charset=utf-8"; absent: no body */
	struct str body;
	/* Where ${make} is there: the body is ${make_n} bytes that it writes piece by piece into a
	 * room of ${n}, on the loop's thread; it returns how many, above 0. A failure ends the
	 * connection, short of what was announced. */
	int (*make)(void *held, char *room, size_t n);
	int64_t make_n;
	int file;       /* where ${file_n} is not 0: the file that is sent instead of a body, */
	int64_t file_n; /* its first so many bytes; ${release} closes it */
	struct str encoding;  /* "br", "gzip" or absent */
	struct str location;  /* of a 303 */
	struct str etag;      /* with quotes; a matching If-None-Match becomes 304 */
	struct str cache;     /* Cache-Control; absent: "no-store" */
	struct str vary;      /* Vary; absent: "Accept-Encoding" where encoded, else none */
	struct str cookie[4]; /* whole Set-Cookie values */
	size_t n_cookie;
	struct str framed_by;     /* origins that may show it in a frame; absent: none may */
	struct http_pair more[6]; /* further fields, from our own constants only */
	size_t n_more;
	void (*release)(void *held); /* called once the bytes are sent, on the loop's thread */
	void *held;
};

/* One request under way. Belongs to its loop until http_answer. */
struct http_exchange {
	struct http_request req;
	struct http_response res;
	void *loop_data; /* what app's loop_begin returned for this loop's thread */
	void *app_data;  /* the app's own, per exchange */
};

/* Where the bytes of uploaded files go as they come, instead of into memory. All run on the loop's
 * thread. What is wrong with a file the sink keeps to itself until somebody asks: the rest of the
 * body is read all the same, so that a page can say it. */
struct http_sink {
	void *ctx;
	size_t files_max; /* in one body, at most HTTP_FILES_MAX */
	struct str kept;  /* a part of this name goes into memory, also as a file; absent: none */
	/* A file begins, of which name and filename are known; NULL: no memory, which refuses the
	 * body. */
	void *(*begin)(void *ctx, const struct http_pair *part);
	void (*piece)(void *held, struct str bytes);
	void (*end)(void *held); /* it came whole */
	/* The answer is sent, or the peer is gone: exactly once for each begun, from the loop. */
	void (*drop)(void *held);
};
enum { HTTP_FILES_MAX = 30 };

/* What the app is asked. All run on the loop's thread. */
struct http_app {
	void *ctx;
	/* Once per loop, in its thread; NULL stops the start. */
	void *(*loop_begin)(void *ctx, int loop);
	void (*loop_end)(void *ctx, void *loop_data);
	/* The head is read: how many body bytes may follow? 0 refuses a body (413). May set
	 * x->app_data. For GET and HEAD not called. */
	size_t (*body_max)(void *ctx, struct http_exchange *x);
	/* Where files of this body go; NULL, or a NULL answer: into memory like fields. */
	const struct http_sink *(*sink)(void *ctx, struct http_exchange *x);
	/* The request is whole. Answer now or later with http_answer. */
	void (*handle)(void *ctx, struct http_exchange *x);
	/* The server itself must refuse (400, 408, 413, 414, 431, 503 …): fill x->res. The
	 * request may be half empty. */
	void (*refuse)(void *ctx, struct http_exchange *x, int status);
	/* The connection went away or the answer was sent: x->req and x->res die after this. */
	void (*done)(void *ctx, struct http_exchange *x);
};

struct http_limits {
	size_t head_max;     /* bytes of request line and fields, default 16 KiB */
	size_t arena_max;    /* bytes of one request's arena, default 4 MiB */
	int connections_max; /* all loops together, default 4096 */
	int head_seconds, body_seconds, answer_seconds, idle_seconds; /* total times, 10 60 60 15 */
};

struct http_server;
/* http_open(listen, n, limits, app, ret): Bind every address in ${listen}
 * ("127.0.0.1:8080", "[::1]:8080", "unix:/path", "unix-proxy:/path" where PROXY v1 is
 * demanded) and prepare ${limits}; zero fields mean the defaults. ERR_IO, ERR_INPUT. */
int http_open(const struct str *listen, size_t n, const struct http_limits *limits,
	const struct http_app *app, struct http_server **ret) must_use;
/* http_run(s, loops): Serve on ${loops} threads (the caller's is one) until http_stop;
 * then finish what is under way for at most 5 s. The process ignores SIGPIPE from here on. */
int http_run(struct http_server *s, int loops) must_use;
/* http_stop(s): From any thread or a signal handler. */
void http_stop(struct http_server *s);
void http_close(struct http_server *s);
/* http_port(s): The first TCP port bound (for ":0"). */
int http_port(const struct http_server *s);

/* http_answer(x): x->res is filled; send it. From any thread, exactly once per handle. */
void http_answer(struct http_exchange *x);

/* http_head(req, name), http_query(req, name), http_field(req, name): The first value of
 * that name (lower case for header fields), or an absent str. */
struct str http_head(const struct http_request *req, const char *name);
struct str http_query(const struct http_request *req, const char *name);
struct str http_field(const struct http_request *req, const char *name);
/* http_cookie(req, name): The value of a cookie; absent when missing or sent twice. */
struct str http_cookie(const struct http_request *req, const char *name);
