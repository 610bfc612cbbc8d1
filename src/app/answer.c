#include "app/answer.h"
#include "base/log.h"
#include "openrosa/openrosa.h"
#include "participate/gone.h"
#include "record/api.h"
#include "site/refusal.h"
#include "static/assets.h"
#include <errno.h>

enum { PAGE_MAX = 2 << 20 };

struct str answer_path(struct str path, struct lang_choice *ret)
{
	struct str rest = str_from(path, 1), code = { rest.p, str_find(rest, '/') };
	*ret = lang_choice(code);
	if (!ret->lang)
		return path;
	rest = str_from(rest, code.n);
	return rest.n ? rest : STR("/");
}

void answer_begin(struct visit *v)
{
	struct lang_choice asked, kept = lang_choice(http_cookie(v->req, "lang"));
	v->path = answer_path(v->req->path, &asked);
	struct lang_choice choice = asked.lang ? asked : kept;
	v->is_easy = choice.is_easy;
	v->lang = choice.lang;
	if (!v->lang)
		v->lang = lang_negotiate(http_head(v->req, "accept-language"), lang_of(LANG_EN));
	if (asked.lang && (asked.lang != kept.lang || asked.is_easy != kept.is_easy))
		visit_cookie(v, "lang", visit_words(v), 0);
	v->version = atomic_load(&v->house->version);
	v->out = (struct html){ .mem = v->mem, .lang = v->lang };
	buf_init(&v->out.out, PAGE_MAX);
}

/* A weight of "q=0", "q=0.0" … forbids what it stands behind (RFC 9110 12.4.2). */
static bool is_forbidden(struct str weight)
{
	if (!str_starts(weight, "q=0"))
		return false;
	for (size_t i = 3; i < weight.n; i++)
		if (weight.p[i] != '.' && weight.p[i] != '0')
			return false;
	return true;
}

static bool accepts(const struct http_request *req, const char *name)
{
	struct str list = http_head(req, "accept-encoding"), one, coding;
	while (str_cut(&list, ',', &one)) {
		str_cut(&one, ';', &coding);
		if (str_eq_ascii(str_trim(coding), str_c(name)))
			return !is_forbidden(str_trim(one));
	}
	return false;
}

static void pick(const struct http_request *req, struct http_response *res, struct str plain,
	struct str gzip, struct str br)
{
	bool is_br = br.n && accepts(req, "br"), is_gzip = !is_br && gzip.n && accepts(req, "gzip");
	res->body = is_br ? br : is_gzip ? gzip : plain;
	res->encoding = is_br ? STR("br") : is_gzip ? STR("gzip") : (struct str){ 0 };
}

bool answer_asset(struct visit *v, struct http_exchange *x)
{
	if (!str_starts(v->req->path, "/static/") || v->req->method == HTTP_POST)
		return false;
	const struct asset *a = asset_find(v->req->path);
	if (!a)
		return false;
	x->res.status = 200;
	x->res.type = a->type;
	x->res.etag = a->etag;
	x->res.cache = STR("public, max-age=31536000, immutable");
	x->res.vary = STR("Accept-Encoding");
	pick(v->req, &x->res, a->body, a->gzip, a->br);
	http_answer(x);
	return true;
}

/* Someone who brought a cookie of a person may see their own state on the page. */
static bool is_nobody(const struct visit *v)
{
	return !http_cookie(v->req, "c").p && !http_cookie(v->req, "s").p;
}

static struct str cache_key(const struct visit *v)
{
	struct str query = str_from(v->req->target, str_find(v->req->target, '?'));
	return arena_f(
		v->mem, "%.*s%.*s%.*s", STR_ARG(visit_words(v)), STR_ARG(v->path), STR_ARG(query));
}

/* Of what is kept. */
static struct str page_type(const struct visit *v)
{
	return str_starts(v->path, API_PATH) ? STR("application/json")
					     : STR("text/html; charset=utf-8");
}

static void send_cached(struct visit *v, struct http_exchange *x, const struct cached *page)
{
	x->res.status = page->status;
	x->res.type = page_type(v);
	x->res.etag = page->etag;
	x->res.cache = STR("public, no-cache");
	x->res.vary = STR("Accept-Encoding, Accept-Language, Cookie");
	x->res.release = cache_release;
	x->res.held = (void *)(uintptr_t)page;
	pick(v->req, &x->res, page->plain, page->gzip, page->br);
	http_answer(x);
}

bool answer_cached(struct app *app, struct visit *v, struct http_exchange *x)
{
	if (v->req->method == HTTP_POST || !is_nobody(v))
		return false;
	const struct cached *page = cache_find(app->cache, cache_key(v), v->version, v->now);
	if (page)
		send_cached(v, x, page);
	return page != NULL;
}

int answer_refusal(struct visit *v, int status)
{
	if (openrosa_is(v->path)) {
		openrosa_refuse(v, status, site_refusal_title(status));
		return 0;
	}
	return site_refusal(v, status, 0);
}

void answer_plain_refusal(struct visit *v, int status)
{
	int title = site_refusal_title(status);
	v->res->status = status;
	v->res->type = STR("text/plain; charset=utf-8");
	v->res->body = msg_text(v->lang, title, 0);
}

static int status_of(int err)
{
	switch ((enum err)err) {
	case ERR_MISSING: return 404;
	case ERR_DENIED: return 403;
	case ERR_INPUT: return 400;
	case ERR_LIMIT: return 413;
	case ERR_CONFLICT: return 409;
	case ERR_BUSY: return 503;
	case ERR_NOMEM:
	case ERR_IO:
	case ERR_BUG: break;
	}
	return 500;
}

/* People are shown a number with a failure of ours; the log has the same number and the note. */
static int fail(struct app *app, struct visit *v, int err)
{
	int status = status_of(err);
	uint64_t number = 0;
	if (status == 500) {
		number = atomic_fetch_add(&app->faults, 1) + 1;
		log_event(LOG_LEVEL_ERROR, "request_failed", LOG_N("number", (int64_t)number),
			LOG_C("err", err_name(err)), LOG_C("note", err_noted()), );
	}
	err_forget();
	v->out.out.n = 0;
	v->out.out.failed = 0;
	v->is_public = false;
	if (status == 503 && v->res->n_more < sizeof v->res->more / sizeof *v->res->more)
		v->res->more[v->res->n_more++] = (struct http_pair){ STR("Retry-After"), STR("5") };
	if (status == 404 && v->gone)
		return gone_show(v);
	if (openrosa_is(v->path)) {
		openrosa_refuse(v, status, site_refusal_title(status));
		return 0;
	}
	return site_refusal(v, status, (int64_t)number);
}

/* On PostgreSQL another node may write without our house knowing: pages are kept shortly. */
static int64_t kept_until(const struct app *app, const struct visit *v)
{
	enum { SHARED_SECONDS = 2 };
	int64_t until = v->now + SHARED_SECONDS;
	if (!app->is_shared || (v->fresh_until && v->fresh_until < until))
		return v->fresh_until;
	return until;
}

void answer_send(struct app *app, struct visit *v, struct http_exchange *x, int result)
{
	if (result < 0 && fail(app, v, result) < 0)
		answer_plain_refusal(v, status_of(result));
	bool is_page = v->res->status == 200 && v->res->body.p == v->out.out.p && v->res->body.n;
	if (is_page && v->is_public && is_nobody(v) && v->req->method != HTTP_POST) {
		const struct cached *page = cache_put(
			app->cache, cache_key(v), v->version, kept_until(app, v), v->res->body);
		if (page) {
			send_cached(v, x, page);
			return;
		}
	}
	http_answer(x);
}
