/* What follows from a record: its reference, and the record that is published of it. */
#include "record/body.h"
#include "record/record.sql.h"
#include "record/write.h"
#include <string.h>

enum { REF_MAX = 200 };

static void put_hole(
	struct buf *to, const struct record *r, struct str hole, int64_t year, int64_t number)
{
	int field = def_field_find(r->form->def, hole);
	if (str_is(hole, "Y"))
		buf_i64(to, year);
	else if (str_is(hole, "n"))
		buf_i64(to, number);
	else if (str_is(hole, "code16"))
		buf_str(to, r->uid);
	else if (field >= 0)
		buf_line(to, answers_get(&r->answers, field, 0));
}

int write_ref(
	struct arena *mem, const struct record *r, int64_t year, int64_t number, struct str *ret)
{
	struct str rest = r->form->def->ref.n ? r->form->def->ref : STR("{Y}-{n}"), before, hole;
	auto_buf ref;
	buf_init(&ref, REF_MAX * 8);
	while (str_cut(&rest, '{', &before)) {
		buf_str(&ref, before);
		if (rest.p && str_cut(&rest, '}', &hole))
			put_hole(&ref, r, hole, year, number);
	}
	if (ref.failed)
		return ref.failed;
	/* What joins two names joins nothing where the second one is not there. */
	while (ref.n && memchr("#-/ ", ref.p[ref.n - 1], 4))
		ref.n--;
	*ret = arena_copy(mem, buf_view(&ref));
	return ret->p ? 0 : ERR_NOMEM;
}

/* What is published of an answer: nothing of a sealed one, a month of a coarse day, or where
 * only a month is asked. A place has no
 * coarse form but its country, which is a question of its own. */
static struct str shown(
	const struct record *r, int field, size_t row, const struct def_field *target)
{
	const struct def_field *f = &r->form->def->field[field];
	struct str s = answers_get(&r->answers, field, row);
	if (def_is_sealed(r->form->def, field))
		return STR("");
	if (f->seal != DEF_COARSE && !target->is_month)
		return s;
	return f->kind == DEF_DATE && s.n == 10 ? arena_f(r->answers.mem, "%.*s-01", 7, s.p)
						: STR("");
}

/* Several choices outside of rows hold all that was chosen in the rows, each once. */
static int gather(const struct record *r, struct answers *to, int field, int from)
{
	const struct def_field *f = &r->form->def->field[from];
	auto_buf all;
	buf_init(&all, BODY_MAX);
	for (size_t i = 0; i < f->n_choice; i++) {
		bool is_in = false;
		for (size_t row = 0; row < r->answers.rows[f->repeat]; row++)
			is_in |= answers_has_choice(
				shown(r, from, row, &to->def->field[field]), f->choice[i].name);
		if (is_in)
			buf_f(&all, "%s%.*s", all.n ? " " : "", STR_ARG(f->choice[i].name));
	}
	struct str s = all.failed ? (struct str){ 0 } : arena_copy(r->answers.mem, buf_view(&all));
	return s.p ? answers_set(to, field, 0, s) : ERR_NOMEM;
}

/* Of two fields with one name, in rows or outside of them alike. */
static int copy_field(const struct record *r, struct answers *to, int field)
{
	const struct def_field *f = &to->def->field[field];
	int from = def_field_find(r->form->def, f->name), result = 0;
	if (from < 0 || !def_asks(f) || r->form->def->field[from].kind != f->kind)
		return 0;
	bool is_row = r->form->def->field[from].repeat >= 0;
	if (is_row && f->repeat < 0 && f->kind == DEF_MANY)
		return gather(r, to, field, from);
	if (is_row != (f->repeat >= 0))
		return 0;
	int repeat = r->form->def->field[from].repeat;
	size_t rows = repeat >= 0 ? r->answers.rows[repeat] : 1;
	for (size_t row = 0; row < rows && result == 0; row++)
		result = answers_set(to, field, row, shown(r, from, row, f));
	return result;
}

int write_derive(const struct writing *w, struct str form)
{
	const struct shelf_form *f = shelf_find(w->shelf, form);
	struct record_by house = *w->by;
	struct record_done done = { 0 };
	struct answers a;
	struct str uid = { 0 };
	if (!f)
		return err_note(ERR_BUG, "a record is derived into a form that is not there");
	/* Nobody made it: the one who published is not its author. */
	house.is_house = true;
	house.account = house.participant = 0;
	answers_init(&a, f->def, w->by->mem, w->by->now);
	int result = record_uid(w->by->mem, &uid);
	for (int i = 0; i < (int)f->def->n_field && result == 0; i++)
		result = copy_field(&w->r, &a, i);
	if (result == 0)
		result = answers_settle(&a);
	if (result == 0)
		result = record_write(&house, w->shelf,
			&(struct record_job){ .what = CHAIN_MADE,
				.form = f,
				.uid = uid,
				.answers = &a,
				.is_sample = w->r.is_sample },
			&done);
	return result < 0 ? result : record_join(w->by, done.id, w->r.id, LINK_DERIVED);
}

/* It leaves the state that a derived record stands for. */
static bool leaves_derived(const struct writing *w)
{
	const struct def *def = w->r.form->def;
	for (size_t i = 0; i < def->n_move; i++)
		if (def->move[i].then == DEF_THEN_DERIVE && w->moved->to != def->move[i].to &&
			str_eq(def->state[def->move[i].to].name, w->was_state))
			return true;
	return false;
}

static int take_back(const struct writing *w, const struct record_by *house, struct str uid)
{
	struct record derived;
	struct record_done done;
	int result = record_find(house, w->shelf, uid, &derived);
	if (result < 0)
		return result;
	int move = def_move_find(derived.form->def, STR("take_back"));
	if (move < 0 || !(derived.form->def->move[move].from >> derived.state & 1))
		return 0;
	return record_write(house, w->shelf,
		&(struct record_job){ .what = CHAIN_MOVED, .uid = uid, .move = move }, &done);
}

int write_take_back(const struct writing *w)
{
	struct record_by house = *w->by;
	struct record_links_row *row;
	size_t n = 0;
	if (!leaves_derived(w))
		return 0;
	house.is_house = true;
	house.account = house.participant = 0;
	int result = record_links(w->by->db, w->by->mem, w->r.id, &row, &n);
	for (size_t i = 0; i < n && result >= 0; i++)
		if (row[i].kind == LINK_DERIVED && !row[i].is_from)
			result = take_back(w, &house, row[i].uid);
	return result < 0 ? result : 0;
}

int record_join(const struct record_by *by, int64_t from, int64_t to, enum record_link kind)
{
	int result = record_link_add(by->db, from, to, kind);
	return result < 0 ? result : 0;
}
