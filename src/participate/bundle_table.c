#include "participate/bundle_table.h"
#include "i18n/i18n.h"

/* ---- writing ---- */

static int64_t place_of(const struct bundle_places *p, int64_t id)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->id[i] == id)
			return (int64_t)i + 1;
	return 0;
}

static const struct bundle_places *places_of(
	const struct bundle_space *space, const struct bundle_column *c)
{
	return c->kind == BUNDLE_THEME ? &space->theme : &space->crowd;
}

static struct opt_i64 number_at(const struct bundle_column *c, const void *at)
{
	if (c->is_optional)
		return *(const struct opt_i64 *)at;
	return (struct opt_i64){ *(const int64_t *)at, true };
}

static void put_number(struct sheet_out *o, const struct bundle_space *space,
	const struct bundle_column *c, const void *at)
{
	(void)space;
	sheet_put_opt(o, number_at(c, at));
}

static void put_place(struct sheet_out *o, const struct bundle_space *space,
	const struct bundle_column *c, const void *at)
{
	struct opt_i64 id = number_at(c, at);
	int64_t place = id.has ? place_of(places_of(space, c), id.v) : 0;
	sheet_put_opt(o, (struct opt_i64){ place, place != 0 });
}

/* Who of the staff did something is the house's own business; that somebody did is not. */
static void put_staff(struct sheet_out *o, const struct bundle_space *space,
	const struct bundle_column *c, const void *at)
{
	(void)space, (void)c;
	sheet_put_number(o, ((const struct opt_i64 *)at)->has);
}

static void put_words(struct sheet_out *o, const struct bundle_space *space,
	const struct bundle_column *c, const void *at)
{
	(void)space, (void)c;
	sheet_put_words(o, *(const struct str *)at);
}

static void put_code(struct sheet_out *o, const struct bundle_space *space,
	const struct bundle_column *c, const void *at)
{
	(void)space, (void)c;
	sheet_put_code(o, *(const struct str *)at);
}

typedef void put_column(struct sheet_out *o, const struct bundle_space *space,
	const struct bundle_column *c, const void *at);
static put_column *const put_cells[BUNDLE_KINDS] = {
	[BUNDLE_NUMBER] = put_number,
	[BUNDLE_CODE] = put_code,
	[BUNDLE_WORDS] = put_words,
	[BUNDLE_LANG] = put_code,
	[BUNDLE_UID] = put_code,
	[BUNDLE_STAFF] = put_staff,
	[BUNDLE_THEME] = put_place,
	[BUNDLE_CROWD] = put_place,
	[BUNDLE_PERSON] = put_number,
	[BUNDLE_ITEM] = put_code,
	[BUNDLE_ORG] = put_code,
	[BUNDLE_DOCUMENT] = put_code,
	[BUNDLE_BATCH] = put_number,
};

static void names_of(const struct bundle_table *t, const char *ret[BUNDLE_COLUMNS])
{
	for (size_t i = 0; i < BUNDLE_COLUMNS; i++)
		ret[i] = t->column[i].name;
}

int bundle_table_out(struct db *db, struct arena *mem, const struct bundle_space *space,
	const struct bundle_table *t, struct sheet_out *o, struct bundle_count *n)
{
	const char *name[BUNDLE_COLUMNS];
	void *row;
	size_t n_row = 0;
	int result = t->rows(db, mem, space->id, &row, &n_row);
	names_of(t, name);
	sheet_put_head(o, name);
	for (size_t i = 0; result >= 0 && i < n_row; i++) {
		for (const struct bundle_column *c = t->column; c->name; c++)
			put_cells[c->kind](o, space, c, (const char *)row + i * t->row + c->out);
		sheet_put_end(o);
	}
	*(int64_t *)(void *)((char *)n + t->counted) += (int64_t)n_row;
	return result < 0 ? result : 0;
}

/* ---- reading ---- */

/* Of a row that is being read, one column: where in the sheet, and what it is. */
struct cell {
	struct bundle_in *x;
	const struct sheet *s;
	size_t at;
	const struct bundle_column *c;
};

static int take_code(const struct cell *cell, void *in)
{
	*(struct str *)in = sheet_field(cell->s, cell->at);
	return 0;
}

static int take_words(const struct cell *cell, void *in)
{
	return sheet_words(cell->s, cell->at, cell->x->mem, in);
}

static int take_lang(const struct cell *cell, void *in)
{
	struct str code = sheet_field(cell->s, cell->at);
	if (!lang_choice(code).lang)
		return sheet_bad(cell->s, "this language is none that we have");
	*(struct str *)in = code;
	return 0;
}

static int take_uid(const struct cell *cell, void *in)
{
	uint64_t uid;
	struct str field = sheet_field(cell->s, cell->at);
	*(struct str *)in = field;
	if (!bundle_uid(field, &uid))
		return sheet_bad(cell->s, "uid is not 16 hexadecimal digits");
	return 0;
}

static int take_staff(const struct cell *cell, void *in)
{
	int64_t is_staff;
	int result = sheet_number(cell->s, cell->at, 0, 1, &is_staff);
	if (result == 0)
		*(struct opt_i64 *)in = (struct opt_i64){ BUNDLE_STRANGER, is_staff != 0 };
	return result;
}

static int take_number(const struct cell *cell, int64_t *ret)
{
	bool is_any = !cell->c->least && !cell->c->most;
	return sheet_number(cell->s, cell->at, is_any ? INT64_MIN : cell->c->least,
		is_any ? INT64_MAX : cell->c->most, ret);
}

static int take_place(const struct cell *cell, int64_t *ret)
{
	const struct bundle_places *p = places_of(&cell->x->space, cell->c);
	int64_t place;
	bool is_there = str_i64(sheet_field(cell->s, cell->at), &place) && place >= 1 &&
		(size_t)place <= p->n;
	if (is_there)
		*ret = p->id[place - 1];
	else if (cell->c->kind == BUNDLE_THEME)
		return sheet_bad(cell->s, "this theme is not in space.json");
	return is_there ? 0 : sheet_bad(cell->s, "a group is not in space.json");
}

static int take_person(const struct cell *cell, int64_t *ret)
{
	int64_t number;
	int result = sheet_number(cell->s, cell->at, 1, INT64_MAX, &number);
	if (result < 0)
		return result;
	*ret = bundle_map_get(&cell->x->map[BUNDLE_PERSON], (uint64_t)number);
	return *ret ? 0 : sheet_bad(cell->s, "this person is not in people.csv");
}

static int take_named(const struct cell *cell, int64_t *ret)
{
	static const char *const bad[BUNDLE_KINDS] = {
		[BUNDLE_ITEM] = "this item is not in items.csv, or stands further down",
		[BUNDLE_ORG] = "this organisation is not in orgs.csv",
		[BUNDLE_DOCUMENT] = "this document is not in documents.csv",
	};
	const struct bundle_map *map = &cell->x->map[cell->c->kind];
	uint64_t uid;
	*ret = bundle_uid(sheet_field(cell->s, cell->at), &uid) ? bundle_map_get(map, uid) : 0;
	return *ret ? 0 : sheet_bad(cell->s, bad[cell->c->kind]);
}

/* What is a number or an id in the database. */
static int (*const take_ids[BUNDLE_KINDS])(const struct cell *cell, int64_t *ret) = {
	[BUNDLE_NUMBER] = take_number,
	[BUNDLE_THEME] = take_place,
	[BUNDLE_CROWD] = take_place,
	[BUNDLE_PERSON] = take_person,
	[BUNDLE_ITEM] = take_named,
	[BUNDLE_ORG] = take_named,
	[BUNDLE_DOCUMENT] = take_named,
	[BUNDLE_BATCH] = take_number,
};
/* What is something else. */
static int (*const takes[BUNDLE_KINDS])(const struct cell *cell, void *in) = {
	[BUNDLE_CODE] = take_code,
	[BUNDLE_WORDS] = take_words,
	[BUNDLE_LANG] = take_lang,
	[BUNDLE_UID] = take_uid,
	[BUNDLE_STAFF] = take_staff,
};

static int take_cell(const struct cell *cell, char *in)
{
	const struct bundle_column *c = cell->c;
	void *at = in + c->in;
	struct opt_i64 *opt = at;
	if (takes[c->kind])
		return takes[c->kind](cell, at);
	if (!c->is_optional)
		return take_ids[c->kind](cell, at);
	opt->has = sheet_field(cell->s, cell->at).n > 0;
	return opt->has ? take_ids[c->kind](cell, &opt->v) : 0;
}

static int take_row(struct bundle_in *x, const struct bundle_table *t, const struct sheet *s)
{
	union {
		max_align_t align;
		char bytes[512];
	} in = { 0 };
	int result = 0;
	must(t->in <= sizeof in);
	for (size_t i = 0; result >= 0 && t->column[i].name; i++)
		result = take_cell(&(struct cell){ x, s, i, &t->column[i] }, in.bytes);
	if (result >= 0)
		result = t->put(x, in.bytes);
	if (result == ERR_CONFLICT && t->twice)
		return sheet_bad(s, t->twice);
	if (result == 0 && t->none)
		return sheet_bad(s, t->none);
	if (result >= 0)
		++*(int64_t *)(void *)((char *)&x->n + t->counted);
	return result;
}

static size_t count_lines(struct str text)
{
	size_t n = 1;
	for (size_t i = 0; i < text.n; i++)
		n += text.p[i] == '\n' || text.p[i] == '\r';
	return n;
}

int bundle_table_in(struct bundle_in *x, const struct bundle_table *t, struct str text)
{
	const char *name[BUNDLE_COLUMNS];
	auto_sheet s = { 0 };
	int result = 0;
	if (t->names)
		result = bundle_map_init(&x->map[t->names], x->mem, count_lines(text));
	if (result < 0)
		return result;
	names_of(t, name);
	sheet_open(&s, t->name, text);
	result = sheet_head(&s, name);
	while (result >= 0 && (result = sheet_row(&s)) > 0)
		result = take_row(x, t, &s);
	return result < 0 ? result : 0;
}

bool bundle_know(struct bundle_in *x, enum bundle_kind kind, struct str uid, int64_t id)
{
	uint64_t key;
	return bundle_uid(uid, &key) && bundle_map_put(&x->map[kind], key, id);
}
