/*
 * I know HTTP/1's grammar and framing, by asking llhttp: where a head ends, which fields it
 * has, where its body ends and what the body's bytes are. (llhttp's header and http.h claim
 * the same names, so only grammar.c sees llhttp.)
 */
#pragma once
#include "base/str.h"
#include <stdalign.h>

enum grammar_event {
	GRAMMAR_MORE = 1, /* all was taken, more bytes are needed */
	GRAMMAR_HEAD,     /* the head is read, and a body follows */
	GRAMMAR_WHOLE,    /* the request is whole */
	GRAMMAR_STOPPED,  /* the watcher said so */
	GRAMMAR_BAD,      /* not HTTP/1 as we take it */
};

/* What is told while bytes are fed. A negative answer stops. */
struct grammar_watch {
	int (*field)(void *ctx, struct str name, struct str value);
	int (*body)(void *ctx, struct str piece);
};

struct grammar {
	alignas(max_align_t) char llhttp[128];
	const struct grammar_watch *watch;
	void *ctx;
	struct str name, value; /* of the field being read */
	bool is_in_body, is_chunked, is_kept_alive;
	uint64_t length; /* Content-Length, after GRAMMAR_HEAD */
};

/* grammar_begin(g, watch, ctx): Await the first byte of a request. */
void grammar_begin(struct grammar *g, const struct grammar_watch *watch, void *ctx);
/* grammar_feed(g, bytes, ret_used): Read ${bytes} up to the next event. A whole head must
 * be fed in one piece: the views given to watch->field point into it. */
enum grammar_event grammar_feed(struct grammar *g, struct str bytes, size_t *ret_used);
/* grammar_knows(method): HTTP knows this method, whether or not we do. */
bool grammar_knows(struct str method);
