#include "record/care.h"
#include "account/audit.h"
#include "po/messages.h"
#include "record/by.sql.h"
#include "record/care.html.h"
#include "record/routes.h"

struct grant_in {
	struct str role;
	struct opt_i64 account;
};
#define AT(member) .at = offsetof(struct grant_in, member)
static const struct form grant_form = {
	.name = "grant",
	.size = sizeof(struct grant_in),
	.field = { { "role", FIELD_LINE, .is_required = true, .max = 40, AT(role) },
		{ "account", FIELD_INT, .is_required = true, .min = 1, .max = INT64_MAX,
			AT(account) } },
};

/* ---- words ---- */

int care_kind(const struct def_field *f)
{
	static const int kinds[] = {
		[DEF_GROUP] = MSG_record_kind_group,
		[DEF_REPEAT] = MSG_record_kind_repeat,
		[DEF_NOTE] = MSG_record_kind_note,
		[DEF_TEXT] = MSG_record_kind_text,
		[DEF_INTEGER] = MSG_record_kind_number,
		[DEF_DECIMAL] = MSG_record_kind_number,
		[DEF_DATE] = MSG_record_kind_date,
		[DEF_ONE] = MSG_record_kind_one,
		[DEF_MANY] = MSG_record_kind_many,
		[DEF_COUNTRY] = MSG_record_kind_country,
		[DEF_PLACE] = MSG_record_kind_place,
		[DEF_FILE] = MSG_record_kind_file,
	};
	return kinds[f->kind];
}

int care_verb(int verb)
{
	static const int verbs[DEF_VERBS] = { MSG_record_verb_create, MSG_record_verb_read,
		MSG_record_verb_write, MSG_record_verb_add, MSG_record_verb_message,
		MSG_record_verb_note, MSG_record_verb_grant, MSG_record_verb_export,
		MSG_record_verb_follow, MSG_record_verb_count };
	return verbs[verb];
}

int care_role(struct str role)
{
	static const struct {
		const char *name;
		int msg;
	} roles[] = {
		{ "public", MSG_record_role_public },
		{ "author", MSG_record_role_author },
		{ "staff", MSG_record_role_staff },
		{ "reviewer", MSG_record_role_reviewer },
		{ "lead", MSG_record_role_lead },
		{ "monitor", MSG_record_role_monitor },
		{ "focal", MSG_record_role_focal },
	};
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
		if (str_is(role, roles[i].name))
			return roles[i].msg;
	return 0;
}

/* ---- all forms ---- */

static int list_show(struct visit *v)
{
	struct care_list_view p = { 0 };
	const struct shelf_form *all = shelf_all(v->house->shelf, &p.n);
	p.row = arena_array(v->mem, p.n, sizeof *p.row);
	if (!p.row)
		return ERR_NOMEM;
	for (size_t i = 0; i < p.n; i++) {
		p.row[i] = (struct care_row){ .form = &all[i],
			.labels = shelf_labels(&all[i], v->lang) };
		for (size_t k = 0; k < all[i].def->n_field; k++)
			p.row[i].n_question += def_asks(&all[i].def->field[k]);
		for (int l = 0; l < LANG_COUNT; l++)
			p.row[i].n_missing += all[i].labels[l].n_missing;
	}
	p.frame = visit_frame(v, visit_say(v, MSG_record_care_title, 0));
	p.frame.area = FRAME_PEOPLE;
	care_list_page(&v->out, &p);
	return visit_page(v, 200);
}

/* ---- one form ---- */

static int load(struct visit *v, struct care_view *p)
{
	struct by_holders_row *holder;
	struct by_people_row *person;
	int result = by_holders(v->db, v->mem, p->form->def->id, &holder, &p->n_holder);
	if (result >= 0)
		result = by_people(v->db, v->mem, &person, &p->n_person);
	if (result < 0)
		return result;
	p->holder = arena_array(v->mem, p->n_holder + 1, sizeof *p->holder);
	p->person = arena_array(v->mem, p->n_person + 1, sizeof *p->person);
	if (!p->holder || !p->person)
		return ERR_NOMEM;
	for (size_t i = 0; i < p->n_holder; i++)
		p->holder[i] = (struct care_holder){ holder[i].role, holder[i].person,
			holder[i].account };
	for (size_t i = 0; i < p->n_person; i++)
		p->person[i] = (struct care_person){ person[i].id, person[i].name };
	return 0;
}

static int find(struct visit *v, struct care_view *p)
{
	p->form = shelf_find(v->house->shelf, v->part[0]);
	if (!p->form)
		return err_note(ERR_MISSING, "no such form");
	p->labels = shelf_labels(p->form, v->lang);
	return 0;
}

static int end(struct visit *v, struct care_view *p, int status)
{
	int result = load(v, p);
	if (result < 0)
		return result;
	p->typed = &v->form;
	p->is_saved = http_query(v->req, "saved").p != NULL;
	p->frame = visit_frame(v, p->labels->title.s);
	p->frame.area = FRAME_PEOPLE;
	p->frame.is_fault = status != 200;
	care_page(&v->out, p);
	return visit_page(v, status);
}

static int one_show(struct visit *v)
{
	struct care_view p = { 0 };
	int result = find(v, &p);
	return result < 0 ? result : end(v, &p, 200);
}

/* Everybody, authors and staff are what they are; nobody gives them that. */
static bool is_given(const struct def *def, struct str role)
{
	return def_role_find(def, role) > DEF_AUTHOR && !str_is(role, "staff");
}

static int grant_check(struct visit *v)
{
	const struct grant_in *in = visit_in(v, struct grant_in);
	struct care_view p = { 0 };
	struct by_person_row person;
	int result = find(v, &p);
	if (result < 0)
		return result;
	if (in->role.n && !is_given(p.form->def, in->role))
		return err_note(ERR_INPUT, "no such role");
	result = in->account.has ? by_person(v->db, v->mem, in->account.v, &person) : 1;
	if (result < 0)
		return result;
	if (result == 0)
		return err_note(ERR_INPUT, "no such account");
	if (!v->form.n_fault)
		return VISIT_GO_ON;
	result = end(v, &p, 422);
	return result < 0 ? result : visit_ended(result);
}

static int change(struct visit *v, bool is_given_now)
{
	const struct grant_in *in = visit_in(v, struct grant_in);
	struct care_view p = { 0 };
	int result = find(v, &p);
	if (result < 0)
		return result;
	struct str name = p.form->def->id;
	result = is_given_now
		? by_grant(v->db, name, in->role, in->account.v, (struct opt_i64){ 0 })
		: by_take_back(v->db, name, in->role, in->account.v);
	if (result >= 0)
		result = audit_add(v,
			&(struct audit_line){ .what = is_given_now ? AUDIT_FORM_ROLE_GIVEN
								   : AUDIT_FORM_ROLE_TAKEN,
				.ref = in->account.v,
				.n = p.form->id });
	return result < 0 ? result : visit_goto(v, "/site/forms/%.*s?saved", STR_ARG(name));
}

static int grant_act(struct visit *v)
{
	return change(v, true);
}

static int take_act(struct visit *v)
{
	return change(v, false);
}

const struct route care_routes[] = {
	/* method    path                     who    input        check        act */
	{ HTTP_GET, "/site/forms", ADMIN, NULL, NULL, list_show },
	{ HTTP_GET, "/site/forms/:form", ADMIN, NULL, NULL, one_show },
	{ HTTP_POST, "/site/forms/:form/give", ADMIN, &grant_form, grant_check, grant_act },
	{ HTTP_POST, "/site/forms/:form/take", ADMIN, &grant_form, grant_check, take_act },
	{ 0 },
};
