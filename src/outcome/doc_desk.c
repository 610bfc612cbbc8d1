#include "outcome/doc_desk.h"
#include "outcome/doc_desk.html.h"
#include "outcome/doc_desk.sql.h"
#include "participate/desk.h"
#include "po/messages.h"

struct new_in {
	struct str title, lead;
	struct opt_i64 kind;
};
struct draft_in {
	struct str title, lead, body;
	struct opt_i64 lang, seen;
};

static const struct form new_form = {
	.name = "document",
	.size = sizeof(struct new_in),
	.field = {
		{ "title", FIELD_LINE, .is_required = true, .max = TITLE_MAX,
			.at = offsetof(struct new_in, title) },
		{ "lead", FIELD_TEXT, .max = DOC_LEAD_MAX, .at = offsetof(struct new_in, lead) },
		{ "kind", FIELD_CHOICE, .is_required = true, .choices = &doc_kinds[0],
			.at = offsetof(struct new_in, kind) },
	},
};
static const struct form draft_form = {
	.name = "draft",
	.size = sizeof(struct draft_in),
	.body_max = 2 << 20,
	.field = {
		{ "title", FIELD_LINE, .is_required = true, .max = TITLE_MAX,
			.at = offsetof(struct draft_in, title) },
		{ "lead", FIELD_TEXT, .max = DOC_LEAD_MAX, .at = offsetof(struct draft_in, lead) },
		{ "body", FIELD_TEXT, .max = DOC_DRAFT_MAX, .at = offsetof(struct draft_in, body) },
		{ "lang", FIELD_CHOICE, .is_required = true, .choices = lang_codes,
			.at = offsetof(struct draft_in, lang) },
		{ "seen", FIELD_INT, .is_required = true, .max = INT64_MAX,
			.at = offsetof(struct draft_in, seen) },
	},
};

const struct fault_label doc_desk_labels[] = {
	{ "title", MSG_doc_desk_title },
	{ "lead", MSG_doc_desk_lead },
	{ "kind", MSG_doc_desk_kind },
	{ "body", MSG_doc_desk_body },
	{ "reason", MSG_doc_answer_reason },
	{ "verdict", MSG_doc_answer_verdict },
	{ NULL, 0 },
};

/* ---- the list ---- */

static int show_list(struct visit *v, struct doc_desk_view *p)
{
	struct document *all;
	int result = doc_list(v, p->s.id, true, &all, &p->n_all);
	if (result < 0)
		return result;
	p->all = all;
	p->form = &v->form;
	p->now = v->now;
	p->title = form_typed(&v->form, "title");
	p->lead = form_typed(&v->form, "lead");
	p->frame = desk_frame(v, &p->s, MSG_doc_desk_heading);
	doc_desk_list_page(&v->out, p);
	return visit_page(v, desk_status(v));
}

static int documents_show(struct visit *v)
{
	struct doc_desk_view p = { 0 };
	int result = desk_here(v, MAY_EDIT, &p.s);
	return result < 0 ? result : show_list(v, &p);
}

static int add_check(struct visit *v)
{
	struct doc_desk_view p = { 0 };
	int result = desk_here(v, MAY_EDIT, &p.s);
	if (result < 0)
		return result;
	return v->form.n_fault ? visit_ended(show_list(v, &p)) : VISIT_GO_ON;
}

static int add_act(struct visit *v)
{
	const struct new_in *in = visit_in(v, struct new_in);
	struct space s;
	struct doc_insert_row made = { 0 };
	int result = desk_here(v, MAY_EDIT, &s);
	if (result == 0)
		result = doc_insert(v->db, v->mem,
			(struct doc_insert_in){ .uid = desk_uid(v),
				.space = s.id,
				.kind = in->kind.v + 1,
				.lang = s.lang,
				.at = v->now },
			&made);
	if (result >= 0)
		result = doc_text_put(v->db, made.id, s.lang, in->title, in->lead);
	if (result < 0)
		return result;
	return visit_goto(v, "/desk/%.*s/documents/%lld", STR_ARG(s.slug), (long long)made.number);
}

/* ---- one language of the draft ---- */

int doc_desk_find(struct visit *v, struct doc_desk_view *p)
{
	int result = desk_here(v, MAY_EDIT, &p->s);
	if (result == 0)
		result = doc_find(v, p->s.id, v->part[1], &p->d);
	p->form = &v->form;
	p->now = v->now;
	p->seen = p->d.edits;
	p->is_saved = desk_saved(v);
	return result;
}

static struct str as_markdown(struct arena *mem, const struct clause_list *list, struct str lang)
{
	auto_buf out;
	buf_init(&out, 8 << 20);
	for (size_t i = 0; i < list->n; i++) {
		const struct clause *c = &list->clause[i];
		if (str_eq(c->lang, lang))
			buf_f(&out, "## %lld. %.*s\n\n%.*s\n\n", (long long)c->ord,
				STR_ARG(c->title), STR_ARG(c->body));
	}
	return out.failed ? (struct str){ 0 } : arena_copy(mem, buf_view(&out));
}

int doc_desk_body(struct visit *v, const struct document *d, struct str lang, struct str *ret)
{
	struct doc_draft_row row;
	struct clause_list list;
	int found = doc_draft(v->db, v->mem, d->id, lang, &row);
	if (found > 0)
		*ret = row.body;
	if (found != 0)
		return found < 0 ? found : 0;
	int result = doc_clauses(v, d, d->version, lang, &list);
	if (result < 0)
		return result;
	*ret = as_markdown(v->mem, &list, lang);
	return ret->p ? 0 : ERR_NOMEM;
}

static int load_langs(struct visit *v, struct doc_desk_view *p)
{
	struct doc_draft_langs_row *draft;
	struct doc_version_langs_row *version;
	size_t n, n_version;
	int result = doc_draft_langs(v->db, v->mem, p->d.id, &draft, &n);
	if (result >= 0)
		result = doc_version_langs(
			v->db, v->mem, p->d.id, p->d.version, &version, &n_version);
	if (result < 0)
		return result;
	for (size_t i = 0; i < n + n_version; i++) {
		const struct lang *l = lang_by_code(i < n ? draft[i].lang : version[i - n].lang);
		if (l)
			p->langs |= 1 << l->id;
	}
	return 0;
}

static int load_one(struct visit *v, struct doc_desk_view *p)
{
	struct doc_text_row text = { 0 };
	const struct lang *l = lang_by_code(
		v->form.form ? form_typed(&v->form, "lang") : http_query(v->req, "lang"));
	p->lang = l ? l : lang_by_code(p->d.lang);
	int result = load_langs(v, p);
	if (result == 0)
		result = doc_text(v->db, v->mem, p->d.id, p->lang->code, &text);
	if (result >= 0)
		result = doc_desk_body(v, &p->d, p->lang->code, &p->theirs);
	if (result < 0)
		return result;
	bool is_sent = v->form.form != NULL;
	p->title = is_sent ? form_typed(&v->form, "title") : text.title;
	p->lead = is_sent ? form_typed(&v->form, "lead") : text.lead;
	p->body = is_sent ? form_typed(&v->form, "body") : p->theirs;
	return 0;
}

static int show_one(struct visit *v, struct doc_desk_view *p, int status)
{
	int result = load_one(v, p);
	if (result < 0)
		return result;
	p->frame = desk_frame(v, &p->s, MSG_doc_desk_heading);
	doc_desk_page(&v->out, p);
	return visit_page(v, status);
}

static int one_show(struct visit *v)
{
	struct doc_desk_view p = { 0 };
	int result = doc_desk_find(v, &p);
	return result < 0 ? result : show_one(v, &p, 200);
}

/* Of two editors the second is shown what the first one wrote; sending once more is a decision. */
static int draft_check(struct visit *v)
{
	const struct draft_in *in = visit_in(v, struct draft_in);
	struct doc_desk_view p = { 0 };
	int result = doc_desk_find(v, &p);
	if (result < 0)
		return result;
	p.is_late = v->form.n_fault == 0 && in->seen.v != p.d.edits;
	if (v->form.n_fault == 0 && !p.is_late)
		return VISIT_GO_ON;
	return visit_ended(show_one(v, &p, p.is_late ? 409 : 422));
}

static int draft_act(struct visit *v)
{
	const struct draft_in *in = visit_in(v, struct draft_in);
	struct doc_desk_view p = { 0 };
	int result = doc_desk_find(v, &p);
	if (result == 0 && in->seen.v != p.d.edits)
		return err_note(ERR_CONFLICT, "another editor was faster");
	struct str lang = result < 0 ? STR("") : str_c(lang_codes[in->lang.v]);
	if (result == 0)
		result = doc_text_put(v->db, p.d.id, lang, in->title, in->lead);
	if (result >= 0)
		result = doc_draft_put(v->db,
			(struct doc_draft_put_in){ .document = p.d.id,
				.lang = lang,
				.body = in->body,
				.account = v->who.account.v,
				.at = v->now });
	if (result >= 0)
		result = doc_edited(v->db, p.d.id);
	if (result < 0)
		return result;
	return visit_goto(v, "/desk/%.*s/documents/%lld?saved&lang=%.*s", STR_ARG(p.s.slug),
		(long long)p.d.number, STR_ARG(lang));
}

const struct route doc_desk_routes[] = {
	/* method    path                       who    input  check  act */
	{ HTTP_GET, "/desk/:slug/documents", STAFF, NULL, NULL, documents_show },
	{ HTTP_POST, "/desk/:slug/documents", STAFF, &new_form, add_check, add_act },
	{ HTTP_GET, "/desk/:slug/documents/:n", STAFF, NULL, NULL, one_show },
	{ HTTP_POST, "/desk/:slug/documents/:n", STAFF, &draft_form, draft_check, draft_act },
	{ 0 },
};
