#include "account/people.h"
#include "account/hold.h"
#include "account/inner.h"
#include "account/people.html.h"

struct roles_in {
	int64_t roles;
};
struct link_in {
	struct opt_i64 link;
};
struct access_in {
	bool is_off;
};

const struct form invite_roles_form = {
	.name = "invite-roles",
	.size = sizeof(struct roles_in),
	.body_max = 4096,
	.field = { { "role", FIELD_SET, .choices = role_values,
		.at = offsetof(struct roles_in, roles) } },
};
const struct form roles_form = {
	.name = "roles",
	.size = sizeof(struct roles_in),
	.body_max = 4096,
	.field = { { "role", FIELD_SET, .choices = role_values,
		.at = offsetof(struct roles_in, roles) } },
};
const struct form link_form = {
	.name = "link",
	.size = sizeof(struct link_in),
	.body_max = 4096,
	.field = { { "link", FIELD_INT, .is_required = true, .min = 1, .max = INT64_MAX,
		.at = offsetof(struct link_in, link) } },
};
const struct form access_form = {
	.name = "access",
	.size = sizeof(struct access_in),
	.body_max = 4096,
	.field = { { "off", FIELD_BOOL, .at = offsetof(struct access_in, is_off) } },
};

const struct fault_label people_labels[] = {
	{ "role", MSG_account_people_roles },
	{ "off", MSG_account_person_access },
	{ 0 },
};

static int site_roles(struct visit *v, int64_t account, int *ret)
{
	struct account_roles_in_row row;
	int st = account_roles_in(v->db, v->mem, account, WHOLE_SITE, &row);
	*ret = st > 0 ? (int)row.roles : 0;
	return st < 0 ? st : 0;
}

static int load_people(struct visit *v, struct people_view *p)
{
	struct account_all_row *row;
	size_t n = 0;
	int st = account_all(v->db, v->mem, PEOPLE_MAX, &row, &n);
	if (st < 0)
		return st;
	p->person = arena_array(v->mem, n + 1, sizeof *p->person);
	if (!p->person)
		return ERR_NOMEM;
	for (p->n_person = 0; p->n_person < n; p->n_person++) {
		const struct account_all_row *from = &row[p->n_person];
		struct people_row *to = &p->person[p->n_person];
		*to = (struct people_row){ .id = from->id,
			.name = from->name,
			.has_step = from->has_second_step != 0,
			.is_disabled = from->is_disabled != 0 };
		st = site_roles(v, to->id, &to->roles);
		if (st)
			return st;
	}
	return 0;
}

static int load_links(struct visit *v, struct people_view *p)
{
	struct account_invite_open_row *row;
	size_t n = 0;
	int st = account_invite_open(v->db, v->mem, v->now, LINKS_MAX, &row, &n);
	if (st < 0)
		return st;
	p->open = arena_array(v->mem, n + 1, sizeof *p->open);
	if (!p->open)
		return ERR_NOMEM;
	for (; p->n_open < n; p->n_open++)
		p->open[p->n_open] = (struct people_link){ .id = row[p->n_open].id,
			.until = row[p->n_open].expires_at,
			.is_reset = row[p->n_open].account.has,
			.roles = (int)row[p->n_open].roles };
	return 0;
}

static struct people_view view(struct visit *v, struct str title)
{
	struct people_view p = { .frame = visit_frame(v, title), .form = &v->form };
	p.frame.area = FRAME_PEOPLE;
	p.is_saved = page_saved(v);
	return p;
}

int people_show(struct visit *v)
{
	struct people_view p = view(v, visit_say(v, MSG_account_people_title, 0));
	int st = load_people(v, &p);
	if (st == 0)
		st = load_links(v, &p);
	if (st)
		return st;
	people_page(&v->out, &p);
	return visit_page(v, page_status(v));
}

/* ---- links ---- */

int people_invite_check(struct visit *v)
{
	if (!v->form.n_fault && visit_in(v, struct roles_in)->roles == 0)
		form_fault_add(&v->form, "role", MSG_account_fault_no_role, 0);
	return v->form.n_fault ? visit_ended(people_show(v)) : VISIT_GO_ON;
}

static int make_link(struct visit *v, const struct invite *what)
{
	struct invite_token token;
	v->is_quiet = true;
	int st = account_invite_make(v->db, v->mem, v->house->keys, what, v->now, &token);
	if (st == 0)
		st = audit_add(v,
			&(struct audit_line){
				.what = what->account.v ? AUDIT_RESET_ASKED : AUDIT_INVITED,
				.ref = what->account.v,
				.space = what->space,
				.n = what->roles });
	if (st)
		return st;
	bool is_kept = sessions_pocket_put(v->house->sessions, page_session(v), POCKET_INVITE,
		(struct str){ token.z, INVITE_CHARS });
	wipe(&token, sizeof token);
	return is_kept ? visit_go(v, STR("/site/people/link"))
		       : err_note(ERR_DENIED, "no session to keep a link");
}

int people_invite_act(struct visit *v)
{
	int roles = (int)visit_in(v, struct roles_in)->roles;
	return make_link(v, &(struct invite){ .space = WHOLE_SITE, .roles = roles });
}

int people_link_show(struct visit *v)
{
	struct people_view p = view(v, visit_say(v, MSG_account_link_title, 0));
	struct str token;
	if (!sessions_pocket_get(
		    v->house->sessions, page_session(v), POCKET_INVITE, v->mem, &token))
		return visit_go(v, STR("/site/people"));
	sessions_pocket_empty(v->house->sessions, page_session(v));
	p.link = arena_f(v->mem, "%.*s/invite/%.*s", STR_ARG(visit_base(v)), STR_ARG(token));
	people_link_page(&v->out, &p);
	return visit_page(v, 200);
}

int people_cancel_check(struct visit *v)
{
	return v->form.n_fault ? visit_ended(people_show(v)) : VISIT_GO_ON;
}

int people_cancel_act(struct visit *v)
{
	v->is_quiet = true;
	int st = account_invite_drop(v->db, visit_in(v, struct link_in)->link.v);
	if (st > 0)
		st = audit_add(v, &(struct audit_line){ .what = AUDIT_INVITE_CANCELLED });
	return st < 0 ? st : visit_go(v, STR("/site/people?saved"));
}

/* ---- one person ---- */

static int load_one(struct visit *v, struct people_row *ret)
{
	struct account_by_id_row row;
	int64_t id;
	if (!str_i64(v->part[0], &id))
		return err_note(ERR_MISSING, "no such account");
	int st = account_by_id(v->db, v->mem, id, &row);
	if (st <= 0)
		return st < 0 ? st : err_note(ERR_MISSING, "no such account");
	st = hold_find(v->db, v->mem, (struct account_id){ id });
	if (st)
		return st < 0 ? st : err_note(ERR_MISSING, "somebody who takes part");
	*ret = (struct people_row){ .id = id,
		.name = row.name,
		.has_step = row.second_step.p != NULL,
		.is_disabled = row.is_disabled != 0 };
	return site_roles(v, id, &ret->roles);
}

int person_show(struct visit *v)
{
	struct people_row one = { 0 };
	int st = load_one(v, &one);
	if (st)
		return st;
	struct people_view p = view(v, one.name);
	p.one = one;
	p.chosen = one.roles;
	person_page(&v->out, &p);
	return visit_page(v, page_status(v));
}

static int check_not_last(struct visit *v, const struct people_row *one, const char *field)
{
	int st = account_is_last_admin(v->db, v->mem, (struct account_id){ one->id });
	if (st > 0)
		form_fault_add(&v->form, field, MSG_account_fault_last_admin, 0);
	return st < 0 ? st : 0;
}

int person_roles_check(struct visit *v)
{
	struct people_row one = { 0 };
	int st = load_one(v, &one);
	if (st)
		return st;
	if (!(visit_in(v, struct roles_in)->roles & ROLE_ADMIN))
		st = check_not_last(v, &one, "role");
	if (st)
		return st;
	return v->form.n_fault ? visit_ended(person_show(v)) : VISIT_GO_ON;
}

int person_roles_act(struct visit *v)
{
	struct people_row one = { 0 };
	int roles = (int)visit_in(v, struct roles_in)->roles;
	v->is_quiet = true;
	int st = load_one(v, &one);
	if (st == 0 && !(roles & ROLE_ADMIN))
		st = check_not_last(v, &one, "role");
	if (st == 0 && v->form.n_fault)
		return person_show(v);
	if (st == 0)
		st = account_roles_set(v->db, (struct account_id){ one.id }, WHOLE_SITE, roles);
	if (st == 0)
		st = audit_add(v,
			&(struct audit_line){ .what = AUDIT_ROLES_SET, .ref = one.id, .n = roles });
	return st ? st : visit_goto(v, "/site/people/%lld?saved", (long long)one.id);
}

int person_reset_act(struct visit *v)
{
	struct people_row one = { 0 };
	int st = load_one(v, &one);
	return st ? st : make_link(v, &(struct invite){ .account = { one.id } });
}

int person_access_check(struct visit *v)
{
	struct people_row one = { 0 };
	int st = load_one(v, &one);
	if (st == 0 && visit_in(v, struct access_in)->is_off)
		st = check_not_last(v, &one, "off");
	if (st)
		return st;
	return v->form.n_fault ? visit_ended(person_show(v)) : VISIT_GO_ON;
}

int person_access_act(struct visit *v)
{
	struct people_row one = { 0 };
	bool is_off = visit_in(v, struct access_in)->is_off;
	v->is_quiet = true;
	int st = load_one(v, &one);
	if (st == 0 && is_off)
		st = check_not_last(v, &one, "off");
	if (st == 0 && v->form.n_fault)
		return person_show(v);
	if (st)
		return st;
	st = account_disabled_set(v->db, one.id, is_off);
	if (st >= 0)
		st = audit_add(v,
			&(struct audit_line){ .what = is_off ? AUDIT_ACCOUNT_OFF : AUDIT_ACCOUNT_ON,
				.ref = one.id });
	if (st < 0)
		return st;
	if (is_off)
		page_end_all(v, (struct account_id){ one.id }, NULL);
	return visit_goto(v, "/site/people/%lld?saved", (long long)one.id);
}
