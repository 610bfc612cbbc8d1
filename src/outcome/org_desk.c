#include "outcome/org_desk.h"
#include "account/account.h"
#include "account/account.sql.h"
#include "account/audit.h"
#include "outcome/org_desk.html.h"
#include "outcome/org_desk.sql.h"
#include "po/messages.h"

struct org_in {
	struct str name, focal, country, seen;
	struct opt_i64 lang;
};
static const char *const people_acts[] = { "add", "remove", NULL };
enum people_act { PEOPLE_ADD, PEOPLE_REMOVE };
struct people_in {
	struct str name;
	struct opt_i64 act, account;
};

#define AT(member) .at = offsetof(struct org_in, member)
#define WHO(member) .at = offsetof(struct people_in, member)
static const struct form org_form = {
	.name = "organisation",
	.size = sizeof(struct org_in),
	.field = { { "name", FIELD_LINE, .is_required = true, .max = ORG_NAME_MAX, AT(name) },
		{ "focal", FIELD_LINE, .max = ORG_NAME_MAX, AT(focal) },
		{ "country", FIELD_LINE, .max = 2, AT(country) },
		{ "seen", FIELD_LINE, .max = 3 * ORG_NAME_MAX, AT(seen) },
		{ "lang", FIELD_CHOICE, .is_required = true, .choices = lang_codes, AT(lang) } },
};
static const struct form people_form = {
	.name = "org people",
	.size = sizeof(struct people_in),
	.field = { { "who", FIELD_LINE, .max = 60, WHO(name) },
		{ "account", FIELD_INT, .min = 1, .max = INT64_MAX, WHO(account) },
		{ "do", FIELD_CHOICE, .is_required = true, .choices = people_acts, WHO(act) } },
};

const struct fault_label org_desk_labels[] = {
	{ "name", MSG_orgdesk_field_name },
	{ "focal", MSG_orgdesk_field_focal },
	{ "country", MSG_question_filter_country },
	{ "who", MSG_people_add_name },
	{ 0 },
};

/* ---- the list ---- */

static int load_all(struct visit *v, struct org_desk_view *p)
{
	struct org_desk_all_row *row;
	int result = org_desk_all(v->db, v->mem, v->lang->code, ORG_DESK_MAX, &row, &p->n_all);
	struct org_desk_org *all = result < 0 ? NULL
					      : arena_array(v->mem, p->n_all + 1, sizeof *all);
	if (!all)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < p->n_all; i++)
		all[i] = (struct org_desk_org){ row[i].id, row[i].asks, row[i].people, row[i].slug,
			row[i].name };
	p->all = all;
	return 0;
}

static void begin(struct visit *v, struct org_desk_view *p)
{
	p->form = &v->form;
	p->now = v->now;
	p->is_saved = desk_saved(v);
	p->country = country_list(v->lang, &p->n_country);
	p->may_people = p->s.roles & MAY_PLAN;
}

static int show_list(struct visit *v, struct org_desk_view *p)
{
	int result = load_all(v, p);
	if (result < 0)
		return result;
	begin(v, p);
	p->name = form_typed(&v->form, "name");
	p->focal = form_typed(&v->form, "focal");
	p->in_country = form_typed(&v->form, "country");
	p->frame = desk_frame(v, &p->s, MSG_orgdesk_page_title);
	org_desk_list_page(&v->out, p);
	return visit_page(v, desk_status(v));
}

static int all_show(struct visit *v)
{
	struct org_desk_view p = { 0 };
	int result = desk_here(v, MAY_EDIT, &p.s);
	return result < 0 ? result : show_list(v, &p);
}

static void check_country(struct visit *v)
{
	struct str country = visit_in(v, struct org_in)->country;
	if (country.n && !country_is(country))
		form_fault_add(&v->form, "country", MSG_site_fault_choose, 0);
}

static int add_check(struct visit *v)
{
	struct org_desk_view p = { 0 };
	int result = desk_here(v, MAY_EDIT, &p.s);
	if (result < 0)
		return result;
	check_country(v);
	return v->form.n_fault ? visit_ended(show_list(v, &p)) : VISIT_GO_ON;
}

/* From its name, or a drawn one; with a number behind it where that is taken. */
static int free_slug(struct visit *v, struct str name, struct str *ret)
{
	struct org_desk_slug_row row;
	struct str wish = slug_from(name, v->mem);
	if (!wish.p)
		wish = desk_uid(v);
	for (int i = 1; i < 1000 && wish.p; i++) {
		struct str slug = i == 1 ? wish : arena_f(v->mem, "%.*s-%d", STR_ARG(wish), i);
		int found = slug.p ? org_desk_slug(v->db, v->mem, slug, &row) : ERR_NOMEM;
		if (found <= 0) {
			*ret = slug;
			return found;
		}
	}
	return err_note(ERR_LIMIT, "a thousand organisations of one name");
}

static int add_act(struct visit *v)
{
	const struct org_in *in = visit_in(v, struct org_in);
	struct org_insert_row made = { 0 };
	struct space s;
	struct str slug = { 0 }, lang = str_c(lang_codes[in->lang.v]);
	int result = desk_here(v, MAY_EDIT, &s);
	if (result == 0)
		result = free_slug(v, in->name, &slug);
	if (result == 0)
		result = org_insert(v->db, v->mem,
			(struct org_insert_in){ .uid = desk_uid(v),
				.slug = slug,
				.lang = lang,
				.country = in->country,
				.is_sample = s.is_sample,
				.at = v->now },
			&made);
	if (result >= 0)
		result = org_text_put(v->db, made.id, lang, in->name, in->focal);
	if (result < 0)
		return result;
	return visit_goto(v, "/desk/%.*s/orgs/%.*s?saved", STR_ARG(s.slug), STR_ARG(slug));
}

/* ---- one of them ---- */

static int find(struct visit *v, int roles, struct org_desk_view *p)
{
	struct org_desk_row_row row = { 0 };
	int result = desk_here(v, roles, &p->s);
	if (result == 0) {
		result = org_desk_row(v->db, v->mem, v->part[1], &row);
		if (result == 0)
			result = err_note(ERR_MISSING, "no such organisation");
	}
	if (result < 0)
		return result;
	p->id = row.id;
	p->slug = v->part[1];
	p->own_lang = row.lang;
	p->in_country = row.country;
	begin(v, p);
	return 0;
}

/* What an editor had before their eyes, as one line. */
static struct str words_seen(
	struct visit *v, const struct org_desk_view *p, const struct org_desk_text_row *text)
{
	return arena_f(v->mem, "%.*s: %.*s / %.*s.", STR_ARG(p->in_country), STR_ARG(text->name),
		STR_ARG(text->focal_point));
}

static int load_words(struct visit *v, struct org_desk_view *p)
{
	struct org_desk_text_row text = { 0 };
	struct org_desk_langs_row *lang;
	size_t n = 0;
	bool is_sent = v->form.form == &org_form;
	const struct lang *l = lang_by_code(
		is_sent ? form_typed(&v->form, "lang") : http_query(v->req, "lang"));
	p->lang = l ? l : lang_by_code(p->own_lang);
	int result = org_desk_text(v->db, v->mem, p->id, p->lang->code, &text);
	if (result >= 0)
		result = org_desk_langs(v->db, v->mem, p->id, &lang, &n);
	for (size_t i = 0; result >= 0 && i < n; i++)
		if ((l = lang_by_code(lang[i].lang)))
			p->langs |= 1 << l->id;
	p->seen = words_seen(v, p, &text);
	p->theirs = text.name;
	p->theirs_focal = text.focal_point;
	p->name = is_sent ? form_typed(&v->form, "name") : text.name;
	p->focal = is_sent ? form_typed(&v->form, "focal") : text.focal_point;
	if (is_sent)
		p->in_country = form_typed(&v->form, "country");
	return result < 0 ? result : 0;
}

static int load_people(struct visit *v, struct org_desk_view *p)
{
	struct org_people_row *row;
	int result = org_people(v->db, v->mem, p->id, &row, &p->n_person);
	struct org_desk_person *person = result < 0
		? NULL
		: arena_array(v->mem, p->n_person + 1, sizeof *person);
	if (!person)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < p->n_person; i++)
		person[i] = (struct org_desk_person){ row[i].id, row[i].name };
	p->person = person;
	return 0;
}

static int show_one(struct visit *v, struct org_desk_view *p)
{
	int result = load_words(v, p);
	if (result == 0)
		result = load_people(v, p);
	if (result < 0)
		return result;
	p->frame = desk_frame(v, &p->s, MSG_orgdesk_page_title);
	org_desk_page(&v->out, p);
	return visit_page(v, p->is_late ? 409 : desk_status(v));
}

static int one_show(struct visit *v)
{
	struct org_desk_view p = { 0 };
	int result = find(v, MAY_EDIT, &p);
	return result < 0 ? result : show_one(v, &p);
}

/* Of two editors the second is shown what the first one wrote; sending once more is a decision. */
static int find_late(struct visit *v, struct org_desk_view *p)
{
	const struct org_in *in = visit_in(v, struct org_in);
	struct org_desk_text_row text = { 0 };
	int result = org_desk_text(v->db, v->mem, p->id, str_c(lang_codes[in->lang.v]), &text);
	p->is_late = result >= 0 && !str_eq(in->seen, words_seen(v, p, &text));
	return result < 0 ? result : 0;
}

static int one_check(struct visit *v)
{
	struct org_desk_view p = { 0 };
	int result = find(v, MAY_EDIT, &p);
	if (result < 0)
		return result;
	check_country(v);
	result = find_late(v, &p);
	if (result < 0)
		return result;
	p.is_late = p.is_late && !v->form.n_fault;
	return v->form.n_fault || p.is_late ? visit_ended(show_one(v, &p)) : VISIT_GO_ON;
}

static int go_back(struct visit *v, const struct org_desk_view *p, struct str lang)
{
	return visit_goto(v, "/desk/%.*s/orgs/%.*s?saved&lang=%.*s", STR_ARG(p->s.slug),
		STR_ARG(p->slug), STR_ARG(lang));
}

static int one_act(struct visit *v)
{
	const struct org_in *in = visit_in(v, struct org_in);
	struct org_desk_view p = { 0 };
	struct str lang = str_c(lang_codes[in->lang.v]);
	int result = find(v, MAY_EDIT, &p);
	if (result == 0)
		result = find_late(v, &p);
	if (result == 0 && p.is_late)
		return err_note(ERR_CONFLICT, "another editor was faster");
	if (result == 0)
		result = org_text_put(v->db, p.id, lang, in->name, in->focal);
	if (result >= 0)
		result = org_country_set(v->db, p.id, in->country);
	return result < 0 ? result : go_back(v, &p, lang);
}

/* ---- who answers ---- */

/* Somebody who has an account in this house already; 0: nobody of that name. */
static int find_account(struct visit *v, int64_t *ret)
{
	struct account_staff_by_key_row row = { 0 };
	struct str key;
	int result = account_name_key(visit_in(v, struct people_in)->name, v->mem, &key);
	if (result == ERR_INPUT)
		return 0;
	if (result == 0)
		result = account_staff_by_key(v->db, v->mem, key, &row);
	*ret = row.id;
	return result;
}

static int people_check(struct visit *v)
{
	const struct people_in *in = visit_in(v, struct people_in);
	struct org_desk_view p = { 0 };
	int64_t id;
	int result = find(v, MAY_PLAN, &p);
	if (result == 0 && in->act.v == PEOPLE_ADD && !v->form.n_fault) {
		result = find_account(v, &id);
		if (result == 0)
			form_fault_add(&v->form, "who", MSG_people_fault_unknown, 0);
	}
	if (result < 0)
		return result;
	return v->form.n_fault ? visit_ended(show_one(v, &p)) : VISIT_GO_ON;
}

/* The role opens the room of those who answer; it goes with the last organisation. */
static int set_role(struct visit *v, const struct space *s, int64_t account, bool is_on)
{
	struct account_roles_in_row had = { 0 };
	int result = account_roles_in(v->db, v->mem, account, s->id, &had);
	int roles = is_on ? (int)had.roles | ROLE_RESPONDER : (int)had.roles & ~ROLE_RESPONDER;
	if (result < 0 || roles == (int)had.roles)
		return result < 0 ? result : 0;
	result = account_roles_set(v->db, (struct account_id){ account }, s->id, roles);
	return result < 0 ? result
			  : audit_add(v,
				    &(struct audit_line){ .what = AUDIT_ROLES_SET,
					    .space = s->id,
					    .ref = account,
					    .n = roles });
}

static int add_person(struct visit *v, const struct org_desk_view *p)
{
	int64_t id = 0;
	int result = find_account(v, &id);
	if (result == 0)
		return err_note(ERR_CONFLICT, "no such account any more");
	if (result > 0)
		result = org_people_add(v->db, p->id, id);
	return result < 0 ? result : set_role(v, &p->s, id, true);
}

static int remove_person(struct visit *v, const struct org_desk_view *p)
{
	struct org_people_left_row left = { 0 };
	int64_t id = visit_in(v, struct people_in)->account.v;
	int result = org_people_remove(v->db, p->id, id);
	if (result > 0)
		result = org_people_left(v->db, v->mem, id, &left);
	return result <= 0 || left.n ? result : set_role(v, &p->s, id, false);
}

static int people_act(struct visit *v)
{
	struct org_desk_view p = { 0 };
	v->is_quiet = true;
	int result = find(v, MAY_PLAN, &p);
	if (result < 0)
		return result;
	result = visit_in(v, struct people_in)->act.v == PEOPLE_ADD ? add_person(v, &p)
								    : remove_person(v, &p);
	return result < 0 ? result : go_back(v, &p, p.own_lang);
}

const struct route org_desk_routes[] = {
	/* method    path                          who    input  check  act */
	{ HTTP_GET, "/desk/:slug/orgs", STAFF, NULL, NULL, all_show },
	{ HTTP_POST, "/desk/:slug/orgs", STAFF, &org_form, add_check, add_act },
	{ HTTP_GET, "/desk/:slug/orgs/:org", STAFF, NULL, NULL, one_show },
	{ HTTP_POST, "/desk/:slug/orgs/:org", STAFF, &org_form, one_check, one_act },
	{ HTTP_POST, "/desk/:slug/orgs/:org/people", STAFF, &people_form, people_check,
		people_act },
	{ 0 },
};
