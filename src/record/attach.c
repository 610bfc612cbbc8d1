/* A file that comes by itself, to a record that is there. */
#include "record/blob.h"
#include "record/record.h"

static int find_field(const struct record *r, const struct record_file *f)
{
	int field = def_field_find(r->form->def, f->field);
	if (field < 0 || r->form->def->field[field].kind != DEF_FILE)
		return err_note(ERR_INPUT, "no question for a file of that name");
	int repeat = r->form->def->field[field].repeat;
	if (f->row >= (repeat >= 0 ? r->answers.rows[repeat] : 1))
		return err_note(ERR_INPUT, "no such row");
	if (blob_fault(f->blob, r->form->def->field[field].media))
		return err_note(ERR_INPUT, "not a file that is taken there");
	return field;
}

int record_attach(const struct record_by *by, const struct shelf *shelf,
	const struct record_file *file, struct record_done *ret)
{
	struct record r = { 0 };
	struct str answer = { 0 };
	int result = record_find(by, shelf, file->uid, &r);
	int field = result == 0 ? find_field(&r, file) : result;
	if (field < 0)
		return field;
	struct answers now = r.answers;
	result = answers_own(&now, field);
	if (result == 0)
		result = blob_hold(by->db, by->mem, file->blob, file->uid, &answer);
	if (result == 0)
		result = answers_set(&now, field, file->row, answer);
	return result < 0 ? result
			  : record_write(by, shelf,
				    &(struct record_job){ .what = CHAIN_CHANGED,
					    .uid = file->uid,
					    .answers = &now,
					    .version = r.version },
				    ret);
}
