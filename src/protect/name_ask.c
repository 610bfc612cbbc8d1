#include "protect/name_ask.h"
#include "po/messages.h"
#include "protect/case_desk.h"
#include "protect/keep.sql.h"
#include "protect/routes.h"

enum { DAY = 86400, REASON_MAX = 500 };

struct ask_in {
	struct str why;
};
static const struct form ask_form = {
	.name = "name-ask",
	.size = sizeof(struct ask_in),
	.body_max = 8192,
	.field = { { "why", FIELD_TEXT, .is_required = true, .min = 5, .max = REASON_MAX,
		.at = offsetof(struct ask_in, why) } },
};

struct name_ask_view name_ask_fill(const struct keep_case *c, const struct form_result *form,
	const struct keep_shown *said, size_t n)
{
	struct name_ask_view p = { .form = form, .is_closed = c->state == KEEP_CLOSED };
	keep_id_text(&c->id, p.id);
	p.word = name_word(said, n, &p.asked, &p.asked_on);
	return p;
}

struct asking {
	struct keep_text text;
	struct keep_case c;
};

static int ask_check(struct visit *v)
{
	auto_keep_seat seat = { 0 };
	struct asking *a = arena_take(v->mem, sizeof *a);
	int result = a ? desk_enter(v) : ERR_NOMEM;
	if (result != VISIT_GO_ON)
		return result;
	result = desk_find(v, &a->c);
	if (result < 0)
		return result;
	if (v->form.n_fault || a->c.state == KEEP_CLOSED)
		return visit_ended(case_show(v));
	result = desk_sit(v, &a->c, VAULT_HANDLER, VAULT_REPORT, &seat);
	if (result == 0)
		result = keep_seal(
			v, &seat, KEEP_ASKS_NAME, visit_in(v, struct ask_in)->why, &a->text);
	v->parked = a;
	return result < 0 ? result : VISIT_GO_ON;
}

static int ask_act(struct visit *v)
{
	struct asking *a = v->parked;
	v->is_quiet = true;
	int result = keep_put(v, &a->text);
	return result < 0 ? result : desk_back(v);
}

const struct route name_ask_routes[] = {
	{ HTTP_POST, "/cases/:id/ask-name", SIGNED_IN, &ask_form, ask_check, ask_act },
	{ 0 },
};
