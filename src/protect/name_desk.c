#include "protect/name_desk.h"
#include "po/messages.h"
#include "protect/case_desk.h"
#include "protect/case_locks.h"
#include "protect/case_log.h"
#include "protect/keeper.h"
#include "protect/name_desk.html.h"
#include "protect/name_give.h"
#include "protect/routes.h"

enum { DAY = 86400, REASON_MAX = 500 };

struct reason_in {
	struct str reason;
};
static const struct form reason_form = {
	.name = "reason",
	.size = sizeof(struct reason_in),
	.body_max = 8192,
	.field = { { "reason", FIELD_TEXT, .is_required = true, .min = 5, .max = REASON_MAX,
		.at = offsetof(struct reason_in, reason) } },
};
const struct fault_label name_labels[] = {
	{ "reason", MSG_protect_label_reason },
	{ "account", MSG_protect_people_choose },
	{ "why", MSG_protect_label_reason },
	{ 0 },
};

int name_sit(struct visit *v, struct keep_case *c, struct keep_seat *seat)
{
	struct vault_id id = { 0 };
	int result = keep_id_read(v->part[0], &id) ? keep_case_load(v, &id, c) : 0;
	if (result > 0)
		result = locks_holds(v, c, VAULT_CUSTODIAN, VAULT_IDENTITY, v->who.account.v);
	if (result <= 0 || c->withdrawn_on)
		return result < 0 ? result : err_note(ERR_MISSING, "no name of theirs");
	return desk_sit(v, c, VAULT_CUSTODIAN, VAULT_IDENTITY, seat);
}

/* A reason of today, by this custodian, that opens: a line that somebody slipped in is none. */
bool name_is_open(const struct visit *v, const struct keep_shown *text, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_is(text[i].field, NAME_OPENED) && !text[i].is_broken &&
			text[i].account == v->who.account.v && text[i].on_day == v->now / DAY)
			return true;
	return false;
}

bool name_agreed(const struct keep_shown *text, size_t n, struct str *ret_to)
{
	bool is_yes = false;
	for (size_t i = 0; i < n; i++) {
		if (!str_is(text[i].field, KEEP_NAME_ALLOWED))
			continue;
		is_yes = !text[i].is_broken && str_starts(text[i].text, "yes ");
		*ret_to = is_yes ? str_from(text[i].text, 4) : STR("");
	}
	return is_yes;
}

int name_show(struct visit *v)
{
	auto_keep_seat seat = { 0 };
	struct keep_case c = { 0 };
	struct name_view p = { .frame = visit_frame(v, visit_say(v, MSG_protect_name_title, 0)),
		.form = &v->form,
		.is_saved = http_query(v->req, "saved").p != NULL };
	p.frame.area = FRAME_CASES;
	int result = name_sit(v, &c, &seat);
	if (result == 0)
		result = keep_read(v, &seat, &p.text, &p.n_text);
	if (result == 0)
		result = told_find(v, p.text, p.n_text, KEEP_CONTACT, &p.told);
	if (result == 0)
		result = name_people(v, &c, &p);
	if (result < 0)
		return result;
	p.is_agreed = name_agreed(p.text, p.n_text, &p.agreed);
	p.is_open = p.is_agreed && name_is_open(v, p.text, p.n_text);
	keep_id_text(&seat.at.of, p.id);
	name_page(&v->out, &p);
	return visit_page(v, v->form.n_fault ? 422 : 200);
}

static int open_check(struct visit *v)
{
	auto_keep_seat seat = { 0 };
	struct keep_case c = { 0 };
	struct keep_shown *said;
	struct str to = STR("");
	size_t n = 0;
	struct keep_text *text = arena_take(v->mem, sizeof *text);
	int result = text ? desk_enter(v) : ERR_NOMEM;
	if (result != VISIT_GO_ON)
		return result;
	if (v->form.n_fault)
		return visit_ended(name_show(v));
	result = name_sit(v, &c, &seat);
	if (result == 0)
		result = keep_read(v, &seat, &said, &n);
	if (result == 0 && !name_agreed(said, n, &to))
		return err_note(ERR_DENIED, "the reporter has not agreed");
	if (result == 0)
		result = keep_seal(
			v, &seat, NAME_OPENED, visit_in(v, struct reason_in)->reason, text);
	v->parked = text;
	return result < 0 ? result : VISIT_GO_ON;
}

static int open_act(struct visit *v)
{
	const struct keep_text *text = v->parked;
	struct keep_case c = { 0 };
	v->is_quiet = true;
	int result = keep_put(v, text);
	if (result == 0)
		result = keep_case_load(v, &text->at.of, &c);
	if (result > 0)
		result = case_log_add(v, &c, CASE_NAME_OPENED, 0);
	return result < 0 ? result : visit_goto(v, "/names/%.*s", STR_ARG(v->part[0]));
}

static int locks_act(struct visit *v)
{
	int result = keeper_act(v, VAULT_CUSTODIAN);
	return result < 0 ? result : visit_go(v, STR("/cases?saved"));
}

const struct route name_desk_routes[] = {
	{ HTTP_POST, "/names/locks", SIGNED_IN, NULL, desk_enter, locks_act },
	{ HTTP_GET, "/names/:id", SIGNED_IN, NULL, desk_enter, name_show },
	{ HTTP_POST, "/names/:id", SIGNED_IN, &reason_form, open_check, open_act },
	{ 0 },
};
