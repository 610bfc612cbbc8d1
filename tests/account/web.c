#include "tests/account/web.h"
#include "account/pages.h"
#include "account/who.h"
#include "po/messages.h"
#include <semaphore.h>

struct going {
	struct world_visit x; /* first: resume gives its visit back */
	struct http_pair cookie, query[4], field[16];
	sem_t resumed;
};

static void resume(struct visit *v)
{
	struct going *g = (struct going *)((char *)v - offsetof(struct going, x.v));
	sem_post(&g->resumed);
}

void browser_open(struct browser *b, struct world *w)
{
	*b = (struct browser){ .w = w, .lang = LANG_EN, .now = 1000000000 };
}

static size_t pairs(struct arena *mem, struct str text, struct http_pair *ret, size_t max)
{
	size_t n = 0;
	struct str one;
	while (text.n && n < max && str_cut(&text, '&', &one)) {
		str_cut(&one, '=', &ret[n].name);
		ret[n].value = one.p ? arena_copy(mem, one) : STR("");
		n++;
	}
	return n;
}

static struct going *begin(struct browser *b, enum http_method method, const char *path)
{
	struct going *g = arena_take(&b->w->mem, sizeof *g);
	assert_non_null(g);
	struct str all = arena_f(&b->w->mem, "%s%.*s%s%.*s%s%.*s", b->session.n ? "s=" : "",
		STR_ARG(b->session), b->code.n ? "; c=" : "", STR_ARG(b->code),
		b->visit.n ? "; v=" : "", STR_ARG(b->visit));
	all = str_starts(all, "; ") ? str_from(all, 2) : all;
	world_visit(b->w, &g->x, all.n ? arena_z(&b->w->mem, arena_copy(&b->w->mem, all)) : NULL);
	struct str rest = arena_copy(&b->w->mem, str_c(path)), head;
	str_cut(&rest, '?', &head);
	g->x.req.method = method;
	g->x.req.path = head;
	g->x.req.query = g->query;
	g->x.req.n_query = pairs(&b->w->mem, rest, g->query, 4);
	g->x.req.field = g->field;
	g->x.v.path = head;
	g->x.v.now = b->now;
	g->x.v.lang = lang_of(b->lang);
	g->x.v.resume = resume;
	g->x.v.out.mem = &b->w->mem;
	g->x.v.out.lang = g->x.v.lang;
	buf_init(&g->x.v.out.out, 1 << 20);
	sem_init(&g->resumed, 0, 0);
	return g;
}

static void keep(struct str *cookie, struct str set)
{
	if (set.p)
		*cookie = set;
}

static struct str token_in(struct str body)
{
	static const char before[] = "name=\"csrf\" value=\"";
	const char *at = body.n ? memmem(body.p, body.n, before, sizeof before - 1) : NULL;
	return at ? (struct str){ at + sizeof before - 1, 43 } : (struct str){ 0 };
}

static void end(struct browser *b, struct going *g, int result)
{
	b->status = result < 0 ? result : g->x.res.status;
	b->body = arena_copy(&b->w->mem, g->x.res.body);
	b->location = g->x.res.location;
	if (token_in(b->body).n)
		b->token = token_in(b->body);
	keep(&b->session, world_cookie(&g->x, "s"));
	keep(&b->code, world_cookie(&g->x, "c"));
	keep(&b->visit, world_cookie(&g->x, "v"));
	buf_done(&g->x.v.out.out);
	sem_destroy(&g->resumed);
}

static bool may_enter(const struct visit *v, enum who_may who)
{
	switch (who) {
	case NOBODY: return false;
	case ANYONE: return true;
	case SIGNED_IN: return v->who.account.v != 0;
	case STAFF: return v->who.is_staff;
	case ADMIN: return (v->who.roles_site & ROLE_ADMIN) != 0;
	}
	return false;
}

static int enter(struct visit *v, const struct route **ret)
{
	const struct route *r = account_routes;
	while (r->path && !(r->method == v->req->method && route_match(r, v->path, v->part)))
		r++;
	if (!r->path)
		return ERR_MISSING;
	*ret = r;
	int st = who_resolve(v);
	return st ? st : may_enter(v, r->who) ? 0 : ERR_DENIED;
}

void browser_get(struct browser *b, const char *path)
{
	struct going *g = begin(b, HTTP_GET, path);
	const struct route *r = NULL;
	int st = enter(&g->x.v, &r);
	end(b, g, st ? st : r->act(&g->x.v));
}

static int act(struct visit *v, const struct route *r)
{
	auto_tx tx = { 0 };
	assert_true(db_tx_begin(v->db, &tx) >= 0);
	int st = r->act(v);
	if (st == 0 && v->res->status == 303)
		st = db_tx_end(&tx);
	return st;
}

static int post(struct going *g, const struct route *r)
{
	static const struct form none = { .name = "none", .size = 1 };
	struct visit *v = &g->x.v;
	int st = form_read(
		r->input ? r->input : &none, v->req->field, v->req->n_field, v->mem, &v->form);
	if (st < 0)
		return st;
	if (!who_token_ok(v, http_field(v->req, "csrf"))) {
		if (!r->check || !r->input)
			return ERR_DENIED;
		form_fault_add(&v->form, "csrf", MSG_site_fault_token, 0);
	}
	st = r->check ? r->check(v) : VISIT_GO_ON;
	if (st == VISIT_PARKED)
		while (sem_wait(&g->resumed) != 0)
			;
	if (st < 0 || st == VISIT_ENDED)
		return st < 0 ? st : 0;
	assert_int_equal(v->form.n_fault, 0);
	return act(v, r);
}

void browser_post(struct browser *b, const char *path, const char *fields)
{
	struct going *g = begin(b, HTTP_POST, path);
	const struct route *r = NULL;
	size_t n = pairs(&b->w->mem, str_c(fields), g->field, 15);
	g->field[n++] = (struct http_pair){ STR("csrf"), b->token };
	g->x.req.n_field = n;
	int st = enter(&g->x.v, &r);
	end(b, g, st ? st : post(g, r));
}

bool browser_sees(const struct browser *b, const char *text)
{
	return b->body.n && memmem(b->body.p, b->body.n, text, strlen(text));
}

void browser_follow(struct browser *b)
{
	assert_int_equal(b->status, 303);
	browser_get(b, arena_z(&b->w->mem, arena_copy(&b->w->mem, b->location)));
}
