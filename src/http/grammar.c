#include "http/grammar.h"
#include "base/err.h"
#include <llhttp.h>

_Static_assert(sizeof(llhttp_t) <= sizeof((struct grammar *)0)->llhttp, "room for llhttp");

static struct grammar *grammar_of(llhttp_t *l)
{
	return l->data;
}

/* The head is fed in one piece, so a later part of a span stands right behind the first.
 * Trailers of a chunked body are fed as they come, and read over: nothing depends on them. */
static void span_add(const struct grammar *g, struct str *s, const char *at, size_t n)
{
	if (g->is_in_body)
		return;
	if (!s->p)
		s->p = at;
	s->n = (size_t)(at - s->p) + n;
}

static int on_name(llhttp_t *l, const char *at, size_t n)
{
	span_add(grammar_of(l), &grammar_of(l)->name, at, n);
	return 0;
}

static int on_value(llhttp_t *l, const char *at, size_t n)
{
	span_add(grammar_of(l), &grammar_of(l)->value, at, n);
	return 0;
}

static int on_value_end(llhttp_t *l)
{
	struct grammar *g = grammar_of(l);
	if (g->is_in_body)
		return 0;
	struct str name = g->name, value = str_trim(g->value);
	g->name = g->value = (struct str){ 0 };
	return g->watch->field(g->ctx, name, value) < 0 ? HPE_USER : 0;
}

static int on_head(llhttp_t *l)
{
	struct grammar *g = grammar_of(l);
	g->is_kept_alive = llhttp_should_keep_alive(l);
	g->is_chunked = l->flags & F_CHUNKED;
	g->length = l->content_length;
	/* An upgrade is never taken up: the request is answered as if it had not asked. */
	l->upgrade = 0;
	g->is_in_body = true;
	return g->is_chunked || g->length ? HPE_PAUSED : 0;
}

static int on_body(llhttp_t *l, const char *at, size_t n)
{
	struct grammar *g = grammar_of(l);
	return g->watch->body(g->ctx, (struct str){ at, n }) < 0 ? HPE_USER : 0;
}

static int on_whole(llhttp_t *l)
{
	grammar_of(l)->is_in_body = false;
	return HPE_PAUSED;
}

static const llhttp_settings_t settings = {
	.on_header_field = on_name,
	.on_header_value = on_value,
	.on_header_value_complete = on_value_end,
	.on_headers_complete = on_head,
	.on_body = on_body,
	.on_message_complete = on_whole,
};

static llhttp_t *inside(struct grammar *g)
{
	return (llhttp_t *)(void *)g->llhttp;
}

void grammar_begin(struct grammar *g, const struct grammar_watch *watch, void *ctx)
{
	llhttp_init(inside(g), HTTP_REQUEST, &settings);
	inside(g)->data = g;
	g->watch = watch;
	g->ctx = ctx;
	g->name = g->value = (struct str){ 0 };
	g->is_in_body = g->is_chunked = g->is_kept_alive = false;
	g->length = 0;
}

enum grammar_event grammar_feed(struct grammar *g, struct str bytes, size_t *ret_used)
{
	llhttp_t *l = inside(g);
	*ret_used = bytes.n;
	l->data = g;
	llhttp_errno_t e = llhttp_execute(l, bytes.p, bytes.n);
	if (e == HPE_OK)
		return GRAMMAR_MORE;
	if (e == HPE_PAUSED) {
		*ret_used = (size_t)(llhttp_get_error_pos(l) - bytes.p);
		llhttp_resume(l);
		return g->is_in_body ? GRAMMAR_HEAD : GRAMMAR_WHOLE;
	}
	return e == HPE_USER ? GRAMMAR_STOPPED : GRAMMAR_BAD;
}

bool grammar_knows(struct str method)
{
	static const char *const names[] = {
#define NAME(n, name, text) #text,
		HTTP_METHOD_MAP(NAME)
#undef NAME
	};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_is(method, names[i]))
			return true;
	return false;
}
