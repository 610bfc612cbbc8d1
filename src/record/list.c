#include "record/list.h"
#include "po/messages.h"
#include "record/body.h"
#include "record/bulk.h"
#include "record/list.html.h"
#include "record/routes.h"

/* ---- which forms there are ---- */

/* In some state, by one of these roles. */
static bool may_read_some(const struct def *def, uint32_t roles)
{
	for (int i = 0; i < (int)def->n_state; i++)
		if (def_may(def, roles, i) & DEF_READ)
			return true;
	return false;
}

static int forms_show(struct visit *v)
{
	struct forms_view p = { .is_known = v->who.account.v || v->who.participant.v };
	struct record_by by = record_by(v);
	size_t n;
	const struct shelf_form *all = shelf_all(v->house->shelf, &n);
	int result = 0;
	p.row = arena_array(v->mem, n, sizeof *p.row);
	if (!p.row)
		return ERR_NOMEM;
	for (size_t i = 0; i < n && result == 0; i++) {
		struct record_can can;
		result = record_may(&by, &all[i], NULL, &can);
		struct forms_row row = { &all[i], shelf_labels(&all[i], v->lang),
			result == 0 && may_read_some(all[i].def, can.roles),
			result == 0 && (can.may & DEF_CREATE) && all[i].can_make };
		if (row.may_read || row.may_make)
			p.row[p.n++] = row;
	}
	if (result < 0)
		return result;
	p.crumb.here = MSG_NONE;
	v->is_public = !p.is_known;
	p.frame = visit_frame(v, visit_say(v, MSG_site_nav_records, 0));
	p.frame.area = FRAME_RECORDS;
	record_forms_page(&v->out, &p);
	return visit_page(v, 200);
}

/* ---- one form ---- */

struct str list_title(const struct answers *a, const struct def_fields *sees)
{
	for (int i = 0; i < (int)a->def->n_field; i++)
		if (a->def->field[i].kind == DEF_TEXT && a->def->field[i].index == DEF_WORDS &&
			a->def->field[i].repeat < 0 && def_fields_have(sees, i))
			return answers_get(a, i, 0);
	return STR("");
}

static void add_columns(struct list_view *p, const struct def_fields *sees, bool is_text)
{
	const struct def *def = p->form->def;
	for (int i = 0; i < (int)def->n_field && p->n_column < LIST_COLUMNS; i++)
		if (def->field[i].index == DEF_FACET && def->field[i].repeat < 0 &&
			(def->field[i].kind == DEF_TEXT) == is_text && def_fields_have(sees, i))
			p->column[p->n_column++] = i;
}

/* What the table shows besides: the day that orders it, and facets outside of repeats; the short
 * ones first. */
static void choose_columns(struct list_view *p, const struct def_fields *sees)
{
	const struct def *def = p->form->def;
	if (def->order >= 0 && def_fields_have(sees, def->order))
		p->column[p->n_column++] = def->order;
	add_columns(p, sees, false);
	add_columns(p, sees, true);
}

static int take_row(
	struct visit *v, struct list_view *p, const struct find_row *from, struct list_row *to)
{
	const struct shelf_form *f;
	const struct lang *lang = lang_by_code(from->lang);
	struct answers a;
	int result = shelf_of(v->house->shelf, v->db, v->mem, from->form, &f);
	if (result < 0)
		return result;
	int state = def_state_find(f->def, from->state);
	answers_init(&a, f->def, v->mem, v->now);
	result = state < 0 ? err_note(ERR_BUG, "a record in no state") : body_read(from->body, &a);
	if (result < 0)
		return result;
	const struct labels *labels = shelf_labels(f, v->lang);
	struct def_fields sees = def_sees(f->def, p->find.can.roles, state, DEF_READ);
	*to = (struct list_row){ .uid = from->uid,
		.ref = from->ref,
		.title = list_title(&a, &sees),
		.title_lang = (lang ? lang : v->lang)->tag,
		.state = labels->state[state],
		.is_done = f->def->state[state].is_done,
		.is_sample = from->is_sample,
		.ord = from->ord,
		.id = from->id };
	for (size_t i = 0; i < p->n_column && result == 0; i++) {
		int field = def_field_as(f->def, &p->form->def->field[p->column[i]]);
		to->cell[i] = (struct said){ STR(""), v->lang };
		if (field >= 0 && def_fields_have(&sees, field))
			result = walk_said(
				&a, labels, field, 0, lang ? lang : v->lang, &to->cell[i]);
	}
	return result;
}

/* This page with all its rows ticked. */
static int ticked_address(struct list_view *p, const struct find_step *none)
{
	const struct find *f = &p->find;
	struct find_step here = *none;
	struct url plain;
	here.after = http_query(f->v->req, "after");
	int result = find_address(f, &here, &plain);
	if (result < 0)
		return result;
	struct str s = arena_f(
		f->v->mem, "%.*s%call=1", STR_ARG(plain.s), str_has(plain.s, STR("?")) ? '&' : '?');
	return s.p ? url_local(s, &p->all) : ERR_NOMEM;
}

/* The list without one kind of filter, and from its beginning. */
static int load_addresses(struct list_view *p)
{
	const struct find *f = &p->find;
	struct find_step none = { .without = -1 };
	struct find_step no_words = { .without = -1, .without_words = true };
	struct find_step no_days = { .without = -1, .without_days = true };
	struct find_step next = none;
	int result = find_address(f, &none, &p->first);
	if (result == 0)
		result = find_address(f, &no_words, &p->no_words);
	if (result == 0)
		result = find_address(f, &no_days, &p->no_days);
	if (result == 0)
		result = find_address(
			f, &(struct find_step){ .without = -1, .page = "/data" }, &p->data);
	if (result == 0)
		result = find_address(f, &(struct find_step){ .without = -1, .page = "/moves/all" },
			&p->all_moves);
	if (result == 0)
		result = ticked_address(p, &none);
	if (result == 0 && p->has_more) {
		const struct list_row *last = &p->row[p->n_row - 1];
		next.after = arena_f(
			f->v->mem, "%lld.%lld", (long long)last->ord, (long long)last->id);
		result = find_address(f, &next, &p->next);
	}
	return result;
}

static int load(struct visit *v, struct list_view *p)
{
	struct find_row *row;
	size_t n;
	choose_columns(p, &p->find.sees);
	int result = find_rows(&p->find, &row, &n);
	if (result < 0)
		return result;
	p->is_first = !http_query(v->req, "after").n;
	p->has_more = n > LIST_PAGE;
	p->n_row = p->has_more ? LIST_PAGE : n;
	p->row = arena_array(v->mem, p->n_row + 1, sizeof *p->row);
	result = p->row ? 0 : ERR_NOMEM;
	for (size_t i = 0; i < p->n_row && result == 0; i++)
		result = take_row(v, p, &row[i], &p->row[i]);
	/* Nothing fits: there is nothing to count. */
	bool is_empty = p->is_first && !n && find_is_narrow(&p->find);
	if (result == 0 && !is_empty)
		result = find_facets(&p->find, &p->facet, &p->n_facet, &p->total);
	return result == 0 ? load_addresses(p) : result;
}

static int list_show(struct visit *v)
{
	struct list_view p = { .form = shelf_find(v->house->shelf, v->part[0]) };
	if (!p.form || p.form->def->is_sealed)
		return err_note(ERR_MISSING, "no such form");
	int result = find_begin(v, p.form, &p.find);
	if (result < 0)
		return result;
	if (!p.find.states.p && !(p.find.can.may & DEF_CREATE))
		return err_note(
			v->who.account.v ? ERR_DENIED : ERR_MISSING, "not for them to read");
	p.labels = p.find.labels;
	p.is_narrow = find_is_narrow(&p.find);
	p.has_ticks = http_query(v->req, "all").n > 0;
	if (who_acts(&v->who))
		p.n_move = bulk_moves(&p.find, p.move);
	result = views_load(v, &p.find, &p.views);
	if (result < 0)
		return result;
	p.may_bring = v->who.is_staff && (p.find.can.may & DEF_CREATE) && p.form->can_make;
	p.may_take = p.find.take_states.p != NULL;
	result = load(v, &p);
	if (result < 0)
		return result;
	p.crumb = (struct record_crumb){
		.labels = p.labels, .name = p.form->def->id, .here = MSG_NONE
	};
	v->is_public = !v->who.account.v && !v->who.participant.v;
	p.frame = visit_frame(v, p.labels->list_title.s);
	p.frame.area = FRAME_RECORDS;
	record_list_page(&v->out, &p);
	return visit_page(v, 200);
}

const struct route record_list_routes[] = {
	/* method    path              who     input check act */
	{ HTTP_GET, "/records", ANYONE, NULL, NULL, forms_show },
	{ HTTP_GET, "/records/:form", ANYONE, NULL, NULL, list_show },
	{ 0 },
};
