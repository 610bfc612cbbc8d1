#include "participate/mark.h"
#include "account/who.h"
#include "participate/mark.html.h"
#include "participate/mark.sql.h"
#include "po/messages.h"
#include "render/markdown.h"

struct useful_in {
	struct str back;
};
struct flag_in {
	struct opt_i64 reason;
};

enum { BACK_FIELD_MAX = 4000, BACK_MAX = 400, HOUR = 3600 };

static const struct form useful_form = {
	.name = "useful",
	.size = sizeof(struct useful_in),
	.body_max = 65536,
	.field = {
		{ "back", FIELD_LINE, .max = BACK_FIELD_MAX, .at = offsetof(struct useful_in, back) },
	},
};
static const struct form flag_form = {
	.name = "flag",
	.size = sizeof(struct flag_in),
	.body_max = 2048,
	.field = {
		{ "reason", FIELD_CHOICE, .is_required = true, .choices = flag_values,
			.at = offsetof(struct flag_in, reason) },
	},
};

const struct fault_label mark_labels[] = { { "reason", MSG_flag_why_label }, { NULL, 0 } };

/* Others' published words, statements too; nobody marks their own. */
static int find(struct visit *v, struct thing *t)
{
	int result = thing_find(v, v->part[0], false, t);
	if (result < 0)
		return result;
	if (t->item.status != ITEM_PUBLISHED || t->item.kind == ITEM_QUESTION || t->is_mine)
		return err_note(ERR_MISSING, "nothing to mark");
	return 0;
}

static int begin(struct visit *v, struct mark_view *p)
{
	struct mark_has_row row;
	int result = who_code(v);
	if (result == 0)
		result = find(v, &p->t);
	if (result == 0)
		result = markdown_html(v->mem, p->t.item.body, &p->html);
	if (result == 0)
		result = mark_has(v->db, v->mem, p->t.item.id, p->t.seat.id, &row);
	if (result < 0)
		return result;
	p->is_useful = result > 0;
	p->is_closed = !space_allows(&p->t.s, ACT_CONTRIBUTE | ACT_REPLY | ACT_VOTE);
	p->form = &v->form;
	p->reason = -1;
	return 0;
}

static int end(struct visit *v, struct mark_view *p, int title,
	void (*page)(struct html *, const struct mark_view *), int status)
{
	p->frame = visit_frame(v, visit_say(v, title, 0));
	p->frame.area = FRAME_TAKE_PART;
	p->frame.is_sample |= p->t.s.is_sample;
	p->frame.is_fault = v->form.n_fault > 0;
	page(&v->out, p);
	return visit_page(v, status);
}

static int useful_show(struct visit *v)
{
	struct mark_view p = { 0 };
	int result = begin(v, &p);
	return result < 0 ? result : end(v, &p, MSG_mark_page_title, useful_page, 200);
}

static int useful_check(struct visit *v)
{
	struct mark_view p = { 0 };
	int result = begin(v, &p);
	if (result < 0)
		return result;
	if (v->form.n_fault == 0 && !p.is_closed)
		return VISIT_GO_ON;
	return visit_ended(
		end(v, &p, MSG_mark_page_title, useful_page, v->form.n_fault ? 422 : 409));
}

static int toggle(struct visit *v, int64_t item, int64_t seat)
{
	struct mark_has_row row;
	int result = mark_has(v->db, v->mem, item, seat, &row);
	if (result < 0)
		return result;
	result = result ? mark_drop(v->db, item, seat) : mark_put(v->db, item, seat);
	return result < 0 ? result : mark_count(v->db, item);
}

/* Back to the page that the button stood on, if it is one of a consultation. */
static int go_back(struct visit *v, const struct thing *t, struct str back)
{
	struct url url;
	if (back.n <= BACK_MAX && str_starts(back, "/c/") && url_local(back, &url) == 0)
		return visit_goto(v, "%.*s#i%lld", STR_ARG(back), (long long)t->item.id);
	return visit_goto(v, "/i/%lld", (long long)t->item.id);
}

static int useful_act(struct visit *v)
{
	struct thing t;
	struct seat seat;
	int result = find(v, &t);
	if (result == 0 && !space_allows(&t.s, ACT_CONTRIBUTE | ACT_REPLY | ACT_VOTE))
		return err_note(ERR_CONFLICT, "closed");
	if (result == 0)
		result = seat_take(v, t.s.id, &seat);
	if (result >= 0)
		result = toggle(v, t.item.id, seat.id);
	if (result < 0)
		return result;
	v->is_quiet = true;
	return go_back(v, &t, visit_in(v, struct useful_in)->back);
}

static int flag_show(struct visit *v)
{
	struct mark_view p = { 0 };
	int result = begin(v, &p);
	return result < 0 ? result : end(v, &p, MSG_flag_page_title, flag_page, 200);
}

static int flag_check(struct visit *v)
{
	struct mark_view p = { 0 };
	int result = begin(v, &p);
	if (result < 0 || v->form.n_fault == 0)
		return result < 0 ? result : VISIT_GO_ON;
	return visit_ended(end(v, &p, MSG_flag_page_title, flag_page, 422));
}

static int flag_act(struct visit *v)
{
	struct thing t;
	struct seat seat;
	int result = find(v, &t);
	if (result == 0)
		result = seat_take(v, t.s.id, &seat);
	if (result >= 0)
		result = flag_put(v->db,
			(struct flag_put_in){ .item = t.item.id,
				.seat = seat.id,
				.space = t.s.id,
				.reason = visit_in(v, struct flag_in)->reason.v + 1,
				.at = v->now - v->now % HOUR });
	if (result < 0)
		return result;
	v->is_quiet = true;
	return visit_goto(v, "/i/%lld?flagged", (long long)t.item.id);
}

const struct route mark_routes[] = {
	/* method    path             who     input         check         act */
	{ HTTP_GET, "/i/:id/useful", ANYONE, NULL, NULL, useful_show },
	{ HTTP_POST, "/i/:id/useful", ANYONE, &useful_form, useful_check, useful_act },
	{ HTTP_GET, "/i/:id/flag", ANYONE, NULL, NULL, flag_show },
	{ HTTP_POST, "/i/:id/flag", ANYONE, &flag_form, flag_check, flag_act },
	{ 0 },
};
