#include "participate/plan_item.h"
#include "base/utf8.h"
#include "participate/plan_item.html.h"
#include "participate/plan_item.sql.h"
#include "po/messages.h"

struct plan_item_in {
	struct str title, body, once;
};
static const char *const states[] = { "up", "off", "on", NULL };
enum item_turn { TURN_UP, TURN_OFF, TURN_ON };
struct turn_in {
	struct opt_i64 turn;
};

#define AT(member) .at = offsetof(struct plan_item_in, member)
static const struct form item_form = {
	.name = "question",
	.size = sizeof(struct plan_item_in),
	.field = {
		{ "title", FIELD_LINE, .max = TITLE_MAX, AT(title) },
		{ "body", FIELD_TEXT, .max = CONTRIBUTION_MAX, AT(body) },
		{ "once", FIELD_LINE, .max = 32, AT(once) },
	},
};
static const struct form turn_form = {
	.name = "turn",
	.size = sizeof(struct turn_in),
	.body_max = 2048,
	.field = { { "turn", FIELD_CHOICE, .is_required = true, .choices = states,
		.at = offsetof(struct turn_in, turn) } },
};

/* Both kinds share the pages; the address says which. */
static int begin(struct visit *v, struct plan_item_view *p)
{
	struct str rest = str_from(v->path, sizeof "/desk/" + v->part[0].n);
	bool is_statement = str_starts(rest, "statements");
	p->kind = is_statement ? ITEM_STATEMENT : ITEM_QUESTION;
	p->path = is_statement ? "statements" : "questions";
	p->tab = is_statement ? MSG_desk_tab_statements : MSG_desk_tab_questions;
	p->form = &v->form;
	p->now = v->now;
	return desk_here(v, MAY_PLAN, &p->s);
}

/* ---- the list ---- */

static struct plan_item *item_of(struct plan_item_view *p, int64_t id)
{
	for (size_t i = 0; i < p->n_item; i++)
		if (p->item[i].id == id)
			return &p->item[i];
	return NULL;
}

static int load_langs(struct visit *v, struct plan_item_view *p)
{
	struct plan_item_langs_row *row;
	size_t n;
	int result = plan_item_langs(v->db, v->mem, p->s.id, p->kind, &row, &n);
	struct plan_item *item = NULL;
	for (size_t i = 0; result >= 0 && i < n; i++) {
		const struct lang *l = lang_by_code(row[i].lang);
		if (!item || item->id != row[i].item)
			item = item_of(p, row[i].item);
		if (item && l)
			item->langs |= 1 << l->id;
	}
	return result < 0 ? result : 0;
}

static int load_list(struct visit *v, struct plan_item_view *p)
{
	struct plan_items_row *row;
	int result = plan_items(
		v->db, v->mem, p->s.id, p->kind, v->lang->code, PLAN_ITEMS_MAX, &row, &p->n_item);
	if (result < 0)
		return result;
	p->item = arena_array(v->mem, p->n_item + 1, sizeof *p->item);
	if (!p->item)
		return ERR_NOMEM;
	for (size_t i = 0; i < p->n_item; i++)
		p->item[i] = (struct plan_item){ .id = row[i].id,
			.number = row[i].number,
			.votes = row[i].votes,
			.status = (enum item_status)row[i].status,
			.words = row[i].title.n ? row[i].title : row[i].body,
			.lang = row[i].lang };
	return load_langs(v, p);
}

static int show_list(struct visit *v, struct plan_item_view *p)
{
	int result = load_list(v, p);
	if (result < 0)
		return result;
	p->frame = desk_frame(v, &p->s, p->tab);
	p->may_move = p->kind == ITEM_QUESTION && p->s.state == SPACE_DRAFT;
	p->is_saved = desk_saved(v);
	p->lang = lang_by_code(p->s.lang);
	p->once = desk_uid(v);
	p->title = form_typed(&v->form, "title");
	p->body = form_typed(&v->form, "body");
	plan_item_list_page(&v->out, p);
	return visit_page(v, desk_status(v));
}

static int all_show(struct visit *v)
{
	struct plan_item_view p = { 0 };
	int result = begin(v, &p);
	return result < 0 ? result : show_list(v, &p);
}

/* ---- writing ---- */

static void find_faults(struct visit *v, const struct plan_item_view *p)
{
	const struct plan_item_in *in = visit_in(v, struct plan_item_in);
	bool is_question = p->kind == ITEM_QUESTION;
	if (is_question && !in->title.n && !form_fault_of(&v->form, "title"))
		form_fault_add(&v->form, "title", MSG_site_fault_required, 0);
	if (is_question || form_fault_of(&v->form, "body"))
		return;
	if (!in->body.n)
		form_fault_add(&v->form, "body", MSG_site_fault_required, 0);
	else if (utf8_count(in->body) > STATEMENT_MAX)
		form_fault_add(&v->form, "body", MSG_site_fault_too_long, STATEMENT_MAX);
}

static int add_check(struct visit *v)
{
	struct plan_item_view p = { 0 };
	int result = begin(v, &p);
	if (result < 0)
		return result;
	find_faults(v, &p);
	return v->form.n_fault ? visit_ended(show_list(v, &p)) : VISIT_GO_ON;
}

static int add_act(struct visit *v)
{
	const struct plan_item_in *in = visit_in(v, struct plan_item_in);
	struct plan_item_view p = { 0 };
	int64_t id;
	int result = begin(v, &p);
	if (result == 0)
		result = item_add(v,
			&(struct item_new){ .space = p.s.id,
				.account = v->who.account.v,
				.kind = p.kind,
				.status = ITEM_PUBLISHED,
				.is_seed = true,
				.lang = p.s.lang,
				.title = p.kind == ITEM_QUESTION ? in->title : STR(""),
				.body = in->body,
				.once = in->once.n ? in->once : (struct str){ 0 } },
			&id);
	return result < 0 ? result
			  : visit_goto(v, "/desk/%.*s/%s?saved", STR_ARG(p.s.slug), p.path);
}

/* ---- one of them ---- */

static int load_one(struct visit *v, struct plan_item_view *p)
{
	struct plan_item_is_row row;
	struct plan_item_words_row words = { 0 };
	int64_t id;
	p->lang = lang_by_code(v->part[2]);
	if (!p->lang || !str_i64(v->part[1], &id))
		return err_note(ERR_MISSING, "no such question");
	int result = plan_item_is(v->db, v->mem, id, p->s.id, p->kind, &row);
	if (result == 0)
		return err_note(ERR_MISSING, "no such question");
	if (result > 0)
		result = item_load(v, id, true, &p->one);
	if (result == 0)
		result = plan_item_words(v->db, v->mem, id, p->lang->code, &words);
	if (result < 0)
		return result;
	p->title = words.title;
	p->body = words.body;
	p->is_original = str_eq(p->lang->code, p->one.lang);
	p->is_fixed = p->is_original && row.votes > 0;
	return 0;
}

static int show_one(struct visit *v, struct plan_item_view *p)
{
	p->frame = desk_frame(v, &p->s, p->tab);
	plan_item_page(&v->out, p);
	return visit_page(v, desk_status(v));
}

static int one_show(struct visit *v)
{
	struct plan_item_view p = { 0 };
	int result = begin(v, &p);
	if (result == 0)
		result = load_one(v, &p);
	return result < 0 ? result : show_one(v, &p);
}

static int one_begin(struct visit *v, struct plan_item_view *p)
{
	int result = begin(v, p);
	if (result == 0)
		result = load_one(v, p);
	if (result == 0 && p->is_fixed)
		return err_note(ERR_CONFLICT, "people have voted on these words");
	return result;
}

static int one_check(struct visit *v)
{
	struct plan_item_view p = { 0 };
	int result = one_begin(v, &p);
	if (result < 0)
		return result;
	find_faults(v, &p);
	if (!v->form.n_fault)
		return VISIT_GO_ON;
	p.title = form_typed(&v->form, "title");
	p.body = form_typed(&v->form, "body");
	return visit_ended(show_one(v, &p));
}

static int one_act(struct visit *v)
{
	const struct plan_item_in *in = visit_in(v, struct plan_item_in);
	struct plan_item_view p = { 0 };
	int result = one_begin(v, &p);
	if (result == 0)
		result = item_set_text(v, p.one.id, p.lang->code,
			p.is_original ? TEXT_AUTHOR : TEXT_HUMAN,
			p.kind == ITEM_QUESTION ? in->title : STR(""), in->body);
	return result < 0 ? result
			  : visit_goto(v, "/desk/%.*s/%s?saved", STR_ARG(p.s.slug), p.path);
}

/* ---- order, and taking back ---- */

/* Numbers are addresses; they change only while nobody has seen them. */
static int swap_up(struct visit *v, const struct plan_item_view *p, int64_t id, int64_t number)
{
	struct plan_item_before_row before;
	if (p->kind != ITEM_QUESTION || p->s.state != SPACE_DRAFT)
		return err_note(ERR_CONFLICT, "the order is public");
	int result = plan_item_before(v->db, v->mem, p->s.id, p->kind, number, &before);
	if (result <= 0)
		return result;
	result = plan_item_number(v->db, id, -number);
	if (result >= 0)
		result = plan_item_number(v->db, before.id, number);
	return result < 0 ? result : plan_item_number(v->db, id, before.number);
}

static int turn_check(struct visit *v)
{
	struct plan_item_view p = { 0 };
	int result = begin(v, &p);
	if (result < 0)
		return result;
	return v->form.n_fault ? visit_ended(show_list(v, &p)) : VISIT_GO_ON;
}

static int turn_act(struct visit *v)
{
	struct plan_item_view p = { 0 };
	struct plan_item_is_row row;
	int64_t id;
	int result = begin(v, &p);
	if (result < 0)
		return result;
	if (!str_i64(v->part[1], &id))
		return err_note(ERR_MISSING, "no such question");
	result = plan_item_is(v->db, v->mem, id, p.s.id, p.kind, &row);
	if (result == 0)
		return err_note(ERR_MISSING, "no such question");
	if (result > 0 && visit_in(v, struct turn_in)->turn.v == TURN_UP)
		result = swap_up(v, &p, id, row.number);
	else if (result > 0)
		result = item_set_status(v, id,
			visit_in(v, struct turn_in)->turn.v == TURN_OFF ? ITEM_WITHDRAWN
									: ITEM_PUBLISHED);
	return result < 0 ? result
			  : visit_goto(v, "/desk/%.*s/%s?saved", STR_ARG(p.s.slug), p.path);
}

const struct route plan_item_routes[] = {
	/* method    path                       who    input  check  act */
	{ HTTP_GET, "/desk/:slug/questions", STAFF, NULL, NULL, all_show },
	{ HTTP_POST, "/desk/:slug/questions", STAFF, &item_form, add_check, add_act },
	{ HTTP_POST, "/desk/:slug/questions/:id", STAFF, &turn_form, turn_check, turn_act },
	{ HTTP_GET, "/desk/:slug/questions/:id/:lang", STAFF, NULL, NULL, one_show },
	{ HTTP_POST, "/desk/:slug/questions/:id/:lang", STAFF, &item_form, one_check, one_act },
	{ HTTP_GET, "/desk/:slug/statements", STAFF, NULL, NULL, all_show },
	{ HTTP_POST, "/desk/:slug/statements", STAFF, &item_form, add_check, add_act },
	{ HTTP_POST, "/desk/:slug/statements/:id", STAFF, &turn_form, turn_check, turn_act },
	{ HTTP_GET, "/desk/:slug/statements/:id/:lang", STAFF, NULL, NULL, one_show },
	{ HTTP_POST, "/desk/:slug/statements/:id/:lang", STAFF, &item_form, one_check, one_act },
	{ 0 },
};
