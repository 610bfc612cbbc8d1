#include "record/views.h"
#include "po/messages.h"
#include "record/list.h"
#include "record/routes.h"
#include "record/views.sql.h"

struct view_in {
	struct str title;
	bool is_shared;
	struct opt_i64 id;
};
#define AT(member) .at = offsetof(struct view_in, member)
static const struct form save_form = {
	.name = "view",
	.size = sizeof(struct view_in),
	.field = { { "title", FIELD_LINE, .is_required = true, .max = VIEWS_TITLE, AT(title) },
		{ "shared", FIELD_BOOL, AT(is_shared) } },
};
static const struct form drop_form = {
	.name = "view_drop",
	.size = sizeof(struct view_in),
	.field = { { "id", FIELD_INT, .is_required = true, .min = 1, .max = INT64_MAX, AT(id) } },
};
#undef AT

/* Behind the "?" of the list's address; "" for the whole list. */
static int query_of(const struct find *f, struct str *ret)
{
	struct url here = { 0 };
	int result = find_address(f, &(struct find_step){ .without = -1 }, &here);
	if (result < 0)
		return result;
	size_t at = str_find(here.s, '?');
	*ret = at < here.s.n ? str_from(here.s, at + 1) : STR("");
	return 0;
}

static int add(struct visit *v, const struct find *f, struct str here, struct view_row row,
	struct str query, struct views *to)
{
	struct str path = arena_f(
		v->mem, "/records/%.*s?%.*s", STR_ARG(f->form->def->id), STR_ARG(query));
	row.is_here = query.n && str_eq(query, here);
	to->is_here |= row.is_here;
	int result = path.p ? url_local(path, &row.to) : ERR_NOMEM;
	if (result == 0)
		to->row[to->n++] = row;
	return result;
}

static int load_all(struct visit *v, const struct find *f, struct str here, struct views *to)
{
	struct views_of_row *own;
	struct views_shared_row *shared = NULL;
	size_t n_own = 0, n_shared = 0;
	int64_t me = who_acts(&v->who);
	int result = views_of(v->db, v->mem, f->form->def->id, me, &own, &n_own);
	if (result >= 0)
		result = views_shared(v->db, v->mem, f->form->def->id, me, &shared, &n_shared);
	to->row = arena_array(v->mem, n_own + n_shared + 1, sizeof *to->row);
	if (result < 0 || !to->row)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < n_own && result >= 0; i++)
		result = add(v, f, here,
			(struct view_row){ .id = own[i].id,
				.title = own[i].title,
				.is_own = true,
				.is_shared = own[i].is_shared != 0 },
			own[i].query, to);
	for (size_t i = 0; i < n_shared && result >= 0; i++)
		result = add(v, f, here,
			(struct view_row){
				.id = shared[i].id, .title = shared[i].title, .is_shared = true },
			shared[i].query, to);
	return result < 0 ? result : 0;
}

int views_load(struct visit *v, const struct find *f, struct views *ret)
{
	struct str here = { 0 };
	*ret = (struct views){ 0 };
	if (!who_acts(&v->who) || !f->states.p)
		return 0;
	int result = query_of(f, &here);
	if (result == 0)
		result = load_all(v, f, here, ret);
	ret->can_save = here.n && !ret->is_here;
	if (result == 0)
		result = find_address(
			f, &(struct find_step){ .without = -1, .page = "/views" }, &ret->save);
	return result;
}

/* ---- saving ---- */

static int begin(struct visit *v, struct find *f)
{
	const struct shelf_form *form = shelf_find(v->house->shelf, v->part[0]);
	int result = form ? find_begin(v, form, f) : err_note(ERR_MISSING, "no such form");
	if (result == 0 && (!f->states.p || !who_acts(&v->who)))
		return err_note(ERR_DENIED, "not theirs to read");
	return result;
}

/* A view without a name is none: the list is shown as it was. */
static int save_check(struct visit *v)
{
	struct find f = { 0 };
	struct url here = { 0 };
	struct views_count_row count = { 0 };
	int result = begin(v, &f);
	if (result == 0)
		result = find_address(&f, &(struct find_step){ .without = -1 }, &here);
	if (result == 0)
		result = views_count(v->db, v->mem, f.form->def->id, who_acts(&v->who), &count);
	if (result < 0)
		return result;
	if (!v->form.n_fault && count.n < VIEWS_MAX && find_is_narrow(&f))
		return VISIT_GO_ON;
	return visit_ended(visit_go(v, here.s));
}

static int save_act(struct visit *v)
{
	const struct view_in *in = visit_in(v, struct view_in);
	struct find f = { 0 };
	struct url here = { 0 };
	struct str query = { 0 };
	v->is_quiet = true;
	int result = begin(v, &f);
	if (result == 0)
		result = query_of(&f, &query);
	if (result == 0)
		result = find_address(&f, &(struct find_step){ .without = -1 }, &here);
	if (result == 0)
		result = views_put(v->db,
			(struct views_put_in){ f.form->def->id, who_acts(&v->who), in->title, query,
				in->is_shared, v->now });
	return result < 0 ? result : visit_go(v, here.s);
}

static int drop_act(struct visit *v)
{
	const struct view_in *in = visit_in(v, struct view_in);
	v->is_quiet = true;
	int result = views_drop(v->db, in->id.v, who_acts(&v->who));
	return result < 0 ? result : visit_goto(v, "/records/%.*s", STR_ARG(v->part[0]));
}

static int drop_check(struct visit *v)
{
	struct find f = { 0 };
	int result = begin(v, &f);
	if (result == 0 && v->form.n_fault)
		return err_note(ERR_INPUT, "no such view");
	return result;
}

const struct route views_routes[] = {
	/* method    path                              who        input       check       act */
	{ HTTP_POST, "/records/:form/views", SIGNED_IN, &save_form, save_check, save_act },
	{ HTTP_POST, "/records/:form/views/drop", SIGNED_IN, &drop_form, drop_check, drop_act },
	{ 0 },
};
