/* Which column answers which question: shown, and taken. */
#include "base/utf8.h"
#include "i18n/country.h"
#include "po/messages.h"
#include "record/import.h"
#include "record/intake.sql.h"

enum { EXAMPLE_CHARS = 60, AS_MASK = 127 };

static const struct {
	int as, msg;
} ways[] = {
	{ 0, MSG_record_import_as_is },
	{ MAP_HTML | MAP_DASH, MSG_record_import_as_clean },
	{ MAP_SPLIT, MSG_record_import_as_split },
	{ MAP_SPLIT | MAP_HTML | MAP_DASH, MSG_record_import_as_clean_split },
	{ MAP_HEAD, MSG_record_import_as_head },
	{ MAP_HEAD | MAP_HTML | MAP_DASH, MSG_record_import_as_clean_head },
	{ MAP_DMY, MSG_record_import_as_dmy },
	{ MAP_MDY, MSG_record_import_as_mdy },
	{ MAP_SESSION, MSG_record_import_as_session },
};

size_t import_ways(void)
{
	return sizeof ways / sizeof *ways;
}

int import_bits(size_t way)
{
	return ways[way].as;
}

int import_words(size_t way)
{
	return ways[way].msg;
}

/* ---- the file ---- */

static int add_examples(struct visit *v, struct import_view *p, struct rows *rows)
{
	int more = 1;
	for (int i = 0; i < IMPORT_EXAMPLES && more > 0; i++) {
		auto_arena mem;
		arena_init(&mem, 4 << 20);
		more = rows_next(rows, &mem);
		for (size_t c = 0; more > 0 && c < p->n_column; c++) {
			struct str s = utf8_head(rows->cell[c], EXAMPLE_CHARS);
			struct str *to = &p->column[c].example;
			if (!s.n)
				continue;
			*to = to->n ? arena_f(v->mem, "%.*s · %.*s", STR_ARG(*to), STR_ARG(s))
				    : arena_copy(v->mem, s);
			if (!to->p)
				return ERR_NOMEM;
		}
	}
	return more == ERR_INPUT || more == ERR_LIMIT || more >= 0 ? 0 : more;
}

static int take_columns(struct visit *v, struct import_view *p, struct rows *rows)
{
	p->n_column = rows->n;
	p->column = arena_array(v->mem, rows->n + 1, sizeof *p->column);
	if (!p->column)
		return ERR_NOMEM;
	for (size_t i = 0; i < rows->n; i++) {
		p->column[i] = (struct import_column){
			.name = rows->name[i], .example = STR(""), .field = -1
		};
	}
	return add_examples(v, p, rows);
}

static int read_file(struct visit *v, struct import_view *p, int64_t id)
{
	struct intake_file file = { 0 };
	int result = intake_file_load(v->db, id, &file);
	if (result == 0)
		result = rows_open(&file.rows, v->mem, file.bytes);
	if (result == 0)
		result = take_columns(v, p, &file.rows);
	intake_file_done(&file);
	return result;
}

/* ---- shown ---- */

static bool is_named(const struct import_view *p, int field)
{
	for (size_t i = 0; i < p->n_column; i++)
		if (p->column[i].field == field)
			return true;
	return false;
}

/* A column may stand in two lines: the one that answers a question is shown. */
static void place(struct import_view *p, const struct map_line *line)
{
	for (size_t i = 0; line->column.p && i < p->n_column; i++)
		if (str_eq(p->column[i].name, line->column)) {
			if (p->column[i].field < 0)
				p->column[i].field = line->field;
			p->column[i].as |= line->as;
			return;
		}
}

static struct str always_of(const struct mapping *m, int field)
{
	for (size_t i = 0; i < m->n; i++)
		if (!m->line[i].column.p && m->line[i].field == field)
			return m->line[i].always;
	return STR("");
}

int import_naming(struct visit *v, struct import_view *p, int64_t id, struct str mapping)
{
	const struct def *def = p->form->def;
	struct mapping m = { 0 };
	int result = read_file(v, p, id);
	if (result == 0)
		result = mapping_read(mapping, def, v->mem, &m);
	p->always = arena_array(v->mem, def->n_field + 1, sizeof *p->always);
	if (result < 0 || !p->always)
		return result < 0 ? result : ERR_NOMEM;
	p->is_whole = m.is_whole;
	for (size_t i = 0; i < m.n; i++)
		place(p, &m.line[i]);
	for (int i = 0; i < (int)def->n_field; i++)
		if (mapping_can(def, i) && def->field[i].repeat < 0 && !is_named(p, i))
			p->always[p->n_always++] = (struct import_always){ i, always_of(&m, i) };
	p->country = country_list(v->lang, &p->n_country);
	return 0;
}

/* ---- taken ---- */

static struct str typed(struct visit *v, const char *kind, size_t i)
{
	return http_field(v->req, arena_z(v->mem, arena_f(v->mem, "%s%zu", kind, i)));
}

static void take_column(struct visit *v, const struct import_view *p, size_t i, struct mapping *m)
{
	struct str field = typed(v, "c", i);
	int64_t as = 0;
	int at = field.n ? def_field_called(p->form->def, field) : -1;
	bool is_key = typed(v, "k", i).n > 0;
	struct map_line line = { .column = p->column[i].name, .field = at };
	if (at >= 0 && !mapping_can(p->form->def, at))
		line.field = -1;
	if (str_i64(typed(v, "a", i), &as))
		line.as = (int)(as & AS_MASK);
	if (is_key)
		line.as |= MAP_KEY;
	if ((line.field >= 0 || is_key) && m->n < MAP_LINES_MAX)
		m->line[m->n++] = line;
}

static int take_always(struct visit *v, const struct import_view *p, struct mapping *m)
{
	const struct def *def = p->form->def;
	for (int i = 0; i < (int)def->n_field; i++) {
		struct str name = arena_f(v->mem, "v-%.*s", STR_ARG(def->field[i].name));
		struct str s = name.p ? str_trim(http_field(v->req, name.p)) : (struct str){ 0 };
		if (!name.p)
			return ERR_NOMEM;
		if (!s.n || !utf8_ok(s) || !mapping_can(def, i) || mapping_has(m, i) ||
			m->n == MAP_LINES_MAX)
			continue;
		m->line[m->n++] = (struct map_line){ .always = utf8_head(s, MAP_WORD_MAX),
			.field = i };
	}
	return 0;
}

int import_named(struct visit *v, const struct import_view *p, int64_t id, struct str *ret)
{
	struct mapping m = { .is_whole = http_field(v->req, "whole").n > 0 };
	struct import_view file = { .form = p->form };
	int result = read_file(v, &file, id);
	for (size_t i = 0; result == 0 && i < file.n_column; i++)
		take_column(v, &file, i, &m);
	if (result == 0)
		result = take_always(v, p, &m);
	bool has_key = false, has_field = false;
	for (size_t i = 0; i < m.n; i++) {
		has_key |= m.line[i].as & MAP_KEY;
		has_field |= m.line[i].field >= 0 && m.line[i].column.p;
	}
	if (result == 0 && (!has_key || !has_field))
		return err_note(ERR_INPUT, "no key or no question");
	return result < 0 ? result : mapping_write(&m, p->form->def, v->mem, ret);
}
