#include "notify/remind_page.h"
#include "notify/address.h"
#include "notify/follow.h"
#include "notify/post.h"
#include "notify/remind.sql.h"
#include "notify/remind_page.html.h"
#include "po/messages.h"

enum { ADDRESSES_MAX = 10 };

struct remind_in {
	struct str address;
};

static const struct form remind_form = {
	.name = "remind",
	.size = sizeof(struct remind_in),
	.body_max = 4096,
	.field = { { "address", FIELD_LINE, .is_required = true, .max = ADDRESS_MAX,
		.at = offsetof(struct remind_in, address) } },
};

const struct fault_label remind_labels[] = {
	{ "address", MSG_notify_label_address },
	{ 0 },
};

static const struct remind_what reminders = { FOLLOW_ANSWERS, RHYTHM_DAILY, MSG_notify_remind_title,
	MSG_notify_remind_what, MSG_notify_remind_stop, STR("reminders") };
static const struct remind_what moves = { FOLLOW_ROLE, RHYTHM_INSTANT, MSG_notify_moves_title,
	MSG_notify_moves_what, MSG_notify_moves_stop, STR("records") };

static int find(struct visit *v, const struct remind_what *what, struct remind_follows_row **ret,
	size_t *ret_n)
{
	if (what->kind == FOLLOW_ANSWERS && !v->who.is_responder && !v->who.runs_some &&
		!v->who.is_handler)
		return err_note(ERR_DENIED, "answers for nobody, runs and handles nothing");
	int result = remind_follows(
		v->db, v->mem, what->kind, v->who.account.v, ADDRESSES_MAX, ret, ret_n);
	return result < 0 ? result : 0;
}

static int show(struct visit *v, const struct remind_what *what)
{
	struct remind_follows_row *row;
	struct remind_view p = { .what = what,
		.form = &v->form,
		.answers = v->who.is_responder,
		.runs = v->who.runs_some,
		.handles = v->who.is_handler,
		.can = post_can(v->house),
		.is_saved = http_query(v->req, "saved").p != NULL,
		.is_asked = http_query(v->req, "asked").p != NULL };
	int result = find(v, what, &row, &p.n_all);
	if (result < 0)
		return result;
	for (size_t i = 0; i < p.n_all; i++)
		p.n_on += row[i].is_confirmed != 0;
	if (p.can)
		p.from = post_from(v->house->post);
	p.frame = visit_frame(v, visit_say(v, what->title, 0));
	remind_page(&v->out, &p);
	return visit_page(v, v->form.n_fault ? 422 : 200);
}

static int check(struct visit *v, const struct remind_what *what)
{
	const struct remind_in *in = visit_in(v, struct remind_in);
	struct remind_follows_row *row = NULL;
	size_t n = 0;
	int result = find(v, what, &row, &n);
	if (result < 0)
		return result;
	if (!post_can(v->house))
		return err_note(ERR_MISSING, "no mail is sent");
	if (!form_fault_of(&v->form, "address") && !address_ok(in->address))
		form_fault_add(&v->form, "address", MSG_notify_fault_address, 0);
	return v->form.n_fault ? visit_ended(show(v, what)) : VISIT_GO_ON;
}

static int act(struct visit *v, const struct remind_what *kind)
{
	struct follow_what what = { kind->kind, v->who.account.v, STR("") };
	struct remind_follows_row *row;
	struct reader r;
	size_t n = 0;
	int result = find(v, kind, &row, &n);
	if (result == 0 && n < ADDRESSES_MAX)
		result = reader_ask(
			v, visit_in(v, struct remind_in)->address, &what, kind->rhythm, &r);
	if (result > 0)
		result = follow_question(v, msg_text(v->lang, kind->what, 0), &r);
	v->is_quiet = true;
	v->kept = post_woken;
	return result < 0 ? result : visit_goto(v, "/account/%.*s?asked", STR_ARG(kind->path));
}

static int stop(struct visit *v, const struct remind_what *what)
{
	struct remind_follows_row *row;
	size_t n = 0;
	int result = find(v, what, &row, &n);
	for (size_t i = 0; i < n && result >= 0; i++)
		result = reader_stop(v->db, v->mem, row[i].reader, row[i].id);
	v->is_quiet = true;
	return result < 0 ? result : visit_goto(v, "/account/%.*s?saved", STR_ARG(what->path));
}

static int remind_show(struct visit *v)
{
	return show(v, &reminders);
}

static int remind_check(struct visit *v)
{
	return check(v, &reminders);
}

static int remind_act(struct visit *v)
{
	return act(v, &reminders);
}

static int remind_stop(struct visit *v)
{
	return stop(v, &reminders);
}

static int moves_show(struct visit *v)
{
	return show(v, &moves);
}

static int moves_check(struct visit *v)
{
	return check(v, &moves);
}

static int moves_act(struct visit *v)
{
	return act(v, &moves);
}

static int moves_stop(struct visit *v)
{
	return stop(v, &moves);
}

const struct route remind_page_routes[] = {
	/* method    path                       who       input         check         act */
	{ HTTP_GET, "/account/reminders", SIGNED_IN, NULL, NULL, remind_show },
	{ HTTP_POST, "/account/reminders", SIGNED_IN, &remind_form, remind_check, remind_act },
	{ HTTP_POST, "/account/reminders/stop", SIGNED_IN, NULL, NULL, remind_stop },
	{ HTTP_GET, "/account/records", SIGNED_IN, NULL, NULL, moves_show },
	{ HTTP_POST, "/account/records", SIGNED_IN, &remind_form, moves_check, moves_act },
	{ HTTP_POST, "/account/records/stop", SIGNED_IN, NULL, NULL, moves_stop },
	{ 0 },
};
