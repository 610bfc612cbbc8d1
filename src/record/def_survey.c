/* The table survey: what is asked, in which groups and repeats. */
#include "record/def_inner.h"
#include <stdio.h>
#include <string.h>

static const struct {
	const char *name;
	enum def_kind kind;
	enum def_media media;
} types[] = {
	{ "begin_group", DEF_GROUP, DEF_ANY_FILE },
	{ "begin group", DEF_GROUP, DEF_ANY_FILE },
	{ "begin_repeat", DEF_REPEAT, DEF_ANY_FILE },
	{ "begin repeat", DEF_REPEAT, DEF_ANY_FILE },
	{ "note", DEF_NOTE, DEF_ANY_FILE },
	{ "text", DEF_TEXT, DEF_ANY_FILE },
	{ "string", DEF_TEXT, DEF_ANY_FILE },
	{ "integer", DEF_INTEGER, DEF_ANY_FILE },
	{ "int", DEF_INTEGER, DEF_ANY_FILE },
	{ "decimal", DEF_DECIMAL, DEF_ANY_FILE },
	{ "date", DEF_DATE, DEF_ANY_FILE },
	{ "geopoint", DEF_PLACE, DEF_ANY_FILE },
	{ "gps", DEF_PLACE, DEF_ANY_FILE },
	{ "file", DEF_FILE, DEF_ANY_FILE },
	{ "image", DEF_FILE, DEF_IMAGE },
	{ "audio", DEF_FILE, DEF_AUDIO },
	{ "video", DEF_FILE, DEF_VIDEO },
};
/* As XLSForm writes them, longer ones first. */
static const struct {
	const char *name;
	enum def_kind kind;
} selects[] = {
	{ "select_one ", DEF_ONE },
	{ "select one from ", DEF_ONE },
	{ "select one ", DEF_ONE },
	{ "select_multiple ", DEF_MANY },
	{ "select multiple from ", DEF_MANY },
	{ "select multiple ", DEF_MANY },
	{ "select all that apply from ", DEF_MANY },
};
/* What would tell on whoever fills in the form. */
static const char *const telling[] = { "start", "end", "today", "deviceid", "username",
	"phonenumber", "email", "audit", "start-geopoint", "simserial", "subscriberid" };

static const char *const indexes[] = { "", "key", "facet", "order", "text", "sum", "geo" };

/* ---- types ---- */

static bool take_word(struct str *s, const char *word)
{
	if (!str_starts(*s, word))
		return false;
	*s = str_trim(str_from(*s, strlen(word)));
	return true;
}

static int read_list(struct def_reader *r, struct str list, struct def_field *f)
{
	if (!def_name_ok(list))
		return def_fault(r, f->line, "\"%.*s\" is not the name of a list%s", STR_ARG(list),
			str_has(list, STR("or_other")) || str_has(list, STR("or specify other"))
				? ": or_other is not supported"
				: "");
	f->list = list;
	return 0;
}

static int read_type(struct def_reader *r, struct str type, struct def_field *f)
{
	struct str rest = type;
	if (take_word(&rest, "select_one_from_file ")) {
		f->kind = DEF_COUNTRY;
		return str_is(rest, "countries.csv")
			? 0
			: def_fault(r, f->line, "file \"%.*s\" is not supported", STR_ARG(rest));
	}
	for (size_t i = 0; i < sizeof selects / sizeof *selects; i++)
		if (take_word(&rest, selects[i].name)) {
			f->kind = selects[i].kind;
			return read_list(r, rest, f);
		}
	for (size_t i = 0; i < sizeof telling / sizeof *telling; i++)
		if (str_is(type, telling[i]))
			return def_fault(r, f->line,
				"type \"%s\" tells on people and is never asked", telling[i]);
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (str_is(type, types[i].name)) {
			f->kind = types[i].kind;
			f->media = types[i].media;
			return 0;
		}
	return def_fault(r, f->line, "type \"%.*s\" is not supported", STR_ARG(type));
}

/* ---- columns ---- */

static int read_yes(struct def_reader *r, struct str s, const char *column, bool *ret)
{
	*ret = str_eq_ascii(s, STR("yes")) || str_eq_ascii(s, STR("true")) || str_is(s, "true()");
	return *ret || !s.n || str_eq_ascii(s, STR("no"))
		? 0
		: def_fault(r, r->t.line, "%s is yes or nothing", column);
}

static int read_index(struct def_reader *r, struct str s, struct def_field *f)
{
	for (size_t i = 0; i < sizeof indexes / sizeof *indexes; i++)
		if (str_is(s, indexes[i])) {
			f->index = (enum def_index)i;
			return 0;
		}
	return def_fault(r, f->line, "index \"%.*s\" is not known", STR_ARG(s));
}

static int read_seal(struct def_reader *r, struct str s, struct def_field *f)
{
	if (str_is(s, "yes"))
		f->seal = DEF_SEALED;
	else if (str_is(s, "coarse"))
		f->seal = DEF_COARSE;
	else if (str_is(s, "identity"))
		f->seal = DEF_IDENTITY;
	else if (s.n)
		return def_fault(r, f->line, "seal is yes, coarse or identity");
	return 0;
}

/* Of XLSForm's looks the one that changes what is asked; and "reference FORM", which is ours. */
static int read_look(struct def_reader *r, struct str s, struct def_field *f)
{
	struct str form = s;
	f->is_month = f->kind == DEF_DATE && str_is(s, "month-year");
	if (f->kind == DEF_TEXT && take_word(&form, "reference ") && def_name_ok(form)) {
		f->refers = form;
		return 0;
	}
	return f->is_month || !s.n
		? 0
		: def_fault(r, f->line, "appearance \"%.*s\" is not supported here", STR_ARG(s));
}

static bool index_fits(const struct def_field *f)
{
	switch (f->index) {
	case DEF_UNINDEXED: return true;
	case DEF_FACET: return f->kind >= DEF_TEXT && f->kind != DEF_FILE;
	case DEF_KEY:
	case DEF_WORDS: return f->kind == DEF_TEXT;
	case DEF_ORDER: return f->kind == DEF_DATE;
	case DEF_SUM: return f->kind == DEF_INTEGER || f->kind == DEF_DECIMAL;
	case DEF_GEO: break;
	}
	return f->kind == DEF_PLACE;
}

static int check_field(struct def_reader *r, const struct def_field *f)
{
	if (!def_name_ok(f->name))
		return def_fault(
			r, f->line, "\"%.*s\" is not a name for a field", STR_ARG(f->name));
	for (size_t i = 0; i < r->def->n_field; i++)
		if (str_eq(r->field[i].name, f->name))
			return def_fault(
				r, f->line, "field \"%.*s\" stands twice", STR_ARG(f->name));
	if (!f->label.n)
		return def_fault(r, f->line, "\"%.*s\" has no label", STR_ARG(f->name));
	if (f->index && !index_fits(f))
		return def_fault(r, f->line, "this kind of field has no such index");
	if (f->kind < DEF_TEXT && (f->is_required || f->seal))
		return def_fault(r, f->line, "\"%.*s\" has no answer to require or to seal",
			STR_ARG(f->name));
	if (f->kind == DEF_FILE && f->seal == DEF_COARSE)
		return def_fault(r, f->line, "a file has no coarse form");
	return 0;
}

/* ---- groups and repeats ---- */

static int open_block(struct def_reader *r, const struct def_field *f, int number)
{
	if (r->group >= 0 || r->repeat >= 0)
		return def_fault(r, f->line, "a group or repeat inside another is not supported");
	if (f->kind == DEF_GROUP)
		r->group = number;
	else
		r->repeat = number;
	return 0;
}

static int close_block(struct def_reader *r, int *open, const char *what)
{
	if (*open < 0)
		return def_fault(r, r->t.line, "no %s is open here", what);
	r->field[*open].end = (int)r->def->n_field;
	*open = -1;
	return 0;
}

static bool is_end(struct str type, const char *what)
{
	struct str rest = type;
	return take_word(&rest, "end") &&
		(str_is(rest, what) || (str_starts(rest, "_") && str_is(str_from(rest, 1), what)));
}

/* Expressions wait until all fields have names. */
static void keep_exprs(struct def_reader *r, const struct str *cell, int number)
{
	struct def_wait *w = &r->wait[r->n_wait++];
	*w = (struct def_wait){ .kind = WAIT_FIELD, .line = r->t.line, .field = number };
	for (size_t i = 0; i < DEF_CELLS; i++)
		w->cell[i] = cell[i];
}

int def_survey_row(struct def_reader *r, const struct str *cell)
{
	int number = (int)r->def->n_field;
	struct def_field f = { .name = cell[SURVEY_NAME],
		.label = cell[SURVEY_LABEL],
		.hint = cell[SURVEY_HINT],
		.hxl = cell[SURVEY_HXL],
		.constraint_message = cell[SURVEY_CONSTRAINT_MESSAGE],
		.otherwise = cell[SURVEY_DEFAULT],
		.was = cell[SURVEY_WAS],
		.group = r->group,
		.repeat = r->repeat,
		.line = r->t.line };
	if (is_end(cell[SURVEY_TYPE], "group"))
		return close_block(r, &r->group, "group");
	if (is_end(cell[SURVEY_TYPE], "repeat"))
		return close_block(r, &r->repeat, "repeat");
	if (number == DEF_FIELDS_MAX)
		return def_fault(r, f.line, "more than %d fields", DEF_FIELDS_MAX);
	int result = read_type(r, cell[SURVEY_TYPE], &f);
	if (result == 0)
		result = read_yes(r, cell[SURVEY_REQUIRED], "required", &f.is_required);
	if (result == 0)
		result = read_index(r, cell[SURVEY_INDEX], &f);
	if (result == 0)
		result = read_seal(r, cell[SURVEY_SEAL], &f);
	if (result == 0)
		result = read_look(r, cell[SURVEY_APPEARANCE], &f);
	if (result == 0)
		result = check_field(r, &f);
	if (result == 0 && f.kind <= DEF_REPEAT)
		result = open_block(r, &f, number);
	if (result < 0)
		return result;
	if (f.kind == DEF_REPEAT)
		f.repeat = number;
	keep_exprs(r, cell, number);
	r->field[r->def->n_field++] = f;
	return 0;
}

/* ---- when all is read ---- */

static int find_list(struct def_reader *r, struct def_field *f)
{
	for (size_t i = 0; i < r->def->n_choice; i++) {
		if (!str_eq(r->choice[i].list, f->list))
			continue;
		if (!f->choice)
			f->choice = &r->choice[i];
		f->n_choice++;
	}
	if (f->n_choice > 63 && f->kind == DEF_MANY)
		return def_fault(r, f->line, "more than 63 choices of which several hold");
	return f->n_choice ? 0
			   : def_fault(r, f->line, "there is no list \"%.*s\"", STR_ARG(f->list));
}

/* One form of a browser brings so many files at most; reports bring theirs on a page of their own.
 */
static int check_files(struct def_reader *r)
{
	const struct def *def = r->def;
	size_t on_page = 0;
	int page = -1;
	for (int i = 0; i < (int)def->n_field; i++) {
		const struct def_field *f = &r->field[i];
		int here = f->group >= 0 ? f->group : f->repeat >= 0 ? f->repeat : i;
		if (f->kind != DEF_FILE)
			continue;
		on_page = here == page ? on_page + 1 : 1;
		page = here;
		if (on_page > DEF_PAGE_FILES_MAX)
			return def_fault(
				r, f->line, "more than %d files on one page", DEF_PAGE_FILES_MAX);
		if (def->is_sealed)
			return def_fault(r, f->line,
				"a sealed form asks for no file: reports take them on a page of their own");
	}
	return 0;
}

static bool has_name(struct str names, struct str name)
{
	struct str one = { 0 };
	while (str_cut(&names, ' ', &one))
		if (str_eq(one, name))
			return true;
	return false;
}

/* An earlier name belongs to one field, and is nobody's name now. */
static int check_was(const struct def_reader *r, const struct def_field *f)
{
	struct str rest = f->was, one;
	while (str_cut(&rest, ' ', &one)) {
		int n = 0;
		for (size_t i = 0; one.n && i < r->def->n_field; i++)
			n += str_eq(r->field[i].name, one) || has_name(r->field[i].was, one);
		if (one.n && (!def_name_ok(one) || n != 1))
			return def_fault(r, f->line,
				"\"%.*s\" is no name that this field alone had", STR_ARG(one));
	}
	return 0;
}

int def_survey_end(struct def_reader *r)
{
	if (r->group >= 0 || r->repeat >= 0)
		return def_fault(r, r->field[r->group >= 0 ? r->group : r->repeat].line,
			"this group or repeat is not ended");
	int result = 0;
	for (size_t i = 0; i < r->def->n_field && result == 0; i++)
		if (r->field[i].list.n)
			result = find_list(r, &r->field[i]);
	for (size_t i = 0; i < r->def->n_field && result == 0; i++)
		result = check_was(r, &r->field[i]);
	return result == 0 ? check_files(r) : result;
}

static bool find_name(const void *ctx, struct str name, struct expr_name *ret)
{
	const struct def *def = ctx;
	int i = def_field_find(def, name);
	if (i < 0)
		return false;
	*ret = (struct expr_name){ i, def->field[i].repeat, def->field[i].kind == DEF_DATE };
	return true;
}

int def_expr(
	struct def_reader *r, int line, struct str text, enum expr_place place, struct expr **ret)
{
	struct expr_names names = { r->def, find_name };
	if (!text.n)
		return 0;
	return def_noted(r, line, expr_read(r->mem, text, &names, place, ret));
}

int def_field_exprs(struct def_reader *r, const struct def_wait *w)
{
	struct def_field *f = &r->field[w->field];
	struct str relevant = w->cell[SURVEY_RELEVANT], constraint = w->cell[SURVEY_CONSTRAINT];
	if (constraint.n && f->kind < DEF_TEXT)
		return def_fault(
			r, w->line, "\"%.*s\" has no answer to constrain", STR_ARG(f->name));
	int result = def_expr(r, w->line, relevant, EXPR_IN_SURVEY, &f->relevant);
	if (result == 0)
		result = def_expr(r, w->line, constraint, EXPR_IN_SURVEY, &f->constraint);
	return result;
}
