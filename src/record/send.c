/* The check page, and what becomes of a draft. */
#include "po/messages.h"
#include "record/fill.h"
#include "record/fill.html.h"
#include "record/routes.h"

struct send_in {
	struct opt_i64 version; /* of the record as it was shown */
	struct str move;        /* a step to take at once; "" for none */
};
static const struct form send_form = {
	.name = "send",
	.size = sizeof(struct send_in),
	.field = { { "version", FIELD_INT, .min = 0, .max = INT64_MAX,
			   .at = offsetof(struct send_in, version) },
		{ "move", FIELD_LINE, .max = 40, .at = offsetof(struct send_in, move) } },
};

static struct shown_line lack_of(const struct fill_view *p, int field, size_t row)
{
	const struct def_field *f = &p->d.form->def->field[field];
	return (struct shown_line){ .field = field,
		.page = f->group >= 0    ? f->group
			: f->repeat >= 0 ? f->repeat
					 : field,
		.row = row,
		.label = p->labels->label[field] };
}

/* Every required question that is not answered. */
static int find_lacks(struct fill_view *p)
{
	struct answers *a = &p->d.answers;
	for (int i = 0; i < (int)a->def->n_field; i++) {
		int repeat = a->def->field[i].repeat;
		size_t rows = repeat >= 0 ? a->rows[repeat] : 1;
		for (size_t row = 0; row < rows && a->def->field[i].is_required; row++) {
			int asks = answers_get(a, i, row).n ? 0 : answers_asks(a, i, row);
			if (asks < 0)
				return asks;
			if (asks && p->n_lack < DEF_FIELDS_MAX)
				p->lack[p->n_lack++] = lack_of(p, i, row);
		}
	}
	return 0;
}

/* What the others' answers are now; of a repeat, how many rows. */
static int say_turns(struct visit *v, struct fill_view *p)
{
	int result = draft_turns(v, &p->d, &p->turn, &p->n_turn);
	p->turn_now = arena_array(v->mem, p->n_turn + 1, sizeof *p->turn_now);
	if (result == 0 && !p->turn_now)
		return ERR_NOMEM;
	for (size_t i = 0; i < p->n_turn && result == 0; i++) {
		int field = p->turn[i].field;
		if (p->d.form->def->field[field].kind == DEF_REPEAT)
			p->turn_now[i] = (struct said){
				lang_number(v->lang, v->mem, (int64_t)p->d.of.answers.rows[field]),
				v->lang
			};
		else
			result = walk_said(
				&p->d.of.answers, p->labels, field, 0, v->lang, &p->turn_now[i]);
	}
	return result;
}

/* Out of the first state, by its author, without a reason. */
static void list_moves(struct fill_view *p)
{
	const struct def *def = p->d.form->def;
	for (int i = 0; i < (int)def->n_move && !p->d.is_change; i++)
		if ((def->move[i].from & 1) && (def->move[i].by >> DEF_AUTHOR & 1) &&
			!(def->move[i].needs & NEEDS_NOTE))
			p->move[p->n_move++] = i;
}

static int show(struct visit *v, struct fill_view *p, int status)
{
	int page = (int)p->d.form->def->n_field;
	struct shown_how how = { p->labels, v->lang, NULL, true, -1, p->d.uid };
	int result = say_turns(v, p);
	if (result == 0)
		result = draft_merge(v, &p->d);
	if (result == 0)
		result = shown_make(&p->d.answers, &how, &p->all);
	if (result == 0)
		result = walk_count(&p->d.answers, page, &p->at, &p->n);
	if (result == 0 && status != 200)
		result = find_lacks(p);
	if (result < 0)
		return result;
	list_moves(p);
	p->at = p->n + 1;
	p->frame = visit_frame(v, visit_say(v, MSG_record_check_title, 0));
	p->frame.area = FRAME_RECORDS;
	p->frame.is_private = true;
	p->frame.is_fault = status != 200;
	check_page(&v->out, p);
	return visit_page(v, status);
}

static int back_to(struct visit *v, struct fill_view *p)
{
	int before;
	int result = walk_before(&p->d.answers, (int)p->d.form->def->n_field, &before);
	if (result == 0 && p->d.is_change)
		return url_local(arena_f(v->mem, "/record/%.*s", STR_ARG(p->d.of.uid)), &p->back);
	return result < 0 ? result : fill_address(v, &p->d, before, -1, &p->back);
}

static int send_show(struct visit *v)
{
	struct fill_view p = { 0 };
	int result = fill_here(v, &p);
	if (result == 0)
		result = back_to(v, &p);
	return result < 0 ? result : show(v, &p, 200);
}

/* A draft that was sent already is a record of the same uid. */
static int find_sent(struct visit *v)
{
	struct record_by by = record_by(v);
	struct record r;
	return record_find(&by, v->house->shelf, v->part[0], &r);
}

static int send_check(struct visit *v)
{
	const struct send_in *in = visit_in(v, struct send_in);
	struct fill_view p = { 0 };
	int field;
	size_t row;
	int result = fill_here(v, &p);
	if (result == ERR_MISSING) {
		result = find_sent(v);
		return result < 0 ? result : VISIT_GO_ON;
	}
	if (result == 0)
		result = back_to(v, &p);
	if (result < 0)
		return result;
	int lacks = answers_lack(&p.d.answers, &field, &row);
	if (lacks < 0)
		return lacks;
	bool is_old = p.d.is_change && in->version.has && in->version.v != p.d.of.version;
	if (!lacks && !is_old && !v->form.n_fault)
		return VISIT_GO_ON;
	result = show(v, &p, is_old ? 409 : 422);
	return result < 0 ? result : visit_ended(result);
}

static int send_it(struct visit *v, struct draft *d, int64_t version)
{
	struct record_by by = record_by(v);
	struct record_done done;
	int result = draft_merge(v, d);
	if (result == 0)
		result = answers_settle(&d->answers);
	if (result == 0)
		result = record_write(&by, v->house->shelf,
			&(struct record_job){ .what = d->is_change ? CHAIN_CHANGED : CHAIN_MADE,
				.form = d->form,
				.uid = d->is_change ? d->of.uid : d->uid,
				.answers = &d->answers,
				.version = version },
			&done);
	if (result == 0)
		result = draft_forget(v, d->uid);
	return result;
}

/* The step that was asked for with it, if nothing is missing for it; else the page says what is. */
static int move_on(struct visit *v, const struct draft *d, struct str name)
{
	struct record_by by = record_by(v);
	struct record_done done;
	struct record r;
	int move = name.n ? def_move_find(d->form->def, name) : -1, lacks;
	int result = move >= 0 ? record_find(&by, v->house->shelf, d->uid, &r) : 0;
	if (result < 0 || move < 0 || !(r.can.moves >> move & 1))
		return result;
	result = record_lacks(&by, &r, move, STR(""), &lacks);
	if (result < 0 || lacks)
		return result;
	return record_write(&by, v->house->shelf,
		&(struct record_job){ .what = CHAIN_MOVED, .uid = d->uid, .move = move }, &done);
}

static int send_act(struct visit *v)
{
	const struct send_in *in = visit_in(v, struct send_in);
	struct draft d;
	struct str uid = v->part[0];
	int result = draft_find(v, uid, &d);
	if (result == ERR_MISSING) {
		result = find_sent(v);
		return result < 0 ? result : visit_goto(v, "/record/%.*s", STR_ARG(uid));
	}
	if (result == 0)
		result = send_it(v, &d, in->version.has ? in->version.v : 0);
	if (result == 0 && !d.is_change)
		result = move_on(v, &d, in->move);
	if (result < 0)
		return result;
	return visit_goto(v, "/record/%.*s?%s", STR_ARG(d.is_change ? d.of.uid : uid),
		d.is_change ? "saved" : "sent");
}

static int drop_act(struct visit *v)
{
	struct draft d;
	v->is_quiet = true;
	int result = draft_find(v, v->part[0], &d);
	if (result == 0)
		result = draft_forget(v, d.uid);
	return result < 0 ? result : visit_go(v, STR("/me/records"));
}

const struct route send_routes[] = {
	/* method    path                who     input        check       act */
	{ HTTP_GET, "/draft/:uid", ANYONE, NULL, NULL, send_show },
	{ HTTP_POST, "/draft/:uid", ANYONE, &send_form, send_check, send_act },
	{ HTTP_POST, "/me/records/:uid/drop", ANYONE, NULL, NULL, drop_act },
	{ 0 },
};
