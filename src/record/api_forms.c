/* What the definitions of public registers ask. */
#include "record/api.h"
#include "record/routes.h"

static const char *const kinds[] = { [DEF_TEXT] = "text",
	[DEF_INTEGER] = "integer",
	[DEF_DECIMAL] = "decimal",
	[DEF_DATE] = "date",
	[DEF_ONE] = "select_one",
	[DEF_MANY] = "select_multiple",
	[DEF_COUNTRY] = "country",
	[DEF_PLACE] = "geopoint",
	[DEF_FILE] = "file" };

int api_tables(struct visit *v, const struct shelf_form *f, struct take *ret)
{
	struct visit bare = *v;
	struct http_request empty = *v->req;
	empty.n_query = 0;
	bare.req = &empty;
	int result = take_begin(&bare, f, ret);
	ret->find.v = v;
	return result;
}

static json_t *choices_json(const struct take *t, const struct def_field *f, bool *has_failed)
{
	json_t *list = json_array();
	for (size_t i = 0; i < f->n_choice; i++) {
		json_t *one = json_object();
		struct said label = labels_choice(t->find.labels, t->find.form->def, &f->choice[i]);
		json_put_str(one, has_failed, "name", f->choice[i].name);
		json_put_str(one, has_failed, "label", label.s);
		json_add(list, has_failed, one);
	}
	return list;
}

static json_t *field_json(
	struct visit *v, const struct take *t, const struct take_column *c, bool *has_failed)
{
	const struct def_field *f = &t->find.form->def->field[c->field];
	json_t *to = json_object();
	json_put_str(to, has_failed, "name", c->name);
	json_put_str(to, has_failed, "label", t->find.labels->label[c->field].s);
	json_put(to, has_failed, "type", json_string(kinds[f->kind]));
	json_put(to, has_failed, "required", json_boolean(f->is_required));
	json_put_str(to, has_failed, "hxl", c->hxl);
	if (find_may_filter(&t->find, c->field)) {
		struct str name = arena_f(v->mem, "f-%.*s", STR_ARG(f->name));
		json_put_str(to, has_failed, "filter", name);
	}
	if (f->n_choice)
		json_put(to, has_failed, "choices", choices_json(t, f, has_failed));
	return to;
}

static json_t *table_json(
	struct visit *v, const struct take *t, const struct take_table *table, bool *has_failed)
{
	json_t *to = json_object(), *list = json_array();
	json_put_str(to, has_failed, "name", table->name);
	json_put(to, has_failed, "repeats", json_boolean(table->repeat >= 0));
	for (size_t i = 0; i < table->n; i++)
		if (table->column[i].what == TAKE_VALUE)
			json_add(list, has_failed, field_json(v, t, &table->column[i], has_failed));
	json_put(to, has_failed, "fields", list);
	return to;
}

static json_t *states_json(const struct take *t, bool *has_failed)
{
	const struct def *def = t->find.form->def;
	json_t *list = json_array();
	for (size_t i = 0; i < def->n_state; i++) {
		json_t *one = json_object();
		json_put_str(one, has_failed, "name", def->state[i].name);
		json_put_str(one, has_failed, "label", t->find.labels->state[i].s);
		json_put(one, has_failed, "done", json_boolean(def->state[i].is_done));
		json_add(list, has_failed, one);
	}
	return list;
}

static json_t *form_json(
	struct visit *v, const struct shelf_form *f, bool is_whole, bool *has_failed)
{
	struct take t = { 0 };
	json_t *to = json_object(), *tables = json_array();
	struct str id = f->def->id;
	*has_failed |= api_tables(v, f, &t) < 0;
	json_put_str(to, has_failed, "name", id);
	json_put_str(to, has_failed, "title", shelf_labels(f, v->lang)->list_title.s);
	json_put(to, has_failed, "version", json_integer(f->def->version));
	json_put(to, has_failed, "url", api_url(v, API_PATH "/forms/%.*s", STR_ARG(id)));
	json_put(to, has_failed, "records", api_url(v, API_PATH "/records/%.*s", STR_ARG(id)));
	json_put(to, has_failed, "page", api_url(v, "/records/%.*s", STR_ARG(id)));
	json_put(to, has_failed, "files", api_url(v, "/records/%.*s/data", STR_ARG(id)));
	for (size_t i = 0; i < t.n && is_whole && !*has_failed; i++)
		json_add(tables, has_failed, table_json(v, &t, &t.table[i], has_failed));
	if (is_whole && !*has_failed) {
		json_put(to, has_failed, "states", states_json(&t, has_failed));
		json_put(to, has_failed, "tables", tables);
	} else {
		json_decref(tables);
	}
	return to;
}

static int forms_show(struct visit *v)
{
	size_t n;
	bool has_failed = false;
	const struct shelf_form *all = shelf_all(v->house->shelf, &n);
	json_t *to = json_object(), *list = json_array();
	api_begin(v);
	for (size_t i = 0; i < n; i++)
		if (api_is_register(&all[i]))
			json_add(list, &has_failed, form_json(v, &all[i], false, &has_failed));
	json_put(to, &has_failed, "forms", list);
	return api_send(v, to, has_failed);
}

static int form_show(struct visit *v)
{
	bool has_failed = false;
	const struct shelf_form *f = shelf_find(v->house->shelf, v->part[0]);
	api_begin(v);
	if (!api_is_register(f))
		return err_note(ERR_MISSING, "no such register");
	json_t *to = form_json(v, f, true, &has_failed);
	return api_send(v, to, has_failed);
}

const struct route api_form_routes[] = {
	/* method    path                     who     input check act */
	{ HTTP_GET, API_PATH "/forms", ANYONE, NULL, NULL, forms_show },
	{ HTTP_GET, API_PATH "/forms/:form", ANYONE, NULL, NULL, form_show },
	{ 0 },
};
