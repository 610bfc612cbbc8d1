#include "app/request.h"
#include "account/audit.h"
#include "account/sessions.h"
#include "account/who.h"
#include "app/answer.h"
#include "app/routes.h"
#include "base/clock.h"
#include "openrosa/early.h"
#include "openrosa/openrosa.h"
#include "participate/board.h"
#include "po/messages.h"
#include "protect/file.h"
#include "record/blob.h"
#include "site/refusal.h"
#include <ctype.h>

/* Where a request stands between the loop and the writer. Lives in the request's arena. */
struct request {
	struct visit v; /* first: visit_resume gives this address back */
	struct http_exchange *x;
	const struct route *route;
	struct app *app;
	struct writer_job job;
	struct reader_job reading;
	struct http_response before; /* what check left in the response */
	struct visit begun;          /* a swift one (account/route.h), as it came to the writer */
	bool is_swift;
};

static struct request *request_of(struct visit *v)
{
	return (struct request *)v;
}

static void finish(struct request *r, int result)
{
	answer_send(r->app, &r->v, r->x, result);
}

/* ---- the writer's half of a POST ---- */

static bool is_done(const struct request *r)
{
	int status = r->v.res->status;
	return r->route && r->route->is_machine ? status == 201 || status == 202 : status == 303;
}

/* A page instead of a redirect means that nothing was done: keep nothing. */
static int act(struct request *r)
{
	int result = r->route->act(&r->v);
	bool is_page = result == 0 && !is_done(r);
	return is_page && !r->v.keeps_beside ? ERR_CONFLICT : result;
}

static int act_in_writer(struct db *db, void *arg)
{
	struct request *r = arg;
	r->v.db = db;
	*r->v.res = r->before; /* a batch on PostgreSQL may run its jobs again */
	return act(r);
}

/* Something is on disk that others may want to show. */
static void tell_house(const struct visit *v)
{
	if (!v->is_quiet) {
		house_changed(v->house);
		board_changed(v->house->take_part, v->space);
	}
	if (v->kept)
		v->kept(v->house, v->kept_what);
}

static void acted(void *arg, int result)
{
	struct request *r = arg;
	r->v.db = NULL;
	if (result == 0)
		tell_house(&r->v);
	/* What the act had prepared is void when it was not kept; only its own page may be shown.
	 */
	bool has_page = result == ERR_CONFLICT && r->v.res->status && !is_done(r);
	if (result < 0 && !has_page)
		*r->v.res = r->before;
	finish(r, has_page ? 0 : result);
}

/* ---- a GET that was parked ---- */

static int trace_in_writer(struct db *db, void *arg)
{
	struct request *r = arg;
	return audit_put(db, r->v.now, r->v.trace);
}

/* What would leave no trace is not given. */
static void traced(void *arg, int result)
{
	struct request *r = arg;
	if (result < 0) {
		if (r->v.res->release)
			r->v.res->release(r->v.res->held);
		*r->v.res = r->before;
	}
	finish(r, result);
}

/* What it had to read, it has read. */
static void get_on(struct request *r)
{
	r->v.db = NULL;
	r->before = *r->v.res;
	int result = r->route->act(&r->v);
	if (result < 0 || !r->v.trace) {
		finish(r, result);
		return;
	}
	r->job = (struct writer_job){ .work = trace_in_writer, .done = traced, .arg = r };
	result = writer_put(r->app->writer, &r->job);
	if (result < 0)
		traced(r, result);
}

static void resume(struct visit *v)
{
	struct request *r = request_of(v);
	if (v->req->method != HTTP_POST) {
		get_on(r);
		return;
	}
	r->before = *v->res;
	r->job = (struct writer_job){ .work = act_in_writer, .done = acted, .arg = r };
	int result = writer_put(r->app->writer, &r->job);
	if (result < 0)
		finish(r, result);
}

/* ---- the loop's half ---- */

/* A stale token is a fault of the form: what was typed is shown again with a fresh one. */
static int read_form(struct request *r)
{
	static const struct form token_only = { .name = "token", .size = 1 };
	struct visit *v = &r->v;
	const struct form *form = r->route->input ? r->route->input : &token_only;
	int n = form_read(form, v->req->field, v->req->n_field, v->mem, &v->form);
	if (n < 0)
		return n;
	if (who_token_ok(v, http_field(v->req, "csrf")))
		return 0;
	if (!r->route->check || !r->route->input)
		return err_note(ERR_DENIED, "token");
	form_fault_add(&v->form, "csrf", MSG_site_fault_token, 0);
	return 0;
}

static int post(struct request *r)
{
	struct visit *v = &r->v;
	int next = r->route->is_machine ? 0 : read_form(r);
	if (next < 0)
		return next;
	next = r->route->check ? r->route->check(v) : VISIT_GO_ON;
	if (next == VISIT_PARKED)
		return VISIT_PARKED;
	if (next != VISIT_GO_ON)
		return next;
	if (v->form.n_fault)
		return err_note(ERR_BUG, "check let faults pass");
	if (r->is_swift)
		return act(r);
	resume(v);
	return VISIT_PARKED;
}

static int get(struct request *r)
{
	int next = r->route->check ? r->route->check(&r->v) : VISIT_GO_ON;
	return next == VISIT_GO_ON ? r->route->act(&r->v) : next;
}

static bool may_enter(const struct visit *v, enum who_may who)
{
	switch (who) {
	case NOBODY: return false;
	case ANYONE: return true;
	case SIGNED_IN: return v->who.account.v != 0;
	case STAFF: return v->who.is_staff;
	case ADMIN: return v->who.roles_site & ROLE_ADMIN;
	}
	return false;
}

/* And come back here, if this address can stand in another one as it is. */
static int ask_to_sign_in(struct visit *v)
{
	for (size_t i = 0; i < v->path.n; i++) {
		unsigned char c = (unsigned char)v->path.p[i];
		if (!isalnum(c) && c != '/' && c != '-' && c != '_')
			return visit_go(v, STR("/sign-in"));
	}
	return visit_goto(v, "/sign-in?to=%.*s", STR_ARG(v->path));
}

static int enter(struct request *r)
{
	struct visit *v = &r->v;
	bool is_post = v->req->method == HTTP_POST;
	r->route = routes_find(is_post ? HTTP_POST : HTTP_GET, v->path, v->part);
	if (!r->route)
		return routes_find(is_post ? HTTP_GET : HTTP_POST, v->path, v->part)
			? answer_refusal(v, 405)
			: err_note(ERR_MISSING, "no route");
	int result = r->route->is_machine ? 0 : who_resolve(v);
	if (result < 0)
		return result;
	if (may_enter(v, r->route->who))
		return is_post ? post(r) : get(r);
	if (v->who.account.v || is_post)
		return err_note(ERR_DENIED, "route");
	return ask_to_sign_in(v);
}

/* All that one request reads is of one moment. A parked visit goes on elsewhere, perhaps
 * already now: it is not touched any more. */
static int enter_steadily(struct request *r, struct db *db)
{
	auto_tx tx = { 0 };
	int result = db_tx_begin(db, &tx);
	r->v.db = db;
	return result < 0 ? result : enter(r);
}

/* On the loop, or on a reader's thread. */
static void go_in(struct db *db, void *arg)
{
	struct request *r = arg;
	int result = enter_steadily(r, db);
	if (result != VISIT_PARKED)
		finish(r, result < 0 ? result : 0);
}

/* Check and act in one, of what came straight to the writer; it may run again, like any job. */
static int go_in_writer(struct db *db, void *arg)
{
	struct request *r = arg;
	struct buf page = r->v.out.out;
	page.n = 0;
	page.failed = 0;
	r->v = r->begun;
	r->v.out.out = page;
	r->v.db = db;
	*r->v.res = r->before;
	int result = enter(r);
	return result == VISIT_PARKED ? err_note(ERR_BUG, "a swift check parked") : result;
}

static bool is_swift(struct request *r)
{
	struct str part[VISIT_PARTS];
	if (r->v.req->method != HTTP_POST)
		return false;
	const struct route *route = routes_find(HTTP_POST, r->v.path, part);
	return route && route->is_swift;
}

/* With PostgreSQL a reading is a round trip, so that the loop must not wait for it. */
static int go_elsewhere(struct app *app, struct request *r)
{
	r->is_swift = is_swift(r);
	if (!r->is_swift) {
		r->reading = (struct reader_job){ .work = go_in, .arg = r };
		return readers_put(app->readers, &r->reading);
	}
	r->begun = r->v;
	r->before = *r->v.res;
	r->job = (struct writer_job){ .work = go_in_writer, .done = acted, .arg = r };
	return writer_put(app->writer, &r->job);
}

/* A page a second is much for a reader; a circuit or an address may stand for a whole office. */
static bool is_allowed(struct app *app, const struct visit *v)
{
	static const struct bucket_rate reading = { .kind = 1, .burst = 600, .per_hour = 36000 };
	static const struct bucket_rate writing = { .kind = 2, .burst = 240, .per_hour = 7200 };
	bool is_post = v->req->method == HTTP_POST;
	if (!strcmp(app->config->rates, "no"))
		return true;
	return bucket_take(app->buckets, v->req->client, is_post ? &writing : &reading,
		clock_mono() / 1000000);
}

static void handle(void *ctx, struct http_exchange *x)
{
	struct app *app = ctx;
	struct loop *loop = x->loop_data;
	struct request *r = arena_take(x->req.mem, sizeof *r);
	if (!r) {
		x->res.status = 503;
		http_answer(x);
		return;
	}
	*r = (struct request){ .x = x, .app = app };
	r->v = (struct visit){ .mem = x->req.mem,
		.req = &x->req,
		.res = &x->res,
		.house = &app->house,
		.now = clock_now(),
		.resume = resume };
	x->app_data = r;
	answer_begin(&r->v);
	if (answer_asset(&r->v, x) || answer_cached(app, &r->v, x))
		return;
	if (!is_allowed(app, &r->v)) {
		finish(r, answer_refusal(&r->v, 429));
		return;
	}
	if (!app->readers) {
		go_in(loop->db, r);
		return;
	}
	int result = go_elsewhere(app, r);
	if (result < 0)
		finish(r, result);
}

static void *loop_begin(void *ctx, int at)
{
	struct app *app = ctx;
	struct loop *loop = calloc(1, sizeof *loop);
	(void)at;
	if (!loop)
		return NULL;
	loop->app = app;
	if (!app->readers && db_open(app->config->db, DB_READ, &loop->db) < 0) {
		free(loop);
		return NULL;
	}
	return loop;
}

static void loop_end(void *ctx, void *data)
{
	struct loop *loop = data;
	(void)ctx;
	if (!loop)
		return;
	db_close(loop->db);
	free(loop);
}

static bool is_signed_in(struct app *app, const struct http_request *req)
{
	struct session session;
	struct str token = http_cookie(req, "s");
	return token.n && sessions_find(app->house.sessions, token, clock_now(), &session) &&
		!session.is_half;
}

static size_t body_max(void *ctx, struct http_exchange *x)
{
	struct app *app = ctx;
	struct str part[VISIT_PARTS];
	struct lang_choice choice;
	struct str path = answer_path(x->req.path, &choice);
	const struct route *route = routes_find(HTTP_POST, path, part);
	enum {
		USUAL = 65536,
		USUAL_MOST = 1 << 20
	}; /* read, too, where nobody takes it: the answer says why */
	if (route && route->is_machine)
		return early_body_max(&app->house, path);
	size_t max = route && route->input && route->input->body_max ? route->input->body_max
								     : USUAL;
	/* Much is taken only from somebody who is signed in, files that are sealed as they come
	 * from whoever has begun a report or come back to one. */
	bool is_known = max > USUAL_MOST && route->input->has_files
		? http_cookie(&x->req, "d").n || http_cookie(&x->req, "r").n
		: max <= USUAL_MOST || is_signed_in(app, &x->req) ||
			(route->input->has_blobs && http_cookie(&x->req, "c").n);
	return !is_known ? USUAL : max;
}

/* Nothing of a file reaches the disk before the form has shown that it is ours: its token stands
 * in front of the files. */
struct gate {
	struct http_sink sink;
	const struct http_sink *to;
	struct app *app;
	const struct http_request *req;
	bool is_sealed; /* reports' files; else records' */
};

static void *begin_file(void *ctx, const struct http_pair *part)
{
	const struct gate *g = ctx;
	struct str token = http_field(g->req, "csrf");
	if (who_token_early(&g->app->house, g->req, clock_now(), token))
		return g->to->begin(g->to->ctx, part);
	return g->is_sealed ? upload_shut() : blob_shut(g->app->house.blobs, part);
}

static void *begin_none(void *ctx, const struct http_pair *part)
{
	(void)ctx;
	(void)part;
	return NULL;
}

static const struct http_sink refuses = { .files_max = 1, .begin = begin_none };

static const struct http_sink *gate(struct app *app, struct http_exchange *x, bool is_sealed)
{
	struct gate *g = arena_take(x->req.mem, sizeof *g);
	if (!g)
		return &refuses;
	*g = (struct gate){ .to = is_sealed ? files_sink(app->house.files)
					    : blobs_sink(app->house.blobs),
		.app = app,
		.req = &x->req,
		.is_sealed = is_sealed };
	g->sink = *g->to;
	g->sink.ctx = g;
	g->sink.begin = begin_file;
	return &g->sink;
}

static const struct http_sink *sink(void *ctx, struct http_exchange *x)
{
	struct str part[VISIT_PARTS];
	struct lang_choice choice;
	struct str path = answer_path(x->req.path, &choice);
	const struct route *route = routes_find(HTTP_POST, path, part);
	const struct form *form = route ? route->input : NULL;
	struct app *app = ctx;
	if (!form || (!form->has_files && !form->has_blobs))
		return NULL;
	if (!route->is_machine)
		return gate(app, x, form->has_files);
	const struct http_sink *early = early_sink(&app->house, &x->req, path);
	return early ? early : &refuses;
}

static void refuse(void *ctx, struct http_exchange *x, int status)
{
	struct app *app = ctx;
	struct visit v = { .mem = x->req.mem,
		.req = &x->req,
		.res = &x->res,
		.house = &app->house,
		.now = clock_now() };
	answer_begin(&v);
	if (openrosa_is(v.path))
		openrosa_refuse(&v, status, site_refusal_title(status));
	else
		answer_plain_refusal(&v, status);
}

static void done(void *ctx, struct http_exchange *x)
{
	struct request *r = x->app_data;
	(void)ctx;
	if (r)
		buf_done(&r->v.out.out);
}

struct http_app request_app(struct app *app)
{
	return (struct http_app){ .ctx = app,
		.loop_begin = loop_begin,
		.loop_end = loop_end,
		.body_max = body_max,
		.sink = sink,
		.handle = handle,
		.refuse = refuse,
		.done = done };
}
