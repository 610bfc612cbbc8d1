/* I know how the http room is built inside: server, loops, connections, exchanges. */
#pragma once
#include "base/buf.h"
#include "http/body.h"
#include "http/client.h"
#include "http/grammar.h"
#include "http/head.h"
#include "http/http.h"
#include "http/listen.h"
#include "http/respond.h"
#include "http/wheel.h"
#include <stdatomic.h>
#include <sys/queue.h>

enum {
	LISTENERS_MAX = 8,
	LOOPS_MAX = 64,
	SCRATCH = 65536,        /* what one connection may read at a time */
	TURNS_MAX = 32,         /* steps of one connection before others have theirs */
	LINGER_MS = 2000,       /* a refused client may go on talking so long */
	LINGER_MAX = 1 << 20,   /* and so much */
	SLOWEST = 4096,         /* bytes a second that a long body or answer is granted */
	STOP_MS = 5000,         /* what is under way may finish in */
	GUESTS_OVER_LIMIT = 64, /* who are told 503 at the same time */
};

/* What comes to a loop from another thread. */
enum letter_kind { LETTER_ANSWER = 1, LETTER_GUEST };
struct letter {
	struct letter *next;
	enum letter_kind kind;
};

/* One request and its answer, from the end of its head to the last byte sent. */
struct exchange {
	struct http_exchange x; /* first: http_answer casts back */
	struct letter letter;
	struct loop *loop;
	struct conn *conn; /* NULL when it went away while the app was at work */
	struct arena mem;
	struct head_facts facts;
	bool is_in_handle, is_answered; /* only the loop's thread looks */
	bool is_last, is_full;
	struct str head; /* to send; then the fixed fields, then the body */
	struct respond_body body;
	size_t sent;       /* of head, fields and bytes */
	int64_t sent_file; /* of the file behind them */
	char *piece;       /* of what the app writes as it goes, and how much of it is sent */
	size_t piece_n, piece_at;
	int64_t made_more;   /* of it, so far */
	size_t raw, raw_max; /* bytes of a body with its chunk marks */
	int refusal;         /* what the body is to be refused with */
	struct grammar grammar;
	struct body input;
	LIST_ENTRY(exchange) list; /* those at work */
};

enum conn_state {
	CONN_PROXY = 1, /* awaiting the PROXY line */
	CONN_HEAD,      /* awaiting a head, or the rest of one */
	CONN_BODY,
	CONN_WORK, /* the app has it */
	CONN_SEND,
	CONN_LINGER, /* answered and closed for writing; what still comes is thrown away */
	CONN_DEAD,
};

/* One connection. While it idles this is all the memory it has. */
struct conn {
	struct letter letter; /* to the loop that shall have it */
	struct loop *loop;
	int fd;
	enum conn_state state;
	enum listen_kind kind;
	bool can_read, can_write, saw_end; /* as epoll told last */
	bool is_begun;                     /* bytes of this head have come */
	bool is_idle, is_ready;            /* on these lists */
	bool is_refused, is_over_limit;
	int turns;
	size_t lingered;
	uint64_t client;
	struct wheel_node due;
	struct head_scan scan;
	char *kept; /* bytes read and not yet understood */
	size_t n_kept;
	struct exchange *exchange;
	TAILQ_ENTRY(conn) all, idle, ready;
};
TAILQ_HEAD(conn_list, conn);
LIST_HEAD(exchange_list, exchange);

struct loop {
	struct http_server *server;
	int number, epoll, wake;
	pthread_t thread;
	_Atomic(struct letter *) mail; /* newest first */
	atomic_int load;               /* connections, also those on their way here */
	void *app_data;
	struct wheel wheel;
	int64_t now; /* ms */
	char *scratch;
	struct buf out; /* head of the answer being written */
	struct buf date;
	int64_t date_at;
	struct conn_list all, idle, ready, dead; /* idle: longest first */
	struct exchange_list work;
	bool is_stopping, is_deaf;
	int64_t stop_by;
};

struct http_server {
	struct http_limits limits;
	struct http_app app;
	struct listener listener[LISTENERS_MAX];
	size_t n_listener;
	struct client_key client_key;
	struct loop loop[LOOPS_MAX];
	int n_loop;
	int stop; /* eventfd: readable for ever once stopped */
	atomic_int n_conn;
	atomic_bool has_failed;
};

/* loop.c */
int loop_begin(struct loop *l, struct http_server *s, int number) must_use;
void loop_run(struct loop *l);
void loop_end(struct loop *l);
/* loop_mail(l, letter): Hand ${letter} to the loop's thread; from any thread. */
void loop_mail(struct loop *l, struct letter *letter);
bool loop_is_mine(const struct loop *l);
/* loop_ready(l, c): ${c} has more to do, after the others. */
void loop_ready(struct loop *l, struct conn *c);

/* accept.c */
void accept_guests(struct loop *l, const struct listener *from);
/* accept_guest(l, c): A connection is now this loop's. */
void accept_guest(struct loop *l, struct conn *c);

/* conn.c */
void conn_run(struct conn *c);
void conn_expire(struct conn *c);
/* conn_answered(e): The app has answered. */
void conn_answered(struct exchange *e);
/* conn_over_limit(c): Tell it 503 at once. */
void conn_over_limit(struct conn *c);
void conn_close(struct conn *c);
/* conn_is_quiet(c): Nothing of a request has come; it can go without loss. */
bool conn_is_quiet(const struct conn *c);
void conn_idle_drop(struct conn *c);

/* exchange.c */
struct exchange *exchange_begin(struct conn *c);
void exchange_end(struct exchange *e);
/* exchange_write(e): Turn the app's answer into bytes. False without memory. */
bool exchange_write(struct exchange *e) must_use;
/* What exchange_send came to: all is sent; the socket is full; it is the others' turn. */
enum sent { SENT_ALL = 1, SENT_FULL, SENT_TURN };
/* exchange_send(e, fd): enum sent, or ERR_IO. */
int exchange_send(struct exchange *e, int fd) must_use;
/* exchange_head(e, head): Read the head; 0 or a status. */
int exchange_head(struct exchange *e, struct str head, size_t lines) must_use;
/* exchange_body_begin(e): Ask the app how much may come; 0 or a status. */
int exchange_body_begin(struct exchange *e) must_use;
/* exchange_body_feed(e, bytes, ret_used): 1 whole, 0 more is needed, or a status. */
int exchange_body_feed(struct exchange *e, struct str bytes, size_t *ret_used) must_use;
