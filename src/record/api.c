#include "record/api.h"
#include "form/value.h"
#include "po/messages.h"
#include "record/routes.h"
#include <stdarg.h>
#include <stdio.h>

/* ---- answers ---- */

void api_begin(struct visit *v)
{
	v->who = (struct who){ 0 };
	v->is_public = true;
}

static int put_some(const char *p, size_t n, void *to)
{
	struct buf *b = to;
	buf_put(b, p, n);
	return b->failed ? -1 : 0;
}

static int send_json(struct visit *v, int status, json_t *j, bool has_failed)
{
	struct buf *to = &v->out.out;
	bool is_whole = !has_failed && json_dump_callback(j, put_some, to, JSON_COMPACT) == 0;
	json_decref(j);
	if (!is_whole)
		return err_note(to->failed ? to->failed : ERR_NOMEM, "an answer in JSON");
	int result = visit_page(v, status);
	v->res->type = STR("application/json");
	return result;
}

int api_send(struct visit *v, json_t *j, bool has_failed)
{
	return send_json(v, 200, j, has_failed);
}

int api_refuse(struct visit *v, const struct api_fault *f)
{
	bool has_failed = false;
	json_t *all = json_object(), *error = json_object();
	json_put(error, &has_failed, "status", json_integer(f->status));
	json_put(error, &has_failed, "code", json_string(f->code));
	json_put_str(error, &has_failed, "message", msg_text(v->lang, f->msg, 0));
	if (f->parameter.p)
		json_put_str(error, &has_failed, "parameter", f->parameter);
	if (f->number)
		json_put(error, &has_failed, "number", json_integer(f->number));
	json_put(all, &has_failed, "error", error);
	v->is_public = false;
	return send_json(v, f->status, all, has_failed);
}

json_t *api_url(const struct visit *v, const char *fmt, ...)
{
	va_list ap;
	char path[512];
	va_start(ap, fmt);
	int n = vsnprintf(path, sizeof path, fmt, ap);
	va_end(ap);
	struct str base = visit_base(v);
	if (n < 0 || (size_t)n >= sizeof path || !base.p)
		return NULL;
	struct str all = arena_f(v->mem, "%.*s%s", STR_ARG(base), path);
	return all.p ? json_stringn(all.p, all.n) : NULL;
}

/* ---- which registers ---- */

bool api_is_register(const struct shelf_form *f)
{
	if (!f || f->def->is_sealed)
		return false;
	for (int i = 0; i < (int)f->def->n_state; i++) {
		int may = def_may(f->def, 1u << DEF_PUBLIC, i);
		if (may & DEF_READ && may & DEF_EXPORT)
			return true;
	}
	return false;
}

static int find_register(struct visit *v, const struct shelf_form **ret)
{
	api_begin(v);
	*ret = shelf_find(v->house->shelf, v->part[0]);
	return api_is_register(*ret) ? 0 : err_note(ERR_MISSING, "no such register");
}

/* ---- what is asked for ---- */

static const struct api_fault no_parameter = {
	.status = 400, .code = "unknown_parameter", .msg = MSG_record_api_fault_parameter
};
static const struct api_fault no_value = {
	.status = 400, .code = "no_such_value", .msg = MSG_record_api_fault_value
};
static const struct api_fault too_many = {
	.status = 400, .code = "too_many_filters", .msg = MSG_record_api_fault_many
};

static bool is_place(struct str s)
{
	struct str first = { 0 };
	int64_t n;
	return str_cut(&s, '.', &first) && str_i64(first, &n) && str_i64(s, &n);
}

/* A filter is in ${f} if it was taken; ${is_none}: nothing can have it yet. */
static const struct api_fault *filter_fault(
	const struct find *f, int field, struct str val, bool *is_none)
{
	struct said name = { 0 };
	for (size_t i = 0; i < f->n_filter; i++)
		if (f->filter[i].field == field && str_eq(f->filter[i].val, val))
			return NULL;
	if (!find_value_name(f, field, val, &name))
		return &no_value;
	if (field < 0 ? !f->state_number : !f->number[field]) {
		*is_none = true;
		return NULL;
	}
	return f->n_filter == FIND_FILTERS ? &too_many : &no_value;
}

static const struct api_fault *pair_fault(
	const struct find *f, const struct http_pair *pair, bool *is_none)
{
	struct str name = pair->name;
	int64_t day;
	if (str_is(name, "from") || str_is(name, "to"))
		return value_date(pair->value, &day) ? NULL : &no_value;
	if (str_is(name, "after"))
		return is_place(pair->value) ? NULL : &no_value;
	if (str_is(name, "q"))
		return f->may_search ? NULL : &no_parameter;
	if (str_is(name, "state"))
		return filter_fault(f, -1, pair->value, is_none);
	int field = str_starts(name, "f-") ? def_field_find(f->form->def, str_from(name, 2)) : -1;
	return find_may_filter(f, field) ? filter_fault(f, field, pair->value, is_none)
					 : &no_parameter;
}

/* 1: what is wrong is the answer already. */
static int check_query(struct visit *v, struct find *f)
{
	bool is_none = false;
	for (size_t i = 0; i < v->req->n_query; i++) {
		const struct http_pair *pair = &v->req->query[i];
		const struct api_fault *fault = pair_fault(f, pair, &is_none);
		if (!fault)
			continue;
		struct api_fault said = *fault;
		said.parameter = pair->name;
		int result = api_refuse(v, &said);
		return result < 0 ? result : 1;
	}
	if (is_none)
		f->states = (struct str){ 0 };
	return 0;
}

/* ---- records ---- */

struct gathered {
	json_t *list;
	bool has_failed;
};

static int gather(const struct take *t, const struct take_record *r, void *to)
{
	struct gathered *g = to;
	json_add(g->list, &g->has_failed, take_record_json(t, r, &g->has_failed));
	return g->has_failed ? err_note(ERR_NOMEM, "a record in JSON") : 0;
}

static void put_head(struct visit *v, json_t *to, const struct find *f, bool *has_failed)
{
	json_put_str(to, has_failed, "form", f->form->def->id);
	json_put(to, has_failed, "version", json_integer(f->form->def->version));
	json_put_str(to, has_failed, "language", v->lang->code);
}

/* The address of the next page; null: this is the last one. */
static json_t *next_json(struct visit *v, const struct find *f, const struct find_row *last)
{
	struct find_step step = { .without = -1 };
	struct url to = { 0 };
	if (!last)
		return json_null();
	step.after = arena_f(v->mem, "%lld.%lld", (long long)last->ord, (long long)last->id);
	if (!step.after.p || find_address(f, &step, &to) < 0)
		return NULL;
	struct str all = arena_f(
		v->mem, "%.*s" API_PATH "%.*s", STR_ARG(visit_base(v)), STR_ARG(to.s));
	return all.p ? json_stringn(all.p, all.n) : NULL;
}

static int list_show(struct visit *v)
{
	const struct shelf_form *form = NULL;
	struct take t = { 0 };
	struct find_row *row = NULL;
	size_t n = 0;
	int result = find_register(v, &form);
	if (result == 0)
		result = take_begin(v, form, &t);
	if (result == 0)
		result = check_query(v, &t.find);
	if (result != 0)
		return result < 0 ? result : 0;
	result = find_rows(&t.find, &row, &n);
	bool has_more = n == FIND_MOST;
	struct gathered g = { .list = json_array() };
	for (size_t i = 0; i < n - has_more && result >= 0; i++)
		result = take_one(v, &t, &row[i], gather, &g);
	if (result < 0) {
		json_decref(g.list);
		return result;
	}
	json_t *all = json_object();
	put_head(v, all, &t.find, &g.has_failed);
	json_put(all, &g.has_failed, "records", g.list);
	json_put(all, &g.has_failed, "next", next_json(v, &t.find, has_more ? &row[n - 2] : NULL));
	return api_send(v, all, g.has_failed);
}

static int record_show(struct visit *v)
{
	const struct shelf_form *form = NULL;
	struct take t = { 0 };
	struct record r = { 0 };
	int result = find_register(v, &form);
	struct record_by by = record_by(v);
	if (result == 0)
		result = take_begin(v, form, &t);
	if (result == 0)
		result = record_find(&by, v->house->shelf, v->part[1], &r);
	if (result < 0)
		return result;
	must(form && r.form); /* they were found */
	const struct def_state *state = &r.form->def->state[r.state];
	struct str here = arena_f(v->mem, "|%.*s|", STR_ARG(state->name));
	if (!str_eq(r.form->def->id, form->def->id) || !here.p || !str_has(t.find.states, here))
		return err_note(ERR_MISSING, "not in this register");
	struct find_row row = { .id = r.id,
		.form = r.form->id,
		.uid = r.uid,
		.ref = r.ref,
		.state = state->name,
		.lang = r.lang,
		.body = r.body,
		.is_sample = r.is_sample };
	struct gathered g = { .list = json_array() };
	result = take_one(v, &t, &row, gather, &g);
	json_t *all = json_object();
	put_head(v, all, &t.find, &g.has_failed);
	json_put(all, &g.has_failed, "record", json_incref(json_array_get(g.list, 0)));
	json_decref(g.list);
	if (result >= 0)
		return api_send(v, all, g.has_failed);
	json_decref(all);
	return result;
}

/* ---- how many ---- */

static json_t *value_json(const struct find_value *from, struct str val, bool *has_failed)
{
	json_t *to = json_object();
	json_put_str(to, has_failed, "value", val);
	json_put_str(to, has_failed, "label", from->name.s);
	json_put(to, has_failed, "records", from->n < 0 ? json_null() : json_integer(from->n));
	return to;
}

static json_t *facet_json(const struct find_facet *from, bool *has_failed)
{
	json_t *list = json_array();
	for (size_t i = 0; i < from->n; i++)
		json_add(list, has_failed,
			value_json(&from->value[i], from->value[i].val, has_failed));
	return list;
}

static int counts_show(struct visit *v)
{
	const struct shelf_form *form = NULL;
	struct take t = { 0 };
	struct find_facet *facet = NULL;
	size_t n = 0;
	int64_t total = 0;
	bool has_failed = false;
	int result = find_register(v, &form);
	if (result == 0)
		result = take_begin(v, form, &t);
	if (result == 0)
		result = check_query(v, &t.find);
	if (result != 0)
		return result < 0 ? result : 0;
	result = find_facets(&t.find, &facet, &n, &total);
	if (result < 0)
		return result;
	json_t *all = json_object(), *by = json_object();
	put_head(v, all, &t.find, &has_failed);
	json_put(all, &has_failed, "total", total < 0 ? json_null() : json_integer(total));
	for (size_t i = 0; i < n; i++) {
		struct str name = facet[i].field < 0 ? STR("record.state")
						     : form->def->field[facet[i].field].name;
		json_put(
			by, &has_failed, arena_z(v->mem, name), facet_json(&facet[i], &has_failed));
	}
	json_put(all, &has_failed, "values", by);
	return api_send(v, all, has_failed);
}

const struct route api_routes[] = {
	/* method    path                              who     input check act */
	{ HTTP_GET, API_PATH "/records/:form", ANYONE, NULL, NULL, list_show },
	{ HTTP_GET, API_PATH "/records/:form/counts", ANYONE, NULL, NULL, counts_show },
	{ HTTP_GET, API_PATH "/records/:form/:uid", ANYONE, NULL, NULL, record_show },
	{ 0 },
};
