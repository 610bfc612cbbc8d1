#include "outcome/reply.h"
#include "account/who.h"
#include "outcome/reply.html.h"
#include "outcome/reply.sql.h"
#include "participate/thing.sql.h"
#include "po/messages.h"

struct reply_in {
	struct opt_i64 value;
	struct str body;
};
static const char *const values[] = { "no", "yes", NULL };
static const struct form reply_form = {
	.name = "reply-to-ask",
	.size = sizeof(struct reply_in),
	.body_max = 16384,
	.field = {
		{ "value", FIELD_CHOICE, .is_required = true, .choices = values,
			.at = offsetof(struct reply_in, value) },
		{ "body", FIELD_TEXT, .max = REPLY_MAX, .at = offsetof(struct reply_in, body) },
	},
};
const struct fault_label reply_labels[] = {
	{ "value", MSG_answer_reply_question },
	{ "body", MSG_answer_reply_body },
	{ 0 },
};

bool reply_is_open(const struct space *s, const struct ask *a, int64_t now)
{
	bool is_in_time = a->reply_until && now / DAY <= a->reply_until / DAY;
	return is_in_time || space_allows(s, ACT_REPLY_TO_ASK);
}

int reply_space(struct visit *v, const struct ask *a, struct space *ret)
{
	struct thing_slug_row row;
	int found = thing_slug(v->db, v->mem, a->space, &row);
	if (found <= 0)
		return found < 0 ? found : err_note(ERR_BUG, "ask without a space");
	return space_load(v, row.slug, ret);
}

int reply_load(struct visit *v, int64_t ask, int64_t seat, struct reply *ret)
{
	struct reply_own_row row;
	int found = reply_own(v->db, v->mem, ask, seat, &row);
	if (found > 0)
		*ret = (struct reply){ .is_said = true,
			.is_reflected = row.value == 1,
			.body = row.body,
			.status = (enum item_status)row.status };
	return found < 0 ? found : 0;
}

/* Only those who are cited learn that they could. */
static int find(struct visit *v, struct reply_view *p)
{
	struct reply_cited_row cited;
	int64_t id;
	if (!str_i64(v->part[0], &id))
		return err_note(ERR_MISSING, "an ask has a number");
	int result = ask_load(v, id, &p->a);
	if (result == 0 && !p->a.is_public)
		return err_note(ERR_MISSING, "the ask is not published");
	if (result == 0)
		result = reply_space(v, &p->a, &p->s);
	if (result == 0)
		result = seat_find(v, p->s.id, &p->seat);
	if (result > 0)
		result = reply_cited(v->db, v->mem, id, p->seat.id, &cited);
	if (result <= 0)
		return result < 0 ? result : err_note(ERR_MISSING, "not cited");
	p->is_open = reply_is_open(&p->s, &p->a, v->now);
	return reply_load(v, id, p->seat.id, &p->own);
}

static int show(struct visit *v, struct reply_view *p, int status)
{
	int result = who_form(v);
	if (result < 0)
		return result;
	p->form = &v->form;
	p->frame = visit_frame(v, visit_say(v, MSG_answer_reply_question, 0));
	p->frame.area = FRAME_WORDS;
	reply_page(&v->out, p);
	return visit_page(v, status);
}

static int reply_show(struct visit *v)
{
	struct reply_view p = { 0 };
	int result = find(v, &p);
	return result < 0 ? result : show(v, &p, 200);
}

static int reply_check(struct visit *v)
{
	struct reply_view p = { 0 };
	int result = find(v, &p);
	if (result < 0)
		return result;
	if (v->form.n_fault) {
		p.own.body = form_typed(&v->form, "body");
		return visit_ended(show(v, &p, 422));
	}
	return p.is_open ? VISIT_GO_ON : visit_ended(show(v, &p, 409));
}

/* The same again changes nothing; a comment is read by a moderator before it is shown. */
static int reply_act(struct visit *v)
{
	const struct reply_in *in = visit_in(v, struct reply_in);
	struct reply_view p = { 0 };
	int result = find(v, &p);
	if (result == 0 && !p.is_open)
		return err_note(ERR_CONFLICT, "closed");
	bool is_same = p.own.is_said && p.own.is_reflected == (in->value.v == 1) &&
		str_eq(p.own.body, in->body);
	if (result == 0 && !is_same)
		result = reply_put(v->db,
			(struct reply_put_in){ .ask = p.a.id,
				.seat = p.seat.id,
				.value = in->value.v,
				.body = in->body,
				.status = in->body.n ? ITEM_WAITING : ITEM_PUBLISHED,
				.today = v->now / DAY * DAY });
	return result < 0 ? result : visit_goto(v, "/me?saved");
}

const struct route reply_routes[] = {
	/* method    path            who     input        check        act */
	{ HTTP_GET, "/me/asks/:ask", ANYONE, NULL, NULL, reply_show },
	{ HTTP_POST, "/me/asks/:ask", ANYONE, &reply_form, reply_check, reply_act },
	{ 0 },
};
