/* A text into a definition: rows first, then what names other rows. */
#include "record/def_inner.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
	WAITS_MAX = DEF_FIELDS_MAX + DEF_MOVES_MAX + DEF_ACCESS_MAX + DEF_IMPORT_MAX,
	MIND_MAX = 1 << 20,
};

/* ---- complaints ---- */

int def_fault(const struct def_reader *r, int line, const char *fmt, ...)
{
	char what[200];
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(what, sizeof what, fmt, ap);
	va_end(ap);
	return err_note(ERR_INPUT, "%s:%d: %s", r->file, line, what);
}

int def_noted(const struct def_reader *r, int line, int code)
{
	char what[200];
	if (code != ERR_INPUT && code != ERR_LIMIT)
		return code;
	snprintf(what, sizeof what, "%s", err_noted());
	return err_note(code, "%s:%d: %s", r->file, line, what);
}

/* ---- looking things up ---- */

int def_field_find(const struct def *def, struct str name)
{
	for (size_t i = 0; i < def->n_field; i++)
		if (str_eq(def->field[i].name, name))
			return (int)i;
	return -1;
}

static bool was_called(const struct def_field *f, struct str name)
{
	struct str rest = f->was, one;
	while (str_cut(&rest, ' ', &one))
		if (one.n && str_eq(one, name))
			return true;
	return false;
}

int def_field_called(const struct def *def, struct str name)
{
	int i = def_field_find(def, name);
	for (int k = 0; i < 0 && k < (int)def->n_field; k++)
		if (was_called(&def->field[k], name))
			i = k;
	return i;
}

/* A later version says what earlier names were: of the two it may be either. */
int def_field_as(const struct def *def, const struct def_field *f)
{
	int i = def_field_called(def, f->name);
	for (int k = 0; i < 0 && k < (int)def->n_field; k++)
		if (was_called(f, def->field[k].name))
			i = k;
	return i;
}

int def_state_find(const struct def *def, struct str name)
{
	for (size_t i = 0; i < def->n_state; i++)
		if (str_eq(def->state[i].name, name))
			return (int)i;
	return -1;
}

int def_role_find(const struct def *def, struct str name)
{
	for (size_t i = 0; i < def->n_role; i++)
		if (str_eq(def->role[i], name))
			return (int)i;
	return -1;
}

int def_move_find(const struct def *def, struct str name)
{
	for (size_t i = 0; i < def->n_move; i++)
		if (str_eq(def->move[i].name, name))
			return (int)i;
	return -1;
}

const struct def_choice *def_choice_find(const struct def_field *f, struct str name)
{
	for (size_t i = 0; i < f->n_choice; i++)
		if (str_eq(f->choice[i].name, name))
			return &f->choice[i];
	return NULL;
}

bool def_asks(const struct def_field *f)
{
	return f->kind >= DEF_TEXT;
}

bool def_is_sealed(const struct def *def, int field)
{
	return def->is_sealed || def->field[field].seal >= DEF_SEALED;
}

/* ---- settings that name other rows ---- */

/* "180d after closed" */
static int settle_keep(struct def_reader *r)
{
	struct def *d = r->def;
	struct str rest = r->keep, days;
	if (!rest.n)
		return 0;
	if (!str_cut(&rest, 'd', &days) || !str_i64(days, &d->keep_days) || d->keep_days < 1 ||
		!str_starts(rest, " after "))
		return def_fault(r, r->settings_line, "keep reads \"180d after STATE\"");
	d->keep_state = def_state_find(d, str_trim(str_from(rest, 7)));
	return d->keep_state >= 0 ? 0 : def_fault(r, r->settings_line, "keep names no state");
}

static int settle_order(struct def_reader *r)
{
	struct def *d = r->def;
	d->order = -1;
	if (!r->index_by.n)
		return 0;
	d->order = def_field_find(d, r->index_by);
	return d->order >= 0 && r->field[d->order].index == DEF_ORDER &&
			r->field[d->order].repeat < 0 && !def_is_sealed(d, d->order)
		? 0
		: def_fault(
			  r, r->settings_line, "index_by names no open field whose index is order");
}

/* {Y} {n} {code16} and fields in a reference. */
static int settle_ref(struct def_reader *r)
{
	static const char *const words[] = { "Y", "n", "code16" };
	struct str rest = r->def->ref, word, before;
	while (str_find(rest, '{') < rest.n) {
		size_t i = 0;
		bool is_closed = str_cut(&rest, '{', &before) && str_find(rest, '}') < rest.n;
		str_cut(&rest, '}', &word);
		while (i < 3 && !str_is(word, words[i]))
			i++;
		if (!is_closed || (i == 3 && def_field_find(r->def, word) < 0))
			return def_fault(r, r->settings_line, "ref has a hole that nothing fills");
		if (i == 3 && def_is_sealed(r->def, def_field_find(r->def, word)))
			return def_fault(r, r->settings_line, "ref would tell a sealed field");
	}
	return 0;
}

static int settle_waiting(struct def_reader *r)
{
	static int (*const settle[])(struct def_reader *, const struct def_wait *) = {
		[WAIT_FIELD] = def_field_exprs,
		[WAIT_MOVE] = def_move_row,
		[WAIT_ACCESS] = def_access_row,
		[WAIT_IMPORT] = def_import_row,
	};
	int result = 0;
	for (size_t i = 0; i < r->n_wait && result == 0; i++)
		result = settle[r->wait[i].kind](r, &r->wait[i]);
	return result;
}

static int settle(struct def_reader *r)
{
	if (!r->def->id.n)
		return def_fault(r, r->t.line, "the table settings is missing");
	if (!r->def->n_field)
		return def_fault(r, r->t.line, "the table survey is missing");
	if (!r->def->n_state && !r->t.is_csv)
		return def_fault(r, r->t.line, "the table states is missing");
	if (r->seal.n && !str_is(r->seal, "all"))
		return def_fault(r, r->settings_line, "seal is all or nothing");
	r->def->is_sealed = r->seal.n > 0;
	int result = def_survey_end(r);
	if (result == 0 && !r->def->n_state)
		result = def_plain(r);
	if (result == 0)
		result = settle_keep(r);
	if (result == 0)
		result = settle_order(r);
	if (result == 0)
		result = settle_ref(r);
	return result < 0 ? result : settle_waiting(r);
}

/* ---- reading ---- */

/* Tables grow in ${mind}, which has room for the longest. */
static int begin(struct def_reader *r, struct arena *mind)
{
	struct def *d = r->def = arena_take(r->mem, sizeof *d);
	r->field = arena_array(mind, DEF_FIELDS_MAX, sizeof *r->field);
	r->choice = arena_array(mind, DEF_CHOICES_MAX, sizeof *r->choice);
	r->state = arena_array(mind, DEF_STATES_MAX, sizeof *r->state);
	r->role = arena_array(mind, DEF_ROLES_MAX, sizeof *r->role);
	r->move = arena_array(mind, DEF_MOVES_MAX, sizeof *r->move);
	r->access = arena_array(mind, DEF_ACCESS_MAX, sizeof *r->access);
	r->import = arena_array(mind, DEF_IMPORT_MAX, sizeof *r->import);
	r->wait = arena_array(mind, WAITS_MAX, sizeof *r->wait);
	if (!d || !r->field || !r->choice || !r->state || !r->role || !r->move || !r->access ||
		!r->import || !r->wait)
		return ERR_NOMEM;
	*d = (struct def){ .field = r->field,
		.choice = r->choice,
		.state = r->state,
		.role = r->role,
		.move = r->move,
		.access = r->access,
		.import = r->import };
	r->role[DEF_PUBLIC] = STR("public");
	r->role[DEF_AUTHOR] = STR("author");
	d->n_role = 2;
	return 0;
}

static void *fitting(struct arena *mem, const void *table, size_t n, size_t size)
{
	void *to = arena_array(mem, n, size);
	return to ? memcpy(to, table, n * size) : NULL;
}

/* What was read moves into room of its own size: of a full table a form uses a tenth. */
static int settle_in(struct def_reader *r)
{
	struct def *d = r->def;
	struct def_field *field = fitting(r->mem, r->field, d->n_field, sizeof *field);
	d->choice = fitting(r->mem, r->choice, d->n_choice, sizeof *d->choice);
	d->state = fitting(r->mem, r->state, d->n_state, sizeof *d->state);
	d->role = fitting(r->mem, r->role, d->n_role, sizeof *d->role);
	d->move = fitting(r->mem, r->move, d->n_move, sizeof *d->move);
	d->access = fitting(r->mem, r->access, d->n_access, sizeof *d->access);
	d->import = fitting(r->mem, r->import, d->n_import, sizeof *d->import);
	if (!field || !d->choice || !d->state || !d->role || !d->move || !d->access || !d->import)
		return ERR_NOMEM;
	for (size_t i = 0; i < d->n_field; i++)
		if (field[i].choice)
			field[i].choice = d->choice + (field[i].choice - r->choice);
	d->field = field;
	return 0;
}

int def_read(struct arena *mem, const char *file, struct str text, struct def **ret)
{
	auto_arena mind = { 0 };
	struct def_reader r = { .file = file, .mem = mem, .group = -1, .repeat = -1 };
	arena_init(&mind, MIND_MAX);
	int result = begin(&r, &mind);
	if (result < 0)
		return result;
	table_init(&r.t, mem, text);
	while ((result = table_next(&r.t)) > 0) {
		result = def_sheet_row(&r);
		if (result < 0) {
			table_done(&r.t);
			return result;
		}
	}
	table_done(&r.t);
	if (result < 0)
		return def_noted(&r, r.t.line, result);
	result = settle(&r);
	if (result == 0)
		result = settle_in(&r);
	if (result == 0)
		*ret = r.def;
	return result;
}
