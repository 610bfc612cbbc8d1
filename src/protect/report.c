#include "protect/report.h"
#include "account/who.h"
#include "po/messages.h"
#include "protect/keep.h"
#include "protect/report.html.h"
#include "protect/reporter.h"
#include "protect/routes.h"

enum { DAY = 86400, ANSWER_MAX = 5000 };

struct report_in {
	struct str answer[UNSENT_ANSWERS];
};
struct code_in {
	struct str code;
};

/* The questions: under which name they are asked and sealed, and for whom. */
static const struct {
	const char *name;
	enum vault_compartment compartment;
} questions[UNSENT_ANSWERS] = {
	{ "what", VAULT_REPORT },
	{ "where", VAULT_REPORT },
	{ "who", VAULT_REPORT },
	{ "contact", VAULT_IDENTITY },
};

#define ASKED(i, called) \
	{ \
		called, FIELD_TEXT, .max = ANSWER_MAX, .at = offsetof(struct report_in, answer[i]) \
	}
static const struct form report_form = {
	.name = "report",
	.size = sizeof(struct report_in),
	.body_max = 1 << 17,
	.field = { ASKED(0, "what"), ASKED(1, "where"), ASKED(2, "who"), ASKED(3, "contact") },
};
static const struct form code_form = {
	.name = "code-again",
	.size = sizeof(struct code_in),
	.body_max = 4096,
	.field = { { "code", FIELD_CODE, .is_required = true,
		.at = offsetof(struct code_in, code) } },
};

const struct fault_label report_labels[] = {
	{ "what", MSG_protect_label_what },
	{ "where", MSG_protect_label_where },
	{ "who", MSG_protect_label_who },
	{ "contact", MSG_protect_label_contact },
	{ "code", MSG_protect_label_code_again },
	{ 0 },
};

static struct report_view view(struct visit *v, int title)
{
	return (struct report_view){ .frame = quiet_frame(v, title), .form = &v->form };
}

static int door_show(struct visit *v)
{
	struct channel_row *row;
	size_t n = 0;
	int result = channel_list_open(v, &row, &n);
	if (result < 0)
		return result;
	struct report_view p = view(v, MSG_protect_door_title);
	p.channel = row;
	p.n_channel = n;
	report_door_page(&v->out, &p);
	return quiet_page(v, 200);
}

static int shut(struct visit *v)
{
	struct report_view p = view(v, MSG_protect_shut_title);
	report_shut_page(&v->out, &p);
	return quiet_page(v, 503);
}

/* The channel of the address. 1; 0: it cannot receive now, and the page says so. */
static int find(struct visit *v, struct channel_row *ret)
{
	int result = channel_find(v, v->part[0], ret);
	if (result == 0)
		return err_note(ERR_MISSING, "no such channel");
	if (result > 0)
		result = ret->is_open ? keep_can_receive(v, ret->id) : 0;
	return result;
}

static int start_show(struct visit *v)
{
	struct channel_row channel;
	int result = find(v, &channel);
	if (result <= 0)
		return result < 0 ? result : shut(v);
	struct report_view p = view(v, MSG_protect_start_title);
	p.channel = &channel;
	report_start_page(&v->out, &p);
	return quiet_page(v, 200);
}

static int report_show(struct visit *v)
{
	struct channel_row channel;
	int result = find(v, &channel);
	if (result > 0)
		result = who_form(v) < 0 ? ERR_NOMEM : 1;
	if (result <= 0)
		return result < 0 ? result : shut(v);
	struct report_view p = view(v, MSG_protect_form_title);
	p.channel = &channel;
	report_form_page(&v->out, &p);
	return quiet_page(v, v->form.n_fault ? 422 : 200);
}

static int report_check(struct visit *v)
{
	struct channel_row *channel = arena_take(v->mem, sizeof *channel);
	const struct report_in *in = visit_in(v, struct report_in);
	size_t n = 0;
	if (!channel)
		return ERR_NOMEM;
	int result = find(v, channel);
	if (result <= 0)
		return result < 0 ? result : visit_ended(shut(v));
	for (size_t i = 0; i < UNSENT_ANSWERS; i++)
		n += in->answer[i].n;
	if (n == 0 && v->form.n_fault == 0)
		form_fault_add(&v->form, "what", MSG_protect_fault_empty, 0);
	v->parked = channel;
	return v->form.n_fault ? visit_ended(report_show(v)) : VISIT_GO_ON;
}

static int report_act(struct visit *v)
{
	const struct report_in *in = visit_in(v, struct report_in);
	const struct channel_row *channel = v->parked;
	struct unsent d = { .channel = channel->id };
	v->is_quiet = true;
	code_make(&d.code);
	memcpy(d.answer, in->answer, sizeof d.answer);
	int result = unsent_put(v, &d);
	wipe(&d.code, sizeof d.code);
	return result < 0 ? result : visit_go(v, STR("/r/code"));
}

/* ---- the secret code ---- */

static int show_code(struct visit *v, const struct unsent *d)
{
	struct report_view p = view(v, MSG_protect_code_title);
	p.code = arena_copy(v->mem, str_c(code_show(&d->code).z));
	report_code_page(&v->out, &p);
	return quiet_page(v, v->form.n_fault ? 422 : 200);
}

static int code_show_page(struct visit *v)
{
	struct unsent d;
	int result = who_form(v);
	if (result == 0)
		result = unsent_get(v, &d);
	if (result <= 0)
		return result < 0 ? result : visit_go(v, STR("/r"));
	return show_code(v, &d);
}

struct sending {
	struct unsent d;
	struct keep_report report;
	uint8_t cookie[VAULT_COOKIE];
};

static int seal(struct visit *v, struct sending *s, const struct channel_row *channel)
{
	struct keep_answer answer[UNSENT_ANSWERS];
	for (size_t i = 0; i < UNSENT_ANSWERS; i++)
		answer[i] = (struct keep_answer){ questions[i].name, questions[i].compartment,
			s->d.answer[i] };
	s->report.c.channel = channel->id;
	s->report.c.due_on = v->now / DAY + channel->first_days;
	random_bytes(s->cookie, sizeof s->cookie);
	return keep_report_make(v, &s->d.code, s->cookie, answer, UNSENT_ANSWERS, &s->report);
}

static int code_check(struct visit *v)
{
	struct channel_row channel;
	struct sending *s = arena_take(v->mem, sizeof *s);
	if (!s)
		return ERR_NOMEM;
	int result = unsent_get(v, &s->d);
	if (result <= 0)
		return result < 0 ? result : visit_ended(visit_go(v, STR("/r")));
	struct str typed = visit_in(v, struct code_in)->code;
	bool is_it = v->form.n_fault == 0 && typed.n == CODE_CHARS &&
		bytes_same(typed.p, s->d.code.z, CODE_CHARS);
	if (!is_it && v->form.n_fault == 0)
		form_fault_add(&v->form, "code", MSG_protect_fault_code_again, 0);
	if (!is_it)
		return visit_ended(show_code(v, &s->d));
	result = channel_of(v, s->d.channel, &channel);
	if (result > 0 && channel.is_open)
		result = seal(v, s, &channel);
	else if (result >= 0)
		result = ERR_DENIED;
	v->parked = s;
	if (result == ERR_DENIED)
		return visit_ended(shut(v));
	return result < 0 ? result : VISIT_GO_ON;
}

static int code_act(struct visit *v)
{
	const struct sending *s = v->parked;
	v->is_quiet = true;
	int result = unsent_drop(v, &s->d);
	if (result == 0)
		result = keep_report_put(v, &s->report);
	if (result < 0)
		return result;
	unsent_forget(v);
	reporter_cookie_give(v, s->cookie);
	return visit_go(v, STR("/r/case"));
}

const struct route report_routes[] = {
	{ HTTP_GET, "/r", ANYONE, NULL, NULL, door_show },
	{ HTTP_GET, "/r/code", ANYONE, NULL, NULL, code_show_page },
	{ HTTP_POST, "/r/code", ANYONE, &code_form, code_check, code_act },
	{ HTTP_GET, "/r/:channel", ANYONE, NULL, NULL, start_show },
	{ HTTP_GET, "/r/:channel/report", ANYONE, NULL, NULL, report_show },
	{ HTTP_POST, "/r/:channel/report", ANYONE, &report_form, report_check, report_act },
	{ 0 },
};
