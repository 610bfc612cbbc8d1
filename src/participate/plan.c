#include "participate/plan.h"
#include "account/who.h"
#include "participate/desk.sql.h"
#include "participate/plan.html.h"
#include "participate/plan.sql.h"
#include "po/messages.h"

const struct plan_act plan_acts[PLAN_ACTS] = {
	{ "read", ACT_READ, MSG_plan_act_read },
	{ "write", ACT_CONTRIBUTE, MSG_plan_act_write },
	{ "reply", ACT_REPLY, MSG_plan_act_reply },
	{ "vote", ACT_VOTE, MSG_plan_act_vote },
	{ "propose", ACT_PROPOSE, MSG_plan_act_propose },
	{ "reply-ask", ACT_REPLY_TO_ASK, MSG_plan_act_reply_ask },
};
const char *const plan_name[] = { "n0", "n1", "n2", "n3", "n4", "n5" };
const char *const plan_from[] = { "f0", "f1", "f2", "f3", "f4", "f5" };
const char *const plan_to[] = { "t0", "t1", "t2", "t3", "t4", "t5" };
static const char *const act_values[] = { "read", "write", "reply", "vote", "propose", "reply-ask",
	NULL };
const struct plan_choice plan_doors[3] = {
	{ "everyone", MSG_plan_door_everyone, MSG_plan_door_everyone_hint },
	{ "link", MSG_plan_door_link, 0 },
	{ "members", MSG_plan_door_members, MSG_plan_door_members_hint },
};
static const char *const door_values[] = { "everyone", "link", "members", NULL };
const struct plan_choice plan_checks[3] = {
	{ "pre", MSG_plan_check_pre, 0 },
	{ "post", MSG_plan_check_post, 0 },
	{ "trusted", MSG_plan_check_trusted, 0 },
};
static const char *const check_values[] = { "pre", "post", "trusted", NULL };
enum plan_do { DO_SAVE, DO_ADD, DO_MOVE, DO_PREVIEW };
static const char *const do_values[] = { "save", "add", "move", "preview", NULL };
static const char *const drop_values[] = { "0", "1", "2", "3", "4", "5", NULL };

struct phase_in {
	struct opt_i64 id, from, to;
	struct str name;
	int64_t actions;
};
struct plan_in {
	struct str title, purpose, run_by, decider, feeds, reason, slug;
	struct opt_i64 decided, due, access, moderation, what, drop;
	int64_t langs;
	struct phase_in phase[PHASES_MAX];
};

#define AT(member) .at = offsetof(struct plan_in, member)
#define PHASE(k) \
	{ "i" #k, FIELD_INT, .min = 0, .max = INT64_MAX, AT(phase[k].id) }, \
		{ "n" #k, FIELD_LINE, .max = PLAN_LINE_MAX, AT(phase[k].name) }, \
		{ "f" #k, FIELD_DATE, AT(phase[k].from) }, \
		{ "t" #k, FIELD_DATE, AT(phase[k].to) }, \
	{ \
		"a" #k, FIELD_SET, .choices = act_values, AT(phase[k].actions) \
	}
static const struct form plan_form = {
	.name = "settings",
	.size = sizeof(struct plan_in),
	.field = {
		{ "title", FIELD_LINE, .is_required = true, .max = PLAN_LINE_MAX, AT(title) },
		{ "purpose", FIELD_TEXT, .max = PLAN_TEXT_MAX, AT(purpose) },
		{ "run_by", FIELD_LINE, .max = PLAN_LINE_MAX, AT(run_by) },
		{ "decider", FIELD_LINE, .max = PLAN_LINE_MAX, AT(decider) },
		{ "feeds", FIELD_LINE, .max = PLAN_LINE_MAX, AT(feeds) },
		{ "decided", FIELD_DATE, AT(decided) },
		{ "due", FIELD_DATE, AT(due) },
		{ "reason", FIELD_LINE, .max = PLAN_LINE_MAX, AT(reason) },
		{ "door", FIELD_CHOICE, .is_required = true, .choices = door_values, AT(access) },
		{ "check", FIELD_CHOICE, .is_required = true, .choices = check_values,
			AT(moderation) },
		{ "in", FIELD_SET, .choices = lang_codes, AT(langs) },
		{ "slug", FIELD_LINE, .is_required = true, .max = PLAN_LINE_MAX, AT(slug) },
		{ "do", FIELD_CHOICE, .choices = do_values, AT(what) },
		{ "drop", FIELD_CHOICE, .choices = drop_values, AT(drop) },
		PHASE(0), PHASE(1), PHASE(2), PHASE(3), PHASE(4), PHASE(5),
	},
};

int plan_load(struct visit *v, const struct lang *lang, struct space *ret)
{
	struct lang_choice reader = { v->lang, v->is_easy };
	v->lang = lang;
	v->is_easy = false;
	int result = space_load(v, v->part[0], ret);
	v->lang = reader.lang;
	v->is_easy = reader.is_easy;
	return result;
}

/* ---- from the database and from the form ---- */

static int begin(struct visit *v, struct plan_view *p)
{
	int result = desk_here(v, MAY_PLAN, &p->shown);
	if (result == 0)
		result = plan_load(v, lang_by_code(p->shown.lang), &p->s);
	p->form = &v->form;
	p->now = v->now;
	return result;
}

static void fill_phases(struct visit *v, struct plan_view *p)
{
	p->n_phase = p->s.n_phase < PHASES_MAX ? p->s.n_phase : PHASES_MAX;
	for (size_t i = 0; i < p->n_phase; i++) {
		const struct phase *from = &p->s.phase[i];
		p->phase[i] = (struct plan_phase){ .id = from->id,
			.name = from->name,
			.from = plan_date(from->starts, v->mem),
			.to = plan_date(from->ends ? from->ends - DAY : 0, v->mem),
			.actions = from->actions };
	}
}

static void fill_from_space(struct visit *v, struct plan_view *p)
{
	p->decided = p->s.decided_at.has ? plan_date(p->s.decided_at.v, v->mem) : STR("");
	p->due = p->s.answer_due.has ? plan_date(p->s.answer_due.v, v->mem) : STR("");
	p->slug = p->s.slug;
	fill_phases(v, p);
}

static int64_t actions_of(int64_t set)
{
	int64_t actions = 0;
	for (int i = 0; i < PLAN_ACTS; i++)
		if (set & (1 << i))
			actions |= plan_acts[i].action;
	return actions;
}

/* A phase stands in the form when its number does, whatever else is empty. */
static bool is_sent(const struct visit *v, size_t i)
{
	const char *const name[] = { "i0", "i1", "i2", "i3", "i4", "i5" };
	return form_typed(&v->form, name[i]).p != NULL;
}

static int read_phases(struct visit *v, struct plan_view *p, const struct plan_in *in)
{
	size_t n = 0;
	p->s.phase = arena_array(v->mem, PHASES_MAX, sizeof *p->s.phase);
	if (!p->s.phase)
		return ERR_NOMEM;
	for (size_t i = 0; i < PHASES_MAX; i++) {
		const struct phase_in *f = &in->phase[i];
		if (!is_sent(v, i) || (in->drop.has && in->drop.v == (int64_t)i))
			continue;
		p->s.phase[n] = (struct phase){ .id = f->id.v,
			.name = f->name,
			.starts = f->from.has ? f->from.v : 0,
			.ends = f->to.has ? f->to.v + DAY : 0,
			.actions = actions_of(f->actions) };
		p->phase[n++] = (struct plan_phase){ f->id.v, f->name,
			form_typed(&v->form, plan_from[i]), form_typed(&v->form, plan_to[i]),
			actions_of(f->actions) };
	}
	p->n_phase = p->s.n_phase = n;
	return 0;
}

/* The space as the form would make it. What cannot be read keeps its typed form in the fields. */
static int fill_from_form(struct visit *v, struct plan_view *p)
{
	const struct plan_in *in = visit_in(v, struct plan_in);
	struct space *s = &p->s;
	s->title = in->title;
	s->purpose = in->purpose;
	s->run_by = in->run_by;
	s->decider = in->decider;
	s->feeds = in->feeds;
	s->notice_reason = in->reason;
	s->decided_at = in->decided;
	s->answer_due = in->due;
	s->langs = in->langs | (1 << lang_by_code(s->lang)->id);
	if (in->access.has)
		s->access = (enum space_access)in->access.v;
	if (in->moderation.has)
		s->moderation = (enum space_moderation)in->moderation.v;
	p->decided = form_typed(&v->form, "decided");
	p->due = form_typed(&v->form, "due");
	p->slug = in->slug;
	return read_phases(v, p, in);
}

/* ---- the page ---- */

static int show(struct visit *v, struct plan_view *p, int status)
{
	p->frame = desk_frame(v, &p->shown, MSG_desk_tab_settings);
	p->n_row = plan_rows(&p->s, v->now, p->row);
	p->n_gap = plan_gaps(&p->s, v->now);
	p->is_saved = desk_saved(v);
	p->is_short = p->s.state == SPACE_DRAFT && plan_is_short(&p->s, v->now);
	p->fair_day = space_opens(&p->s) + plan_shift(&p->s, v->now);
	p->notice_days = space_notice_days(&p->s, v->now);
	plan_page(&v->out, p);
	return visit_page(v, status);
}

static int plan_show(struct visit *v)
{
	struct plan_view p = { 0 };
	int result = begin(v, &p);
	if (result < 0)
		return result;
	fill_from_space(v, &p);
	return show(v, &p, 200);
}

/* ---- saving ---- */

static bool is_frozen(const struct space *s)
{
	return s->state == SPACE_CLOSED || s->state == SPACE_ARCHIVED;
}

/* What no draft may be, and, once announced, what may not be taken back. */
static int find_faults(struct visit *v, struct plan_view *p)
{
	struct desk_slug_is_row other;
	struct plan_row row[PLAN_GAPS_MAX];
	int result = desk_slug_is(v->db, v->mem, p->slug, &other);
	if (result < 0)
		return result;
	if (!slug_is_fine(p->slug) && !form_fault_of(&v->form, "slug"))
		form_fault_add(&v->form, "slug", MSG_plan_fault_slug, 0);
	else if (result > 0 && other.id != p->s.id)
		form_fault_add(&v->form, "slug", MSG_plan_fault_taken, 0);
	if (p->s.state == SPACE_DRAFT)
		return 0;
	size_t n = plan_rows(&p->s, v->now, row);
	for (size_t i = 0; i < n; i++)
		if (row[i].gap)
			form_fault_add(&v->form, row[i].field, row[i].gap, 0);
	return 0;
}

/* A button that only changes the form: show it again with what was typed. */
static int reshape(struct visit *v, struct plan_view *p, enum plan_do what)
{
	if (what == DO_ADD && p->n_phase < PHASES_MAX)
		p->phase[p->n_phase++] = (struct plan_phase){ .actions = ACT_READ };
	if (what == DO_MOVE && space_opens(&p->s)) {
		plan_move(&p->s, v->now);
		fill_phases(v, p);
	}
	v->form.n_fault = 0;
	return visit_ended(show(v, p, 200));
}

static int plan_check(struct visit *v)
{
	const struct plan_in *in = visit_in(v, struct plan_in);
	struct plan_view p = { 0 };
	int result = begin(v, &p);
	if (result == 0 && is_frozen(&p.s))
		return err_note(ERR_CONFLICT, "settings of a closed space");
	if (result == 0)
		result = fill_from_form(v, &p);
	if (result < 0)
		return result;
	if (in->drop.has || (in->what.has && (in->what.v == DO_ADD || in->what.v == DO_MOVE)))
		return reshape(v, &p, in->drop.has ? DO_SAVE : (enum plan_do)in->what.v);
	result = find_faults(v, &p);
	if (result < 0)
		return result;
	return v->form.n_fault ? visit_ended(show(v, &p, 422)) : VISIT_GO_ON;
}

static bool is_kept(const struct space *s, int64_t id)
{
	for (size_t i = 0; i < s->n_phase; i++)
		if (s->phase[i].id == id)
			return true;
	return false;
}

static int drop_phases(struct visit *v, const struct space *was, const struct space *is)
{
	int result = 0;
	for (size_t i = 0; i < was->n_phase && result >= 0; i++) {
		int64_t id = was->phase[i].id;
		if (is_kept(is, id))
			continue;
		result = plan_phase_names_drop(v->db, id);
		if (result >= 0)
			result = plan_phase_drop(v->db, id, was->id);
	}
	return result;
}

static int put_phase(struct visit *v, const struct space *s, struct phase *p, int64_t ord)
{
	struct plan_phase_add_row made;
	int result;
	if (p->id) {
		result = plan_phase_set(v->db,
			(struct plan_phase_set_in){ .id = p->id,
				.space = s->id,
				.ord = ord,
				.starts = p->starts,
				.ends = p->ends,
				.actions = p->actions });
	} else {
		result = plan_phase_add(v->db, v->mem,
			(struct plan_phase_add_in){ .space = s->id,
				.ord = ord,
				.starts = p->starts,
				.ends = p->ends,
				.actions = p->actions },
			&made);
		if (result > 0)
			p->id = made.id;
	}
	return result < 0 ? result : plan_phase_name_put(v->db, p->id, s->lang, p->name);
}

static int put_space(struct visit *v, const struct plan_view *p)
{
	const struct space *s = &p->s;
	int result = plan_set(v->db,
		(struct plan_set_in){ .id = s->id,
			.slug = p->slug,
			.access = s->access,
			.moderation = s->moderation,
			.langs = s->langs,
			.decided_at = s->decided_at,
			.answer_due = s->answer_due,
			.at = v->now });
	if (result >= 0)
		result = plan_text_put(v->db,
			(struct plan_text_put_in){ .space = s->id,
				.lang = s->lang,
				.title = s->title,
				.purpose = s->purpose,
				.run_by = s->run_by,
				.decider = s->decider,
				.feeds = s->feeds,
				.reason = s->notice_reason });
	return result;
}

/* Numbers of phases that are not this space's are no numbers. */
static int put_phases(struct visit *v, struct space *is, const struct space *was)
{
	int result = drop_phases(v, was, is);
	for (size_t i = 0; i < is->n_phase && result >= 0; i++) {
		if (is->phase[i].id && !is_kept(was, is->phase[i].id))
			is->phase[i].id = 0;
		result = put_phase(v, is, &is->phase[i], (int64_t)i + 1);
	}
	return result;
}

static int plan_save(struct visit *v)
{
	const struct plan_in *in = visit_in(v, struct plan_in);
	struct plan_view p = { 0 };
	int result = begin(v, &p);
	if (result < 0)
		return result;
	struct space was = p.s;
	result = fill_from_form(v, &p);
	if (result == 0)
		result = find_faults(v, &p);
	if (result == 0 && (v->form.n_fault || is_frozen(&was)))
		return err_note(ERR_CONFLICT, "changed while it was looked at");
	if (result == 0)
		result = put_space(v, &p);
	if (result >= 0)
		result = put_phases(v, &p.s, &was);
	if (result < 0)
		return result;
	bool is_preview = in->what.has && in->what.v == DO_PREVIEW;
	return visit_goto(
		v, "/desk/%.*s/%s", STR_ARG(p.slug), is_preview ? "preview" : "edit?saved");
}

const struct route plan_routes[] = {
	/* method    path                who    input  check  act */
	{ HTTP_GET, "/desk/:slug/edit", STAFF, NULL, NULL, plan_show },
	{ HTTP_POST, "/desk/:slug/edit", STAFF, &plan_form, plan_check, plan_save },
	{ 0 },
};
