#include "record/bulk.h"
#include "po/messages.h"
#include "record/bulk.html.h"
#include "record/bulk.sql.h"
#include "record/routes.h"
#include <stdlib.h>

struct bulk_in {
	struct str move, words;
	bool is_sure;
};
#define AT(member) .at = offsetof(struct bulk_in, member)
static const struct form bulk_form = {
	.name = "bulk",
	.size = sizeof(struct bulk_in),
	.field = { { "move", FIELD_LINE, .is_required = true, .max = 40, AT(move) },
		{ "words", FIELD_TEXT, .max = RECORD_WORDS_MAX, AT(words) },
		{ "sure", FIELD_BOOL, AT(is_sure) } },
};
#undef AT

int bulk_end_msg(enum bulk_end end, bool is_over)
{
	switch (end) {
	case BULK_MOVES: return is_over ? MSG_record_bulk_moved : MSG_record_bulk_moves;
	case BULK_AGREES: return is_over ? MSG_record_bulk_agreed : MSG_record_bulk_agrees;
	case BULK_LACKS: return MSG_record_bulk_lacks;
	case BULK_NOT: return MSG_record_bulk_not;
	case BULK_GONE: break;
	}
	return MSG_record_bulk_gone;
}

size_t bulk_moves(const struct find *f, int ret[DEF_MOVES_MAX])
{
	const struct def *def = f->form->def;
	uint32_t roles = find_roles(f);
	size_t n = 0;
	for (int i = 0; i < (int)def->n_move; i++) {
		bool is_theirs = false;
		for (int s = 0; s < (int)def->n_state; s++)
			is_theirs |= (def->move[i].from >> s & 1) && (def->move[i].by & roles) &&
				(def_may(def, roles, s) & DEF_READ);
		if (is_theirs)
			ret[n++] = i;
	}
	return n;
}

/* ---- one record ---- */

int bulk_look(struct visit *v, struct bulk_view *p, struct str uid, struct bulk_row *to)
{
	struct record_by by = record_by(v);
	struct record r;
	*to = (struct bulk_row){ .uid = uid, .end = BULK_GONE };
	int result = record_find(&by, v->house->shelf, uid, &r);
	if (result == ERR_MISSING || (result == 0 && !str_eq(r.form->def->id, p->form->def->id)))
		return 0;
	if (result < 0)
		return result;
	const struct lang *lang = lang_by_code(r.lang);
	to->ref = r.ref;
	to->title = list_title(&r.answers, &r.can.reads);
	to->title_lang = (lang ? lang : v->lang)->tag;
	to->state = shelf_labels(r.form, v->lang)->state[r.state];
	to->is_done = r.form->def->state[r.state].is_done;
	int move = def_move_find(r.form->def, p->move_name);
	to->end = BULK_NOT;
	if (move < 0 || !(r.can.moves >> move & 1))
		return 0;
	result = record_lacks(&by, &r, move, p->words, &to->lacks);
	p->needs_words |= result == 0 && (to->lacks & NEEDS_NOTE);
	to->end = to->lacks == NEEDS_TWO_PEOPLE ? BULK_AGREES
		: to->lacks & ~NEEDS_NOTE       ? BULK_LACKS
						: BULK_MOVES;
	return result;
}

static bool is_uid(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!((s.p[i] >= '0' && s.p[i] <= '9') || (s.p[i] >= 'a' && s.p[i] <= 'z')))
			return false;
	return s.n == RECORD_UID_CHARS;
}

/* Ticks are "k-UID". */
static int look_at_all(struct visit *v, struct bulk_view *p)
{
	int result = 0;
	p->row = arena_array(v->mem, BULK_MAX + 1, sizeof *p->row);
	if (!p->row)
		return ERR_NOMEM;
	for (size_t i = 0; i < v->req->n_field && p->n < BULK_MAX && result == 0; i++) {
		struct str name = v->req->field[i].name;
		if (!str_starts(name, "k-") || !is_uid(str_from(name, 2)))
			continue;
		result = bulk_look(v, p, str_from(name, 2), &p->row[p->n]);
		p->n_go += p->row[p->n].end == BULK_MOVES || p->row[p->n].end == BULK_AGREES;
		p->n++;
	}
	p->is_empty = !p->n;
	return result;
}

/* ---- pages ---- */

int bulk_find(struct visit *v, struct bulk_view *p)
{
	struct record_by by = record_by(v);
	struct record_can can;
	p->form = shelf_find(v->house->shelf, v->part[0]);
	if (!p->form)
		return err_note(ERR_MISSING, "no such form");
	p->labels = shelf_labels(p->form, v->lang);
	return record_may(&by, p->form, NULL, &can);
}

int bulk_name_move(struct bulk_view *p, struct str name)
{
	int move = def_move_find(p->form->def, name);
	if (move < 0)
		return err_note(ERR_INPUT, "no such move");
	p->move_name = p->form->def->move[move].name;
	p->move = p->labels->move[move];
	return 0;
}

static int end(struct visit *v, struct bulk_view *p, int status)
{
	p->crumb = (struct record_crumb){
		.labels = p->labels, .name = p->form->def->id, .here = MSG_record_bulk_title
	};
	p->frame = visit_frame(v, visit_say(v, MSG_record_bulk_title, 0));
	p->frame.area = FRAME_RECORDS;
	p->frame.is_private = true;
	p->frame.is_fault = status != 200;
	bulk_page(&v->out, p);
	return visit_page(v, status);
}

static int move_check(struct visit *v)
{
	const struct bulk_in *in = visit_in(v, struct bulk_in);
	struct bulk_view p = { .words = in->words };
	int result = bulk_find(v, &p);
	if (result == 0)
		result = bulk_name_move(&p, in->move);
	if (result == 0)
		result = look_at_all(v, &p);
	if (result < 0)
		return result;
	if (in->is_sure && !v->form.n_fault && p.n_go && !p.needs_words)
		return VISIT_GO_ON;
	bool is_fault = p.is_empty || v->form.n_fault || (in->is_sure && p.needs_words);
	result = end(v, &p, is_fault ? 422 : 200);
	return result < 0 ? result : visit_ended(result);
}

int bulk_move(struct visit *v, const struct bulk_view *p, struct bulk_row *row, int64_t *ret_id)
{
	auto_tx tx = { 0 };
	struct record_by by = record_by(v);
	struct record r;
	struct record_done done = { 0 };
	int result = db_tx_begin(v->db, &tx);
	if (result == 0)
		result = record_find(&by, v->house->shelf, row->uid, &r);
	if (result == 0)
		result = record_write(&by, v->house->shelf,
			&(struct record_job){ .what = CHAIN_MOVED,
				.uid = row->uid,
				.move = def_move_find(r.form->def, p->move_name),
				.words = p->words },
			&done);
	if (result < 0)
		return result;
	row->end = done.is_agreed ? BULK_AGREES : BULK_MOVES;
	*ret_id = done.id;
	return db_tx_end(&tx);
}

/* What another has done or taken away meanwhile keeps none of the rest from its step. */
static int move_if_it_goes(
	struct visit *v, const struct bulk_view *p, struct bulk_row *row, struct buf *to)
{
	int64_t id = 0;
	bool goes = row->end == BULK_MOVES || row->end == BULK_AGREES;
	int result = goes ? bulk_move(v, p, row, &id) : 0;
	if (result == ERR_CONFLICT || result == ERR_DENIED || result == ERR_MISSING) {
		row->end = BULK_LACKS;
		return 0;
	}
	if (id)
		buf_f(to, "%c%lld.", (char)row->end, (long long)id);
	return result;
}

/* What came of it stands in the address: a letter and a number for each. */
static int move_act(struct visit *v)
{
	const struct bulk_in *in = visit_in(v, struct bulk_in);
	struct bulk_view p = { .words = in->words };
	auto_buf to;
	buf_init(&to, 4096);
	int result = bulk_find(v, &p);
	if (result == 0)
		result = bulk_name_move(&p, in->move);
	if (result == 0)
		result = look_at_all(v, &p);
	if (result < 0)
		return result;
	buf_f(&to, "/records/%.*s/moves?move=%.*s&ends=", STR_ARG(p.form->def->id),
		STR_ARG(p.move_name));
	for (size_t i = 0; i < p.n && result == 0; i++)
		result = move_if_it_goes(v, &p, &p.row[i], &to);
	if (result < 0)
		return result;
	struct str path = to.failed ? (struct str){ 0 } : arena_copy(v->mem, buf_view(&to));
	return path.p ? visit_go(v, path) : ERR_NOMEM;
}

/* ---- afterwards ---- */

static int told_one(struct visit *v, struct bulk_view *p, struct str one)
{
	struct bulk_uid_row row;
	int64_t id;
	if (one.n < 2 || !str_i64(str_from(one, 1), &id) || p->n == BULK_MAX)
		return 0;
	int result = bulk_uid(v->db, v->mem, id, &row);
	if (result <= 0)
		return result;
	struct bulk_row *to = &p->row[p->n];
	result = bulk_look(v, p, row.uid, to);
	if (result < 0)
		return result;
	if (to->end != BULK_GONE)
		to->end = one.p[0] == BULK_AGREES ? BULK_AGREES : BULK_MOVES;
	p->n++;
	return 0;
}

static int told_show(struct visit *v)
{
	struct bulk_view p = { .is_over = true };
	struct str rest = http_query(v->req, "ends"), one;
	int result = bulk_find(v, &p);
	if (result == 0)
		result = bulk_name_move(&p, http_query(v->req, "move"));
	p.row = arena_array(v->mem, BULK_MAX + 1, sizeof *p.row);
	if (result == 0 && !p.row)
		return ERR_NOMEM;
	while (result == 0 && str_cut(&rest, '.', &one))
		result = told_one(v, &p, one);
	if (result == ERR_INPUT)
		return err_note(ERR_MISSING, "no such move");
	p.needs_words = false;
	return result < 0 ? result : end(v, &p, 200);
}

const struct route bulk_routes[] = {
	/* method    path                     who        input       check       act */
	{ HTTP_GET, "/records/:form/moves", SIGNED_IN, NULL, NULL, told_show },
	{ HTTP_POST, "/records/:form/moves", SIGNED_IN, &bulk_form, move_check, move_act },
	{ 0 },
};
