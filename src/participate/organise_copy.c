#include "participate/organise_copy.h"
#include "account/account.h"
#include "account/audit.h"
#include "account/who.h"
#include "participate/desk.sql.h"
#include "participate/item.h"
#include "participate/item.sql.h"
#include "participate/organise.html.h"
#include "participate/organise_copy.sql.h"
#include "participate/plan.sql.h"
#include "po/messages.h"

static int begin(struct visit *v, struct organise_view *o)
{
	o->now = v->now;
	if (!(v->who.roles_site & (ROLE_ADMIN | ROLE_ORGANISER)))
		return err_note(ERR_DENIED, "only organisers of the site make spaces");
	return desk_here(v, MAY_PLAN, &o->s);
}

static int copy_show(struct visit *v)
{
	struct organise_view o = { 0 };
	int result = begin(v, &o);
	if (result < 0)
		return result;
	if (space_opens(&o.s))
		o.copy_days = (space_opens(&o.s) + plan_shift(&o.s, v->now) - v->now) / DAY;
	o.frame = desk_frame(v, &o.s, MSG_organise_copy_title);
	organise_copy_page(&v->out, &o);
	return visit_page(v, 200);
}

static int copy_check(struct visit *v)
{
	struct organise_view o = { 0 };
	int result = begin(v, &o);
	return result < 0 ? result : VISIT_GO_ON;
}

static struct opt_i64 moved(struct opt_i64 at, int64_t by)
{
	return (struct opt_i64){ at.v + by, at.has };
}

static int copy_phases(struct visit *v, const struct space *s, int64_t to, int64_t by)
{
	int result = 0;
	for (size_t i = 0; i < s->n_phase && result >= 0; i++) {
		const struct phase *p = &s->phase[i];
		struct plan_phase_add_row made;
		result = plan_phase_add(v->db, v->mem,
			(struct plan_phase_add_in){ .space = to,
				.ord = (int64_t)i + 1,
				.starts = p->starts ? p->starts + by : 0,
				.ends = p->ends ? p->ends + by : 0,
				.actions = p->actions },
			&made);
		if (result > 0)
			result = copy_phase_names(v->db, p->id, made.id);
	}
	return result;
}

static int copy_groups(struct visit *v, int64_t from, int64_t to)
{
	struct copy_theme_list_row *theme;
	struct copy_crowd_list_row *crowd;
	size_t n;
	int result = copy_theme_list(v->db, v->mem, from, &theme, &n);
	for (size_t i = 0; result >= 0 && i < n; i++) {
		struct copy_theme_row made;
		result = copy_theme(v->db, v->mem, theme[i].id, to, &made);
		if (result > 0)
			result = copy_theme_names(v->db, theme[i].id, made.id);
	}
	if (result >= 0)
		result = copy_crowd_list(v->db, v->mem, from, &crowd, &n);
	for (size_t i = 0; result >= 0 && i < n; i++) {
		struct copy_crowd_row made;
		result = copy_crowd(v->db, v->mem, crowd[i].id, to, &made);
		if (result > 0)
			result = copy_crowd_names(v->db, crowd[i].id, made.id);
	}
	if (result >= 0)
		result = copy_sdg(v->db, from, to);
	return result < 0 ? result : copy_targets(v->db, from, to);
}

/* One question or statement of the organisers, in all its languages. */
static int copy_item(struct visit *v, const struct copy_items_row *row, int64_t to)
{
	struct item_texts_row *t;
	size_t n;
	int64_t made = 0;
	int result = item_texts(v->db, v->mem, row->id, &t, &n);
	for (size_t i = 0; result >= 0 && i < n && !made; i++)
		if (str_eq(t[i].lang, row->lang))
			result = item_add(v,
				&(struct item_new){ .space = to,
					.account = v->who.account.v,
					.kind = (enum item_kind)row->kind,
					.status = ITEM_PUBLISHED,
					.is_seed = true,
					.is_meta = row->is_meta != 0,
					.lang = row->lang,
					.title = t[i].title,
					.body = t[i].body },
				&made);
	for (size_t i = 0; result >= 0 && made && i < n; i++)
		if (!str_eq(t[i].lang, row->lang))
			result = item_set_text(v, made, t[i].lang, (enum text_origin)t[i].origin,
				t[i].title, t[i].body);
	return result;
}

static int copy_items_all(struct visit *v, int64_t from, int64_t to)
{
	struct copy_items_row *row;
	size_t n;
	int result = copy_items(v->db, v->mem, from, &row, &n);
	for (size_t i = 0; result >= 0 && i < n; i++)
		result = copy_item(v, &row[i], to);
	return result;
}

static int copy_act(struct visit *v)
{
	struct organise_view o = { 0 };
	struct copy_space_row made = { 0 };
	struct str slug;
	v->is_quiet = true;
	int result = begin(v, &o);
	if (result < 0)
		return result;
	int64_t by = plan_shift(&o.s, v->now);
	result = desk_slug_free(v, o.s.slug, &slug);
	if (result == 0)
		result = copy_space(v->db, v->mem,
			(struct copy_space_in){ .space = o.s.id,
				.uid = desk_uid(v),
				.slug = slug,
				.link_key = desk_uid(v),
				.decided_at = moved(o.s.decided_at, by),
				.answer_due = moved(o.s.answer_due, by),
				.at = v->now },
			&made);
	if (result > 0)
		result = copy_texts(v->db, o.s.id, made.id);
	if (result >= 0)
		result = copy_phases(v, &o.s, made.id, by);
	if (result >= 0)
		result = copy_groups(v, o.s.id, made.id);
	if (result >= 0)
		result = copy_items_all(v, o.s.id, made.id);
	if (result >= 0)
		result = account_roles_set(v->db, v->who.account, made.id, ROLE_ORGANISER);
	if (result == 0)
		result = audit_add(v,
			&(struct audit_line){
				.what = AUDIT_SPACE_COPIED, .ref = o.s.id, .space = made.id });
	return result < 0 ? result : visit_goto(v, "/desk/%.*s/edit", STR_ARG(slug));
}

const struct route organise_copy_routes[] = {
	/* method    path                who    input  check  act */
	{ HTTP_GET, "/desk/:slug/copy", STAFF, NULL, NULL, copy_show },
	{ HTTP_POST, "/desk/:slug/copy", STAFF, NULL, copy_check, copy_act },
	{ 0 },
};
