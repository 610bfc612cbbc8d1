#include "outcome/doc_comment.h"
#include "account/who.h"
#include "crypto/crypto.h"
#include "outcome/doc_comment.html.h"
#include "outcome/doc_comment.sql.h"
#include "participate/desk.h"
#include "po/messages.h"
#include "render/markdown.h"

struct comment_in {
	struct profile_in who;
	struct str once, body, quote, wording;
	struct opt_i64 lang;
};

#define AT(member) .at = offsetof(struct comment_in, member)
static const struct form comment_form = {
	.name = "comment",
	.size = sizeof(struct comment_in),
	.body_max = 256 << 10,
	.field = {
		{ "body", FIELD_TEXT, .is_required = true, .max = CONTRIBUTION_MAX, AT(body) },
		{ "quote", FIELD_LINE, .max = QUOTE_MAX, AT(quote) },
		{ "wording", FIELD_TEXT, .max = CLAUSE_BODY_MAX, AT(wording) },
		{ "once", FIELD_LINE, .is_required = true, .max = 32, AT(once) },
		{ "lang", FIELD_CHOICE, .is_required = true, .choices = lang_codes, AT(lang) },
		PROFILE_FIELDS(struct comment_in, who),
	},
};
const struct fault_label doc_comment_labels[] = {
	{ "body", MSG_doc_comment_body },
	{ "quote", MSG_doc_comment_quote },
	{ "wording", MSG_doc_comment_better },
	{ "alias", MSG_profile_alias_label },
	{ NULL, 0 },
};

/* The clause as it stands, in ${lang}. */
static int clause_at(struct visit *v, const struct document *d, struct str lang, struct clause *ret)
{
	struct clause_list list;
	int64_t ord;
	int result = doc_clauses(v, d, d->version, lang, &list);
	if (result < 0)
		return result;
	if (!str_i64(v->part[2], &ord) || ord < 1 || (uint64_t)ord > list.n)
		return err_note(ERR_MISSING, "no such clause");
	*ret = list.clause[ord - 1];
	return 0;
}

static int find_place(struct visit *v, struct doc_comment_view *p, struct seat *seat)
{
	struct clause original;
	int result = doc_here(v, &p->s, &p->d);
	if (result == 0)
		result = clause_at(v, &p->d, v->lang->code, &p->c);
	if (result == 0)
		result = clause_at(v, &p->d, p->d.lang, &original);
	if (result < 0)
		return result;
	p->wording = original.body;
	p->is_closed = !space_allows(&p->s, ACT_CONTRIBUTE);
	result = seat_find(v, p->s.id, seat);
	p->is_public_at_once = item_first_status(&p->s, seat) == ITEM_PUBLISHED;
	return result < 0 ? result : 0;
}

static void take_typed(const struct visit *v, struct doc_comment_view *p)
{
	p->form = &v->form;
	p->body = form_typed(&v->form, "body");
	p->quote = form_typed(&v->form, "quote");
	p->wording = form_typed(&v->form, "wording");
	p->once = form_typed(&v->form, "once");
	if (lang_by_code(form_typed(&v->form, "lang")))
		p->lang = form_typed(&v->form, "lang");
}

static int end(struct visit *v, struct doc_comment_view *p, const struct seat *seat, int status)
{
	p->lang = v->lang->code;
	p->once = desk_uid(v);
	if (v->form.form)
		take_typed(v, p);
	int result = markdown_html(v->mem, p->c.body, &p->html);
	if (result == 0)
		result = profile_load(v, &p->s, seat, &p->who);
	if (result < 0)
		return result;
	p->frame = visit_frame(v, visit_say(v, MSG_doc_comment_title, 0));
	p->frame.area = FRAME_TAKE_PART;
	p->frame.is_sample |= p->s.is_sample;
	p->frame.is_fault = v->form.n_fault > 0;
	doc_comment_page(&v->out, p);
	return visit_page(v, status);
}

static int comment_show(struct visit *v)
{
	struct doc_comment_view p = { 0 };
	struct seat seat = { 0 };
	int result = who_code(v);
	if (result == 0)
		result = find_place(v, &p, &seat);
	return result < 0 ? result : end(v, &p, &seat, 200);
}

/* Quoted words must occur in the clause, in the reader's language or in the original. */
static void check_quote(struct visit *v, const struct doc_comment_view *p)
{
	struct str quote = visit_in(v, struct comment_in)->quote;
	if (quote.n && !str_has(p->c.body, quote) && !str_has(p->wording, quote))
		form_fault_add(&v->form, "quote", MSG_doc_comment_not_there, 0);
}

static int comment_check(struct visit *v)
{
	const struct comment_in *in = visit_in(v, struct comment_in);
	struct doc_comment_view p = { 0 };
	struct seat seat = { 0 };
	int result = who_code(v);
	if (result == 0)
		result = find_place(v, &p, &seat);
	if (result == 0)
		result = profile_check(v, &p.s, &in->who);
	if (result < 0)
		return result;
	check_quote(v, &p);
	if (v->form.n_fault == 0 && !p.is_closed)
		return VISIT_GO_ON;
	return visit_ended(end(v, &p, &seat, v->form.n_fault ? 422 : 409));
}

static int add(
	struct visit *v, const struct doc_comment_view *p, const struct seat *seat, int64_t *ret_id)
{
	const struct comment_in *in = visit_in(v, struct comment_in);
	struct item_new new = { .space = p->s.id,
		.parent = p->c.item,
		.seat = seat->id,
		.kind = ITEM_CONTRIBUTION,
		.status = item_first_status(&p->s, seat),
		.lang = str_c(lang_codes[in->lang.v]),
		.title = STR(""),
		.body = in->body,
		.once = arena_f(
			v->mem, "clause:%lld:%.*s", (long long)seat->id, STR_ARG(in->once)) };
	bool is_same = str_eq(in->wording, p->wording);
	int added = new.once.p ? item_add(v, &new, ret_id) : ERR_NOMEM;
	if (added > 0)
		added = clause_comment_add(
			v->db, *ret_id, p->d.version, in->quote, is_same ? STR("") : in->wording);
	v->is_quiet = new.status != ITEM_PUBLISHED;
	return added < 0 ? added : 0;
}

static int comment_act(struct visit *v)
{
	const struct comment_in *in = visit_in(v, struct comment_in);
	struct doc_comment_view p = { 0 };
	struct seat seat = { 0 };
	int64_t id = 0;
	int result = find_place(v, &p, &seat);
	if (result == 0 && p.is_closed)
		return err_note(ERR_CONFLICT, "closed");
	if (result == 0)
		result = seat_take(v, p.s.id, &seat);
	if (result >= 0)
		result = profile_save(v, &p.s, &seat, &in->who);
	if (result >= 0)
		result = add(v, &p, &seat, &id);
	return result < 0 ? result : visit_goto(v, "/me?sent#i%lld", (long long)id);
}

const struct route doc_comment_routes[] = {
	/* method    path                     who     input  check  act */
	{ HTTP_GET, "/c/:slug/d/:n/:clause/comment", ANYONE, NULL, NULL, comment_show },
	{ HTTP_POST, "/c/:slug/d/:n/:clause/comment", ANYONE, &comment_form, comment_check,
		comment_act },
	{ 0 },
};
