#include "monitor/value.h"
#include "monitor/value.sql.h"
#include "record/body.h"
#include "record/walk.h"

int value_watch(const struct record_event *e)
{
	bool is_ours = e->r && str_is(e->r->form->def->id, "indicator_source");
	if (!is_ours || e->is_anew || e->r->form->def->state[e->r->state].name.n)
		return 0;
	int result = value_drop(e->by->db, e->r->id);
	if (result >= 0)
		result = sheet_drop_of(e->by->db, e->r->id);
	return result < 0 ? result : 0;
}

static struct str get(const struct answers *a, const char *field)
{
	int i = def_field_find(a->def, str_c(field));
	return i < 0 ? STR("") : answers_get(a, i, 0);
}

static int say(struct visit *v, const struct answers *a, const struct labels *labels,
	const char *field, struct said *ret)
{
	int i = def_field_find(a->def, str_c(field));
	*ret = (struct said){ STR(""), v->lang };
	return i < 0 ? 0 : walk_said(a, labels, i, 0, v->lang, ret);
}

int value_source_read(struct visit *v, int64_t form, struct str body, struct value_source *ret)
{
	const struct shelf_form *f;
	struct answers a = { 0 };
	int result = shelf_of(v->house->shelf, v->db, v->mem, form, &f);
	if (result < 0)
		return result;
	answers_init(&a, f->def, v->mem, v->now);
	result = body_read(body, &a);
	if (result < 0)
		return result;
	ret->code = get(&a, "code");
	ret->title = get(&a, "title");
	ret->unit = get(&a, "unit");
	ret->by = get(&a, "by");
	ret->terms = get(&a, "terms");
	ret->how = get(&a, "how");
	ret->link = get(&a, "link");
	ret->is_number = str_is(get(&a, "kind"), "number");
	result = say(v, &a, shelf_labels(f, v->lang), "kind", &ret->kind);
	return result < 0 ? result : say(v, &a, shelf_labels(f, v->lang), "better", &ret->better);
}

int value_sources_load(struct visit *v, struct value_source **ret, size_t *ret_n)
{
	struct value_sources_row *row = NULL;
	size_t n = 0;
	int result = value_sources(v->db, v->mem, VALUE_SOURCES, &row, &n);
	struct value_source *to = result < 0 ? NULL : arena_array(v->mem, n + 1, sizeof *to);
	if (!to)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < n && result >= 0; i++) {
		to[i] = (struct value_source){ .id = row[i].id,
			.uid = row[i].uid,
			.lang = row[i].lang,
			.is_sample = row[i].is_sample != 0,
			.countries = row[i].countries,
			.first = row[i].first,
			.last = row[i].last };
		result = value_source_read(v, row[i].form, row[i].body, &to[i]);
	}
	if (result < 0)
		return result;
	*ret = to;
	*ret_n = n;
	return 0;
}

static struct str shown(struct visit *v, const struct value_source *source, struct str val)
{
	return source->is_number ? lang_decimal(v->lang, v->mem, val) : val;
}

int value_of_country(struct visit *v, struct str country, struct value_latest **ret, size_t *ret_n)
{
	struct value_latest_row *row = NULL;
	size_t n = 0;
	int result = value_latest(v->db, v->mem, country, VALUE_OF_COUNTRY, &row, &n);
	struct value_latest *to = result < 0 ? NULL : arena_array(v->mem, n + 1, sizeof *to);
	if (!to)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < n && result >= 0; i++) {
		to[i] = (struct value_latest){ .source = { .uid = row[i].uid,
						       .lang = row[i].lang,
						       .is_sample = row[i].is_sample != 0 },
			.year = row[i].year,
			.before = row[i].before };
		result = value_source_read(v, row[i].form, row[i].body, &to[i].source);
		to[i].val = shown(v, &to[i].source, row[i].val);
		to[i].was = shown(v, &to[i].source, row[i].was);
	}
	if (result < 0)
		return result;
	*ret = to;
	*ret_n = n;
	return 0;
}

struct str value_tag(struct str lang)
{
	const struct lang *l = lang_by_code(lang);
	return l ? l->tag : STR("");
}
