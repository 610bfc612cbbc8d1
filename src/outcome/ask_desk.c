#include "outcome/ask_desk.h"
#include "outcome/ask_desk.html.h"
#include "outcome/ask_desk.sql.h"
#include "outcome/ask_show.sql.h"
#include "participate/plan.h"
#include "po/messages.h"

struct words_in {
	struct str title, body, method;
	struct opt_i64 lang, seen;
};
struct facts_in {
	struct opt_i64 org, asked, due, reply, seen, theme[GROUPS_MAX];
	struct str sdg;
};

#define WORDS(member) .at = offsetof(struct words_in, member)
#define FACTS(member) .at = offsetof(struct facts_in, member)
#define THEME(i) \
	{ \
		"t" #i, FIELD_INT, .min = 1, .max = INT64_MAX, FACTS(theme[i]) \
	}
static const struct form words_form = {
	.name = "words",
	.size = sizeof(struct words_in),
	.field = { { "title", FIELD_LINE, .is_required = true, .max = TITLE_MAX, WORDS(title) },
		{ "body", FIELD_TEXT, .max = ASK_BODY_MAX, WORDS(body) },
		{ "method", FIELD_TEXT, .max = ASK_METHOD_MAX, WORDS(method) },
		{ "lang", FIELD_CHOICE, .is_required = true, .choices = lang_codes, WORDS(lang) },
		{ "seen", FIELD_INT, .is_required = true, .max = INT64_MAX, WORDS(seen) } },
};
static const struct form facts_form = {
	.name = "facts",
	.size = sizeof(struct facts_in),
	.field = { { "org", FIELD_INT, .min = 1, .max = INT64_MAX, FACTS(org) },
		{ "asked", FIELD_DATE, FACTS(asked) }, { "due", FIELD_DATE, FACTS(due) },
		{ "reply", FIELD_DATE, FACTS(reply) },
		{ "sdg", FIELD_LINE, .max = 400, FACTS(sdg) },
		{ "seen", FIELD_INT, .is_required = true, .max = INT64_MAX, FACTS(seen) }, THEME(0),
		THEME(1), THEME(2), THEME(3), THEME(4), THEME(5), THEME(6), THEME(7), THEME(8),
		THEME(9), THEME(10), THEME(11) },
};

const struct fault_label ask_desk_labels[] = {
	{ "title", MSG_askdesk_field_title },
	{ "q", MSG_ask_filter_question },
	{ "body", MSG_askdesk_field_body },
	{ "method", MSG_ask_method_title },
	{ "org", MSG_ask_aside_addressee },
	{ "asked", MSG_askdesk_field_asked },
	{ "due", MSG_askdesk_field_due },
	{ "reply", MSG_askdesk_field_reply },
	{ "sdg", MSG_whom_sdg_label },
	{ "reason", MSG_askdesk_field_reason },
	{ 0 },
};

const char *ask_desk_slot(size_t i)
{
	static const char *const slot[GROUPS_MAX] = { "t0", "t1", "t2", "t3", "t4", "t5", "t6",
		"t7", "t8", "t9", "t10", "t11" };
	return slot[i];
}

/* ---- one of them ---- */

int ask_desk_find(struct visit *v, struct ask_desk_view *p)
{
	struct ask_withdrawn_of_row gone = { 0 };
	struct ask a;
	int result = desk_here(v, MAY_EDIT, &p->s);
	if (result == 0)
		result = ask_find(v, p->s.id, v->part[1], &a);
	if (result == 0)
		result = ask_desk_row_load(v, a.id, &p->one);
	if (result == 0)
		result = ask_withdrawn_of(v->db, v->mem, a.id, &gone);
	p->reason = gone.reason;
	p->gone_at = gone.at;
	p->form = &v->form;
	p->now = v->now;
	p->is_saved = desk_saved(v);
	p->seen = p->one.a.version;
	return result < 0 ? result : 0;
}

static bool is_form(const struct visit *v, const struct form *form)
{
	return v->form.form == form;
}

static int load_words(struct visit *v, struct ask_desk_view *p)
{
	struct ask_desk_words_row words = { 0 };
	struct ask_desk_method_row method = { 0 };
	struct ask_desk_langs_row *lang;
	size_t n = 0;
	bool is_sent = is_form(v, &words_form);
	const struct lang *l = lang_by_code(
		is_sent ? form_typed(&v->form, "lang") : http_query(v->req, "lang"));
	p->lang = l ? l : lang_by_code(p->one.a.lang);
	int result = ask_desk_words(v->db, v->mem, p->one.a.id, p->lang->code, &words);
	if (result >= 0)
		result = ask_desk_method(v->db, v->mem, p->one.a.id, p->lang->code, &method);
	if (result >= 0)
		result = ask_desk_langs(v->db, v->mem, p->one.a.id, &lang, &n);
	for (size_t i = 0; result >= 0 && i < n; i++)
		if ((l = lang_by_code(lang[i].lang)))
			p->langs |= 1 << l->id;
	p->theirs_title = words.title;
	p->theirs = words.body;
	p->title = is_sent ? form_typed(&v->form, "title") : words.title;
	p->body = is_sent ? form_typed(&v->form, "body") : words.body;
	p->method = is_sent ? form_typed(&v->form, "method") : method.body;
	return result < 0 ? result : 0;
}

static int load_themes(struct visit *v, struct ask_desk_view *p)
{
	struct theme *all;
	struct ask_themes_row *on;
	size_t n, n_on = 0;
	bool is_sent = is_form(v, &facts_form);
	int result = space_themes(v, &p->s, &all, &n);
	if (result == 0)
		result = ask_themes(
			v->db, v->mem, p->one.a.id, v->lang->code, p->s.lang, &on, &n_on);
	p->n_theme = n < GROUPS_MAX ? n : GROUPS_MAX;
	struct ask_desk_theme *t = result < 0 ? NULL
					      : arena_array(v->mem, p->n_theme + 1, sizeof *t);
	if (!t)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < p->n_theme; i++) {
		t[i].t = all[i];
		t[i].is_on = is_sent && form_typed(&v->form, ask_desk_slot(i)).n;
		for (size_t k = 0; k < n_on && !is_sent; k++)
			t[i].is_on |= on[k].id == all[i].id;
	}
	p->theme = t;
	return 0;
}

static struct str day_typed(struct visit *v, const char *field, int64_t at)
{
	if (is_form(v, &facts_form))
		return form_typed(&v->form, field);
	return at ? plan_date(at, v->mem) : STR("");
}

static int load_facts(struct visit *v, struct ask_desk_view *p)
{
	struct ask_targets_row *target;
	size_t n = 0;
	int64_t org;
	const struct ask *a = &p->one.a;
	int result = ask_targets(v->db, v->mem, a->id, &target, &n);
	for (size_t i = 0; result >= 0 && i < n; i++)
		p->sdg = arena_f(v->mem, "%.*s%s%.*s", STR_ARG(p->sdg), i ? ", " : "",
			STR_ARG(target[i].target));
	p->asked = day_typed(v, "asked", a->asked_at);
	p->due = day_typed(v, "due", a->due_at);
	p->reply = day_typed(v, "reply", a->reply_until);
	p->org = a->org;
	if (is_form(v, &facts_form)) {
		p->sdg = form_typed(&v->form, "sdg");
		p->org = str_i64(form_typed(&v->form, "org"), &org) ? org : 0;
	}
	return result < 0 ? result : load_themes(v, p);
}

static int load_orgs(struct visit *v, struct ask_desk_view *p)
{
	struct ask_desk_orgs_row *row;
	int result = ask_desk_orgs(v->db, v->mem, v->lang->code, ASK_ORGS_MAX, &row, &p->n_org);
	struct ask_org *o = result < 0 ? NULL : arena_array(v->mem, p->n_org + 1, sizeof *o);
	if (!o)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < p->n_org; i++)
		o[i] = (struct ask_org){ .id = row[i].id, .name = row[i].name };
	p->orgs = o;
	return 0;
}

int ask_desk_show(struct visit *v, struct ask_desk_view *p, int status)
{
	int result = load_words(v, p);
	if (result == 0)
		result = load_facts(v, p);
	if (result == 0)
		result = load_orgs(v, p);
	if (result < 0)
		return result;
	p->frame = desk_frame(v, &p->s, MSG_askdesk_tab_title);
	p->frame.is_fault = status == 422;
	ask_desk_page_html(&v->out, p);
	return visit_page(v, status);
}

static int one_show(struct visit *v)
{
	struct ask_desk_view p = { 0 };
	int result = ask_desk_find(v, &p);
	return result < 0 ? result : ask_desk_show(v, &p, 200);
}

/* Of two editors the second is shown what the first one wrote; sending once more is a decision. */
static int decide(struct visit *v, struct ask_desk_view *p, int64_t seen)
{
	if (p->one.is_gone)
		return err_note(ERR_CONFLICT, "it was taken back");
	p->is_late = v->form.n_fault == 0 && seen != p->one.a.version;
	if (v->form.n_fault == 0 && !p->is_late)
		return VISIT_GO_ON;
	return visit_ended(ask_desk_show(v, p, p->is_late ? 409 : 422));
}

static int go_back(struct visit *v, const struct ask_desk_view *p, struct str lang)
{
	return visit_goto(v, "/desk/%.*s/asks/%.*s?saved&lang=%.*s", STR_ARG(p->s.slug),
		STR_ARG(p->one.a.address), STR_ARG(lang));
}

static int words_check(struct visit *v)
{
	struct ask_desk_view p = { 0 };
	int result = ask_desk_find(v, &p);
	return result < 0 ? result : decide(v, &p, visit_in(v, struct words_in)->seen.v);
}

static int words_act(struct visit *v)
{
	const struct words_in *in = visit_in(v, struct words_in);
	struct ask_desk_view p = { 0 };
	int result = ask_desk_find(v, &p);
	if (result == 0 && (p.one.is_gone || in->seen.v != p.one.a.version))
		return err_note(ERR_CONFLICT, "another editor was faster");
	if (result < 0)
		return result;
	int64_t id = p.one.a.id;
	struct str lang = str_c(lang_codes[in->lang.v]);
	bool is_own = str_eq(lang, p.one.a.lang);
	result = item_set_text(v, id, lang, is_own ? TEXT_AUTHOR : TEXT_HUMAN, in->title, in->body);
	if (result >= 0)
		result = in->method.n ? ask_method_put(v->db, id, lang, in->method)
				      : ask_method_drop(v->db, id, lang);
	if (result >= 0)
		result = ask_edited(v->db, id);
	return result < 0 ? result : go_back(v, &p, lang);
}

static int check_facts(struct visit *v, const struct ask_desk_view *p)
{
	const struct facts_in *in = visit_in(v, struct facts_in);
	struct ask_org_is_row org;
	struct str list = in->sdg, one;
	while (sdg_next(&list, &one))
		if (!sdg_is_fine(one) && !form_fault_of(&v->form, "sdg"))
			form_fault_add(&v->form, "sdg", MSG_whom_fault_sdg, 0);
	if (in->asked.has && in->due.has && in->due.v < in->asked.v && !p->one.a.is_public)
		form_fault_add(&v->form, "due", MSG_askdesk_fault_due, 0);
	int result = in->org.has ? ask_org_is(v->db, v->mem, in->org.v, &org) : 1;
	if (result == 0)
		form_fault_add(&v->form, "org", MSG_site_fault_choose, 0);
	return result < 0 ? result : 0;
}

static int facts_check(struct visit *v)
{
	struct ask_desk_view p = { 0 };
	int result = ask_desk_find(v, &p);
	if (result == 0)
		result = check_facts(v, &p);
	return result < 0 ? result : decide(v, &p, visit_in(v, struct facts_in)->seen.v);
}

static int put_tags(struct visit *v, const struct ask_desk_view *p)
{
	const struct facts_in *in = visit_in(v, struct facts_in);
	struct str list = in->sdg, one;
	int64_t id = p->one.a.id;
	int result = ask_themes_clear(v->db, id);
	for (size_t i = 0; i < GROUPS_MAX && result >= 0; i++)
		if (in->theme[i].has)
			result = ask_theme_add(v->db, id, in->theme[i].v, p->s.id);
	if (result >= 0)
		result = ask_sdg_clear(v->db, id);
	while (result >= 0 && sdg_next(&list, &one))
		result = ask_sdg_add(v->db, id, one);
	return result;
}

/* Once it is public, whom it is put to and until when stays. */
static int facts_act(struct visit *v)
{
	const struct facts_in *in = visit_in(v, struct facts_in);
	struct ask_desk_view p = { 0 };
	int result = ask_desk_find(v, &p);
	if (result == 0 && (p.one.is_gone || in->seen.v != p.one.a.version))
		return err_note(ERR_CONFLICT, "another editor was faster");
	if (result == 0)
		result = check_facts(v, &p);
	if (result == 0 && v->form.n_fault)
		return err_note(ERR_CONFLICT, "something changed just now");
	int64_t id = p.one.a.id;
	if (result == 0)
		result = ask_put_to(v->db, id, in->org, in->asked, in->due);
	if (result >= 0)
		result = ask_reply_by(v->db, id, in->reply);
	if (result >= 0)
		result = put_tags(v, &p);
	if (result >= 0)
		result = ask_edited(v->db, id);
	return result < 0 ? result : go_back(v, &p, p.one.a.lang);
}

const struct route ask_desk_routes[] = {
	/* method    path                        who    input  check  act */
	{ HTTP_GET, "/desk/:slug/asks/:n", STAFF, NULL, NULL, one_show },
	{ HTTP_POST, "/desk/:slug/asks/:n", STAFF, &words_form, words_check, words_act },
	{ HTTP_POST, "/desk/:slug/asks/:n/facts", STAFF, &facts_form, facts_check, facts_act },
	{ 0 },
};
