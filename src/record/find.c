#include "record/find.h"
#include "base/utf8.h"
#include "form/value.h"
#include "i18n/country.h"
#include "record/find.sql.h"

/* ---- what they may find by ---- */

/* In all states in which they read, so that a filter never tells what a page would not. */
static void find_rights(struct find *f)
{
	const struct def *def = f->form->def;
	uint32_t roles = find_roles(f);
	auto_buf states, take;
	buf_init(&states, 2048);
	buf_init(&take, 2048);
	for (size_t k = 0; k < sizeof f->sees.bits / sizeof *f->sees.bits; k++)
		f->sees.bits[k] = ~UINT64_C(0);
	for (int i = 0; i < (int)def->n_state; i++) {
		if (!(def_may(def, roles, i) & DEF_READ))
			continue;
		struct def_fields here = def_sees(def, roles, i, DEF_READ);
		for (size_t k = 0; k < sizeof here.bits / sizeof *here.bits; k++)
			f->sees.bits[k] &= here.bits[k];
		buf_f(&states, "%s%.*s|", states.n ? "" : "|", STR_ARG(def->state[i].name));
		if (def_may(def, roles, i) & DEF_EXPORT)
			buf_f(&take, "%s%.*s|", take.n ? "" : "|", STR_ARG(def->state[i].name));
	}
	f->states = states.n ? arena_copy(f->v->mem, buf_view(&states)) : (struct str){ 0 };
	f->take_states = take.n ? arena_copy(f->v->mem, buf_view(&take)) : (struct str){ 0 };
	f->may_search = f->states.p != NULL;
	for (int i = 0; i < (int)def->n_field; i++)
		if (def->field[i].index == DEF_WORDS || def->field[i].index == DEF_KEY)
			f->may_search &= def_fields_have(&f->sees, i) || def_is_sealed(def, i);
}

static int find_numbers(struct find *f)
{
	struct find_fields_row *row;
	size_t n = 0;
	int result = find_fields(f->v->db, f->v->mem, f->form->def->id, &row, &n);
	for (size_t i = 0; i < n && result >= 0; i++) {
		int field = row[i].field.n ? def_field_find(f->form->def, row[i].field) : -1;
		if (!row[i].field.n)
			f->state_number = row[i].id;
		else if (field >= 0)
			f->number[field] = row[i].id;
	}
	return result < 0 ? result : 0;
}

/* ---- what the address asks for ---- */

bool find_may_filter(const struct find *f, int field)
{
	return field >= 0 && f->form->def->field[field].index == DEF_FACET &&
		def_fields_have(&f->sees, field) && !def_is_sealed(f->form->def, field);
}

bool find_value_name(const struct find *f, int field, struct str val, struct said *ret)
{
	const struct def *def = f->form->def;
	const struct lang *lang = f->labels->lang;
	if (field < 0) {
		int state = def_state_find(def, val);
		if (state >= 0)
			*ret = f->labels->state[state];
		return state >= 0;
	}
	const struct def_choice *c = def_choice_find(&def->field[field], val);
	if (c)
		*ret = labels_choice(f->labels, def, c);
	else if (def->field[field].kind == DEF_COUNTRY && country_is(val))
		*ret = (struct said){ lang_country(lang, f->v->mem, val), lang };
	else
		*ret = (struct said){ val, lang };
	return c || !def->field[field].n_choice;
}

static void add_filter(struct find *f, int field, struct str val)
{
	struct find_filter one = { .field = field, .val = val };
	one.number = field < 0 ? f->state_number : f->number[field];
	if (f->n_filter == FIND_FILTERS || !one.number ||
		!find_value_name(f, field, val, &one.name))
		return;
	if (field >= 0)
		one.title = f->labels->label[field];
	f->filter[f->n_filter++] = one;
}

static void read_filters(struct find *f)
{
	const struct http_request *req = f->v->req;
	struct str state = http_query(req, "state");
	if (state.n && def_state_find(f->form->def, state) >= 0)
		add_filter(f, -1, state);
	for (size_t i = 0; i < req->n_query; i++) {
		struct str name = req->query[i].name;
		int field = str_starts(name, "f-")
			? def_field_called(f->form->def, str_from(name, 2))
			: -1;
		if (find_may_filter(f, field) && req->query[i].value.n &&
			utf8_ok(req->query[i].value))
			add_filter(f, field, req->query[i].value);
	}
}

static void read_days(struct find *f)
{
	int64_t at;
	f->since = INT64_MIN;
	f->before = INT64_MAX;
	f->from_day = f->to_day = STR("");
	if (value_date(http_query(f->v->req, "from"), &at)) {
		f->since = at;
		f->from_day = http_query(f->v->req, "from");
	}
	if (value_date(http_query(f->v->req, "to"), &at)) {
		f->before = at + 86400;
		f->to_day = http_query(f->v->req, "to");
	}
}

/* "?after=ORD.ID": where the page before ended. */
static void read_place(struct find *f)
{
	struct str rest = http_query(f->v->req, "after"), first;
	int64_t ord, id;
	f->ord = f->before;
	f->id = f->before == INT64_MAX ? INT64_MAX : 0;
	if (rest.n && str_cut(&rest, '.', &first) && str_i64(first, &ord) && str_i64(rest, &id)) {
		f->ord = ord;
		f->id = id;
	}
}

int find_begin(struct visit *v, const struct shelf_form *form, struct find *ret)
{
	struct record_by by = record_by(v);
	struct find f = { .v = v, .form = form, .labels = shelf_labels(form, v->lang) };
	int result = record_may(&by, form, NULL, &f.can);
	if (result == 0)
		result = find_numbers(&f);
	if (result < 0)
		return result;
	find_rights(&f);
	struct str words = str_trim(http_query(v->req, "q"));
	f.words = f.may_search && utf8_ok(words) ? utf8_head(words, FIND_WORDS_CHARS) : STR("");
	read_filters(&f);
	read_days(&f);
	read_place(&f);
	for (size_t i = 0; i < f.n_filter && result == 0; i++)
		result = find_address(
			&f, &(struct find_step){ .without = (int)i }, &f.filter[i].off);
	*ret = f;
	return result;
}

bool find_take(struct find *f)
{
	f->states = f->take_states;
	return f->states.p != NULL;
}

bool find_is_narrow(const struct find *f)
{
	return f->n_filter || f->words.n || f->from_day.n || f->to_day.n;
}

/* ---- addresses ---- */

static void put_pair(struct buf *to, const char *name, struct str more, struct str value)
{
	if (!value.n)
		return;
	buf_byte(to, str_has(buf_view(to), STR("?")) ? '&' : '?');
	buf_c(to, name);
	url_part(to, more);
	buf_byte(to, '=');
	url_part(to, value);
}

static void put_filter(struct buf *to, const struct def *def, int field, struct str val)
{
	if (field < 0)
		put_pair(to, "state", STR(""), val);
	else
		put_pair(to, "f-", def->field[field].name, val);
}

int find_address(const struct find *f, const struct find_step *step, struct url *ret)
{
	const struct def *def = f->form->def;
	auto_buf to;
	buf_init(&to, 8192);
	buf_f(&to, "/records/%.*s%s", STR_ARG(def->id), step->page ? step->page : "");
	if (!step->without_words)
		put_pair(&to, "q", STR(""), f->words);
	if (!step->without_days) {
		put_pair(&to, "from", STR(""), f->from_day);
		put_pair(&to, "to", STR(""), f->to_day);
	}
	for (size_t i = 0; i < f->n_filter; i++)
		if ((int)i != step->without)
			put_filter(&to, def, f->filter[i].field, f->filter[i].val);
	if (step->val.n)
		put_filter(&to, def, step->field, step->val);
	put_pair(&to, "after", STR(""), step->after);
	struct str s = to.failed ? (struct str){ 0 } : arena_copy(f->v->mem, buf_view(&to));
	return s.p ? url_local(s, ret) : ERR_NOMEM;
}
