#include "protect/case_end.h"
#include "po/messages.h"
#include "protect/case_clock.h"
#include "protect/case_end.html.h"
#include "protect/case_end.sql.h"
#include "protect/case_locks.h"
#include "protect/case_log.h"
#include "protect/figures.h"
#include "protect/routes.h"

enum { DAY = 86400, SWEEP_MAX = 32, SWEEP_MEM = 1 << 20 };

int end_case(struct db *db, struct arena *mem, const struct end_who *who)
{
	struct end_slots_row *row;
	struct str of = keep_id_bytes(&who->id);
	size_t n = 0;
	int result = end_slots(db, mem, of, &row, &n);
	for (size_t i = 0; result >= 0 && i < n; i++)
		result = end_ending(db, row[i].shred);
	int (*const drop[])(struct db *, struct str) = { end_objects, end_wraps, end_slot_rows,
		end_shut, end_case_row };
	for (size_t i = 0; result >= 0 && i < sizeof drop / sizeof *drop; i++)
		result = drop[i](db, of);
	if (result < 0)
		return result;
	return case_log_put(db, mem,
		&(struct case_log_line){ .day = who->day,
			.account = who->account,
			.channel = who->channel,
			.what = CASE_DESTROYED,
			.of = who->id });
}

static int end_one(struct db *db, struct arena *mem, int64_t day, const struct end_over_row *row)
{
	struct end_who who = { .day = day, .channel = row->channel };
	if (row->id.n != sizeof who.id.b)
		return err_note(ERR_BUG, "a case without a name");
	memcpy(who.id.b, row->id.p, sizeof who.id.b);
	return end_case(db, mem, &who);
}

static int sweep_withdrawn(struct db *db, struct arena *mem, int64_t day)
{
	struct end_withdrawn_row *row = NULL;
	size_t n = 0;
	int result = end_withdrawn(db, mem, day - END_WITHDRAWN_DAYS, SWEEP_MAX, &row, &n);
	for (size_t i = 0; result >= 0 && i < n; i++)
		result = end_one(db, mem, day, &(struct end_over_row){ row[i].id, row[i].channel });
	return result < 0 ? result : (int)n;
}

int end_sweep(struct db *db, int64_t now)
{
	auto_arena mem;
	struct end_over_row *row;
	size_t n = 0;
	arena_init(&mem, SWEEP_MEM);
	int result = end_over(db, &mem, now / DAY, SWEEP_MAX, &row, &n);
	for (size_t i = 0; result >= 0 && i < n; i++)
		result = end_one(db, &mem, now / DAY, &row[i]);
	int more = result < 0 ? result : sweep_withdrawn(db, &mem, now / DAY);
	return more < 0 ? more : (int)n + more;
}

/* ---- by hand ---- */

struct end_in {
	bool is_sure;
};
static const struct form end_form = {
	.name = "case-end",
	.size = sizeof(struct end_in),
	.body_max = 4096,
	.field = { { "sure", FIELD_BOOL, .is_required = true,
		.at = offsetof(struct end_in, is_sure) } },
};
const struct fault_label end_labels[] = {
	{ "sure", MSG_protect_end_sure },
	{ 0 },
};

static int find_closed(struct visit *v, struct keep_case *c)
{
	int result = desk_find(v, c);
	if (result == 0 && c->state != KEEP_CLOSED)
		result = err_note(ERR_CONFLICT, "only what is closed is destroyed");
	return result;
}

static int end_show(struct visit *v)
{
	struct keep_case c = { 0 };
	struct end_keep_days_row row = { 0 };
	struct end_view p = { .frame = visit_frame(v, visit_say(v, MSG_protect_end_title, 0)),
		.form = &v->form };
	p.frame.area = FRAME_CASES;
	int result = find_closed(v, &c);
	if (result == 0)
		result = end_keep_days(v->db, v->mem, c.channel, &row);
	if (result < 0)
		return result;
	p.on_day = c.changed_on + row.keep_days + 1;
	keep_id_text(&c.id, p.id);
	end_page(&v->out, &p);
	return visit_page(v, v->form.n_fault ? 422 : 200);
}

static int end_check(struct visit *v)
{
	struct keep_case c = { 0 };
	int result = desk_enter(v);
	if (result != VISIT_GO_ON)
		return result;
	result = find_closed(v, &c);
	if (result == 0 && v->form.n_fault == 0 && !visit_in(v, struct end_in)->is_sure)
		form_fault_add(&v->form, "sure", MSG_protect_end_sure_first, 0);
	return result < 0 ? result : v->form.n_fault ? visit_ended(end_show(v)) : VISIT_GO_ON;
}

static int end_act(struct visit *v)
{
	struct keep_case c = { 0 };
	struct end_slots_row *row;
	size_t n = 0;
	v->is_quiet = true;
	int result = find_closed(v, &c);
	if (result == 0)
		result = end_slots(v->db, v->mem, keep_id_bytes(&c.id), &row, &n);
	for (size_t i = 0; result >= 0 && i < n; i++)
		result = locks_end(v, row[i].shred);
	if (result >= 0)
		result = end_case(v->db, v->mem,
			&(struct end_who){ v->now / DAY, v->who.account.v, c.channel, c.id });
	return result < 0 ? result : visit_go(v, STR("/cases?show=closed&saved"));
}

/* ---- what is counted ---- */

int end_outcome_msg(int64_t outcome)
{
	static const int msg[END_OUTCOMES] = { MSG_protect_outcome_safer,
		MSG_protect_outcome_remedy, MSG_protect_outcome_referred,
		MSG_protect_outcome_advice, MSG_protect_outcome_withdrawn,
		MSG_protect_outcome_nothing };
	return msg[outcome >= 1 && outcome <= END_OUTCOMES ? outcome - 1 : 0];
}

int end_count(struct visit *v, const struct keep_case *c, const struct told *t, bool may_count,
	int64_t outcome)
{
	if (!may_count || outcome < 1 || outcome > END_OUTCOMES || !t->form)
		return 0;
	int result = end_counted(v->db, keep_id_bytes(&c->id));
	if (result > 0)
		result = end_count_add(v->db, figures_year(v->now), t->form->def->id, outcome);
	if (result > 0)
		result = figures_count(v->db, v->now, t, outcome);
	return result < 0 ? result : 0;
}

const struct route case_end_routes[] = {
	{ HTTP_GET, "/cases/:id/end", SIGNED_IN, NULL, desk_enter, end_show },
	{ HTTP_POST, "/cases/:id/end", SIGNED_IN, &end_form, end_check, end_act },
	{ 0 },
};
