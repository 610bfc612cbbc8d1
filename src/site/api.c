#include "site/api.h"
#include "i18n/country.h"
#include "participate/space.h"
#include "record/api.h"

/* ---- where everything is ---- */

static int index_show(struct visit *v)
{
	bool has_failed = false;
	const struct settings *set = atomic_load(&v->house->settings);
	json_t *to = json_object(), *files = json_object();
	api_begin(v);
	json_put_str(to, &has_failed, "name", set->name);
	json_put(to, &has_failed, "version", json_string(BARAZA_VERSION));
	json_put(to, &has_failed, "openapi", api_url(v, API_PATH "/openapi.json"));
	json_put(to, &has_failed, "forms", api_url(v, API_PATH "/forms"));
	json_put(to, &has_failed, "countries", api_url(v, API_PATH "/countries"));
	json_put(to, &has_failed, "consultations", api_url(v, API_PATH "/consultations"));
	json_put(
		files, &has_failed, "incidents_by_country", api_url(v, "/incidents/countries.csv"));
	json_put(files, &has_failed, "incidents_by_month", api_url(v, "/incidents/months.csv"));
	json_put(files, &has_failed, "sdg_16_10_1", api_url(v, "/incidents/sdg.csv"));
	json_put(to, &has_failed, "files", files);
	return api_send(v, to, has_failed);
}

/* ---- countries ---- */

static json_t *names_json(struct visit *v, struct str code, bool *has_failed)
{
	json_t *to = json_object();
	for (int i = 0; i < LANG_COUNT; i++) {
		const struct lang *lang = lang_of((enum lang_id)i);
		json_put_str(to, has_failed, arena_z(v->mem, lang->code),
			lang_country(lang, v->mem, code));
	}
	return to;
}

static int countries_show(struct visit *v)
{
	size_t n;
	bool has_failed = false;
	const struct country *all = country_list(v->lang, &n);
	json_t *to = json_object(), *list = json_array();
	api_begin(v);
	for (size_t i = 0; i < n; i++) {
		json_t *one = json_object();
		struct str code = all[i].code;
		json_put_str(one, &has_failed, "code", code);
		json_put_str(one, &has_failed, "name", all[i].name);
		json_put(one, &has_failed, "names", names_json(v, code, &has_failed));
		json_put(one, &has_failed, "page", api_url(v, "/country/%.*s", STR_ARG(code)));
		json_add(list, &has_failed, one);
	}
	json_put(to, &has_failed, "countries", list);
	return api_send(v, to, has_failed);
}

/* ---- consultations: what is there already ---- */

static json_t *space_json(struct visit *v, const struct space *s, bool *has_failed)
{
	json_t *to = json_object(), *files = json_object();
	struct str slug = s->slug;
	json_put_str(to, has_failed, "title", s->title);
	json_put_str(to, has_failed, "language", s->text_lang->code);
	json_put(to, has_failed, "open", json_boolean(s->state == SPACE_ANNOUNCED));
	json_put(to, has_failed, "sample", json_boolean(s->is_sample));
	json_put(to, has_failed, "page", api_url(v, "/c/%.*s", STR_ARG(slug)));
	json_put(files, has_failed, "asks_and_answers",
		api_url(v, "/c/%.*s/summary/summary.json", STR_ARG(slug)));
	json_put(files, has_failed, "results",
		api_url(v, "/c/%.*s/data/figures.json", STR_ARG(slug)));
	json_put(to, has_failed, "files", files);
	return to;
}

static int spaces_show(struct visit *v)
{
	struct space *space = NULL;
	size_t n = 0;
	bool has_failed = false;
	api_begin(v);
	int result = space_listed(v, &space, &n);
	if (result < 0)
		return result;
	json_t *to = json_object(), *list = json_array();
	for (size_t i = 0; i < n; i++)
		json_add(list, &has_failed, space_json(v, &space[i], &has_failed));
	json_put(to, &has_failed, "consultations", list);
	return api_send(v, to, has_failed);
}

/* ---- the document ---- */

static void put_get(json_t *paths, const char *path, const char *id, const char *what,
	json_t *schema, bool *has_failed)
{
	json_put(paths, has_failed, path,
		json_pack("{s:{s:s,s:s,s:o}}", "get", "operationId", id, "summary", what,
			"responses", api_answer(what, schema, has_failed)));
}

static json_t *list_of(const char *name, json_t *item, bool *has_failed)
{
	struct api_member member[] = { { name,
		json_pack("{s:s,s:o}", "type", "array", "items", item) } };
	return api_object(member, 1, has_failed);
}

#define COUNT(list) (sizeof(list) / sizeof *(list))

static json_t *form_schema(bool *has_failed)
{
	struct api_member member[] = { { "name", api_type("string") },
		{ "title", api_type("string") }, { "version", api_type("integer") },
		{ "url", api_type("string") }, { "records", api_type("string") },
		{ "page", api_type("string") }, { "files", api_type("string") } };
	return api_object(member, COUNT(member), has_failed);
}

static json_t *country_schema(bool *has_failed)
{
	struct api_member member[] = { { "code", api_type("string") },
		{ "name", api_type("string") },
		{ "names",
			json_pack("{s:s,s:o}", "type", "object", "additionalProperties",
				api_type("string")) },
		{ "page", api_type("string") } };
	return api_object(member, COUNT(member), has_failed);
}

static json_t *space_schema(bool *has_failed)
{
	struct api_member file[] = { { "asks_and_answers", api_type("string") },
		{ "results", api_type("string") } };
	struct api_member member[] = { { "title", api_type("string") },
		{ "language", api_type("string") }, { "open", api_type("boolean") },
		{ "sample", api_type("boolean") }, { "page", api_type("string") },
		{ "files", api_object(file, COUNT(file), has_failed) } };
	return api_object(member, COUNT(member), has_failed);
}

static json_t *index_schema(bool *has_failed)
{
	struct api_member member[] = { { "name", api_type("string") },
		{ "version", api_type("string") }, { "openapi", api_type("string") },
		{ "forms", api_type("string") }, { "countries", api_type("string") },
		{ "consultations", api_type("string") },
		{ "files",
			json_pack("{s:s,s:o}", "type", "object", "additionalProperties",
				api_type("string")) } };
	return api_object(member, COUNT(member), has_failed);
}

static json_t *fault_schema(bool *has_failed)
{
	json_t *error = json_pack("{s:s,s:{s:{s:s},s:{s:s},s:{s:s},s:{s:s},s:{s:s}},s:[s,s,s]}",
		"type", "object", "properties", "status", "type", "integer", "code", "type",
		"string", "message", "type", "string", "parameter", "type", "string", "number",
		"type", "integer", "required", "status", "code", "message");
	struct api_member member[] = { { "error", error } };
	return api_object(member, 1, has_failed);
}

/* The ten most frequent values of each filter, by its name. */
static json_t *values_schema(bool *has_failed)
{
	struct api_member member[] = { { "value", api_type("string") },
		{ "label", api_type("string") },
		{ "records", json_pack("{s:[s,s]}", "type", "integer", "null") } };
	return json_pack("{s:s,s:{s:s,s:o}}", "type", "object", "additionalProperties", "type",
		"array", "items", api_object(member, COUNT(member), has_failed));
}

static void put_own(json_t *paths, json_t *schemas, bool *has_failed)
{
	json_put(schemas, has_failed, "fault", fault_schema(has_failed));
	json_put(schemas, has_failed, "values", values_schema(has_failed));
	put_get(paths, "/", "index", "Where everything is.", index_schema(has_failed), has_failed);
	put_get(paths, "/forms", "list_forms", "Registers.",
		list_of("forms", form_schema(has_failed), has_failed), has_failed);
	put_get(paths, "/countries", "list_countries", "Countries, in six languages.",
		list_of("countries", country_schema(has_failed), has_failed), has_failed);
	put_get(paths, "/consultations", "list_consultations",
		"Public consultations, and where their data is.",
		list_of("consultations", space_schema(has_failed), has_failed), has_failed);
	json_put(paths, has_failed, "/forms/{form}",
		json_pack("{s:{s:s,s:s,s:[{s:s,s:s,s:b,s:o}],s:o}}", "get", "operationId",
			"show_form", "summary", "What a register asks.", "parameters", "name",
			"form", "in", "path", "required", 1, "schema", api_type("string"),
			"responses",
			api_answer("Its definition.", form_schema(has_failed), has_failed)));
}

static int openapi_show(struct visit *v)
{
	bool has_failed = false;
	const struct settings *set = atomic_load(&v->house->settings);
	json_t *paths = json_object(), *schemas = json_object(), *to = json_object();
	api_begin(v);
	put_own(paths, schemas, &has_failed);
	int result = api_registers(v, paths, schemas, &has_failed);
	json_t *info = json_object();
	json_put_str(info, &has_failed, "title", set->name);
	json_put(info, &has_failed, "version", json_string(BARAZA_VERSION));
	json_put(to, &has_failed, "openapi", json_string("3.1.0"));
	json_put(to, &has_failed, "info", info);
	json_put(to, &has_failed, "servers", json_pack("[{s:o}]", "url", api_url(v, API_PATH)));
	json_put(to, &has_failed, "paths", paths);
	json_put(to, &has_failed, "components",
		json_pack("{s:o,s:{s:{s:s,s:{s:{s:o}}}}}", "schemas", schemas, "responses", "fault",
			"description", "What is wrong.", "content", "application/json", "schema",
			api_ref("#/components/schemas/fault")));
	if (result == 0)
		return api_send(v, to, has_failed);
	json_decref(to);
	return result;
}

const struct route api_site_routes[] = {
	/* method    path                      who     input check act */
	{ HTTP_GET, API_PATH, ANYONE, NULL, NULL, index_show },
	{ HTTP_GET, API_PATH "/", ANYONE, NULL, NULL, index_show },
	{ HTTP_GET, API_PATH "/openapi.json", ANYONE, NULL, NULL, openapi_show },
	{ HTTP_GET, API_PATH "/countries", ANYONE, NULL, NULL, countries_show },
	{ HTTP_GET, API_PATH "/consultations", ANYONE, NULL, NULL, spaces_show },
	{ 0 },
};
