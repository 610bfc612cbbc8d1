#include "participate/organise.h"
#include "account/account.sql.h"
#include "account/audit.h"
#include "account/who.h"
#include "participate/desk.sql.h"
#include "participate/item.h"
#include "participate/organise.html.h"
#include "participate/organise.sql.h"
#include "participate/overview.sql.h"
#include "po/messages.h"

const struct organise_step organise_steps[3] = {
	{ "announce", SPACE_DRAFT, SPACE_ANNOUNCED, MSG_organise_announce_title,
		MSG_organise_announce_text },
	{ "close", SPACE_ANNOUNCED, SPACE_CLOSED, MSG_organise_close_title,
		MSG_organise_close_text },
	{ "archive", SPACE_CLOSED, SPACE_ARCHIVED, MSG_organise_archive_title,
		MSG_organise_archive_text },
};

/* ---- figures ---- */

static int load_counts(struct visit *v, struct organise_view *o)
{
	struct space_people_row people;
	struct desk_todo_row todo;
	struct organise_published_row *row;
	size_t n;
	int result = space_people(v->db, v->mem, o->s.id, &people);
	if (result >= 0)
		result = desk_todo(v->db, v->mem, o->s.id, &todo);
	if (result >= 0)
		result = organise_published(v->db, v->mem, o->s.id, &row, &n);
	if (result < 0)
		return result;
	o->people = people.people;
	o->countries = people.countries;
	o->waiting = todo.waiting;
	o->flagged = todo.flagged;
	for (size_t i = 0; i < n; i++)
		if (row[i].kind >= ITEM_QUESTION && row[i].kind <= ITEM_STATEMENT)
			o->published[row[i].kind] = row[i].n;
	return 0;
}

static int load_langs(struct visit *v, struct organise_view *o)
{
	struct desk_translated_row *row;
	size_t n;
	int64_t all = o->published[ITEM_QUESTION] + o->published[ITEM_CONTRIBUTION] +
		o->published[ITEM_STATEMENT];
	int result = desk_translated(v->db, v->mem, o->s.id, &row, &n);
	if (result < 0)
		return result;
	for (int k = 0; k < LANG_COUNT; k++) {
		if (!(o->s.langs & (1 << k)))
			continue;
		struct organise_lang *l = &o->lang[o->n_lang++];
		*l = (struct organise_lang){ .lang = lang_of((enum lang_id)k), .left = all };
		for (size_t i = 0; i < n; i++) {
			if (!str_eq(row[i].lang, l->lang->code))
				continue;
			l->done[row[i].kind] = row[i].n;
			l->left -= row[i].n;
		}
		o->untranslated += l->left;
	}
	return 0;
}

static int load_roles(struct visit *v, struct organise_view *o)
{
	struct account_people_of_row *row;
	size_t n;
	int result = account_people_of(v->db, v->mem, o->s.id, &row, &n);
	if (result < 0)
		return result;
	for (size_t i = 0; i < n; i++)
		for (int bit = 0; bit < 5; bit++)
			o->role[bit] += (row[i].roles >> bit) & 1;
	return 0;
}

static int write_times(struct visit *v, struct organise_view *o)
{
	size_t n = o->s.n_phase;
	int64_t from = n ? o->s.phase[0].starts : 0, to = n ? o->s.phase[n - 1].ends : 0;
	o->phase_when = arena_array(v->mem, n + 1, sizeof *o->phase_when);
	o->phase_skip = arena_array(v->mem, n + 1, sizeof *o->phase_skip);
	o->phase_long = arena_array(v->mem, n + 1, sizeof *o->phase_long);
	if (!o->phase_when || !o->phase_skip || !o->phase_long)
		return ERR_NOMEM;
	o->whole_time = from && to > from ? lang_date_range(v->lang, v->mem, from, to - DAY)
					  : STR("–");
	for (size_t i = 0; i < n; i++) {
		const struct phase *p = &o->s.phase[i];
		if (!p->starts || p->ends <= p->starts || p->starts < from || p->ends > to)
			continue;
		o->phase_when[i] = lang_date_range(v->lang, v->mem, p->starts, p->ends - DAY);
		o->phase_skip[i] = (int)((p->starts - from) * 100 / (to - from));
		o->phase_long[i] = (int)((p->ends - p->starts) * 100 / (to - from));
		o->phase_long[i] += o->phase_long[i] == 0;
	}
	return 0;
}

/* ---- who is missing ---- */

static void add_hope(struct organise_view *o, struct organise_hope h)
{
	if (o->n_hope == ORGANISE_ROWS || h.hoped <= 0)
		return;
	int64_t percent = h.got * 100 / h.hoped;
	h.percent = (int)(percent > 100 ? 100 : percent);
	o->hope[o->n_hope++] = h;
}

static int load_crowds(struct visit *v, struct organise_view *o)
{
	struct organise_crowds_row *row;
	size_t n;
	int result = organise_crowds(v->db, v->mem, o->s.id, v->lang->code, o->s.lang, &row, &n);
	for (size_t i = 0; result >= 0 && i < n; i++)
		add_hope(o,
			(struct organise_hope){ .name = row[i].name,
				.got = row[i].n < FEW ? -1 : row[i].n * 100 / o->people,
				.hoped = row[i].hoped.has ? row[i].hoped.v : 0,
				.is_share = true });
	return result < 0 ? result : 0;
}

static int load_targets(struct visit *v, struct organise_view *o)
{
	struct organise_targets_row *row;
	struct organise_countries_row *country;
	struct organise_languages_row *language;
	size_t n, n_country, n_language;
	int result = organise_targets(v->db, v->mem, o->s.id, &row, &n);
	if (result <= 0 || n == 0)
		return result;
	result = organise_countries(v->db, v->mem, o->s.id, &country, &n_country);
	if (result >= 0)
		result = organise_languages(v->db, v->mem, o->s.id, &language, &n_language);
	for (size_t i = 0; result >= 0 && i < n; i++) {
		struct organise_hope h = { .hoped = row[i].least };
		bool is_country = row[i].kind == 0;
		h.name = is_country ? lang_country(v->lang, v->mem, row[i].value)
				    : lang_language(v->lang, v->mem, row[i].value);
		for (size_t k = 0; is_country && k < n_country; k++)
			if (str_eq(country[k].country, row[i].value))
				h.got = country[k].n;
		for (size_t k = 0; !is_country && k < n_language; k++)
			if (str_eq(language[k].lang, row[i].value))
				h.got = language[k].n;
		if (h.got < FEW)
			h.got = -1;
		add_hope(o, h);
	}
	return result < 0 ? result : 0;
}

/* ---- the overview ---- */

static int organise_show(struct visit *v)
{
	struct organise_view o = { .now = v->now, .form = &v->form };
	struct space original;
	int result = desk_here(v, ROLES_SPACE, &o.s);
	if (result == 0)
		result = load_counts(v, &o);
	if (result == 0)
		result = load_langs(v, &o);
	if (result == 0)
		result = load_roles(v, &o);
	if (result == 0)
		result = load_crowds(v, &o);
	if (result == 0)
		result = load_targets(v, &o);
	if (result >= 0)
		result = write_times(v, &o);
	if (result == 0)
		result = plan_load(v, lang_by_code(o.s.lang), &original);
	if (result == 0)
		result = who_may(v, o.s.id, ROLE_ORGANISER);
	if (result < 0)
		return result;
	o.is_organiser = result > 0;
	o.may_copy = v->who.roles_site & (ROLE_ADMIN | ROLE_ORGANISER);
	o.n_gap = plan_gaps(&original, v->now);
	o.frame = desk_frame(v, &o.s, MSG_desk_tab_overview);
	organise_page(&v->out, &o);
	return visit_page(v, 200);
}

static int preview_show(struct visit *v)
{
	struct organise_view o = { .now = v->now };
	int result = desk_here(v, ROLES_SPACE, &o.s);
	for (int i = 0; result == 0 && i < LANG_COUNT; i++)
		result = url_local(
			arena_f(v->mem, "/%.*s/c/%.*s", STR_ARG(lang_of((enum lang_id)i)->code),
				STR_ARG(o.s.slug)),
			&o.page_in[i]);
	if (result < 0)
		return result;
	o.frame = desk_frame(v, &o.s, MSG_organise_preview_title);
	organise_preview_page(&v->out, &o);
	return visit_page(v, 200);
}

/* ---- steps of its life ---- */

static const struct organise_step *step_of(const struct visit *v)
{
	for (size_t i = 0; i < 2; i++)
		if (str_ends(v->path, organise_steps[i].path))
			return &organise_steps[i];
	return &organise_steps[2];
}

/* May this step be taken now? ERR_CONFLICT when it was already, or is too early. */
static int step_begin(struct visit *v, struct organise_view *o)
{
	struct space original;
	o->step = step_of(v);
	o->now = v->now;
	int result = desk_here(v, MAY_PLAN, &o->s);
	if (result == 0)
		result = plan_load(v, lang_by_code(o->s.lang), &original);
	if (result < 0)
		return result;
	if (o->s.state != o->step->from)
		return err_note(ERR_CONFLICT, "not in the state for this step");
	if (o->step->to == SPACE_ANNOUNCED && plan_gaps(&original, v->now))
		return err_note(ERR_CONFLICT, "something is missing");
	return 0;
}

/* What is missing is said on the settings. */
static int step_show(struct visit *v)
{
	struct organise_view o = { 0 };
	int result = step_begin(v, &o);
	if (result == ERR_CONFLICT)
		return visit_goto(v, "/desk/%.*s%s", STR_ARG(o.s.slug),
			o.s.state == SPACE_DRAFT ? "/edit?saved" : "");
	if (result < 0)
		return result;
	o.frame = desk_frame(v, &o.s, o.step->title);
	organise_step_page(&v->out, &o);
	return visit_page(v, 200);
}

static int step_check(struct visit *v)
{
	struct organise_view o = { 0 };
	int result = step_begin(v, &o);
	return result < 0 ? result : VISIT_GO_ON;
}

static enum audit_what what_of(enum space_state state)
{
	if (state == SPACE_ANNOUNCED)
		return AUDIT_SPACE_ANNOUNCED;
	return state == SPACE_CLOSED ? AUDIT_SPACE_CLOSED : AUDIT_SPACE_ARCHIVED;
}

static int step_act(struct visit *v)
{
	struct organise_view o = { 0 };
	int result = step_begin(v, &o);
	if (result < 0)
		return result;
	if (o.step->to == SPACE_ANNOUNCED)
		result = organise_announce(v->db, o.s.id, v->now);
	else if (o.step->to == SPACE_CLOSED)
		result = organise_close(v->db, o.s.id, v->now);
	else
		result = organise_archive(v->db, o.s.id, v->now);
	if (result != 1)
		return result < 0 ? result : err_note(ERR_CONFLICT, "somebody was faster");
	result = audit_add(v,
		&(struct audit_line){
			.what = what_of(o.step->to), .space = o.s.id, .is_public = true });
	if (result)
		return result;
	return visit_goto(v, "/desk/%.*s", STR_ARG(o.s.slug));
}

const struct route organise_routes[] = {
	/* method    path                    who    input  check  act */
	{ HTTP_GET, "/desk/:slug", STAFF, NULL, NULL, organise_show },
	{ HTTP_GET, "/desk/:slug/preview", STAFF, NULL, NULL, preview_show },
	{ HTTP_GET, "/desk/:slug/announce", STAFF, NULL, NULL, step_show },
	{ HTTP_POST, "/desk/:slug/announce", STAFF, NULL, step_check, step_act },
	{ HTTP_GET, "/desk/:slug/close", STAFF, NULL, NULL, step_show },
	{ HTTP_POST, "/desk/:slug/close", STAFF, NULL, step_check, step_act },
	{ HTTP_GET, "/desk/:slug/archive", STAFF, NULL, NULL, step_show },
	{ HTTP_POST, "/desk/:slug/archive", STAFF, NULL, step_check, step_act },
	{ 0 },
};
