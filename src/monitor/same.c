#include "monitor/same.h"
#include "monitor/routes.h"
#include "monitor/same.html.h"
#include "monitor/same.sql.h"
#include "po/messages.h"
#include "record/body.h"
#include "record/walk.h"

enum { DAY_SECONDS = 86400 };

struct same_in {
	struct str from, into;
};
#define AT(member) .at = offsetof(struct same_in, member)
static const struct form same_form = {
	.name = "same",
	.size = sizeof(struct same_in),
	.body_max = 2048,
	.field = { { "from", FIELD_LINE, .is_required = true, .max = RECORD_UID_CHARS, AT(from) },
		{ "into", FIELD_LINE, .is_required = true, .max = RECORD_UID_CHARS, AT(into) } },
};

/* ---- who ---- */

static int only_reviewers(struct visit *v)
{
	struct record_by by = record_by(v);
	const struct shelf_form *f = shelf_find(v->house->shelf, STR("incident"));
	int role = def_role_find(f->def, STR("reviewer"));
	struct record_can can;
	int result = record_may(&by, f, NULL, &can);
	if (result == 0 && (role < 0 || !(can.roles >> role & 1)))
		result = err_note(ERR_DENIED, "for those who check incidents");
	return result;
}

/* ---- what is alike ---- */

static struct str get(const struct answers *a, const char *field)
{
	int i = def_field_find(a->def, str_c(field));
	return i < 0 ? STR("") : answers_get(a, i, 0);
}

static int take(struct visit *v, const struct same_waiting_row *row, struct same_one *to)
{
	const struct shelf_form *f;
	const struct lang *lang = lang_by_code(row->lang);
	struct answers a;
	int result = shelf_of(v->house->shelf, v->db, v->mem, row->form, &f);
	if (result < 0)
		return result;
	const struct labels *l = shelf_labels(f, v->lang);
	int state = def_state_find(f->def, row->state);
	answers_init(&a, f->def, v->mem, v->now);
	result = state < 0 ? err_note(ERR_BUG, "a record in no state") : body_read(row->body, &a);
	if (result < 0)
		return result;
	lang = lang ? lang : v->lang;
	*to = (struct same_one){ .id = row->id,
		.uid = row->uid,
		.ref = row->ref,
		.title = get(&a, "title"),
		.lang = lang->tag,
		.country = get(&a, "country"),
		.acts = get(&a, "act"),
		.state = l->state[state],
		.at = row->ord,
		.is_sample = row->is_sample != 0 };
	result = walk_said(
		&a, l, def_field_find(f->def, STR("country")), 0, lang, &to->country_name);
	return result < 0
		? result
		: walk_said(&a, l, def_field_find(f->def, STR("act")), 0, lang, &to->act_names);
}

static bool shares_act(const struct same_one *a, const struct same_one *b)
{
	struct str acts = a->acts, act;
	while (acts.n && str_cut(&acts, ' ', &act))
		if (answers_has_choice(b->acts, act))
			return true;
	return false;
}

static int find_near(struct visit *v, struct same_row *to)
{
	struct same_near_row *row;
	size_t n = 0;
	int result = same_near(v->db, v->mem,
		(struct same_near_in){ to->one.country, to->one.at - SAME_DAYS * DAY_SECONDS,
			to->one.at + (SAME_DAYS + 1) * DAY_SECONDS, to->one.id, SAME_NEAR },
		&row, &n);
	for (size_t i = 0; i < n && result >= 0 && to->n_near < SAME_SHOWN; i++) {
		const struct same_waiting_row as = { row[i].id, row[i].uid, row[i].form, row[i].ref,
			row[i].state, row[i].lang, row[i].body, row[i].ord, row[i].is_sample };
		result = take(v, &as, &to->near[to->n_near]);
		to->n_near += result == 0 && shares_act(&to->one, &to->near[to->n_near]);
	}
	return result < 0 ? result : 0;
}

static int same_show(struct visit *v)
{
	struct same_view p = { .merged = http_query(v->req, "merged") };
	struct same_waiting_row *row = NULL;
	int result = only_reviewers(v);
	if (result == 0)
		result = same_waiting(v->db, v->mem, SAME_WAITING, &row, &p.n);
	p.row = result < 0 ? NULL : arena_array(v->mem, p.n + 1, sizeof *p.row);
	if (!p.row)
		return result < 0 ? result : ERR_NOMEM;
	for (size_t i = 0; i < p.n && result >= 0; i++) {
		result = take(v, &row[i], &p.row[i].one);
		if (result == 0)
			result = find_near(v, &p.row[i]);
	}
	if (result < 0)
		return result;
	p.frame = visit_frame(v, visit_say(v, MSG_same_page_title, 0));
	p.frame.area = FRAME_DATA;
	same_page(&v->out, &p);
	return visit_page(v, 200);
}

/* ---- merging ---- */

/* The sources of ${from}, behind those that ${to} has. */
static int add_sources(const struct answers *from, struct answers *to)
{
	int repeat = def_field_find(to->def, STR("source"));
	int theirs = def_field_find(from->def, STR("source")), result = 0;
	if (repeat < 0 || theirs < 0)
		return 0;
	size_t first = to->rows[repeat];
	for (int i = repeat + 1; i < to->def->field[repeat].end; i++) {
		int field = def_field_find(from->def, to->def->field[i].name);
		for (size_t row = 0; field >= 0 && row < from->rows[theirs] && result == 0; row++)
			result = answers_set(to, i, first + row, answers_get(from, field, row));
	}
	return result;
}

static int give_sources(const struct record_by *by, const struct shelf *shelf,
	const struct record *from, struct record *into)
{
	struct record_done done;
	if (!str_is(into->form->def->state[into->state].name, "review"))
		return 0;
	int result = add_sources(&from->answers, &into->answers);
	return result < 0 ? result
			  : record_write(by, shelf,
				    &(struct record_job){ .what = CHAIN_CHANGED,
					    .uid = into->uid,
					    .answers = &into->answers,
					    .version = into->version },
				    &done);
}

static int same_act(struct visit *v)
{
	const struct same_in *in = visit_in(v, struct same_in);
	const struct shelf *shelf = v->house->shelf;
	struct record_by by = record_by(v);
	struct record from = { 0 }, into = { 0 };
	struct record_done done;
	int result = only_reviewers(v);
	if (result == 0 && v->form.n_fault)
		result = err_note(ERR_INPUT, "which two?");
	if (result == 0)
		result = record_find(&by, shelf, in->from, &from);
	if (result == 0)
		result = record_find(&by, shelf, in->into, &into);
	if (result == 0 &&
		(from.id == into.id || !str_is(from.form->def->id, "incident") ||
			!str_is(into.form->def->id, "incident") ||
			str_is(into.form->def->state[into.state].name, "merged")))
		result = err_note(ERR_CONFLICT, "these two cannot be one");
	if (result == 0)
		result = record_write(&by, shelf,
			&(struct record_job){ .what = CHAIN_MOVED,
				.uid = from.uid,
				.move = def_move_find(from.form->def, STR("merge")),
				.words = into.ref },
			&done);
	if (result == 0)
		result = record_join(&by, from.id, into.id, LINK_SAME);
	if (result == 0)
		result = give_sources(&by, shelf, &from, &into);
	return result < 0 ? result
			  : visit_goto(v, "/incidents/check?merged=%.*s", STR_ARG(from.ref));
}

const struct route same_routes[] = {
	/* method     path                   who        input       check act */
	{ HTTP_GET, "/incidents/check", SIGNED_IN, NULL, NULL, same_show },
	{ HTTP_POST, "/incidents/check", SIGNED_IN, &same_form, NULL, same_act },
	{ 0 },
};
