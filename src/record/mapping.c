#include "record/mapping.h"
#include "base/json.h"
#include "record/hxl.h"
#include <stdlib.h>
#include <string.h>

static const struct {
	const char *name;
	int bit;
} words[] = {
	{ "html", MAP_HTML },
	{ "dash", MAP_DASH },
	{ "head", MAP_HEAD },
	{ "split", MAP_SPLIT },
	{ "dmy", MAP_DMY },
	{ "mdy", MAP_MDY },
	{ "session", MAP_SESSION },
	{ "key", MAP_KEY },
	/* by the kind of question alone */
	{ "date", 0 },
	{ "country", 0 },
	{ "map", 0 },
};

bool mapping_as(struct str name, int *ret)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_is(name, words[i].name)) {
			*ret = words[i].bit;
			return true;
		}
	return false;
}

static int read_as(struct str list)
{
	int as = 0, bit;
	struct str one;
	while (str_cut(&list, ' ', &one))
		if (mapping_as(one, &bit))
			as |= bit;
	return as;
}

bool mapping_can(const struct def *def, int field)
{
	const struct def_field *f = &def->field[field];
	return def_asks(f) && !def_is_sealed(def, field) && f->kind != DEF_FILE;
}

bool mapping_has(const struct mapping *m, int field)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->line[i].field == field)
			return true;
	return false;
}

/* ---- a first guess ---- */

static int column_find(const struct rows *rows, struct str name)
{
	for (size_t i = 0; i < rows->n; i++)
		if (str_eq(rows->name[i], name))
			return (int)i;
	return -1;
}

static void add(struct mapping *m, struct map_line line)
{
	if (m->n < MAP_LINES_MAX)
		m->line[m->n++] = line;
}

/* A list that is always empty is no column. */
static bool may_lack(struct str path)
{
	return path.n > 2 && str_is(str_from(path, path.n - 2), "[]");
}

/* All columns of a source are there. A path that begins with "=" is a value for all rows. */
static bool is_source(const struct def *def, struct str source, const struct rows *rows)
{
	bool has_column = false;
	for (size_t i = 0; i < def->n_import; i++) {
		const struct def_import *one = &def->import[i];
		if (!str_eq(one->source, source) || str_starts(one->path, "="))
			continue;
		bool is_there = column_find(rows, one->path) >= 0;
		if (!is_there && !may_lack(one->path))
			return false;
		has_column |= is_there;
	}
	return has_column;
}

static void take_source(const struct def *def, struct str source, struct mapping *m)
{
	for (size_t i = 0; i < def->n_import; i++) {
		const struct def_import *one = &def->import[i];
		struct map_line line = { .field = one->to, .as = read_as(one->as) };
		if (!str_eq(one->source, source))
			continue;
		if (str_starts(one->path, "="))
			line.always = str_from(one->path, 1);
		else
			line.column = one->path;
		add(m, line);
	}
}

/* A column of HXL is found by fewer attributes than it has; a country by whatever names it. */
static bool tag_fits(const struct def_field *of, struct str tag, bool is_loose)
{
	if (!tag.n || !of->hxl.n || of->repeat >= 0)
		return false;
	if (!is_loose)
		return hxl_is_same(tag, of->hxl);
	return hxl_has(tag, of->hxl) ||
		(of->kind == DEF_COUNTRY && str_eq_ascii(hxl_kind(tag), hxl_kind(of->hxl)));
}

static bool fits(
	const struct shelf_form *f, int field, struct str name, struct str tag, bool is_loose)
{
	const struct def_field *of = &f->def->field[field];
	if (str_eq_ascii(name, of->name) || str_eq_ascii(name, of->label) ||
		def_field_called(f->def, name) == field || tag_fits(of, tag, is_loose))
		return true;
	for (int l = 0; l < LANG_COUNT; l++)
		if (str_eq_ascii(name, f->labels[l].label[field].s))
			return true;
	return false;
}

static bool has_column(const struct mapping *m, struct str name)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->line[i].column.p && str_eq(m->line[i].column, name))
			return true;
	return false;
}

/* "record.url" and the like say which record it was, and answer nothing. */
static bool take_column(const struct shelf_form *f, const struct rows *rows, size_t c,
	bool is_loose, struct mapping *m)
{
	if (str_starts(rows->name[c], "record.") || has_column(m, rows->name[c]))
		return false;
	for (int i = 0; i < (int)f->def->n_field; i++)
		if (mapping_can(f->def, i) && !mapping_has(m, i) &&
			fits(f, i, rows->name[c], rows->tag[c], is_loose)) {
			bool is_key = f->def->field[i].index == DEF_KEY;
			add(m,
				(struct map_line){ .column = rows->name[c],
					.field = i,
					.as = is_key ? MAP_KEY : 0 });
			return is_key;
		}
	return false;
}

static void take_names(const struct shelf_form *f, const struct rows *rows, struct mapping *m)
{
	bool has_key = false;
	for (size_t c = 0; c < rows->n; c++)
		has_key |= take_column(f, rows, c, false, m);
	for (size_t c = 0; c < rows->n; c++)
		has_key |= take_column(f, rows, c, true, m);
	int own = column_find(rows, STR("record.ref"));
	if (own >= 0) /* a key of its own may be empty in some rows */
		add(m, (struct map_line){ .column = rows->name[own], .field = -1, .as = MAP_KEY });
	else if (!has_key)
		for (size_t i = 0; i < m->n; i++)
			m->line[i].as |= MAP_KEY;
}

void mapping_guess(const struct shelf_form *f, const struct rows *rows, struct mapping *ret)
{
	*ret = (struct mapping){ 0 };
	for (size_t i = 0; i < f->def->n_import; i++)
		if (is_source(f->def, f->def->import[i].source, rows)) {
			take_source(f->def, f->def->import[i].source, ret);
			return;
		}
	take_names(f, rows, ret);
}

/* ---- as JSON ---- */

static json_t *as_json(int as)
{
	json_t *list = json_array();
	bool has_failed = false;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (as & words[i].bit)
			json_add(list, &has_failed, json_string(words[i].name));
	return list;
}

int mapping_write(
	const struct mapping *m, const struct def *def, struct arena *mem, struct str *ret)
{
	bool has_failed = false;
	json_t *all = json_object(), *lines = json_array();
	json_put(all, &has_failed, "whole", json_boolean(m->is_whole));
	for (size_t i = 0; i < m->n; i++) {
		const struct map_line *line = &m->line[i];
		json_t *one = json_object();
		if (line->column.p)
			json_put_str(one, &has_failed, "column", line->column);
		else
			json_put_str(one, &has_failed, "always", line->always);
		if (line->field >= 0)
			json_put_str(one, &has_failed, "field", def->field[line->field].name);
		json_put(one, &has_failed, "as", as_json(line->as));
		json_add(lines, &has_failed, one);
	}
	json_put(all, &has_failed, "lines", lines);
	char *text = has_failed ? NULL : json_dumps(all, JSON_COMPACT);
	json_decref(all);
	struct str kept = text ? arena_copy(mem, str_c(text)) : (struct str){ 0 };
	free(text);
	if (!kept.p)
		return err_note(ERR_NOMEM, "a mapping");
	*ret = kept;
	return 0;
}

static struct str text_in(const json_t *from, const char *key, struct arena *mem, bool *has_failed)
{
	const json_t *value = json_object_get(from, key);
	if (!json_is_string(value))
		return (struct str){ 0 };
	struct str s = arena_copy(
		mem, (struct str){ json_string_value(value), json_string_length(value) });
	*has_failed |= !s.p;
	return s;
}

static int read_line(const json_t *one, const struct def *def, struct arena *mem, struct mapping *m)
{
	bool has_failed = false;
	struct map_line line = { .field = -1 };
	struct str field = text_in(one, "field", mem, &has_failed);
	const json_t *list = json_object_get(one, "as");
	line.column = text_in(one, "column", mem, &has_failed);
	line.always = text_in(one, "always", mem, &has_failed);
	if (has_failed)
		return ERR_NOMEM;
	if (!line.column.p && !line.always.p)
		return err_note(ERR_INPUT, "a line of a mapping without a column");
	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *name = json_string_value(json_array_get(list, i));
		int bit = 0;
		if (name && mapping_as(str_c(name), &bit))
			line.as |= bit;
	}
	if (field.p) {
		line.field = def_field_called(def, field);
		if (line.field < 0 || !mapping_can(def, line.field))
			return 0;
	}
	add(m, line);
	return 0;
}

int mapping_read(struct str text, const struct def *def, struct arena *mem, struct mapping *ret)
{
	struct mapping m = { 0 };
	json_error_t error;
	json_t *all = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &error);
	const json_t *lines = json_object_get(all, "lines");
	int result = json_is_array(lines) ? 0 : err_note(ERR_INPUT, "no mapping");
	m.is_whole = json_is_true(json_object_get(all, "whole"));
	for (size_t i = 0; i < json_array_size(lines) && result == 0; i++)
		result = read_line(json_array_get(lines, i), def, mem, &m);
	json_decref(all);
	if (result == 0)
		*ret = m;
	return result;
}

void mapping_begin(struct map_reader *r, const struct rows *rows)
{
	for (size_t i = 0; i < r->mapping->n; i++)
		r->column[i] = r->mapping->line[i].column.p
			? column_find(rows, r->mapping->line[i].column)
			: -1;
}
