#include "record/draft.h"
#include "account/who.h"
#include "record/blob.h"
#include "record/body.h"
#include "record/draft.sql.h"

static bool is_theirs(const struct visit *v, const struct draft_by_uid_row *row)
{
	return (row->account.has && row->account.v == who_acts(&v->who)) ||
		(row->participant.has && row->participant.v == v->who.participant.v);
}

int draft_begin(
	struct visit *v, const struct shelf_form *f, const struct record *of, struct str *ret_uid)
{
	struct record_by by = record_by(v);
	struct record_can can = { 0 };
	int result = of || who_acts(&v->who) ? 0 : who_participant(v);
	if (result == 0)
		result = record_may(&by, f, NULL, &can);
	if (result < 0)
		return result;
	if (of ? !(of->can.may & (DEF_WRITE | DEF_ADD)) : !(can.may & DEF_CREATE) || !f->can_make)
		return err_note(ERR_DENIED, "not for them to fill in");
	result = draft_drop_old(v->db, v->now - DRAFT_DAYS * INT64_C(86400));
	if (result >= 0)
		result = record_uid(v->mem, ret_uid);
	if (result < 0)
		return result;
	bool has_account = who_acts(&v->who) != 0;
	result = draft_add(v->db,
		(struct draft_add_in){ .uid = *ret_uid,
			.form = f->id,
			.account = { who_acts(&v->who), has_account },
			.participant = { v->who.participant.v, !has_account },
			.record = { of ? of->id : 0, of != NULL },
			.version = of ? of->version : 0,
			.base = of ? of->body : STR("{}"),
			.now = v->now });
	return result < 0 ? result : 0;
}

/* What is theirs to change is asked; the rest is left as it is. */
static void leave_out(struct draft *d)
{
	d->left_out = d->form->left_out;
	for (int i = 0; d->is_change && i < (int)d->form->def->n_field; i++)
		if (!def_fields_have(&d->of.can.writes, i) &&
			!def_fields_have(&d->of.can.adds, i) &&
			d->form->def->field[i].kind != DEF_GROUP)
			def_fields_add(&d->left_out, i);
	d->answers.left_out = &d->left_out;
}

static int find_record(struct visit *v, int64_t id, struct draft *d)
{
	struct draft_record_row row;
	struct record_by by = record_by(v);
	int result = draft_record(v->db, v->mem, id, &row);
	if (result == 0)
		return err_note(ERR_MISSING, "the record of a draft");
	if (result > 0)
		result = record_find(&by, v->house->shelf, row.uid, &d->of);
	d->is_change = true;
	return result < 0 ? result : 0;
}

int draft_find(struct visit *v, struct str uid, struct draft *ret)
{
	struct draft_by_uid_row row;
	int result = draft_by_uid(v->db, v->mem, uid, &row);
	if (result < 0)
		return result;
	if (result == 0 || !is_theirs(v, &row))
		return err_note(ERR_MISSING, "no such draft of theirs");
	*ret = (struct draft){ .uid = uid, .version = row.version, .base = row.base, .at = row.at };
	result = shelf_of(v->house->shelf, v->db, v->mem, row.form, &ret->form);
	if (result == 0 && row.record.has)
		result = find_record(v, row.record.v, ret);
	if (result < 0)
		return result;
	answers_init(&ret->answers, ret->form->def, v->mem, v->now);
	leave_out(ret);
	return body_read(row.body, &ret->answers);
}

int draft_keep(struct visit *v, struct draft *d)
{
	int result = answers_settle(&d->answers);
	return result < 0 ? result : draft_keep_all(v, d);
}

int draft_keep_all(struct visit *v, struct draft *d)
{
	struct str body = { 0 };
	int result = body_write(&d->answers, &body);
	if (result == 0)
		result = draft_put(v->db, d->uid, body, v->now);
	if (result >= 0)
		result = blob_sync(v->db, v->mem, d->uid, &d->answers);
	return result < 0 ? result : 0;
}

int draft_forget(struct visit *v, struct str uid)
{
	int result = draft_drop(v->db, uid);
	return result < 0 ? result : 0;
}

int draft_forget_all(struct visit *v)
{
	int result = draft_drop_mine(v->db, v->who.participant.v);
	return result < 0 ? result : 0;
}

/* ---- when somebody else was faster ---- */

static bool is_one(const struct def *def, int field)
{
	const struct def_field *f = &def->field[field];
	return f->kind == DEF_REPEAT || (f->repeat < 0 && def_asks(f));
}

int draft_turns(struct visit *v, const struct draft *d, struct draft_turn **ret, size_t *ret_n)
{
	const struct def *def = d->form->def;
	struct answers base;
	*ret = arena_array(v->mem, def->n_field + 1, sizeof **ret);
	*ret_n = 0;
	if (!*ret)
		return ERR_NOMEM;
	if (!d->is_change || d->version == d->of.version)
		return 0;
	answers_init(&base, def, v->mem, v->now);
	int result = body_read(d->base, &base);
	for (int i = 0; i < (int)def->n_field && result == 0; i++)
		if (is_one(def, i) && !answers_same(&base, &d->of.answers, i))
			(*ret)[(*ret_n)++] = (struct draft_turn){ i,
				!answers_same(&base, &d->answers, i) };
	return result;
}

int draft_merge(struct visit *v, struct draft *d)
{
	struct draft_turn *turn;
	size_t n;
	int result = draft_turns(v, d, &turn, &n);
	for (size_t i = 0; i < n && result == 0; i++)
		if (!turn[i].is_both)
			result = answers_copy(&d->answers, &d->of.answers, turn[i].field);
	return result;
}
