/* The list of asks, with what each lacks, and a new one: see ask_desk.h. */
#include "outcome/ask_desk.h"
#include "outcome/ask_desk.html.h"
#include "outcome/ask_desk.sql.h"
#include "participate/question.sql.h"
#include "po/messages.h"

enum { PAGES_MAX = 100000, SECTION_MAX = 9999 };

struct new_in {
	struct str title, once;
	struct opt_i64 section;
};

#define NEW(member) .at = offsetof(struct new_in, member)
static const struct form new_form = {
	.name = "ask",
	.size = sizeof(struct new_in),
	.field = { { "title", FIELD_LINE, .is_required = true, .max = TITLE_MAX, NEW(title) },
		{ "q", FIELD_INT, .max = SECTION_MAX, NEW(section) },
		{ "once", FIELD_LINE, .is_required = true, .max = 32, NEW(once) } },
};

static const struct {
	const char *value;
	int msg;
} which_of[ASKS_WHICH] = {
	[ASKS_ALL] = { "all", MSG_evidence_use_any },
	[ASKS_DRAFT] = { "draft", MSG_askdesk_which_draft },
	[ASKS_PUBLIC] = { "public", MSG_askdesk_which_public },
	[ASKS_GONE] = { "gone", MSG_askdesk_which_gone },
};

const char *ask_which_value(enum ask_which which)
{
	return which_of[which].value;
}

int ask_which_msg(enum ask_which which)
{
	return which_of[which].msg;
}

/* ---- one row ---- */

int ask_desk_row_load(struct visit *v, int64_t id, struct ask_desk_row *ret)
{
	struct ask_links_row links = { 0 };
	struct ask_withdrawn_of_row gone;
	struct ask_desk_words_row words = { 0 };
	int result = ask_load(v, id, &ret->a);
	if (result == 0)
		result = ask_links(v->db, v->mem, id, &links);
	if (result >= 0)
		result = ask_desk_words(v->db, v->mem, id, ret->a.lang, &words);
	if (result >= 0)
		result = ask_withdrawn_of(v->db, v->mem, id, &gone);
	if (result < 0)
		return result;
	ret->is_gone = result > 0;
	ret->links = links.n;
	ret->gaps = (words.body.n ? 0 : GAP_BODY) | (ret->a.org ? 0 : GAP_ORG) |
		(ret->a.due_at ? 0 : GAP_DUE) | (links.n ? 0 : GAP_EVIDENCE);
	return 0;
}

/* ---- the list ---- */

static int load_counts(struct visit *v, struct ask_desk_view *p)
{
	struct ask_desk_counts_row n = { 0 };
	struct ask_ready_row *ready;
	int result = ask_desk_counts(v->db, v->mem, p->s.id, &n);
	if (result >= 0)
		result = ask_ready(v->db, v->mem, p->s.id, ASK_READY_MAX, &ready, &p->n_ready);
	p->count[ASKS_DRAFT] = n.drafts;
	p->count[ASKS_PUBLIC] = n.shown;
	p->count[ASKS_GONE] = n.gone;
	p->count[ASKS_ALL] = n.drafts + n.shown + n.gone;
	return result < 0 ? result : 0;
}

static int load_rows(struct visit *v, struct ask_desk_view *p)
{
	struct ask_desk_page_row *id;
	int result = ask_desk_page(v->db, v->mem, p->s.id, p->which, ASK_DESK_PAGE,
		(p->page - 1) * ASK_DESK_PAGE, &id, &p->n_row);
	struct ask_desk_row *row = result < 0 ? NULL
					      : arena_array(v->mem, p->n_row + 1, sizeof *row);
	if (!row)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < p->n_row && result >= 0; i++)
		result = ask_desk_row_load(v, id[i].id, &row[i]);
	p->row = row;
	p->pages = (p->count[p->which] + ASK_DESK_PAGE - 1) / ASK_DESK_PAGE;
	return result < 0 ? result : 0;
}

static void read_list_wish(struct visit *v, struct ask_desk_view *p)
{
	struct str which = http_query(v->req, "which");
	int64_t n;
	for (int i = 0; i < ASKS_WHICH; i++)
		if (str_is(which, which_of[i].value))
			p->which = (enum ask_which)i;
	p->page = str_i64(http_query(v->req, "page"), &n) && n > 0 && n < PAGES_MAX ? n : 1;
	p->published = str_i64(http_query(v->req, "published"), &n) && n > 0 ? n : 0;
}

int ask_desk_list(struct visit *v, struct ask_desk_view *p)
{
	int64_t n;
	read_list_wish(v, p);
	int result = load_counts(v, p);
	if (result == 0)
		result = load_rows(v, p);
	if (result == 0)
		result = choose_questions(v, p->s.id, &p->question, &p->n_question);
	if (result < 0)
		return result;
	p->form = &v->form;
	p->now = v->now;
	p->once = desk_uid(v);
	p->title = form_typed(&v->form, "title");
	p->section = str_i64(form_typed(&v->form, "q"), &n) ? n : -1;
	p->frame = desk_frame(v, &p->s, MSG_askdesk_tab_title);
	p->frame.is_fault = v->form.n_fault > 0;
	ask_desk_list_page(&v->out, p);
	return visit_page(v, p->is_late ? 409 : desk_status(v));
}

static int all_show(struct visit *v)
{
	struct ask_desk_view p = { 0 };
	int result = desk_here(v, MAY_EDIT, &p.s);
	return result < 0 ? result : ask_desk_list(v, &p);
}

/* ---- a new one ---- */

static int new_check(struct visit *v)
{
	const struct new_in *in = visit_in(v, struct new_in);
	struct ask_desk_view p = { 0 };
	struct question_at_row row;
	int result = desk_here(v, MAY_EDIT, &p.s);
	if (result == 0 && in->section.has && in->section.v > 0) {
		result = question_at(v->db, v->mem, p.s.id, in->section.v, &row);
		if (result == 0)
			form_fault_add(&v->form, "q", MSG_site_fault_choose, 0);
	}
	if (result < 0)
		return result;
	return v->form.n_fault ? visit_ended(ask_desk_list(v, &p)) : VISIT_GO_ON;
}

int ask_begin(struct visit *v, const struct ask_new *new, int64_t *ret_id)
{
	struct ask_next_row next = { 0 };
	int added = item_add(v,
		&(struct item_new){ .space = new->space,
			.account = v->who.account.v,
			.kind = ITEM_ASK,
			.status = ITEM_WAITING,
			.lang = new->lang,
			.title = new->title,
			.body = new->body,
			.once = new->once },
		ret_id);
	int result = added;
	if (added > 0)
		result = ask_next(v->db, v->mem, new->space, new->section, &next);
	if (added > 0 && result >= 0)
		result = ask_insert(v->db, *ret_id, new->space, new->section, next.number);
	return result < 0 ? result : added;
}

static int new_act(struct visit *v)
{
	const struct new_in *in = visit_in(v, struct new_in);
	struct space s;
	struct ask made;
	int64_t id = 0;
	int result = desk_here(v, MAY_EDIT, &s);
	if (result == 0)
		result = ask_begin(v,
			&(struct ask_new){ .space = s.id,
				.section = in->section.has ? in->section.v : 0,
				.lang = s.lang,
				.title = in->title,
				.body = STR(""),
				.once = in->once },
			&id);
	if (result >= 0)
		result = ask_load(v, id, &made);
	if (result < 0)
		return result;
	return visit_goto(v, "/desk/%.*s/asks/%.*s", STR_ARG(s.slug), STR_ARG(made.address));
}

const struct route ask_desk_list_routes[] = {
	/* method    path               who    input  check  act */
	{ HTTP_GET, "/desk/:slug/asks", STAFF, NULL, NULL, all_show },
	{ HTTP_POST, "/desk/:slug/asks", STAFF, &new_form, new_check, new_act },
	{ 0 },
};
