#include "outcome/retire_desk.h"
#include "account/who.h"
#include "outcome/retire_desk.html.h"
#include "outcome/retire_desk.sql.h"
#include "po/messages.h"

struct keep_in {
	struct opt_i64 how, years;
};
struct delete_in {
	struct str name;
};

const char *const keep_hows[] = { "house", "always", "years", NULL };

static const struct form keep_form = {
	.name = "keep",
	.size = sizeof(struct keep_in),
	.body_max = 4096,
	.field = {
		{ "how", FIELD_CHOICE, .is_required = true, .choices = keep_hows,
			.at = offsetof(struct keep_in, how) },
		{ "years", FIELD_INT, .min = 1, .max = KEEP_YEARS_MAX,
			.at = offsetof(struct keep_in, years) },
	},
};
static const struct form delete_form = {
	.name = "delete",
	.size = sizeof(struct delete_in),
	.body_max = 4096,
	.field = { { "name", FIELD_LINE, .is_required = true, .max = SLUG_MAX + 20,
		.at = offsetof(struct delete_in, name) } },
};

const struct fault_label keep_labels[] = {
	{ "years", MSG_keep_field_years },
	{ "name", MSG_keep_field_name },
	{ 0 },
};

/* ---- how long ---- */

static int load(struct visit *v, struct keep_view *p)
{
	struct keep_of_row row = { 0 };
	struct keep_counts_row n = { 0 };
	int found = keep_of(v->db, v->mem, p->s.id, &row);
	if (found > 0)
		found = keep_counts(v->db, v->mem, p->s.id, &n);
	if (found < 0)
		return found;
	int64_t years = row.keep_years.has ? row.keep_years.v : p->house_years;
	p->how = !row.keep_years.has ? KEEP_HOUSE : years ? KEEP_YEARS : KEEP_ALWAYS;
	p->years = p->how == KEEP_YEARS ? arena_f(v->mem, "%lld", (long long)years) : STR("");
	p->is_warned = row.is_warned != 0;
	p->due_at = p->is_warned     ? row.due_at
		: p->s.closed_at.has ? retire_due(p->s.closed_at.v, years)
				     : 0;
	p->people = n.people;
	p->contributions = n.contributions;
	p->replies = n.replies;
	p->statements = n.statements;
	p->votes = n.votes;
	p->asks = n.asks;
	p->answers = n.answers;
	p->documents = n.documents;
	return 0;
}

static int begin(struct visit *v, struct keep_view *p)
{
	int result = desk_here(v, MAY_PLAN, &p->s);
	p->form = &v->form;
	p->now = v->now;
	p->house_years = retire_house_years(v->house);
	p->may_delete = v->who.roles_site & ROLE_ADMIN;
	p->is_saved = desk_saved(v);
	return result == 0 ? load(v, p) : result;
}

static int keep_show(struct visit *v)
{
	const struct keep_in *in = v->form.in;
	struct keep_view p = { 0 };
	int result = begin(v, &p);
	if (result < 0)
		return result;
	if (in && in->how.has)
		p.how = (int)in->how.v;
	if (form_typed(&v->form, "years").p)
		p.years = form_typed(&v->form, "years");
	p.frame = desk_frame(v, &p.s, MSG_keep_page_title);
	keep_page(&v->out, &p);
	return visit_page(v, desk_status(v));
}

static int keep_check(struct visit *v)
{
	const struct keep_in *in = visit_in(v, struct keep_in);
	struct space s;
	int result = desk_here(v, MAY_PLAN, &s);
	if (result < 0)
		return result;
	if (in->how.has && in->how.v == KEEP_YEARS && !in->years.has &&
		!form_fault_of(&v->form, "years"))
		form_fault_add(&v->form, "years", MSG_keep_fault_years, KEEP_YEARS_MAX);
	return v->form.n_fault ? visit_ended(keep_show(v)) : VISIT_GO_ON;
}

/* A shorter time warns at once: the organiser sees on the page what comes of it. */
static int keep_act(struct visit *v)
{
	const struct keep_in *in = visit_in(v, struct keep_in);
	struct retire r = { .house = v->house, .now = v->now };
	struct space s;
	int64_t years = in->how.v == KEEP_YEARS ? in->years.v : 0;
	bool is_own = in->how.v != KEEP_HOUSE;
	int result = desk_here(v, MAY_PLAN, &s);
	if (result == 0)
		result = keep_set(v->db, s.id, (struct opt_i64){ years, is_own });
	if (result >= 0)
		result = audit_add(v,
			&(struct audit_line){ .what = AUDIT_SPACE_KEEP_SET,
				.space = s.id,
				.n = is_own ? years : -1,
				.is_public = true });
	if (result >= 0)
		result = retire_look(v->db, &r);
	return result < 0 ? result : visit_goto(v, "/desk/%.*s/keep?saved", STR_ARG(s.slug));
}

/* ---- by hand ---- */

static int delete_begin(struct visit *v, struct keep_view *p)
{
	int result = begin(v, p);
	if (result == 0 && !p->may_delete)
		return err_note(ERR_DENIED, "only administrators delete");
	return result;
}

static int delete_show(struct visit *v)
{
	struct keep_view p = { 0 };
	int result = delete_begin(v, &p);
	if (result < 0)
		return result;
	p.name = form_typed(&v->form, "name").p ? form_typed(&v->form, "name") : STR("");
	p.frame = desk_frame(v, &p.s, MSG_keep_delete_title);
	keep_delete_page(&v->out, &p);
	return visit_page(v, desk_status(v));
}

static int delete_check(struct visit *v)
{
	struct keep_view p = { 0 };
	int result = delete_begin(v, &p);
	if (result < 0)
		return result;
	struct str name = visit_in(v, struct delete_in)->name;
	if (!form_fault_of(&v->form, "name") && !str_eq(name, p.s.slug))
		form_fault_add(&v->form, "name", MSG_keep_fault_name, 0);
	return v->form.n_fault ? visit_ended(delete_show(v)) : VISIT_GO_ON;
}

static int delete_act(struct visit *v)
{
	struct retire r = { .house = v->house, .now = v->now };
	struct keep_view p = { 0 };
	int result = delete_begin(v, &p);
	if (result == 0)
		result = retire_begin(v->db, &r, p.s.id, v->who.account.v);
	if (result < 0)
		return result;
	return p.s.announced_at.has ? visit_goto(v, "/c/%.*s", STR_ARG(p.s.slug))
				    : visit_go(v, STR("/desk"));
}

const struct route retire_desk_routes[] = {
	/* method    path                  who    input         check         act */
	{ HTTP_GET, "/desk/:slug/keep", STAFF, NULL, NULL, keep_show },
	{ HTTP_POST, "/desk/:slug/keep", STAFF, &keep_form, keep_check, keep_act },
	{ HTTP_GET, "/desk/:slug/delete", ADMIN, NULL, NULL, delete_show },
	{ HTTP_POST, "/desk/:slug/delete", ADMIN, &delete_form, delete_check, delete_act },
	{ 0 },
};
