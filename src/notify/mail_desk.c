#include "notify/mail_desk.h"
#include "notify/address.h"
#include "notify/mail_desk.html.h"
#include "notify/outbox.h"
#include "notify/outbox.sql.h"
#include "po/messages.h"

struct try_in {
	struct str to;
};

static const struct form try_form = {
	.name = "try",
	.size = sizeof(struct try_in),
	.body_max = 4096,
	.field = { { "to", FIELD_LINE, .is_required = true, .max = ADDRESS_MAX,
		.at = offsetof(struct try_in, to) } },
};

const struct fault_label mail_desk_labels[] = {
	{ "to", MSG_notify_label_address },
	{ 0 },
};

static int desk_show(struct visit *v)
{
	struct outbox_state_row row;
	struct mail_desk_view p = { .frame = visit_frame(v, visit_say(v, MSG_notify_desk_title, 0)),
		.form = &v->form,
		.is_on = v->house->post != NULL,
		.has_base = atomic_load(&v->house->settings)->base_url.n != 0,
		.is_sent = http_query(v->req, "sent").p != NULL };
	int result = outbox_state(v->db, v->mem, &row);
	if (result < 0)
		return result;
	p.frame.area = FRAME_PEOPLE;
	p.n_waiting = row.n;
	if (p.is_on) {
		p.from = post_from(v->house->post);
		p.state = post_look(v->house->post);
		p.sent.at = p.state.sent_at;
		p.failed.at = p.state.failed_at;
	}
	mail_desk_page(&v->out, &p);
	return visit_page(v, v->form.n_fault ? 422 : 200);
}

static int try_check(struct visit *v)
{
	const struct try_in *in = visit_in(v, struct try_in);
	if (!v->house->post)
		return err_note(ERR_MISSING, "no mail is sent");
	if (!form_fault_of(&v->form, "to") && !address_ok(in->to))
		form_fault_add(&v->form, "to", MSG_notify_fault_address, 0);
	return v->form.n_fault ? visit_ended(desk_show(v)) : VISIT_GO_ON;
}

static int try_act(struct visit *v)
{
	const struct settings *set = atomic_load(&v->house->settings);
	const struct msg_arg site = msg_arg_str("site", set->name);
	struct letter l;
	char id[LETTER_ID_CHARS + 1];
	auto_buf body;
	buf_init(&body, LETTER_MAX);
	buf_str(&body, msg_plain(v->mem, v->lang, MSG_notify_try_text, &site, 1));
	buf_byte(&body, '\n');
	l = (struct letter){ .lang = v->lang,
		.to = visit_in(v, struct try_in)->to,
		.from = post_from(v->house->post),
		.site = set->name,
		.subject = visit_say(v, MSG_notify_try_subject, 0),
		.body = buf_view(&body),
		.id = letter_id(id),
		.at = v->now };
	v->is_quiet = true;
	v->kept = post_woken;
	int result = body.failed || v->mem->has_failed
		? err_note(ERR_NOMEM, "letter")
		: outbox_put(v->db, v->mem, v->house->keys, &l);
	return result < 0 ? result : visit_go(v, STR("/site/mail?sent"));
}

const struct route mail_desk_routes[] = {
	/* method    path          who    input      check      act */
	{ HTTP_GET, "/site/mail", ADMIN, NULL, NULL, desk_show },
	{ HTTP_POST, "/site/mail", ADMIN, &try_form, try_check, try_act },
	{ 0 },
};
