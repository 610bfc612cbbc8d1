/* What OpenAPI says of registers: made from the definitions, as the answers are. */
#include "record/api.h"
#include <stdarg.h>
#include <stdio.h>

/* ---- pieces ---- */

json_t *api_ref(const char *fmt, ...)
{
	va_list ap;
	char name[200];
	va_start(ap, fmt);
	int n = vsnprintf(name, sizeof name, fmt, ap);
	va_end(ap);
	return n < 0 || (size_t)n >= sizeof name ? NULL : json_pack("{s:s}", "$ref", name);
}

json_t *api_type(const char *type)
{
	return json_pack("{s:s}", "type", type);
}

static json_t *type_or_null(const char *type)
{
	return json_pack("{s:[s,s]}", "type", type, "null");
}

json_t *api_object(const struct api_member *member, size_t n, bool *has_failed)
{
	json_t *to = json_object(), *properties = json_object(), *required = json_array();
	for (size_t i = 0; i < n; i++) {
		json_put(properties, has_failed, member[i].name, member[i].schema);
		json_add(required, has_failed, json_string(member[i].name));
	}
	json_put(to, has_failed, "type", json_string("object"));
	json_put(to, has_failed, "properties", properties);
	json_put(to, has_failed, "required", required);
	return to;
}

json_t *api_answer(const char *title, json_t *schema, bool *has_failed)
{
	json_t *good = json_pack("{s:s,s:{s:{s:o}}}", "description", title, "content",
		"application/json", "schema", schema);
	json_t *to = json_object();
	json_put(to, has_failed, "200", good);
	json_put(to, has_failed, "304",
		json_pack("{s:s}", "description", "Nothing has changed since If-None-Match."));
	json_put(to, has_failed, "default", api_ref("#/components/responses/fault"));
	return to;
}

/* ---- a record ---- */

static const char *type_of(const struct take *t, const struct take_column *c)
{
	if (c->what == TAKE_ROW)
		return "integer";
	if (c->what != TAKE_VALUE)
		return "string";
	enum def_kind kind = t->find.form->def->field[c->field].kind;
	return kind == DEF_INTEGER ? "integer" : kind == DEF_DECIMAL ? "number" : "string";
}

static json_t *column_json(const struct take *t, const struct take_column *c, bool *has_failed)
{
	json_t *to = type_or_null(type_of(t, c));
	if (c->what == TAKE_VALUE || c->what == TAKE_LABEL)
		json_put_str(to, has_failed, "description", t->find.labels->label[c->field].s);
	if (c->what == TAKE_URL)
		json_put(to, has_failed, "format", json_string("uri"));
	if (c->hxl.n)
		json_put_str(to, has_failed, "x-hxl", c->hxl);
	return to;
}

/* The rows of a repeat stand in its record. */
static json_t *table_json(
	struct visit *v, const struct take *t, const struct take_table *table, bool *has_failed)
{
	json_t *to = json_object(), *properties = json_object(), *required = json_array();
	for (size_t i = 0; i < table->n; i++) {
		const struct take_column *c = &table->column[i];
		if (table->repeat >= 0 && c->what < TAKE_VALUE)
			continue;
		json_put(properties, has_failed, arena_z(v->mem, c->name),
			column_json(t, c, has_failed));
		json_add(required, has_failed, json_stringn(c->name.p, c->name.n));
	}
	for (size_t k = 1; k < t->n && table->repeat < 0; k++) {
		json_put(properties, has_failed, arena_z(v->mem, t->table[k].name),
			json_pack("{s:s,s:o}", "type", "array", "items",
				table_json(v, t, &t->table[k], has_failed)));
		json_add(
			required, has_failed, json_stringn(t->table[k].name.p, t->table[k].name.n));
	}
	json_put(to, has_failed, "type", json_string("object"));
	json_put(to, has_failed, "properties", properties);
	json_put(to, has_failed, "required", required);
	json_put(to, has_failed, "additionalProperties", json_false());
	return to;
}

/* ---- what may be asked ---- */

static void add_parameter(
	json_t *list, const char *name, struct str what, json_t *schema, bool *has_failed)
{
	json_t *to = json_object();
	json_put(to, has_failed, "name", json_string(name));
	json_put(to, has_failed, "in", json_string("query"));
	json_put_str(to, has_failed, "description", what);
	json_put(to, has_failed, "schema", schema);
	json_add(list, has_failed, to);
}

static json_t *choices_json(const struct def_field *f, bool *has_failed)
{
	json_t *to = api_type("string"), *list = json_array();
	for (size_t i = 0; i < f->n_choice; i++)
		json_add(list, has_failed, json_stringn(f->choice[i].name.p, f->choice[i].name.n));
	if (f->n_choice)
		json_put(to, has_failed, "enum", list);
	else
		json_decref(list);
	return to;
}

static json_t *states_json(const struct def *def, bool *has_failed)
{
	json_t *list = json_array();
	for (size_t i = 0; i < def->n_state; i++)
		json_add(
			list, has_failed, json_stringn(def->state[i].name.p, def->state[i].name.n));
	return json_pack("{s:s,s:o}", "type", "string", "enum", list);
}

static json_t *parameters_json(
	struct visit *v, const struct take *t, bool has_page, bool *has_failed)
{
	const struct def *def = t->find.form->def;
	json_t *list = json_array();
	if (t->find.may_search)
		add_parameter(list, "q", STR("Words; the last one may go on."), api_type("string"),
			has_failed);
	add_parameter(list, "from", STR("First day, YYYY-MM-DD."),
		json_pack("{s:s,s:s}", "type", "string", "format", "date"), has_failed);
	add_parameter(list, "to", STR("Last day, YYYY-MM-DD."),
		json_pack("{s:s,s:s}", "type", "string", "format", "date"), has_failed);
	add_parameter(list, "state", STR("State of the record."), states_json(def, has_failed),
		has_failed);
	for (int i = 0; i < (int)def->n_field; i++)
		if (find_may_filter(&t->find, i))
			add_parameter(list,
				arena_z(v->mem,
					arena_f(v->mem, "f-%.*s", STR_ARG(def->field[i].name))),
				t->find.labels->label[i].s,
				choices_json(&def->field[i], has_failed), has_failed);
	if (has_page)
		add_parameter(list, "after", STR("Where the page before ended; see \"next\"."),
			api_type("string"), has_failed);
	return list;
}

/* ---- addresses ---- */

static void put_get(json_t *paths, const char *path, const char *id, struct str what,
	json_t *parameters, json_t *responses, bool *has_failed)
{
	json_t *get = json_object(), *item = json_object();
	json_put(get, has_failed, "operationId", json_string(id));
	json_put_str(get, has_failed, "summary", what);
	json_put(get, has_failed, "parameters", parameters);
	json_put(get, has_failed, "responses", responses);
	json_put(item, has_failed, "get", get);
	json_put(paths, has_failed, path, item);
}

static json_t *head_and(
	const char *name, json_t *schema, const char *more, json_t *more_schema, bool *has_failed)
{
	struct api_member member[] = { { "form", api_type("string") },
		{ "version", api_type("integer") }, { "language", api_type("string") },
		{ name, schema }, { more, more_schema } };
	return api_object(member, more ? 5 : 4, has_failed);
}

static int put_register(struct visit *v, const struct shelf_form *f, json_t *paths, json_t *schemas,
	bool *has_failed)
{
	struct take t = { 0 };
	struct arena *mem = v->mem;
	int result = api_tables(v, f, &t);
	if (result < 0)
		return result;
	const char *id = arena_z(mem, f->def->id);
	struct str title = t.find.labels->list_title.s;
	json_put(schemas, has_failed, id, table_json(v, &t, &t.table[0], has_failed));
	json_t *list = json_pack(
		"{s:s,s:o}", "type", "array", "items", api_ref("#/components/schemas/%s", id));
	put_get(paths, arena_z(mem, arena_f(mem, "/records/%s", id)),
		arena_z(mem, arena_f(mem, "list_%s", id)), title,
		parameters_json(v, &t, true, has_failed),
		api_answer("A page of at most 50 records, newest first.",
			head_and("records", list, "next",
				json_pack(
					"{s:[s,s],s:s}", "type", "string", "null", "format", "uri"),
				has_failed),
			has_failed),
		has_failed);
	put_get(paths, arena_z(mem, arena_f(mem, "/records/%s/counts", id)),
		arena_z(mem, arena_f(mem, "count_%s", id)), title,
		parameters_json(v, &t, false, has_failed),
		api_answer("How many there are, and the ten most frequent values of each filter. "
			   "null: not counted.",
			head_and("total", type_or_null("integer"), "values",
				api_ref("#/components/schemas/values"), has_failed),
			has_failed),
		has_failed);
	json_t *uid = json_pack("[{s:s,s:s,s:b,s:s,s:o}]", "name", "uid", "in", "path", "required",
		1, "description", "The last part of record.url.", "schema", api_type("string"));
	put_get(paths, arena_z(mem, arena_f(mem, "/records/%s/{uid}", id)),
		arena_z(mem, arena_f(mem, "show_%s", id)), title, uid,
		api_answer("One record.",
			head_and("record", api_ref("#/components/schemas/%s", id), NULL, NULL,
				has_failed),
			has_failed),
		has_failed);
	return 0;
}

int api_registers(struct visit *v, json_t *paths, json_t *schemas, bool *has_failed)
{
	size_t n;
	const struct shelf_form *all = shelf_all(v->house->shelf, &n);
	int result = 0;
	for (size_t i = 0; i < n && result == 0; i++)
		if (api_is_register(&all[i]))
			result = put_register(v, &all[i], paths, schemas, has_failed);
	return result;
}
