#include "protect/report.h"
#include "account/who.h"
#include "po/messages.h"
#include "protect/keep.h"
#include "protect/report.html.h"
#include "protect/reporter.h"
#include "protect/routes.h"

enum { DAY = 86400 };

struct code_in {
	struct str code;
};

static const struct form code_form = {
	.name = "code-again",
	.size = sizeof(struct code_in),
	.body_max = 4096,
	.field = { { "code", FIELD_CODE, .is_required = true,
		.at = offsetof(struct code_in, code) } },
};

const struct fault_label report_labels[] = {
	{ "kind", MSG_protect_kind_title },
	{ "channel", MSG_protect_to_title },
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
	p.is_dropped = http_query(v->req, "dropped").p != NULL;
	report_door_page(&v->out, &p);
	return quiet_page(v, 200);
}

int report_shut(struct visit *v)
{
	struct report_view p = view(v, MSG_protect_shut_title);
	report_shut_page(&v->out, &p);
	return quiet_page(v, 503);
}

int report_channel(struct visit *v, struct str slug, struct channel_row *ret)
{
	int result = channel_find(v, slug, ret);
	if (result == 0)
		return err_note(ERR_MISSING, "no such channel");
	if (result > 0)
		result = ret->is_open ? keep_can_receive(v, ret->id) : 0;
	return result;
}

static int start_show(struct visit *v)
{
	struct channel_row channel;
	int result = report_channel(v, v->part[0], &channel);
	if (result <= 0)
		return result < 0 ? result : report_shut(v);
	struct report_view p = view(v, MSG_protect_start_title);
	p.channel = &channel;
	report_start_page(&v->out, &p);
	return quiet_page(v, 200);
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
	struct unsent d = { 0 };
	struct told t = { 0 };
	struct str report = { 0 };
	int result = who_form(v);
	if (result == 0)
		result = unsent_get(v, &d);
	if (result <= 0)
		return result < 0 ? result : visit_go(v, STR("/r?dropped"));
	result = told_read(v, d.told, &t);
	if (result == 0)
		result = told_write(&t, TOLD_REPORT, &report);
	if (result < 0)
		return result;
	return report.n ? show_code(v, &d) : visit_go(v, STR("/r/check?empty"));
}

struct sending {
	struct unsent d;
	struct keep_report report;
	uint8_t cookie[VAULT_COOKIE];
};

/* What may be done, as the reporter may change it later: apart from the answers. */
static struct str consent_of(const struct told *t)
{
	static const char *const asked[] = { "consent", "consent_young" };
	for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
		int field = def_field_find(t->answers.def, str_c(asked[i]));
		struct str s = field < 0 ? STR("") : answers_get(&t->answers, field, 0);
		if (s.n)
			return s;
	}
	return STR("");
}

static int seal(struct visit *v, struct sending *s, const struct channel_row *channel)
{
	struct told t;
	struct keep_answer answer[] = { { KEEP_ANSWERS, VAULT_REPORT, { 0 } },
		{ KEEP_CONSENT, VAULT_REPORT, { 0 } }, { KEEP_CONTACT, VAULT_IDENTITY, { 0 } } };
	int result = told_read(v, s->d.told, &t);
	if (result == 0)
		result = told_write(&t, TOLD_REPORT, &answer[0].text);
	if (result == 0)
		result = told_write(&t, TOLD_IDENTITY, &answer[2].text);
	if (result < 0)
		return result;
	answer[1].text = consent_of(&t);
	s->report.file = s->d.file;
	s->report.n_file = s->d.n_file;
	s->report.c.channel = channel->id;
	s->report.c.due_on = v->now / DAY + channel->first_days;
	random_bytes(s->cookie, sizeof s->cookie);
	return keep_report_make(
		v, &s->d.code, s->cookie, answer, sizeof answer / sizeof *answer, &s->report);
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
		return visit_ended(report_shut(v));
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
	{ 0 },
};
