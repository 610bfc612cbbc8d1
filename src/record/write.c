/* The one way by which anything about a record changes. */
#include "record/write.h"
#include "base/utf8.h"
#include "record/blob.h"
#include "record/body.h"
#include "record/cell.h"
#include "record/cite.h"
#include "record/record.sql.h"
#include "record/walk.h"
#include <string.h>
#include <time.h>

/* ---- are the answers what the definition asks for? ---- */

/* Nothing here can lock: what would have to be locked is not taken. */
static int refuse_sealed(const struct shelf_form *f, const struct answers *a)
{
	if (f->def->is_sealed)
		return err_note(
			ERR_INPUT, "%.*s is sealed, and nothing here seals", STR_ARG(f->def->id));
	for (int i = 0; i < (int)f->def->n_field; i++) {
		const struct def_field *field = &f->def->field[i];
		size_t rows = field->repeat >= 0 ? a->rows[field->repeat] : 1;
		for (size_t row = 0; row < rows; row++)
			if (def_asks(field) && def_is_sealed(f->def, i) && answers_get(a, i, row).n)
				return err_note(ERR_INPUT, "%.*s is sealed, and nothing here seals",
					STR_ARG(field->name));
	}
	return 0;
}

static int check_answers(const struct shelf_form *f, const struct answers *a)
{
	struct answers all = *a;
	int result = refuse_sealed(f, a);
	all.left_out = &f->left_out;
	return result < 0 ? result : walk_all(&all);
}

/* Samples may be made in any order. */
static int check_cited(const struct writing *w, const struct answers *a, const struct answers *old)
{
	int field = 0;
	size_t row = 0;
	int wrong = w->by->is_house ? 0 : cite_wrong(w->by, w->shelf, a, old, &field, &row);
	return wrong <= 0 ? wrong
			  : err_note(ERR_INPUT, "%.*s cites what is not there",
				    STR_ARG(a->def->field[field].name));
}

/* ---- making and changing ---- */

static int make(struct writing *w)
{
	const struct shelf_form *f = w->job->form;
	struct record_can can;
	int result = record_may(w->by, f, NULL, &can);
	if (result < 0)
		return result;
	if (!(can.may & DEF_CREATE))
		return err_note(ERR_DENIED, "not for them to make");
	w->r = (struct record){ .created = w->by->now,
		.uid = w->job->uid,
		.lang = w->by->lang,
		.state = 0,
		.form = f,
		.answers = *w->job->answers,
		.is_sample = w->job->is_sample };
	w->line.state_to = f->def->state[0].name;
	result = check_answers(f, w->job->answers);
	return result < 0 ? result : check_cited(w, w->job->answers, NULL);
}

/* Rows behind those that were there, which stay as they were. */
static bool only_adds(const struct answers *old, const struct answers *new, int repeat)
{
	const struct def *def = old->def;
	if (def->field[repeat].kind != DEF_REPEAT || new->rows[repeat] < old->rows[repeat])
		return false;
	for (int i = repeat + 1; i < def->field[repeat].end; i++)
		for (size_t row = 0; row < old->rows[repeat]; row++)
			if (!str_eq(answers_get(old, i, row), answers_get(new, i, row)))
				return false;
	return true;
}

/* Names of the fields that differ, each of which must be theirs to change. */
static int name_changes(struct writing *w, struct str *ret)
{
	const struct answers *old = &w->r.answers, *new = w->job->answers;
	const struct def *def = old->def;
	auto_buf names;
	buf_init(&names, 8192);
	for (int i = 0; i < (int)def->n_field; i++) {
		bool is_one = def->field[i].kind == DEF_REPEAT ||
			(def->field[i].repeat < 0 && def_asks(&def->field[i]));
		if (!is_one || answers_same(old, new, i))
			continue;
		bool may = def_fields_have(&w->r.can.writes, i) ||
			(def_fields_have(&w->r.can.adds, i) && only_adds(old, new, i));
		if (!may)
			return err_note(ERR_DENIED, "%.*s is not theirs to change",
				STR_ARG(def->field[i].name));
		buf_f(&names, "%s%.*s", names.n ? " " : "", STR_ARG(def->field[i].name));
	}
	if (names.failed)
		return names.failed;
	*ret = arena_copy(w->by->mem, buf_view(&names));
	return ret->p ? 0 : ERR_NOMEM;
}

static int change(struct writing *w)
{
	if (w->r.version != w->job->version)
		return err_note(ERR_CONFLICT, "somebody changed it meanwhile");
	int result = name_changes(w, &w->line.fields);
	if (result == 0)
		result = check_answers(w->r.form, w->job->answers);
	if (result == 0)
		result = check_cited(w, w->job->answers, &w->r.answers);
	if (result < 0)
		return result;
	w->r.answers = *w->job->answers;
	return 0;
}

/* ---- moving ---- */

static int move(struct writing *w)
{
	const struct def *def = w->r.form->def;
	int i = w->job->move, lacks;
	if (i < 0 || i >= (int)def->n_move || !(def->move[i].from >> w->r.state & 1))
		return err_note(ERR_CONFLICT, "not a move from where it stands");
	if (!(w->r.can.moves >> i & 1))
		return err_note(ERR_DENIED, "not their move");
	int result = record_lacks(w->by, &w->r, i, w->job->words, &lacks);
	if (result < 0)
		return result;
	w->is_agreed = lacks == NEEDS_TWO_PEOPLE;
	if (lacks && !w->is_agreed)
		return err_note(ERR_CONFLICT, "the move lacks something");
	w->line.move = def->move[i].name;
	w->line.state_from = def->state[w->r.state].name;
	w->line.state_to = def->state[w->is_agreed ? w->r.state : def->move[i].to].name;
	if (w->is_agreed)
		w->line.kind = CHAIN_AGREED;
	else
		w->moved = &def->move[i];
	if (w->moved)
		w->r.state = w->moved->to;
	return 0;
}

static int say(struct writing *w)
{
	int verb = w->job->what == CHAIN_NOTE ? DEF_NOTE_DOWN : DEF_SAY;
	if (!(w->r.can.may & verb))
		return err_note(ERR_DENIED, "not for them to say anything");
	return w->job->words.n ? 0 : err_note(ERR_INPUT, "nothing was said");
}

static int prepare(struct writing *w)
{
	const struct record_job *job = w->job;
	w->line = (struct chain_line){ .kind = job->what, .words = job->words };
	if (utf8_count(job->words) > RECORD_WORDS_MAX)
		return err_note(ERR_INPUT, "too many words");
	if (job->what == CHAIN_MADE)
		return make(w);
	int result = record_find(w->by, w->shelf, job->uid, &w->r);
	if (result < 0)
		return result;
	w->was_state = w->r.form->def->state[w->r.state].name;
	w->line.state_from = w->line.state_to = w->was_state;
	switch (job->what) {
	case CHAIN_CHANGED: return change(w);
	case CHAIN_MOVED: return move(w);
	case CHAIN_MESSAGE:
	case CHAIN_NOTE: return say(w);
	case CHAIN_MADE:
	case CHAIN_AGREED:
	case CHAIN_KINDS: break;
	}
	return err_note(ERR_BUG, "nothing that is done to records");
}

/* ---- keeping ---- */

static int insert(struct writing *w, int64_t order)
{
	struct record *r = &w->r;
	struct record_number_next_row next;
	struct record_id_row added = { 0 };
	struct tm day;
	time_t now = (time_t)w->by->now;
	if (!gmtime_r(&now, &day))
		return err_note(ERR_BUG, "no such time");
	int64_t year = day.tm_year + 1900;
	int result = record_number_next(w->by->db, w->by->mem, r->form->def->id, year, &next);
	if (result >= 0)
		result = write_ref(w->by->mem, r, year, next.n, &r->ref);
	if (result < 0)
		return result;
	result = record_add(w->by->db,
		(struct record_add_in){ .uid = r->uid,
			.name = r->form->def->id,
			.form = r->form->id,
			.year = year,
			.number = next.n,
			.ref = r->ref,
			.state = r->form->def->state[r->state].name,
			.account = { w->by->account, w->by->account != 0 },
			.participant = { w->by->participant,
				w->by->participant && !w->by->account },
			.lang = r->lang,
			.ord = order,
			.body = w->body,
			.is_sample = r->is_sample,
			.now = w->by->now });
	if (result >= 0)
		result = record_id(w->by->db, w->by->mem, r->uid, &added);
	if (result > 0)
		r->id = added.id;
	return result < 0 ? result : 0;
}

static int update(struct writing *w, int64_t order)
{
	const struct record *r = &w->r;
	int result = record_put(w->by->db,
		(struct record_put_in){ .id = r->id,
			.version = r->version,
			.state = r->form->def->state[r->state].name,
			.ord = order,
			.body = w->body,
			.ref = r->ref,
			.now = w->by->now });
	return result == 0   ? err_note(ERR_CONFLICT, "somebody was faster")
		: result < 0 ? result
			     : 0;
}

static int keep(struct writing *w)
{
	int64_t order = cell_order(&w->r.answers, w->r.created);
	struct answers *a = &w->r.answers;
	bool is_new = w->job->what == CHAIN_MADE;
	bool is_touched = w->line.kind != CHAIN_MADE && w->line.kind != CHAIN_CHANGED &&
		w->line.kind != CHAIN_MOVED;
	a->mem = w->by->mem;
	if (is_touched) {
		w->body = w->r.body;
		int result = record_touch(w->by->db, w->r.id, w->by->now);
		return result < 0 ? result : 0;
	}
	int result = 0;
	if (w->line.kind == CHAIN_MOVED)
		w->body = w->r.body;
	else
		result = body_write(a, &w->body);
	if (result == 0)
		result = is_new ? insert(w, order) : update(w, order);
	if (result == 0 && w->line.kind != CHAIN_MOVED)
		result = blob_sync(w->by->db, w->by->mem, w->r.uid, a);
	if (result < 0)
		return result;
	return is_new && w->job->cells
		? cell_gather(w->job->cells, w->by->mem, &w->r, order, true)
		: cell_put(w->by->db, w->by->mem, &w->r, order, w->was_state);
}

/* It says or is something else than before. */
static bool is_other(const struct writing *w)
{
	return w->line.kind == CHAIN_MADE || w->line.kind == CHAIN_CHANGED || w->moved;
}

static int do_it(struct writing *w)
{
	const struct record_by *by = w->by;
	int result = keep(w);
	if (result == 0)
		result = chain_put(by, w->r.id, &w->line, w->body);
	if (result == 0 && (w->line.kind == CHAIN_MADE || w->line.kind == CHAIN_CHANGED))
		result = cite_put(by, w->shelf, w->r.id, &w->r.answers);
	if (result == 0 && w->moved)
		result = write_take_back(w);
	if (result == 0 && w->moved && w->moved->then == DEF_THEN_DERIVE)
		result = write_derive(w, w->moved->then_what);
	if (result == 0 && is_other(w))
		result = shelf_tell(w->shelf,
			(struct record_event){ .by = by,
				.r = &w->r,
				.was_state = w->was_state,
				.moved = w->moved });
	return result;
}

int record_write(const struct record_by *by, const struct shelf *shelf,
	const struct record_job *job, struct record_done *ret)
{
	struct writing w = { .by = by, .shelf = shelf, .job = job };
	int result = prepare(&w);
	if (result < 0)
		return result;
	result = do_it(&w);
	if (job->cells && (result == ERR_INPUT || result == ERR_DENIED || result == ERR_CONFLICT))
		return ERR_BUG; /* with its own note */
	if (result < 0)
		return result;
	*ret = (struct record_done){ w.r.id, w.is_agreed };
	return 0;
}
