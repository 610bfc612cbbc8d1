#include "participate/desk.h"
#include "account/account.h"
#include "account/audit.h"
#include "account/who.h"
#include "crypto/crypto.h"
#include "participate/desk.html.h"
#include "participate/desk.sql.h"
#include "po/messages.h"

const char *const lang_codes[LANG_COUNT + 1] = { "ar", "zh", "en", "fr", "ru", "es", NULL };

const struct fault_label desk_labels[] = {
	{ "title", MSG_plan_field_title },
	{ "lang", MSG_desk_new_language },
	{ "purpose", MSG_plan_field_purpose },
	{ "run_by", MSG_plan_field_run_by },
	{ "decider", MSG_plan_field_decider },
	{ "feeds", MSG_plan_field_feeds },
	{ "decided", MSG_plan_field_decided },
	{ "due", MSG_plan_field_due },
	{ "reason", MSG_plan_field_reason },
	{ "phases", MSG_plan_section_when },
	{ "slug", MSG_plan_field_slug },
	{ "body", MSG_seed_field_statement },
	{ "name", MSG_people_add_name },
	{ "role", MSG_people_roles_label },
	{ "n", MSG_people_member_how_many },
	{ "sdg", MSG_whom_sdg_label },
	{ "n0", MSG_plan_phase_name },
	{ "f0", MSG_plan_phase_from },
	{ "t0", MSG_plan_phase_to },
	{ "n1", MSG_plan_phase_name },
	{ "f1", MSG_plan_phase_from },
	{ "t1", MSG_plan_phase_to },
	{ "n2", MSG_plan_phase_name },
	{ "f2", MSG_plan_phase_from },
	{ "t2", MSG_plan_phase_to },
	{ "n3", MSG_plan_phase_name },
	{ "f3", MSG_plan_phase_from },
	{ "t3", MSG_plan_phase_to },
	{ "n4", MSG_plan_phase_name },
	{ "f4", MSG_plan_phase_from },
	{ "t4", MSG_plan_phase_to },
	{ "n5", MSG_plan_phase_name },
	{ "f5", MSG_plan_phase_from },
	{ "t5", MSG_plan_phase_to },
	{ 0 },
};

int desk_here(struct visit *v, int roles, struct space *ret)
{
	int result = space_here(v, ret);
	if (result == 0)
		result = who_roles(v, ret->id, &ret->roles);
	if (result == 0 && !(ret->roles & roles))
		result = err_note(ERR_DENIED, "no role for that in this space");
	return result;
}

struct frame desk_frame(struct visit *v, const struct space *s, int title)
{
	struct str what = visit_say(v, title, 0);
	struct frame f = visit_frame(
		v, arena_f(v->mem, "%.*s · %.*s", STR_ARG(what), STR_ARG(s->title)));
	f.area = FRAME_DESK;
	f.is_sample |= s->is_sample;
	return f;
}

int desk_status(const struct visit *v)
{
	return v->form.n_fault ? 422 : 200;
}

bool desk_saved(const struct visit *v)
{
	return http_query(v->req, "saved").p != NULL;
}

int desk_untranslated(struct visit *v, const struct space *s, int64_t *ret)
{
	struct desk_published_row all;
	struct desk_translated_row *row;
	size_t n;
	int result = desk_published(v->db, v->mem, s->id, &all);
	if (result >= 0)
		result = desk_translated(v->db, v->mem, s->id, &row, &n);
	if (result < 0)
		return result;
	int64_t left = all.n * __builtin_popcountll((unsigned long long)s->langs);
	for (size_t i = 0; i < n; i++) {
		const struct lang *l = lang_by_code(row[i].lang);
		if (l && (s->langs & (1 << l->id)))
			left -= row[i].n;
	}
	*ret = left;
	return 0;
}

/* ---- addresses ---- */

bool slug_is_fine(struct str s)
{
	if (s.n < SLUG_MIN || s.n > SLUG_MAX || str_is(s, "new"))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool is_sign = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
		bool is_dash = c == '-' && i > 0 && i + 1 < s.n && s.p[i - 1] != '-';
		if (!is_sign && !is_dash)
			return false;
	}
	return true;
}

struct str slug_from(struct str title, struct arena *mem)
{
	char *out = arena_take(mem, SLUG_MAX + 1);
	size_t n = 0;
	if (!out)
		return (struct str){ 0 };
	for (size_t i = 0; i < title.n && n < SLUG_MAX - 10; i++) {
		char c = title.p[i];
		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
			out[n++] = c;
		else if (n && out[n - 1] != '-')
			out[n++] = '-';
	}
	while (n && out[n - 1] == '-')
		n--;
	struct str slug = { out, n };
	return slug_is_fine(slug) ? slug : (struct str){ 0 };
}

struct str desk_uid(struct visit *v)
{
	uint64_t n;
	random_bytes(&n, sizeof n);
	return arena_f(v->mem, "%016llx", (unsigned long long)n);
}

int desk_slug_free(struct visit *v, struct str wish, struct str *ret)
{
	enum { TRIES = 20 };
	for (int i = 1; i <= TRIES; i++) {
		struct desk_slug_is_row row;
		struct str slug = wish.p ? wish : arena_f(v->mem, "c-%.*s", STR_ARG(desk_uid(v)));
		if (wish.p && i > 1)
			slug = arena_f(v->mem, "%.*s-%d", STR_ARG(wish), i);
		if (!slug.p)
			return ERR_NOMEM;
		int result = desk_slug_is(v->db, v->mem, slug, &row);
		if (result == 0)
			*ret = slug;
		if (result <= 0)
			return result;
	}
	return desk_slug_free(v, (struct str){ 0 }, ret);
}

/* ---- the list ---- */

static bool may_make(const struct visit *v)
{
	return v->who.roles_site & (ROLE_ADMIN | ROLE_ORGANISER);
}

/* What is due of those who look: of moderators comments, of editors a summary of what is over. */
static int load_outcome(struct visit *v, struct desk_row *row)
{
	struct desk_asks_row asks = { 0 };
	struct desk_end_row end = { 0 };
	int64_t ends = space_ends(&row->s);
	bool is_over = row->s.state == SPACE_CLOSED ||
		(row->s.state == SPACE_ANNOUNCED && ends && ends <= v->now);
	int result = desk_asks(v->db, v->mem, row->s.id, v->now / DAY, &asks);
	if (result >= 0)
		result = desk_end(v->db, v->mem, row->s.id, &end);
	row->end_at = row->s.roles & MAY_PLAN ? end.due_at : 0;
	row->review = asks.review;
	row->comments = row->s.roles & MAY_MODERATE ? asks.comments : 0;
	row->lacks_summary = row->s.roles & MAY_EDIT && is_over && !asks.n;
	return result < 0 ? result : 0;
}

static int load_row(struct visit *v, struct str slug, struct desk_row *row)
{
	struct desk_todo_row todo = { 0 };
	int result = space_load(v, slug, &row->s);
	if (result == 0)
		result = who_roles(v, row->s.id, &row->s.roles);
	if (result == 0)
		result = desk_todo(v->db, v->mem, row->s.id, &todo);
	if (result >= 0)
		result = load_outcome(v, row);
	if (result < 0)
		return result;
	row->waiting = todo.waiting;
	row->flagged = todo.flagged;
	return row->s.state == SPACE_ANNOUNCED ? desk_untranslated(v, &row->s, &row->untranslated)
					       : 0;
}

static int desk_show(struct visit *v)
{
	struct desk_view d = { .now = v->now, .may_make = may_make(v) };
	struct desk_spaces_row *id;
	int result = desk_spaces(
		v->db, v->mem, v->who.account.v, v->who.roles_site != 0, DESK_MAX, &id, &d.n_row);
	if (result < 0)
		return result;
	struct desk_row *row = arena_array(v->mem, d.n_row + 1, sizeof *row);
	if (!row)
		return ERR_NOMEM;
	for (size_t i = 0; i < d.n_row; i++) {
		result = load_row(v, id[i].slug, &row[i]);
		if (result < 0)
			return result;
		d.has_reminder |= row[i].review || row[i].comments || row[i].lacks_summary ||
			row[i].end_at;
	}
	d.row = row;
	d.shows_log = v->who.roles_site & ROLE_ADMIN && audit_watch_last(v->house->audit, &d.log);
	d.frame = visit_frame(v, visit_say(v, MSG_desk_page_title, 0));
	d.frame.area = FRAME_DESK;
	desk_page(&v->out, &d);
	return visit_page(v, 200);
}

/* ---- a new one ---- */

struct new_in {
	struct str title;
	struct opt_i64 lang;
};
static const struct form new_form = {
	.name = "consultation",
	.size = sizeof(struct new_in),
	.body_max = 8192,
	.field = {
		{ "title", FIELD_LINE, .is_required = true, .max = 200,
			.at = offsetof(struct new_in, title) },
		{ "lang", FIELD_CHOICE, .is_required = true, .choices = lang_codes,
			.at = offsetof(struct new_in, lang) },
	},
};

static int new_show(struct visit *v)
{
	const struct new_in *in = v->form.in;
	struct desk_view d = { .form = &v->form, .lang = (int)v->lang->id };
	if (!may_make(v))
		return err_note(ERR_DENIED, "only organisers of the site make spaces");
	if (in && in->lang.has)
		d.lang = (int)in->lang.v;
	d.frame = visit_frame(v, visit_say(v, MSG_desk_new_title, 0));
	d.frame.area = FRAME_DESK;
	desk_new_page(&v->out, &d);
	return visit_page(v, desk_status(v));
}

static int new_check(struct visit *v)
{
	if (!may_make(v))
		return err_note(ERR_DENIED, "only organisers of the site make spaces");
	return v->form.n_fault ? visit_ended(new_show(v)) : VISIT_GO_ON;
}

static int new_act(struct visit *v)
{
	const struct new_in *in = visit_in(v, struct new_in);
	const struct lang *l = lang_of((enum lang_id)in->lang.v);
	struct desk_add_row made = { 0 };
	struct str slug;
	v->is_quiet = true;
	int result = desk_slug_free(v, slug_from(in->title, v->mem), &slug);
	if (result == 0)
		result = desk_add(v->db, v->mem,
			(struct desk_add_in){ .uid = desk_uid(v),
				.slug = slug,
				.link_key = desk_uid(v),
				.lang = l->code,
				.langs = 1 << l->id,
				.at = v->now },
			&made);
	if (result >= 0)
		result = desk_add_text(v->db, made.id, l->code, in->title);
	if (result >= 0)
		result = account_roles_set(v->db, v->who.account, made.id, ROLE_ORGANISER);
	if (result == 0)
		result = audit_add(
			v, &(struct audit_line){ .what = AUDIT_SPACE_MADE, .space = made.id });
	return result < 0 ? result : visit_goto(v, "/desk/%.*s/edit", STR_ARG(slug));
}

const struct route desk_routes[] = {
	/* method    path     who    input  check  act */
	{ HTTP_GET, "/desk", STAFF, NULL, NULL, desk_show },
	{ HTTP_GET, "/desk/new", STAFF, NULL, NULL, new_show },
	{ HTTP_POST, "/desk/new", STAFF, &new_form, new_check, new_act },
	{ 0 },
};
