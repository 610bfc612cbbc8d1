/* Tables and their columns; what has no other tables' names in it is settled here at once. */
#include "record/def_inner.h"

enum {
	SETTINGS_ID,
	SETTINGS_TITLE,
	SETTINGS_VERSION,
	SETTINGS_REF,
	SETTINGS_INDEX_BY,
	SETTINGS_SEAL,
	SETTINGS_KEEP,
	SETTINGS_LIST_TITLE,
	SETTINGS_INTRO
};
enum { CHOICE_LIST, CHOICE_NAME, CHOICE_LABEL, CHOICE_CODE, CHOICE_PARENT };
enum { STATE_NAME, STATE_LABEL, STATE_KIND };

bool def_name_ok(struct str s)
{
	if (!s.n || s.n > 40 || (s.p[0] >= '0' && s.p[0] <= '9'))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z') && (c < '0' || c > '9') &&
			c != '_')
			return false;
	}
	return true;
}

static int settings_row(struct def_reader *r, const struct str *cell)
{
	struct def *d = r->def;
	if (d->id.n)
		return def_fault(r, r->t.line, "settings have one row");
	if (!def_name_ok(cell[SETTINGS_ID]))
		return def_fault(r, r->t.line, "form_id is not a name");
	if (!cell[SETTINGS_TITLE].n)
		return def_fault(r, r->t.line, "form_title is missing");
	if (!str_i64(cell[SETTINGS_VERSION], &d->version) || d->version < 1)
		return def_fault(r, r->t.line, "version is not a number from 1 up");
	d->id = cell[SETTINGS_ID];
	d->title = cell[SETTINGS_TITLE];
	d->list_title = cell[SETTINGS_LIST_TITLE].n ? cell[SETTINGS_LIST_TITLE] : d->title;
	d->intro = cell[SETTINGS_INTRO];
	d->ref = cell[SETTINGS_REF];
	r->index_by = cell[SETTINGS_INDEX_BY];
	r->keep = cell[SETTINGS_KEEP];
	r->seal = cell[SETTINGS_SEAL];
	r->settings_line = r->t.line;
	return 0;
}

static int choice_row(struct def_reader *r, const struct str *cell)
{
	struct def *d = r->def;
	struct def_choice one = { cell[CHOICE_LIST], cell[CHOICE_NAME], cell[CHOICE_LABEL],
		cell[CHOICE_CODE], cell[CHOICE_PARENT], r->t.line };
	if (d->n_choice == DEF_CHOICES_MAX)
		return def_fault(r, one.line, "more than %d choices", DEF_CHOICES_MAX);
	if (!def_name_ok(one.list))
		return def_fault(r, one.line, "list_name is not a name");
	if (!def_name_ok(one.name))
		return def_fault(
			r, one.line, "\"%.*s\" is not a name for a choice", STR_ARG(one.name));
	if (!one.label.n)
		return def_fault(r, one.line, "the choice has no label");
	for (size_t i = 0; i < d->n_choice; i++)
		if (str_eq(r->choice[i].list, one.list) && str_eq(r->choice[i].name, one.name))
			return def_fault(r, one.line, "choice \"%.*s\" stands twice in %.*s",
				STR_ARG(one.name), STR_ARG(one.list));
	if (d->n_choice && !str_eq(r->choice[d->n_choice - 1].list, one.list))
		for (size_t i = 0; i < d->n_choice; i++)
			if (str_eq(r->choice[i].list, one.list))
				return def_fault(r, one.line, "the choices of %.*s stand apart",
					STR_ARG(one.list));
	r->choice[d->n_choice++] = one;
	return 0;
}

static int state_row(struct def_reader *r, const struct str *cell)
{
	struct def *d = r->def;
	struct def_state one = { cell[STATE_NAME], cell[STATE_LABEL],
		str_is(cell[STATE_KIND], "done") };
	if (d->n_state == DEF_STATES_MAX)
		return def_fault(r, r->t.line, "more than %d states", DEF_STATES_MAX);
	if (!def_name_ok(one.name) || !one.label.n)
		return def_fault(r, r->t.line, "a state needs a name and a label");
	if (!one.is_done && !str_is(cell[STATE_KIND], "open"))
		return def_fault(r, r->t.line, "the kind of a state is open or done");
	if (def_state_find(d, one.name) >= 0)
		return def_fault(r, r->t.line, "state \"%.*s\" stands twice", STR_ARG(one.name));
	r->state[d->n_state++] = one;
	return 0;
}

static int keep_row(
	struct def_reader *r, enum def_wait_kind kind, const struct str *cell, size_t most)
{
	struct def_wait *w = &r->wait[r->n_wait];
	size_t same = 0;
	for (size_t i = 0; i < r->n_wait; i++)
		same += r->wait[i].kind == kind;
	if (same == most)
		return def_fault(r, r->t.line, "more than %zu rows", most);
	*w = (struct def_wait){ .kind = kind, .line = r->t.line };
	for (size_t i = 0; i < DEF_CELLS; i++)
		w->cell[i] = cell[i];
	r->n_wait++;
	return 0;
}

static int move_row(struct def_reader *r, const struct str *cell)
{
	return keep_row(r, WAIT_MOVE, cell, DEF_MOVES_MAX);
}

static int access_row(struct def_reader *r, const struct str *cell)
{
	return keep_row(r, WAIT_ACCESS, cell, DEF_ACCESS_MAX);
}

static int import_row(struct def_reader *r, const struct str *cell)
{
	return keep_row(r, WAIT_IMPORT, cell, DEF_IMPORT_MAX);
}

/* A column is found by its place here: see the enums. */
static const struct sheet {
	const char *name;
	int (*row)(struct def_reader *r, const struct str *cell);
	struct def_column column[DEF_CELLS];
} sheets[] = {
	{ "settings", settings_row,
		{ { "form_id", "id_string" }, { "form_title", "title" }, { "version" }, { "ref" },
			{ "index_by" }, { "seal" }, { "keep" }, { "list_title" }, { "intro" } } },
	{ "survey", def_survey_row,
		{ { "type", "command" }, { "name" }, { "label", "caption" }, { "hint" },
			{ "required" }, { "relevant", "relevance" }, { "constraint" },
			{ "constraint_message" }, { "default" }, { "index" }, { "seal" }, { "hxl" },
			{ "appearance" }, { "was" } } },
	{ "choices", choice_row,
		{ { "list_name", "list name" }, { "name", "value" }, { "label" }, { "code" },
			{ "parent" } } },
	{ "states", state_row, { { "name" }, { "label" }, { "kind" } } },
	{ "moves", move_row,
		{ { "name" }, { "from" }, { "to" }, { "by" }, { "needs" }, { "then" },
			{ "label" } } },
	{ "access", access_row, { { "role" }, { "state" }, { "may" }, { "fields" } } },
	{ "import", import_row, { { "source" }, { "path" }, { "to" }, { "as" } } },
};
enum { SHEETS = sizeof sheets / sizeof *sheets };

static const struct sheet *sheet_find(struct str name)
{
	for (size_t i = 0; i < SHEETS; i++)
		if (str_is(name, sheets[i].name))
			return &sheets[i];
	return NULL;
}

/* "label::English (en)" is "label": a definition speaks English, its translations stand beside it.
 */
static struct str own_language(struct str name)
{
	static const char *const english[] = { "english", "en", "english (en)" };
	struct str rest = name, head;
	if (!str_cut(&rest, ':', &head) || !rest.p)
		return name;
	rest = str_trim(str_starts(rest, ":") ? str_from(rest, 1) : rest);
	for (size_t i = 0; i < sizeof english / sizeof *english; i++)
		if (str_eq_ascii(rest, str_c(english[i])))
			return str_trim(head);
	return name;
}

static size_t column_find(const struct sheet *s, struct str name)
{
	size_t i = 0;
	while (i < DEF_CELLS && s->column[i].name && !str_is(name, s->column[i].name) &&
		!(s->column[i].alias && str_is(name, s->column[i].alias)))
		i++;
	return i < DEF_CELLS && s->column[i].name ? i : DEF_CELLS;
}

/* Cells in our order, whatever the order of the columns in the file. */
int def_sheet_row(struct def_reader *r)
{
	struct str cell[DEF_CELLS];
	const struct sheet *s = sheet_find(r->t.name);
	if (!s)
		return def_fault(
			r, r->t.line, "table \"%.*s\" is not supported", STR_ARG(r->t.name));
	for (size_t i = 0; i < DEF_CELLS; i++)
		cell[i] = STR("");
	for (size_t i = 0; i < r->t.n_column; i++) {
		size_t at = column_find(s, own_language(r->t.column[i]));
		if (at == DEF_CELLS)
			return def_fault(r, r->t.line, "column \"%.*s\" of %s is not supported",
				STR_ARG(r->t.column[i]), s->name);
		if (cell[at].n && r->t.cell[i].n)
			return def_fault(
				r, r->t.line, "column %s stands twice", s->column[at].name);
		if (r->t.cell[i].n)
			cell[at] = r->t.cell[i];
	}
	return s->row(r, cell);
}
