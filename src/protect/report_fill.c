#include "protect/report_fill.h"
#include "account/who.h"
#include "po/messages.h"
#include "protect/report_fill.html.h"
#include "protect/routes.h"

struct kind_in {
	struct str kind;
};
struct to_in {
	struct str channel;
};
static const struct form kind_form = {
	.name = "report",
	.size = sizeof(struct kind_in),
	.body_max = 4096,
	.field = { { "kind", FIELD_LINE, .is_required = true, .max = 40,
		.at = offsetof(struct kind_in, kind) } },
};
static const struct form page_form = { .name = "write", .size = 1, .body_max = WALK_BODY_MAX };
static const struct form to_form = {
	.name = "to",
	.size = sizeof(struct to_in),
	.body_max = 4096,
	.field = { { "channel", FIELD_LINE, .is_required = true, .max = 40,
		.at = offsetof(struct to_in, channel) } },
};

static struct fill_report_view view(struct visit *v, struct str title)
{
	struct fill_report_view p = { .frame = quiet_frame(v, MSG_protect_form_title),
		.form = &v->form };
	p.frame.title = title;
	return p;
}

/* ---- what it is about ---- */

static int kind_show(struct visit *v)
{
	struct channel_row channel;
	struct unsent d;
	int result = report_channel(v, v->part[0], &channel);
	if (result == 0)
		return report_shut(v);
	if (result > 0)
		result = who_form(v) < 0 ? ERR_NOMEM : unsent_get(v, &d);
	if (result < 0)
		return result;
	struct fill_report_view p = view(v, visit_say(v, MSG_protect_kind_title, 0));
	p.has_draft = result > 0;
	p.channel = &channel;
	p.kind = told_kinds(v->house, &p.n_kind);
	p.kind_labels = arena_array(v->mem, p.n_kind, sizeof *p.kind_labels);
	if (!p.kind_labels)
		return ERR_NOMEM;
	for (size_t i = 0; i < p.n_kind; i++)
		p.kind_labels[i] = shelf_labels(&p.kind[i], v->lang);
	report_kind_page(&v->out, &p);
	return quiet_page(v, v->form.n_fault ? 422 : 200);
}

static int kind_check(struct visit *v)
{
	struct channel_row *channel = arena_take(v->mem, sizeof *channel);
	int result = channel ? report_channel(v, v->part[0], channel) : ERR_NOMEM;
	if (result <= 0)
		return result < 0 ? result : visit_ended(report_shut(v));
	if (v->form.n_fault == 0 && !told_kind(v->house, visit_in(v, struct kind_in)->kind))
		return err_note(ERR_INPUT, "a kind that was not offered");
	v->parked = channel;
	return v->form.n_fault ? visit_ended(kind_show(v)) : VISIT_GO_ON;
}

static int go_to(struct visit *v, const struct told *t, int page)
{
	if (page < 0)
		return visit_go(
			v, http_field(v->req, "checked").n ? STR("/r/check") : STR("/r/file"));
	return visit_goto(v, "/r/write/%.*s", STR_ARG(t->answers.def->field[page].name));
}

static int drop_older(struct visit *v)
{
	struct unsent older;
	int result = unsent_get(v, &older);
	return result > 0 ? unsent_drop(v, &older) : result;
}

/* An envelope with nothing in it yet, so that the draft says which kind it is. */
static int kind_act(struct visit *v)
{
	const struct channel_row *channel = v->parked;
	struct str kind = visit_in(v, struct kind_in)->kind;
	struct unsent d = { .channel = channel->id };
	struct told t;
	int page = -1;
	v->is_quiet = true;
	told_begin(v, told_kind(v->house, kind), &t);
	int result = drop_older(v);
	if (result == 0)
		result = told_write(&t, TOLD_DRAFT, &d.told);
	if (result == 0)
		result = unsent_begin(v, &d);
	if (result == 0)
		result = walk_next(&t.answers, -1, &page);
	wipe(&d.code, sizeof d.code);
	return result < 0 ? result : go_to(v, &t, page);
}

/* ---- a page of it ---- */

struct writing {
	struct unsent d;
	struct told t;
	int page;
};

/* The draft of this browser: 1; 0: none. */
static int find(struct visit *v, struct writing *w)
{
	int result = unsent_get(v, &w->d);
	if (result > 0)
		result = told_read(v, w->d.told, &w->t) < 0 ? ERR_BUG : 1;
	return result;
}

static int gone(struct visit *v)
{
	return visit_go(v, STR("/r?dropped"));
}

static int find_page(struct visit *v, struct writing *w)
{
	int result = find(v, w);
	w->page = result > 0 ? walk_page_find(w->t.answers.def, v->part[0]) : -1;
	if (result > 0 && w->page < 0)
		return err_note(ERR_MISSING, "no such question");
	return result;
}

static int address(struct visit *v, const struct def *def, int page, struct url *ret)
{
	struct str s = page < 0 ? STR("/r/check")
				: arena_f(v->mem, "/r/write/%.*s", STR_ARG(def->field[page].name));
	return s.p ? url_local(s, ret) : ERR_NOMEM;
}

/* Back leads to the question before, to where the kind was chosen, or to the check page. */
static int find_back(struct visit *v, const struct writing *w, struct fill_report_view *p)
{
	struct channel_row channel = { 0 };
	int before = -1;
	if (p->is_checked)
		return address(v, p->def, -1, &p->back);
	int result = walk_before(
		&w->t.answers, w->page < 0 ? (int)p->def->n_field : w->page, &before);
	if (result == 0 && before >= 0)
		return address(v, p->def, before, &p->back);
	if (result == 0)
		result = channel_of(v, w->d.channel, &channel);
	if (result < 0)
		return result;
	struct str s = arena_f(v->mem, "/r/%.*s/report", STR_ARG(channel.slug));
	return s.p ? url_local(s, &p->back) : ERR_NOMEM;
}

static int show_page(struct visit *v, struct writing *w, const struct walk_faults *faults)
{
	const struct labels *labels = shelf_labels(w->t.form, v->lang);
	struct fill_report_view p = view(v, labels->label[w->page].s);
	p.labels = labels;
	p.def = w->t.answers.def;
	p.is_checked = http_query(v->req, "checked").p || http_field(v->req, "checked").n;
	if (p.def->field[w->page].kind == DEF_NOTE)
		p.frame.title = labels->title.s;
	int result = walk_show(&w->t.answers, labels, w->page, 0, &p.walk);
	if (result == 0)
		result = walk_count(&w->t.answers, w->page, &p.at, &p.n);
	if (result == 0)
		result = find_back(v, w, &p);
	if (result == 0)
		result = address(v, p.def, w->page, &p.action);
	if (result < 0)
		return result;
	p.walk.is_title = p.def->field[w->page].kind != DEF_NOTE;
	p.walk.faults = faults;
	p.frame.is_fault = faults != NULL;
	report_step_page(&v->out, &p);
	return quiet_page(v, faults ? 422 : 200);
}

static int page_show(struct visit *v)
{
	struct writing w = { 0 };
	int result = who_form(v);
	if (result == 0)
		result = find_page(v, &w);
	if (result <= 0)
		return result < 0 ? result : gone(v);
	return show_page(v, &w, NULL);
}

static int skip(struct writing *w)
{
	return def_asks(&w->t.answers.def->field[w->page])
		? answers_set(&w->t.answers, w->page, 0, STR(""))
		: 0;
}

static int page_check(struct visit *v)
{
	struct walk_faults faults = { 0 };
	struct writing *w = arena_take(v->mem, sizeof *w);
	int result = w ? find_page(v, w) : ERR_NOMEM;
	if (result <= 0)
		return result < 0 ? result : visit_ended(gone(v));
	if (http_field(v->req, "skip").n)
		result = skip(w);
	else
		result = walk_read(
			&w->t.answers, w->page, 0, v->req->field, v->req->n_field, &faults);
	if (result < 0)
		return result;
	faults.is_stale = v->form.n_fault > 0;
	if (faults.n || faults.is_stale)
		return visit_ended(show_page(v, w, &faults));
	v->parked = w;
	return VISIT_GO_ON;
}

static int page_act(struct visit *v)
{
	struct writing *w = v->parked;
	int next = -1;
	v->is_quiet = true;
	int result = answers_settle(&w->t.answers);
	if (result == 0)
		result = told_write(&w->t, TOLD_DRAFT, &w->d.told);
	if (result == 0)
		result = unsent_keep(v, &w->d);
	if (result == 0 && !http_field(v->req, "checked").n)
		result = walk_next(&w->t.answers, w->page, &next);
	return result < 0 ? result : go_to(v, &w->t, next);
}

/* ---- before it is sent ---- */

static bool says(const struct told *t, const char *name, const char *value)
{
	int i = def_field_find(t->answers.def, str_c(name));
	return i >= 0 && str_is(answers_get(&t->answers, i, 0), value);
}

static int check_show(struct visit *v)
{
	struct writing w = { .page = -1 };
	struct channel_row channel;
	struct fill_report_view p = view(v, visit_say(v, MSG_record_check_title, 0));
	int result = who_form(v) < 0 ? ERR_NOMEM : find(v, &w);
	if (result == 0)
		return gone(v);
	if (result > 0)
		result = channel_of(v, w.d.channel, &channel);
	if (result < 0)
		return result;
	struct shown_how how = { shelf_labels(w.t.form, v->lang), v->lang, NULL, true, -1,
		STR("") };
	p.def = w.t.answers.def;
	p.labels = how.labels;
	p.channel = result > 0 ? &channel : NULL;
	p.is_inside = says(&w.t, "inside", "yes");
	p.is_empty = http_query(v->req, "empty").p != NULL;
	p.n_file = w.d.n_file;
	result = channel_list_open(v, &(struct channel_row *){ NULL }, &p.n_channel);
	if (result == 0)
		result = shown_make(&w.t.answers, &how, &p.all);
	if (result == 0)
		result = find_back(v, &w, &p);
	if (result == 0)
		result = walk_count(&w.t.answers, (int)p.def->n_field, &p.at, &p.n);
	if (result < 0)
		return result;
	p.at = p.n + 1;
	report_check_page(&v->out, &p);
	return quiet_page(v, 200);
}

static int drop_act(struct visit *v)
{
	v->is_quiet = true;
	int result = drop_older(v);
	if (result < 0)
		return result;
	unsent_forget(v);
	return gone(v);
}

/* ---- who reads it ---- */

static int to_show(struct visit *v)
{
	struct unsent d;
	struct channel_row *row;
	struct fill_report_view p = view(v, visit_say(v, MSG_protect_to_title, 0));
	int result = who_form(v) < 0 ? ERR_NOMEM : unsent_get(v, &d);
	if (result == 0)
		return gone(v);
	if (result > 0)
		result = channel_list_open(v, &row, &p.n_channel);
	if (result < 0)
		return result;
	p.channel = row;
	for (size_t i = 0; i < p.n_channel; i++)
		row[i].is_chosen = row[i].id == d.channel;
	report_to_page(&v->out, &p);
	return quiet_page(v, v->form.n_fault ? 422 : 200);
}

static int to_check(struct visit *v)
{
	struct channel_row channel;
	struct unsent *d = arena_take(v->mem, sizeof *d);
	if (v->form.n_fault)
		return visit_ended(to_show(v));
	int result = d ? unsent_get(v, d) : ERR_NOMEM;
	if (result <= 0)
		return result < 0 ? result : visit_ended(gone(v));
	result = report_channel(v, visit_in(v, struct to_in)->channel, &channel);
	if (result <= 0)
		return result < 0 ? result : visit_ended(report_shut(v));
	d->channel = channel.id;
	v->parked = d;
	return VISIT_GO_ON;
}

static int to_act(struct visit *v)
{
	v->is_quiet = true;
	int result = unsent_keep(v, v->parked);
	return result < 0 ? result : visit_go(v, STR("/r/check"));
}

const struct route report_fill_routes[] = {
	{ HTTP_GET, "/r/check", ANYONE, NULL, NULL, check_show },
	{ HTTP_POST, "/r/drop", ANYONE, NULL, NULL, drop_act },
	{ HTTP_GET, "/r/to", ANYONE, NULL, NULL, to_show },
	{ HTTP_POST, "/r/to", ANYONE, &to_form, to_check, to_act },
	{ HTTP_GET, "/r/write/:page", ANYONE, NULL, NULL, page_show },
	{ HTTP_POST, "/r/write/:page", ANYONE, &page_form, page_check, page_act },
	{ HTTP_GET, "/r/:channel/report", ANYONE, NULL, NULL, kind_show },
	{ HTTP_POST, "/r/:channel/report", ANYONE, &kind_form, kind_check, kind_act },
	{ 0 },
};
