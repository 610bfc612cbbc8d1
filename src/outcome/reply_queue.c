#include "outcome/reply_queue.h"
#include "outcome/reply.sql.h"
#include "outcome/reply_queue.html.h"
#include "participate/flag.h"
#include "participate/item.h"
#include "po/messages.h"

struct queue_in {
	struct opt_i64 ask, seat, version, verdict, reason;
};
static const char *const verdicts[] = { "show", "hide", NULL };
static const struct form queue_form = {
	.name = "comment-on-ask",
	.size = sizeof(struct queue_in),
	.body_max = 4096,
	.field = {
		{ "ask", FIELD_INT, .is_required = true, .min = 1, .max = INT64_MAX,
			.at = offsetof(struct queue_in, ask) },
		{ "seat", FIELD_INT, .is_required = true, .min = 1, .max = INT64_MAX,
			.at = offsetof(struct queue_in, seat) },
		{ "version", FIELD_INT, .is_required = true, .min = 1, .max = INT64_MAX,
			.at = offsetof(struct queue_in, version) },
		{ "do", FIELD_CHOICE, .is_required = true, .choices = verdicts,
			.at = offsetof(struct queue_in, verdict) },
		{ "reason", FIELD_CHOICE, .choices = flag_values,
			.at = offsetof(struct queue_in, reason) },
	},
};

static struct str address_of(struct visit *v, int64_t section, int64_t number)
{
	return arena_f(v->mem, "%lld.%lld", (long long)section, (long long)number);
}

static int load_waiting(struct visit *v, struct reply_queue_view *p, int64_t own)
{
	struct queue_replies_row *r;
	int result = queue_replies(v->db, v->mem, p->s.id, REPLY_QUEUE_MAX, &r, &p->n_card);
	struct reply_card *card = result < 0 ? NULL
					     : arena_array(v->mem, p->n_card + 1, sizeof *card);
	if (!card)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < p->n_card; i++)
		card[i] = (struct reply_card){ .ask = r[i].ask,
			.seat = r[i].seat,
			.version = r[i].version,
			.at = r[i].at,
			.body = r[i].body,
			.address = address_of(v, r[i].section, r[i].number),
			.is_reflected = r[i].value == 1,
			.is_own = r[i].seat == own };
	p->card = card;
	return 0;
}

static int load_past(struct visit *v, struct reply_queue_view *p)
{
	struct queue_replies_past_row *r;
	int result = queue_replies_past(v->db, v->mem, p->s.id, REPLY_QUEUE_MAX, &r, &p->n_past);
	struct reply_card *past = result < 0 ? NULL
					     : arena_array(v->mem, p->n_past + 1, sizeof *past);
	if (!past)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < p->n_past; i++)
		past[i] = (struct reply_card){ .ask = r[i].ask,
			.seat = r[i].seat,
			.version = r[i].version,
			.at = r[i].at,
			.body = r[i].body,
			.address = address_of(v, r[i].section, r[i].number),
			.is_reflected = r[i].value == 1,
			.is_hidden = r[i].status == ITEM_HIDDEN,
			.reason = (int)r[i].reason };
	p->past = past;
	return 0;
}

static int show(struct visit *v)
{
	struct reply_queue_view p = { .form = &v->form, .now = v->now };
	struct seat seat = { 0 };
	int result = desk_here(v, MAY_MODERATE, &p.s);
	if (result == 0)
		result = seat_find(v, p.s.id, &seat);
	if (result >= 0)
		result = load_waiting(v, &p, seat.id);
	if (result == 0)
		result = load_past(v, &p);
	if (result < 0)
		return result;
	p.frame = desk_frame(v, &p.s, MSG_answer_queue_title);
	p.is_saved = desk_saved(v);
	reply_queue_page(&v->out, &p);
	return visit_page(v, desk_status(v));
}

static int queue_check(struct visit *v)
{
	const struct queue_in *in = visit_in(v, struct queue_in);
	struct space s;
	int result = desk_here(v, MAY_MODERATE, &s);
	if (result < 0)
		return result;
	if (!v->form.n_fault && in->verdict.v == 1 && !in->reason.has)
		form_fault_add(&v->form, "reason", MSG_answer_queue_why, 0);
	return v->form.n_fault ? visit_ended(show(v)) : VISIT_GO_ON;
}

/* One decision on the words that were read, by somebody who did not write them. */
static int queue_act(struct visit *v)
{
	const struct queue_in *in = visit_in(v, struct queue_in);
	struct queue_reply_row row;
	struct seat seat = { 0 };
	struct space s;
	int result = desk_here(v, MAY_MODERATE, &s);
	if (result == 0)
		result = seat_find(v, s.id, &seat);
	if (result > 0 && seat.id == in->seat.v)
		return err_note(ERR_DENIED, "the visitor's own words");
	if (result >= 0)
		result = queue_reply(v->db, v->mem, s.id, in->ask.v, in->seat.v, &row);
	if (result == 0)
		return err_note(ERR_MISSING, "no such comment");
	if (result > 0 && row.version != in->version.v)
		return err_note(ERR_CONFLICT, "the words have changed");
	bool is_hidden = in->verdict.v == 1;
	enum item_status status = is_hidden ? ITEM_HIDDEN : ITEM_PUBLISHED;
	if (result > 0 && row.status != (int64_t)status) {
		result = queue_reply_set(v->db, in->ask.v, in->seat.v, status);
		if (result >= 0)
			result = queue_reply_log(v->db,
				(struct queue_reply_log_in){ .ask = in->ask.v,
					.seat = in->seat.v,
					.version = row.version,
					.status = status,
					.reason = is_hidden ? in->reason.v + 1 : FLAG_NONE,
					.account = v->who.account.v,
					.at = v->now });
	}
	return result < 0 ? result : visit_goto(v, "/desk/%.*s/replies?saved", STR_ARG(s.slug));
}

const struct route reply_queue_routes[] = {
	/* method    path                    who    input        check        act */
	{ HTTP_GET, "/desk/:slug/replies", STAFF, NULL, NULL, show },
	{ HTTP_POST, "/desk/:slug/replies", STAFF, &queue_form, queue_check, queue_act },
	{ 0 },
};
