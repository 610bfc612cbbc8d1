#include "protect/reporter.h"
#include "account/who.h"
#include "po/messages.h"
#include "protect/case_clock.h"
#include "protect/case_locks.h"
#include "protect/consent.h"
#include "protect/keep.sql.h"
#include "protect/mechanism.h"
#include "protect/name_desk.h"
#include "protect/reporter.html.h"
#include "protect/routes.h"

enum { COOKIE_CHARS = 43 };

struct open_in {
	struct str code;
};
struct say_in {
	struct str text;
};

static const struct form open_form = {
	.name = "secret-code",
	.size = sizeof(struct open_in),
	.body_max = 4096,
	.field = { { "code", FIELD_CODE, .is_required = true,
		.at = offsetof(struct open_in, code) } },
};
static const struct form say_form = {
	.name = "say",
	.size = sizeof(struct say_in),
	.field = { { "text", FIELD_TEXT, .is_required = true, .max = KEEP_SAID_MAX,
		.at = offsetof(struct say_in, text) } },
};

const struct fault_label reporter_labels[] = {
	{ "code", MSG_protect_label_code },
	{ "text", MSG_protect_label_write_back },
	{ "file", MSG_protect_file_title },
	{ 0 },
};

void reporter_cookie_give(struct visit *v, const uint8_t cookie[VAULT_COOKIE])
{
	char text[COOKIE_CHARS + 1];
	base64_url(cookie, VAULT_COOKIE, text, sizeof text);
	visit_cookie(v, "r", (struct str){ text, COOKIE_CHARS }, 0);
	wipe(text, sizeof text);
}

static bool cookie_of(const struct visit *v, uint8_t ret[VAULT_COOKIE])
{
	struct str text = http_cookie(v->req, "r");
	return text.n == COOKIE_CHARS && base64_url_bytes(text, ret, VAULT_COOKIE);
}

void reporter_lock(struct visit *v)
{
	struct vault_message said, ask = { .kind = VAULT_LOCK };
	if (cookie_of(v, ask.cookie) && vault_ask(v->house->vault, &ask, v->mem, &said) < 0)
		err_forget(); /* the vault is gone, and the session with it */
	visit_cookie(v, "r", STR(""), -1);
}

static struct reporter_view view(struct visit *v, int title)
{
	struct reporter_view p = { .frame = quiet_frame(v, title),
		.form = &v->form,
		.is_sent = http_query(v->req, "sent").p != NULL,
		.is_saved = http_query(v->req, "saved").p != NULL };
	return p;
}

/* ---- coming back ---- */

static int open_show(struct visit *v)
{
	int result = who_form(v);
	if (result < 0)
		return result;
	struct reporter_view p = view(v, MSG_protect_open_title);
	reporter_open_page(&v->out, &p);
	return quiet_page(v, v->form.n_fault ? 422 : 200);
}

/* A session in the vault, if the code is one; the same steps if it is none. */
static int enter(struct visit *v, const struct code *code, const uint8_t cookie[VAULT_COOKIE])
{
	struct vault_message said, ask = { .kind = VAULT_FIND, .code = *code };
	struct keep_case_found_row row;
	struct keep_case c = { 0 };
	struct vault_id id = vault_id_make();
	int result = vault_ask(v->house->vault, &ask, v->mem, &said);
	if (result < 0)
		return result;
	struct str found = { (const char *)said.found.b, sizeof said.found.b };
	result = keep_case_found(v->db, v->mem, found, &row);
	if (result > 0 && row.id.n == sizeof id.b)
		memcpy(id.b, row.id.p, sizeof id.b);
	if (result >= 0)
		result = keep_case_load(v, &id, &c);
	if (result < 0)
		return result;
	ask.kind = VAULT_ENTER;
	ask.account = id;
	ask.key = c.key;
	memcpy(ask.slot, c.slot, sizeof ask.slot);
	memcpy(ask.cookie, cookie, sizeof ask.cookie);
	result = vault_ask(v->house->vault, &ask, v->mem, &said);
	wipe(&ask, sizeof ask);
	return result == ERR_DENIED ? 0 : result;
}

/* Whoever gives a code that opens nothing goes the same way and hears so on the next page. */
static int open_check(struct visit *v)
{
	uint8_t cookie[VAULT_COOKIE];
	struct code code;
	if (v->form.n_fault)
		return visit_ended(open_show(v));
	int result = code_parse(visit_in(v, struct open_in)->code, &code);
	random_bytes(cookie, sizeof cookie);
	if (result == 0)
		result = enter(v, &code, cookie);
	wipe(&code, sizeof code);
	if (result < 0)
		return result;
	reporter_cookie_give(v, cookie);
	return visit_ended(visit_go(v, STR("/r/case")));
}

/* open_check ends every visit: nothing is written when somebody comes back. */
static int open_act(struct visit *v)
{
	(void)v;
	return err_note(ERR_BUG, "coming back writes nothing");
}

/* ---- the case ---- */

int reporter_find(struct visit *v, struct keep_case *c, struct keep_seat *seat)
{
	struct vault_message said, ask = { .kind = VAULT_STAY };
	if (!cookie_of(v, ask.cookie))
		return 0;
	int result = vault_ask(v->house->vault, &ask, v->mem, &said);
	if (result < 0)
		return result == ERR_DENIED || result == ERR_BUSY ? 0 : result;
	result = keep_case_load(v, &said.account, c);
	if (result <= 0)
		return result;
	memcpy(seat->cookie, ask.cookie, sizeof seat->cookie);
	seat->role = VAULT_REPORTER;
	result = keep_sit(v, c, VAULT_REPORT, seat);
	if (result < 0)
		return result == ERR_DENIED || result == ERR_MISSING ? 0 : result;
	return 1;
}

int reporter_none(struct visit *v)
{
	struct reporter_view p = view(v, MSG_protect_none_title);
	reporter_none_page(&v->out, &p);
	return quiet_case_page(v, 200);
}

int reporter_sit(struct visit *v, const struct keep_seat *seat, const struct keep_case *c,
	enum vault_compartment compartment, struct keep_seat *ret)
{
	memcpy(ret->cookie, seat->cookie, sizeof ret->cookie);
	ret->role = VAULT_REPORTER;
	return keep_sit(v, c, compartment, ret);
}

static int load_name(struct visit *v, const struct keep_case *c, const struct keep_seat *report,
	struct reporter_view *p)
{
	auto_keep_seat seat = { 0 };
	int result = reporter_sit(v, report, c, VAULT_IDENTITY, &seat);
	if (result == 0)
		result = keep_read(v, &seat, &p->name, &p->n_name);
	for (size_t i = 0; result == 0 && i < p->n_name; i++)
		p->n_opened += str_is(p->name[i].field, NAME_OPENED) ||
			str_is(p->name[i].field, NAME_GIVEN);
	return result;
}

enum name_word name_word(
	const struct keep_shown *said, size_t n, struct str *ret_asked, int64_t *ret_on)
{
	enum name_word word = NAME_UNASKED;
	for (size_t i = 0; i < n; i++) {
		if (str_is(said[i].field, KEEP_ASKS_NAME) && !said[i].is_broken) {
			word = NAME_OPEN;
			*ret_asked = said[i].text;
			*ret_on = said[i].on_day;
		}
		if (str_is(said[i].field, KEEP_NAME_ANSWER) && word != NAME_UNASKED)
			word = !said[i].is_broken && str_is(said[i].text, "yes") ? NAME_YES
										 : NAME_NO;
	}
	return word;
}

/* What the opened texts come to. */
static int sort_out(struct visit *v, struct reporter_view *p)
{
	p->allow = allow_find(p->said, p->n_said);
	p->name_word = name_word(p->said, p->n_said, &p->asked, &p->asked_on);
	for (size_t i = 0; i < p->n_said; i++)
		p->has_files |= p->said[i].is_file;
	return told_find(v, p->said, p->n_said, KEEP_ANSWERS, &p->told);
}

/* Nothing more is read or written, unless they change their mind. */
static int withdrawn_show(struct visit *v, const struct keep_case *c)
{
	struct reporter_view p = view(v, MSG_protect_back_taken);
	p.c = c;
	reporter_withdrawn_page(&v->out, &p);
	return quiet_case_page(v, 200);
}

int reporter_show(struct visit *v)
{
	auto_keep_seat seat = { 0 };
	struct keep_case c = { 0 };
	struct reporter_view p = { 0 };
	int result = who_form(v);
	if (result == 0)
		result = reporter_find(v, &c, &seat);
	if (result <= 0)
		return result < 0 ? result : reporter_none(v);
	if (c.withdrawn_on)
		return withdrawn_show(v, &c);
	p = view(v, MSG_protect_mine_title);
	p.c = &c;
	result = keep_read(v, &seat, &p.said, &p.n_said);
	if (result == 0)
		result = load_name(v, &c, &seat, &p);
	if (result == 0)
		result = sort_out(v, &p);
	if (result == 0)
		result = consent_is_theirs(v, &seat, p.said, p.n_said, &p.is_theirs);
	if (result == 0)
		result = mechanism_list(v, &p.body, &p.n_body);
	for (size_t i = 0; result == 0 && i < p.n_body; i++) {
		p.body[i].may_share = consent_body(
			v->mem, p.allow.text, CONSENT_SHARE, p.body[i].id);
		p.body[i].may_name = consent_body(v->mem, p.allow.text, CONSENT_NAME, p.body[i].id);
	}
	if (result == 0)
		result = locks_holds(v, &c, VAULT_REPORTER, VAULT_FUND, 0);
	if (result < 0)
		return result;
	p.has_fund = result > 0;
	reporter_page(&v->out, &p);
	return quiet_case_page(v, v->form.n_fault ? 422 : 200);
}

bool reporter_is_over(const struct keep_case *c)
{
	return c->state == KEEP_CLOSED || c->withdrawn_on;
}

static int case_check(struct visit *v)
{
	auto_keep_seat seat = { 0 };
	struct keep_case c = { 0 };
	struct keep_text *text = arena_take(v->mem, sizeof *text);
	if (!text)
		return ERR_NOMEM;
	int result = reporter_find(v, &c, &seat);
	if (result < 0)
		return result;
	if (result == 0 || v->form.n_fault || reporter_is_over(&c))
		return visit_ended(reporter_show(v));
	result = keep_seal(v, &seat, KEEP_SAID_BY_REPORTER, visit_in(v, struct say_in)->text, text);
	v->parked = text;
	return result < 0 ? result : VISIT_GO_ON;
}

static int case_act(struct visit *v)
{
	const struct keep_text *text = v->parked;
	v->is_quiet = true;
	int result = keep_put(v, text);
	if (result == 0)
		result = clock_heard(v, &text->at.of);
	return result < 0 ? result : visit_go(v, STR("/r/case?sent"));
}

static int close_check(struct visit *v)
{
	reporter_lock(v);
	return visit_ended(visit_go(v, STR("/r")));
}

const struct route reporter_routes[] = {
	{ HTTP_GET, "/r/open", ANYONE, NULL, NULL, open_show },
	{ HTTP_POST, "/r/open", ANYONE, &open_form, open_check, open_act },
	{ HTTP_GET, "/r/case", ANYONE, NULL, NULL, reporter_show },
	{ HTTP_POST, "/r/case", ANYONE, &say_form, case_check, case_act },
	{ HTTP_POST, "/r/close", ANYONE, NULL, close_check, open_act },
	{ 0 },
};
