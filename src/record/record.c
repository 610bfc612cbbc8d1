#include "record/record.h"
#include "record/body.h"
#include "record/record.sql.h"

/* ---- who may what ---- */

static uint64_t moves_of(const struct def *def, uint32_t roles, int state)
{
	uint64_t moves = 0;
	for (size_t i = 0; i < def->n_move; i++)
		if ((def->move[i].from >> state & 1) && (def->move[i].by & roles))
			moves |= UINT64_C(1) << i;
	return moves;
}

struct def_fields record_takes(const struct def *def, uint32_t roles, int state)
{
	struct def_fields reads = def_sees(def, roles, state, DEF_READ);
	struct def_fields takes = def_sees(def, roles, state, DEF_EXPORT);
	for (int i = 0; i < (int)def->n_field; i++)
		if (!def_fields_have(&reads, i) || def_is_sealed(def, i))
			takes.bits[i / 64] &= ~(UINT64_C(1) << (i % 64));
	return takes;
}

static struct record_can all_of_it(const struct def *def, int state)
{
	struct record_can can = { .may = ~0 };
	for (int i = 0; i < (int)def->n_field; i++)
		def_fields_add(&can.reads, i);
	can.writes = can.adds = can.takes = can.reads;
	can.moves = moves_of(def, ~0u, state);
	return can;
}

int record_may(const struct record_by *by, const struct shelf_form *f, const struct record *r,
	struct record_can *ret)
{
	struct record_can can = { 0 };
	struct opt_i64 nobody = { 0 };
	int state = r ? r->state : 0;
	if (by->is_house) {
		*ret = all_of_it(f->def, state);
		return 0;
	}
	int result = record_roles(
		by, f->def, r ? r->account : nobody, r ? r->participant : nobody, &can.roles);
	if (result < 0)
		return result;
	can.may = def_may(f->def, can.roles, state);
	if (r)
		can.may &= ~DEF_CREATE;
	can.reads = def_sees(f->def, can.roles, state, DEF_READ);
	can.writes = def_sees(f->def, can.roles, state, DEF_WRITE);
	can.adds = def_sees(f->def, can.roles, state, DEF_ADD);
	can.takes = record_takes(f->def, can.roles, state);
	can.moves = moves_of(f->def, can.roles, state);
	*ret = can;
	return 0;
}

/* ---- one record ---- */

static int take_row(const struct record_by *by, const struct shelf *shelf, struct str uid,
	const struct record_by_uid_row *row, struct record *ret)
{
	struct record r = { .id = row->id,
		.version = row->version,
		.created = row->created,
		.changed = row->changed,
		.uid = uid,
		.ref = row->ref,
		.lang = row->lang,
		.body = row->body,
		.account = row->account,
		.participant = row->participant,
		.is_sample = row->is_sample != 0 };
	int result = shelf_of(shelf, by->db, by->mem, row->form, &r.form);
	if (result < 0)
		return result;
	r.state = def_state_find(r.form->def, row->state);
	if (r.state < 0)
		return err_note(ERR_BUG, "a record in no state of its definition");
	answers_init(&r.answers, r.form->def, by->mem, by->now);
	r.answers.left_out = &r.form->left_out;
	result = body_read(row->body, &r.answers);
	if (result < 0)
		return result == ERR_INPUT ? ERR_BUG : result;
	*ret = r;
	return 0;
}

int record_find(
	const struct record_by *by, const struct shelf *shelf, struct str uid, struct record *ret)
{
	struct record_by_uid_row row;
	struct record r = { 0 };
	int result = record_by_uid(by->db, by->mem, uid, &row);
	if (result == 0)
		return err_note(ERR_MISSING, "no such record");
	if (result > 0)
		result = take_row(by, shelf, uid, &row, &r);
	if (result == 0)
		result = record_may(by, r.form, &r, &r.can);
	if (result < 0)
		return result;
	if (!(r.can.may & DEF_READ))
		return err_note(ERR_MISSING, "a record that is not theirs to read");
	*ret = r;
	return 0;
}

int record_uid(struct arena *mem, struct str *ret)
{
	uint8_t noise[RECORD_UID_CHARS / 2];
	char text[RECORD_UID_CHARS + 1];
	random_bytes(noise, sizeof noise);
	hex_text(noise, sizeof noise, text);
	*ret = arena_copy(mem, (struct str){ text, RECORD_UID_CHARS });
	return ret->p ? 0 : ERR_NOMEM;
}
