#include "outcome/embed.h"
#include "outcome/embed.html.h"
#include "po/messages.h"
#include <stdarg.h>
#include <stdio.h>

const struct embed_code *embed_code_load(struct visit *v, const char *fmt, ...)
{
	char path[256];
	struct embed_code *c = arena_take(v->mem, sizeof *c);
	va_list ap;
	va_start(ap, fmt);
	int n = vsnprintf(path, sizeof path, fmt, ap);
	va_end(ap);
	if (!c || n <= 0 || (size_t)n >= sizeof path)
		return NULL;
	struct str kept = arena_f(v->mem, "/%.*s%s", STR_ARG(v->lang->code), path);
	if (kept.p && url_local(kept, &c->card) == 0 && v->house->embed.n)
		c->address = arena_f(v->mem, "%.*s%.*s", STR_ARG(visit_base(v)), STR_ARG(kept));
	return c;
}

/* A card is the same for everybody: no cookie goes with it, and none is heeded. */
static int send_card(struct visit *v)
{
	v->res->n_cookie = 0;
	v->res->framed_by = v->house->embed;
	return visit_page(v, 200);
}

static struct frame frame_of(const struct visit *v, const struct space *s, struct str title)
{
	struct frame f = visit_frame(v, title);
	f.is_sample |= s->is_sample;
	return f;
}

/* What only some may see is for no card. */
static int is_open(const struct space *s)
{
	bool is = s->access == SPACE_EVERYONE && s->state != SPACE_DRAFT;
	return is ? 0 : err_note(ERR_MISSING, "not for a card");
}

static int embed_ask_show(struct visit *v)
{
	struct embed_view p = { .now = v->now };
	int result = ask_here(v, &p.s, &p.a);
	if (result == 0)
		result = is_open(&p.s);
	if (result == 0)
		result = ask_weigh(v, p.a.id, &p.weight);
	if (result < 0)
		return result;
	p.address = arena_f(v->mem, "%.*s/c/%.*s/asks/%.*s", STR_ARG(visit_base(v)),
		STR_ARG(p.s.slug), STR_ARG(p.a.address));
	p.frame = frame_of(v, &p.s, p.a.title);
	embed_ask(&v->out, &p);
	return send_card(v);
}

static int embed_space_show(struct visit *v)
{
	struct embed_view p = { .now = v->now };
	int result = space_here(v, &p.s);
	if (result == 0)
		result = is_open(&p.s);
	if (result == 0)
		result = rate_load(v, (struct rate_of){ .space = p.s.id }, &p.rate);
	if (result < 0)
		return result;
	p.address = arena_f(v->mem, "%.*s/c/%.*s", STR_ARG(visit_base(v)), STR_ARG(p.s.slug));
	p.frame = frame_of(v, &p.s, p.s.title);
	embed_space(&v->out, &p);
	return send_card(v);
}

const struct route embed_routes[] = {
	/* method    path                      who     input check act */
	{ HTTP_GET, "/embed/c/:slug", ANYONE, NULL, NULL, embed_space_show },
	{ HTTP_GET, "/embed/c/:slug/asks/:n", ANYONE, NULL, NULL, embed_ask_show },
	{ 0 },
};
